import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from takatuf.reports.submission import (
    MAX_NUMBER,
    SIGNED_AS,
    Holder,
    KeyAct,
    KeyEvent,
    SubmissionId,
    next_number,
    signed_bytes,
    submission_bytes,
    submission_from_json,
)
from takatuf.vocabulary.identity import ThingId
from tests.builders import NOW
from tests.builders_trust import a_submission, key_id, report_id

EVENT = KeyEvent(
    act=KeyAct.REVOKED,
    key=key_id("b"),
    by="N. N., head of office",
    organisation=ThingId("organisation/b"),
    public_key="c" * 64,
    holder=Holder.HOST,
    last_good=(SubmissionId("d" * 64),),
    why="the laptop was taken",
)
FULL = a_submission(number=7, previous=(SubmissionId("e" * 64),), key_events=(EVENT,))


def form_of_full() -> dict[str, Any]:
    form: dict[str, Any] = json.loads(submission_bytes(FULL))
    return form


def test_the_identity_of_a_submission_is_the_sha_256_of_its_canonical_json() -> None:
    submission = a_submission()

    assert submission_bytes(submission) == (
        b'{"key":"%s","key_events":[],"made_at":"2017-06-14T12:00:00.000000+00:00","number":1,'
        b'"organisation":"organisation/a","previous":[],"reports":["%s"]}'
        % (submission.key.encode(), report_id("a").encode())
    )
    assert submission.id == hashlib.sha256(submission_bytes(submission)).hexdigest()
    assert signed_bytes(submission) == SIGNED_AS + submission_bytes(submission)


def test_a_submission_survives_its_json_form() -> None:
    assert submission_from_json(form_of_full()) == FULL
    assert submission_from_json(json.loads(submission_bytes(a_submission()))) == a_submission()


def test_a_register_that_has_the_identity_need_not_compute_it() -> None:
    known = SubmissionId("f" * 64)
    assert submission_from_json(form_of_full(), known).id == known


def test_whatever_is_changed_gives_another_identity() -> None:
    changed = [
        replace(FULL, organisation=ThingId("organisation/c")),
        replace(FULL, number=8),
        replace(FULL, previous=()),
        replace(FULL, reports=()),
        replace(FULL, key_events=()),
        replace(FULL, key=key_id("9")),
        replace(FULL, made_at=NOW + timedelta(microseconds=1)),
        replace(FULL, key_events=(replace(EVENT, act=KeyAct.INTRODUCED),)),
        replace(FULL, key_events=(replace(EVENT, key=key_id("9")),)),
        replace(FULL, key_events=(replace(EVENT, by="M. M."),)),
        replace(FULL, key_events=(replace(EVENT, organisation=None),)),
        replace(FULL, key_events=(replace(EVENT, public_key=""),)),
        replace(FULL, key_events=(replace(EVENT, holder=None),)),
        replace(FULL, key_events=(replace(EVENT, last_good=()),)),
        replace(FULL, key_events=(replace(EVENT, why=""),)),
    ]
    assert len({submission.id for submission in [FULL, *changed]}) == len(changed) + 1


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Somebody"},
        {"number": 0},
        {"number": True},
        {"number": "1"},
        {"number": MAX_NUMBER + 1},
        {"previous": ["e" * 63]},
        {"reports": ["A" * 64]},
        {"reports": [1]},
        {"key": "not a hash"},
        {"made_at": "2017-06-14T12:00:00"},
        {"made_at": "2017-06-14T12:00:00Z"},
        {"key_events": [{"act": "praised", "key": "b" * 64, "by": "N. N."}]},
        {"key_events": [{"act": "revoked", "key": "b" * 64}]},
        {"key_events": [{"act": "vouched", "key": "b" * 64, "by": "", "organisation": "x"}]},
        {"key_events": [{"act": "vouched", "key": "b" * 64, "by": "", "public_key": "zz"}]},
        {"key_events": [{"act": "vouched", "key": "b" * 64, "by": "", "more": "x"}]},
        {"more": "than we know"},
    ],
)
def test_a_damaged_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        submission_from_json(form_of_full() | change)


def test_a_form_with_something_left_out_is_refused() -> None:
    for name in form_of_full():
        form = form_of_full()
        del form[name]
        with pytest.raises(KeyError):
            submission_from_json(form)


def test_a_submission_has_the_number_after_the_highest_it_follows() -> None:
    assert next_number([]) == 1
    assert next_number([a_submission(number=4), a_submission(number=2)]) == 5

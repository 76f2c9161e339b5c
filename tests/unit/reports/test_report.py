import hashlib
from dataclasses import replace

from takatuf.reports.report import (
    Certainty,
    Modality,
    Published,
    canonical_json,
    report_from_json,
    report_to_json,
)
from takatuf.vocabulary.identity import ReportId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.time import parse_date
from tests.builders import a_claim, a_report

FULL = a_report(
    a_claim(
        modality=Modality.DENIED,
        certainty=Certainty.UNSURE,
        wording="كما قيل",
        sensitivity=Sensitivity.SEVERE,
    ),
    published=Published(parse_date("2017-06"), "title", "publisher", "https://example.org/a"),
    origin="organisation/b",
    supersedes=ReportId("0" * 64),
)


def test_the_identity_of_a_report_is_the_sha_256_of_its_canonical_json() -> None:
    report = a_report()

    assert canonical_json(report) == (
        b'{"claims":[{"modality":"asserted","observed_at":"2017-06-01","property":"status",'
        b'"thing":"place/city","value":{"token":"good"}}],"source":{"method":"statement",'
        b'"organisation":"organisation/a","organisation_type":"un_agency"}}'
    )
    assert report.id == hashlib.sha256(canonical_json(report)).hexdigest()


def test_a_report_survives_its_json_form() -> None:
    assert report_from_json(report_to_json(FULL)) == FULL
    assert report_from_json(report_to_json(a_report())) == a_report()


def test_whatever_is_changed_gives_another_identity() -> None:
    claim = FULL.claims[0]
    changed = [
        replace(FULL, origin=""),
        replace(FULL, supersedes=None),
        replace(FULL, published=Published()),
        replace(FULL, claims=(replace(claim, wording="x"),)),
        replace(FULL, claims=(replace(claim, observed_at=None),)),
        replace(FULL, claims=(replace(claim, certainty=None),)),
        replace(FULL, claims=(replace(claim, sensitivity=None),)),
        replace(FULL, claims=(replace(claim, modality=Modality.ASSERTED),)),
    ]
    assert len({report.id for report in [FULL, *changed]}) == len(changed) + 1

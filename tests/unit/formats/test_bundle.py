"""A bundle is read exactly as it was made, or not at all."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rfc8785
import zstandard

from takatuf.formats.bundle import reading
from takatuf.formats.bundle.container import (
    FIRST_LINE,
    MAX_BODY_BYTES,
    header_line,
    read_header_line,
    report_line,
    signed_part,
    submission_line,
)
from takatuf.formats.bundle.opening import read_header
from takatuf.formats.bundle.reading import Bundle, SentReport, open_bundle
from takatuf.formats.bundle.writing import write_bundle
from takatuf.reports.register import Arrival
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from tests.builders import NOW, a_claim, a_report
from tests.builders_exchange import (
    a_bundle_file,
    a_signer,
    an_introduction,
    bundle_file,
    handed_in,
)

HEADER_AND_BODY = a_bundle_file()
SIGNER = a_signer("host-a")


def opened(content: bytes) -> tuple[Bundle, list[SentReport]]:
    bundle = open_bundle(io.BytesIO(content), "the.bundle")
    return bundle, list(bundle.reports)


def refusal(content: bytes) -> str:
    """Return the code with which a file is refused; "" where it is read."""
    try:
        opened(content)
    except InputError as error:
        (problem,) = error.problems
        assert problem.where.startswith("the.bundle")
        return problem.code
    return ""


def with_header(content: bytes, **changes: object) -> bytes:
    """Return the file with another header, rightly signed."""
    header = replace(read_header(io.BytesIO(content), ""), **changes)  # type: ignore[arg-type] # any field
    body = content.split(b"\n", 3)[3]
    target = io.BytesIO()
    write_bundle(target, header, SIGNER.key, io.BytesIO(body))
    return target.getvalue()


def test_what_is_written_is_read() -> None:
    reports = [a_report(by="host-a"), a_report(a_claim(wording="كما قيل"), "b")]
    handed = handed_in(SIGNER, reports, [an_introduction(SIGNER)])
    arrivals = [Arrival(report, NOW) for report in reports]

    bundle, sent = opened(
        bundle_file(
            [handed],
            arrivals,
            made_for=ThingId("organisation/b"),
            since=datetime(2017, 1, 1, tzinfo=UTC),
        )
    )

    assert bundle.submissions == (handed,)
    assert [one.id for one in sent] == [report.id for report in reports]
    assert {one.received_at for one in sent} == {NOW}
    assert bundle.header.sender == SIGNER.organisation
    assert bundle.header.made_for == "organisation/b"
    assert bundle.header.since == datetime(2017, 1, 1, tzinfo=UTC)
    assert (bundle.header.n_submissions, bundle.header.n_reports) == (1, 2)


def test_a_bundle_of_nothing_is_read() -> None:
    bundle, sent = opened(bundle_file([], []))

    assert (bundle.submissions, sent) == ((), [])


def test_the_reader_in_the_documents_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(__file__).parents[3] / "docs/reference/bundle.md"
    reader = page.read_text("utf-8").split("```python\n")[1].split("```")[0]
    (tmp_path / "the.bundle").write_bytes(HEADER_AND_BODY)
    monkeypatch.setattr("sys.argv", ["reader", str(tmp_path / "the.bundle")])

    exec(compile(reader, page.name, "exec"), {})  # noqa: S102 - our own page

    assert capsys.readouterr().out == "organisation/host-a True\norganisation/b True\n"


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_a_flipped_byte_anywhere_is_refused(flip: int) -> None:
    for place in range(len(HEADER_AND_BODY)):
        changed = bytearray(HEADER_AND_BODY)
        changed[place] ^= flip
        assert refusal(bytes(changed)), place


def test_a_file_that_broke_off_anywhere_is_refused() -> None:
    codes = {refusal(HEADER_AND_BODY[:length]) for length in range(len(HEADER_AND_BODY))}

    assert codes == {"bundle.cut"}


@pytest.mark.parametrize("behind", [b"\n", b"\0", HEADER_AND_BODY, zstandard.compress(b"")])
def test_nothing_may_stand_behind_the_body(behind: bytes) -> None:
    assert refusal(HEADER_AND_BODY + behind) == "bundle.altered"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle.cut"),
        (b"thing,property,value\n", "bundle.not-a-bundle"),
        (b"TAKATUF BUNDLE 2\n", "bundle.of-another-version"),
        (FIRST_LINE + b"{}\n" + b"0" * 128 + b"\n", "bundle.altered"),
        (FIRST_LINE + b"[" * 3000 + b"\n" + b"0" * 128 + b"\n", "bundle.altered"),
        (FIRST_LINE + b"x" * 5000 + b"\n", "bundle.altered"),
    ],
)
def test_what_is_no_bundle_is_refused_by_what_it_is(content: bytes, code: str) -> None:
    assert refusal(content) == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sender", "host-a"),
        ("key", "0" * 63),
        ("key", 7),
        ("made_for", "b"),
        ("made_at", "2017-06-14"),
        ("made_at", "0001-01-01T00:00:00.000000+14:00"),
        ("made_at", "2017-06-14T12:00:00+00:00"),
        ("since", 2017),
        ("n_reports", -1),
        ("n_reports", True),
        ("n_reports", "2"),
        ("body_sha256", "A" * 64),
        ("more", "x"),
    ],
)
def test_a_header_in_another_form_is_no_header(name: str, value: object) -> None:
    line = header_line(read_header(io.BytesIO(HEADER_AND_BODY), ""))

    with pytest.raises(ValueError, match=r".*"):
        read_header_line(rfc8785.dumps(json.loads(line) | {name: value}) + b"\n")


def test_a_header_signed_by_another_key_is_refused() -> None:
    lines = HEADER_AND_BODY.split(b"\n", 3)
    signature = a_signer("b").key.private.sign(signed_part(lines[1] + b"\n"))
    lines[2] = signature.hex().encode()

    assert refusal(b"\n".join(lines)) == "bundle.altered"


def test_a_header_that_names_a_key_and_shows_another_is_refused() -> None:
    assert refusal(a_bundle_file(key=a_signer("b").key.id)) == "bundle.altered"


def test_a_signature_in_capital_letters_is_refused() -> None:
    lines = HEADER_AND_BODY.split(b"\n", 3)
    lines[2] = lines[2].upper()

    assert refusal(b"\n".join(lines)) == "bundle.altered"


def test_what_says_that_it_is_larger_than_we_take_is_refused_before_it_is_unpacked() -> None:
    large = with_header(HEADER_AND_BODY, body_uncompressed_bytes=MAX_BODY_BYTES + 1)

    assert refusal(large) == "bundle.too-large"


def test_no_more_is_unpacked_than_the_header_states() -> None:
    bomb = bundle_file([], [], lines=[b"x" * 50_000_000], body_uncompressed_bytes=1000)

    assert len(bomb) < 10_000
    assert refusal(bomb) == "bundle.too-large"


@pytest.mark.parametrize(
    "changes",
    [
        {"n_reports": 3},
        {"n_reports": 1},
        {"n_submissions": 0, "n_reports": 3},
        {"n_submissions": 2, "n_reports": 1},
        {"n_submissions": 9, "n_reports": 2},
        {"body_uncompressed_bytes": 10_000},
    ],
)
def test_a_body_that_holds_something_else_than_its_header_says_is_refused(
    changes: dict[str, int],
) -> None:
    assert refusal(with_header(HEADER_AND_BODY, **changes)) == "bundle.unreadable-line"


def test_a_body_that_ends_before_its_submissions_do_is_refused() -> None:
    assert refusal(bundle_file([], [], n_submissions=1)) == "bundle.unreadable-line"


HANDED = handed_in(SIGNER, [a_report()], [an_introduction(SIGNER)])
GOOD_SUBMISSION = submission_line(HANDED)
GOOD_REPORT = report_line(Arrival(a_report(), NOW))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b"{}",
        GOOD_SUBMISSION + b" ",
        GOOD_SUBMISSION.replace(b'"submission":', b'"submission": '),
        GOOD_SUBMISSION.replace(HANDED.signed.signature.hex().encode(), b"zz"),
        GOOD_SUBMISSION.replace(b'"number":1', b'"number":1.0'),
        GOOD_SUBMISSION.replace(b'"by":"A. Person, head of office"', b'"by":5'),
        GOOD_SUBMISSION.replace(b"+00:00", b"+01:00"),
    ],
)
def test_a_submission_in_another_form_is_refused(line: bytes) -> None:
    content = bundle_file([], [], lines=[line], n_submissions=1)

    assert refusal(content) == "bundle.unreadable-line"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        GOOD_REPORT + b" ",
        b" " + GOOD_REPORT,
        GOOD_REPORT.replace(b"+00:00", b"+01:00"),
        GOOD_REPORT.replace(b"2017-06-14T", b"2017-99-14T"),
        GOOD_REPORT.replace(b"2017-06-14T", b"0001-01-01T").replace(b"+00:00", b"+14:00"),
        GOOD_REPORT.replace(b'"report":', b'"report": '),
        GOOD_SUBMISSION,
    ],
)
def test_a_report_in_another_form_is_refused(line: bytes) -> None:
    content = bundle_file([], [], lines=[line], n_reports=1)

    assert refusal(content) == "bundle.unreadable-line"


@pytest.mark.parametrize(
    "body", [zstandard.compress(GOOD_REPORT), b"not compressed", zstandard.compress(b"")[:-1]]
)
def test_a_body_that_is_no_lines_is_refused(body: bytes) -> None:
    header = replace(
        read_header(io.BytesIO(bundle_file([], [])), ""),
        n_reports=1,
        body_bytes=len(body),
        body_uncompressed_bytes=len(GOOD_REPORT),
        body_sha256=hashlib.sha256(body).hexdigest(),
    )
    target = io.BytesIO()
    write_bundle(target, header, SIGNER.key, io.BytesIO(body))

    assert refusal(target.getvalue()) == "bundle.unreadable-line"


def test_a_line_longer_than_we_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 100)

    assert refusal(HEADER_AND_BODY) == "bundle.unreadable-line"

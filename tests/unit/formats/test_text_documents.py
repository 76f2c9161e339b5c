import pytest

from takatuf.formats.readers.text.documents import MAX_BYTES, Kind, read_document
from takatuf.formats.readers.text.html_text import text_of_html
from takatuf.formats.readers.text.sentences import LONGEST, sentences_of
from takatuf.vocabulary.errors import InputError


def sentences(text: str, name: str = "a.txt") -> list[str]:
    document = read_document(text.encode(), name)
    return [document.text[one.begin : one.end] for one in sentences_of(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It grew by 1.5 per cent. It fell.", ["It grew by 1.5 per cent.", "It fell."]),
        ("Mr. Ali met Gen. Smith. They left.", ["Mr. Ali met Gen. Smith.", "They left."]),
        ("A. Ali of the U.N. spoke. He left.", ["A. Ali of the U.N. spoke.", "He left."]),
        ("هل عادت المياه؟ نعم، عادت. انتهى.", ["هل عادت المياه؟", "نعم، عادت.", "انتهى."]),
        ("“We won. We stay,” he said. She left.", ["“We won.", "We stay,” he said.", "She left."]),
        ("He asked: why? nobody knew.", ["He asked: why? nobody knew."]),
        ('“A "b" c.” D” e.', ['“A "b" c.”', "D” e."]),
        ("Said (by them.) More.", ["Said (by them.)", "More."]),
        ("- one fact\n- another. Third.", ["one fact", "another.", "Third."]),
        ("1. first\n2) second", ["first", "second"]),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    found = sentences("word " * 1000 + ".")
    assert len(found) == 5
    assert max(map(len, found)) <= LONGEST
    assert [len(part) for part in sentences("a" * (LONGEST + 1) + ".")] == [LONGEST, 2]


def kinds(text: str, name: str = "a.txt") -> list[str]:
    return [block.kind.value for block in read_document(text.encode(), name).blocks]


def test_headlines_bullets_and_paragraphs_are_told_apart() -> None:
    assert kinds("Water is back\n\nIt is back\nin town.\n- one\n## Health\n#\n") == [
        "headline",
        "paragraph",
        "bullet",
        "headline",
        "headline",
    ]


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    assert sentences("ALEPPO, June 14 (Agency) - Water is back.")[1] == "Water is back."
    assert kinds("GENEVA - It ended.") == [Kind.HEADLINE, Kind.PARAGRAPH]


def test_marks_that_nobody_sees_are_taken_out() -> None:
    document = read_document("\u200f٢٥\u200f\u00a0ألف\x1b[31m شخص\r\nعاد.".encode(), "a.txt")
    assert document.text == "٢٥ ألف[31m شخص\nعاد."


def test_an_html_page_gives_its_text_and_its_title() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>A &amp; B</title><script>if (a<b) x='</p>';</script>"
        '<style>p{}</style></head><body class="x>y"><!-- hidden --><nav>Menu</nav><h1>Head</h1>'
        "<p>One <b>two</b><br>three 1 < 2.</p><ul><li>item</li></ul><?php x ?></body></html>"
    )
    document = read_document(page.encode(), "a.txt")
    assert document.title == "A & B"
    assert [document.text[b.begin : b.end] for b in document.blocks] == [
        "Head",
        "One two\nthree 1 < 2.",
        "item",
    ]


@pytest.mark.parametrize("page", ["<p>a<!-- b", "<p>a<script>b", "<p>a<!b", "<p>a</nav>", "a<p "])
def test_what_a_page_never_closes_does_not_stop_the_reader(page: str) -> None:
    assert text_of_html(page)[0].strip() == "a"


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<a b="', "<![", "</", "<", "&#", "<script>"])
def test_a_page_of_open_marks_is_read_in_one_go(piece: str) -> None:
    assert text_of_html(piece * 5000) is not None


@pytest.mark.parametrize(
    ("content", "encoding", "code"),
    [
        (b"", "utf-8", "file.empty"),
        (b" \n \n", "utf-8", "file.empty"),
        (b"a" * (MAX_BYTES + 1), "utf-8", "file.too-large"),
        (b"text", "utf-9", "file.unknown-encoding"),
        ("مياه".encode("windows-1256"), "utf-8", "text.not-text"),
        (b"PK\x03\x04\x00", "utf-8", "text.not-text"),
    ],
)
def test_what_is_no_text_is_refused_whole(content: bytes, encoding: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        read_document(content, "a.txt", encoding)


def test_another_encoding_may_be_named() -> None:
    assert read_document("مياه".encode("windows-1256"), "a", "windows-1256").text == "مياه"
    assert read_document("مياه".encode("utf-16"), "a", "utf-16").text == "مياه"

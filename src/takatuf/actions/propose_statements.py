"""Propose statements from a text, and bring in those that a person keeps.

Nothing enters by itself: a proposal is an offer, and the kept ones come in through the usual
import with all its checks, as one submission.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from takatuf.actions.import_reports import Submission
from takatuf.actions.read_picture import Reading
from takatuf.formats.readers.layouts import KEPT
from takatuf.formats.readers.text.documents import read_document
from takatuf.formats.readers.text.known import known_things
from takatuf.formats.readers.text.proposal import Article, Proposal, Proposals, statement_row
from takatuf.formats.readers.text.proposing import OnProgress, propose
from takatuf.formats.writers.tables import write_csv
from takatuf.vocabulary.things import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """A text as it was sent in."""

    name: str
    content: bytes
    article: Article
    encoding: str = "utf-8"


def propose_statements(
    sent: SentText,
    reading: Reading,
    vocabulary: Vocabulary,
    on_progress: OnProgress | None = None,
) -> Proposals:
    """Return what a text says as proposals; nothing is stored.

    Args:
        sent: The text: plain, Markdown or HTML, in English or Arabic.
        reading: The picture, whose names are looked for, as the reader may see it.
        vocabulary: The properties.
        on_progress: Told now and then how many letters are read, of how many.

    Raises:
        InputError: The file is empty, too large, or no text; its sender can help.
    """
    document = read_document(sent.content, sent.name, sent.encoding)
    known = known_things(reading.names, reading.weigher.picture)
    return propose(document, sent.article, known, vocabulary, sent.name, on_progress)


def table_of(proposals: Proposals) -> bytes:
    """Return proposals as CSV in the layout *statements*; imported unread it stores nothing."""
    return write_csv([statement_row(one, proposals.article) for one in proposals.proposals])


def submission_of(
    proposals: Proposals, kept: Iterable[Proposal], *, is_dry_run: bool = False
) -> Submission:
    """Return the proposals that a person kept, edited or not, as a submission to import."""
    rows = [statement_row(proposal, proposals.article, KEPT) for proposal in kept]
    content = write_csv(rows) if rows else b""
    return Submission(
        name=f"{proposals.name}, kept statements", content=content, is_dry_run=is_dry_run
    )

"""The desk for texts: propose what a text says, and store what a person keeps of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from takatuf.actions.import_reports import import_reports
from takatuf.actions.propose_statements import (
    SentText,
    propose_statements,
    submission_of,
    table_of,
)
from takatuf.formats.readers.text.proposal import Article, Proposal, Proposals
from takatuf.formats.readers.text.proposing import OnProgress
from takatuf.reports.receipt import Receipt
from takatuf.vocabulary.errors import NotFoundError
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class TextDesk:
    """Where texts are read; it stores nothing that nobody kept."""

    workspace: Opened

    def propose(
        self,
        path: str | Path,
        article: Article | None = None,
        *,
        encoding: str = "utf-8",
        on_progress: OnProgress | None = None,
    ) -> Proposals:
        """Return what a text says as proposals; nothing is stored.

        Args:
            path: Plain text, Markdown or HTML, in English or Arabic.
            article: Where it was published; without a day "on Tuesday" is no date, and without
                a publisher the text's own words are nobody's.
            encoding: As Python names it.
            on_progress: Told now and then how many letters are read, of how many.

        Raises:
            InputError: The file is empty, too large or no text.
            NotFoundError: There is no such file.
        """
        file = Path(path)
        if not file.is_file():
            raise NotFoundError(f"There is no file {file}.")
        sent = SentText(
            name=file.name,
            content=file.read_bytes(),
            article=article or Article(),
            encoding=encoding,
        )
        vocabulary = self.workspace.parts.vocabulary
        return propose_statements(sent, self.workspace.reading(), vocabulary, on_progress)

    def keep(
        self, proposals: Proposals, kept: Iterable[Proposal], *, is_dry_run: bool = False
    ) -> Receipt:
        """Store the proposals that a person keeps, as one submission, and explain the others.

        Args:
            proposals: Of which text they are.
            kept: Those to keep; a field may have been changed with `dataclasses.replace`.
            is_dry_run: Only check: nothing is stored.

        Raises:
            InputError: Nothing was kept.
            NotAllowedError: The actor may not submit.
        """
        submission = submission_of(proposals, kept, is_dry_run=is_dry_run)
        return import_reports(submission, self.workspace.intake())

    def table(self, proposals: Proposals) -> bytes:
        """Return proposals as CSV with a blank column `keep`, to be read and filled in."""
        return table_of(proposals)

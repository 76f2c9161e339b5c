"""Partners' workbooks in a workspace: taken in, and what was settled about them."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from takatuf.actions.workbooks.due import DueAsked, due_in
from takatuf.actions.workbooks.export_products import (
    Form,
    Product,
    Shelf,
    Wanted,
    activities_seen,
    export_product,
)
from takatuf.actions.workbooks.import_workbook import (
    Desk,
    Preview,
    Told,
    WorkbookReceipt,
    WorkbookSent,
    preview_workbook,
    store_workbook,
)
from takatuf.actions.workbooks.restate import RestatedReceipt, restate
from takatuf.actions.workbooks.return_workbook import findings_of
from takatuf.activities.columns.layout import Layout
from takatuf.activities.places import Gazetteer, gazetteer_of, merged
from takatuf.activities.questions import Answers, Question
from takatuf.formats.readers.workbooks import read_book
from takatuf.formats.writers.corrected import Corrected, write_corrected
from takatuf.formats.writers.products import Audience
from takatuf.reports.keys import Signer
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId, is_thing_id, slug_of
from takatuf.workspace.opened import Opened

NEAR = 85.0  # per cent alike: a name so near to a known one is rather a slip than a new body


@dataclass(frozen=True, slots=True)
class WorkbookDesk:
    """The verbs of partners' workbooks in one workspace."""

    workspace: Opened

    def preview(  # noqa: PLR0913 - a parameter for each option of the command
        self,
        path: str | Path,
        *,
        organisation: str = "",
        answers: Answers | None = None,
        asked: tuple[Question, ...] = (),
        encoding: str = "",
        sheets: tuple[str, ...] = (),
        layout: Layout | None = None,
        told: Told | None = None,
    ) -> Preview:
        """Return what a file would do; nothing is stored.

        Args:
            path: A workbook, a text table, JSON or a map layer.
            organisation: Whose file it is; a name or an identity; "" for the actor's own.
            answers: To questions of an earlier look at it.
            asked: The questions that they answer, so that they can be remembered.
            encoding: Of a text table; "" to find it from the content.
            sheets: Which to read; () for those that hold activities.
            layout: What its columns mean, as it was saved from another file.
            told: Told how far it is.

        Raises:
            InputError: The file cannot be read at all.
            NotAllowedError: The actor may not submit here.
            NotFoundError: There is no such file, or no such organisation.
        """
        content = _content(path)
        sender, name = self._sender(organisation)
        sent = WorkbookSent(
            name=Path(path).name,
            content=content,
            sender=sender,
            sender_name=name,
            encoding=encoding,
            sheets=sheets,
            layout=layout,
            answers=answers or {},
            asked=asked,
        )
        return preview_workbook(sent, self.desk(), told)

    def returned(self, preview: Preview, content: bytes, language: str = "en") -> Corrected:
        """Return the sender's own file with its faults and questions marked in place."""
        return write_corrected(content, preview.sent.name, findings_of(preview), language)

    def export(self, wanted: Wanted) -> bytes:
        """Return a product of the activities; see `actions.workbooks.export_products`."""
        return export_product(wanted, self.shelf())

    def activities(self, wanted: Wanted) -> pl.DataFrame:
        """Return the activity frame as the readers of a product may see it."""
        return activities_seen(wanted, self.shelf())[0]

    def due(self, asked: DueAsked) -> pl.DataFrame:
        """Return who has reported which period, and who is late; see `due_of`."""
        wanted = Wanted(product=Product.FOUR_W, form=Form.XLSX, audience=Audience.PARTNERS)
        return due_in(self.activities(wanted), asked)

    def nothing_changed(
        self, organisation: str, period: str, signer: Signer | None = None
    ) -> RestatedReceipt:
        """Report for a body that nothing changed; see `actions.workbooks.restate`."""
        return restate(self.organisation(organisation), period, self.desk(signer))

    def load_places(
        self, path: str | Path, scheme: str, *, sheets: tuple[str, ...] = (), is_new: bool = False
    ) -> Gazetteer:
        """Load a list of places with their p-codes; return all that are known then.

        Args:
            path: A table of places, in any form that a workbook may have.
            scheme: What the codes are called: "COD-AB 2023". Loaded again, it is replaced.
            sheets: Which to read; () for every visible one.
            is_new: Forget the places of other schemes.

        Raises:
            InputError: The file cannot be read, or has no places.
            NotFoundError: There is no such file.
        """
        book = read_book(_content(path), Path(path).name, sheets=sheets)
        found = gazetteer_of(book.tables, scheme=scheme)
        here = None if is_new else self.workspace.parts.gazetteer()
        gazetteer = merged([here, found]) if here else found
        self.workspace.parts.keep_gazetteer(gazetteer)
        return gazetteer

    def organisation(self, name: str) -> ThingId:
        """Return the organisation of a name or an identity.

        Raises:
            NotFoundError: Nobody here is called so.
        """
        return self.workspace.reading().names.find(name)

    def shelf(self) -> Shelf:
        """Return where products are made from at this moment."""
        parts = self.workspace.parts
        return Shelf(
            intake=self.workspace.intake(),
            memory=parts.memory,
            maker=parts.settings.name,
            gazetteer=parts.gazetteer(),
        )

    def store(
        self, preview: Preview, signer: Signer | None = None, told: Told | None = None
    ) -> WorkbookReceipt:
        """Store what a preview shows as new and changed; see `store_workbook`."""
        return store_workbook(preview, self.desk(signer), told)

    def desk(self, signer: Signer | None = None) -> Desk:
        """Return where files go at this moment."""
        parts = self.workspace.parts
        return Desk(
            intake=self.workspace.intake(signer), memory=parts.memory, gazetteer=parts.gazetteer()
        )

    def _sender(self, organisation: str) -> tuple[ThingId, str]:
        """Return who sends, and the name of a sender that is met for the first time."""
        own = self.workspace.actor.organisation
        if not organisation and own is None:
            raise NotFoundError("Say whose file it is: --as, with a name or an identity.")
        if not organisation:
            return ThingId(own or ""), ""
        names = self.workspace.reading().names
        try:
            return names.find(organisation), ""
        except NotFoundError:
            slug = slug_of(anyascii(organisation))
            is_near = any(ratio(organisation, name) >= NEAR for name in names.name.values())
            if is_near or is_thing_id(organisation) or not slug:
                raise
            return ThingId(f"organisation/{slug}"), organisation


def _content(path: str | Path) -> bytes:
    file = Path(path)
    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.")
    return file.read_bytes()

"""The sheet that explains: colours, questions to answer, faults by kind and cell by cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from takatuf.activities.questions import Question
from takatuf.formats.writers.corrected.findings import Findings, Limits, TableFindings
from takatuf.formats.writers.corrected.marks import at_cells, columns_of
from takatuf.formats.writers.corrected.parts.letters import reference_of
from takatuf.formats.writers.corrected.parts.sheet_xml import Choice, Sheet, Text, place_in
from takatuf.formats.writers.corrected.parts.styles import (
    COLOURS,
    FAULT,
    QUESTION,
    Look,
    StyleSheet,
)
from takatuf.formats.writers.corrected.words import is_rtl, shown, word
from takatuf.vocabulary.errors import Problem

NUMBER, PLACE, ABOUT, FOUND, EXPECTED, HINT, CODE, ID, WORD = range(1, 10)
QUESTION_MARK, OPTION_MARK = "question:", "option:"  # before what the hidden columns hold
_SEEN = range(NUMBER, CODE + 1)
_WIDTHS = (7.0, 15.0, 26.0, 52.0, 40.0, 42.0, 27.0, 12.0, 12.0)
_LINE = "FFD5DAE1"
_RANGES_SHOWN = 8
_TITLE = Look(bold=True, size=16, wrap=False)
_TEXT = Look()
_LONG = Look(wrap=False)
_HEADING = Look(bold=True, size=12, wrap=False)
_HEADER = Look(bold=True, fill="FFE8ECF1", border=_LINE)
_CELL = Look(border=_LINE)
_MIDDLE = Look(border=_LINE, centred=True)
_STRONG = Look(bold=True, border=_LINE)
_LINK = Look(colour="FF0B57A4", border=_LINE, wrap=False)
_OPTION = Look(colour="FF52606D")
_HIDDEN = Look()  # wrapped, so that it does not run over into a column that is seen
_ANSWER = Look(bold=True, fill="FFFFFBE0", border="FF8A94A0")


@dataclass(slots=True)
class _Page:
    styles: StyleSheet
    language: str
    sheet: Sheet
    n_asked: int = 0
    names: dict[str, str] = field(default_factory=dict)  # of sheets as the workbook has them

    def say(self, key: str) -> str:
        return word(key, self.language)

    def line(self, texts: dict[int, str | int], look: Look) -> int:
        return self.sheet.add({column: self.text(text, look) for column, text in texts.items()})

    def text(self, value: str | int, look: Look) -> Text:
        return Text(value, self.styles.look(look), is_wrapped=look.wrap and look != _HIDDEN)

    def own(self, value: str, look: Look) -> Text:
        return self.text(value, replace(look, is_rtl=self.sheet.is_rtl))

    def heading(self, key: str) -> None:
        self.sheet.add({})
        self.sheet.add({NUMBER: self.own(self.say(key), _HEADING)})

    def header(self, keys: dict[int, str]) -> None:
        texts = {column: self.say(keys[column]) if column in keys else "" for column in _SEEN}
        self.sheet.add({column: self.own(text, _HEADER) for column, text in texts.items()})

    def place(self, sheet: str, row: int, column: int, *, is_named: bool) -> Text:
        name = self.names.get(sheet, sheet)
        cell = reference_of(row, column)
        shown_as = f"{name}!{cell}" if is_named else cell
        style = self.styles.look(_LINK)
        return Text(shown_as, style, place_in(name, row, column), is_wrapped=False)


def explaining_sheet(
    findings: Findings,
    styles: StyleSheet,
    names: dict[str, str],
    limits: Limits,
    language: str,
) -> Sheet:
    """Return the sheet.

    Args:
        findings: What was found in the file.
        styles: The workbook's, to which those of the sheet are added.
        names: The name that the workbook has for each sheet of ``findings``.
        limits: How much is listed.
        language: Of the sheet's own words.
    """
    sheet = Sheet(_WIDTHS, ID, is_rtl(language))
    page = _Page(styles, language, sheet, names=names)
    _top(page, limits)
    _questions(page, findings.tables)
    faults = _all_faults(findings.tables)
    _counts(page, faults)
    _notes(page, findings.problems)
    _receipt(page, findings)
    _list(page, faults, limits)
    return sheet


def _top(page: _Page, limits: Limits) -> None:
    title = page.sheet.add({NUMBER: page.own(page.say("title"), _TITLE)})
    page.sheet.heights[title] = 24.0
    intro = page.sheet.add({NUMBER: page.own(page.say("intro"), _TEXT)})
    page.sheet.merged.append((intro, NUMBER, HINT))
    page.sheet.heights[intro] = 32.0
    page.heading("legend")
    for kind, key in ((FAULT, "legend_fault"), (QUESTION, "legend_question")):
        colour = page.text("", Look(fill=COLOURS[kind], border=_LINE))
        page.sheet.add({NUMBER: colour, PLACE: page.own(page.say(key), _LONG)})
    limit = page.say("legend_limit").format(f"{limits.comments_per_code:,}")
    page.sheet.add({PLACE: page.own(limit, _LONG)})


def _questions(page: _Page, tables: Sequence[TableFindings]) -> None:
    asked = [(found, question) for found in tables for question in found.questions]
    page.heading("questions")
    if not asked:
        page.sheet.add({NUMBER: page.own(page.say("no_questions"), _LONG)})
        return
    page.header({PLACE: "cell", ABOUT: "rows", FOUND: "question", EXPECTED: "answer", CODE: "code"})
    for found, question in asked:
        _ask(page, found, question, is_named=len(tables) > 1)


def _ask(page: _Page, found: TableFindings, question: Question, *, is_named: bool) -> None:
    page.n_asked += 1
    row = question.rows[0] if question.rows else found.table.header_row
    column = columns_of(found, question)[0]
    how = page.say("choose_or_type" if question.takes_text else "choose")
    waits = f"{page.say('waits')} " if question.holds_back else ""
    at = page.sheet.add(
        {
            NUMBER: page.text(page.n_asked, _MIDDLE),
            PLACE: page.place(found.table.sheet, row, column, is_named=is_named),
            ABOUT: page.text(f"{len(question.rows):,}: {_ranges(question.rows)}", _CELL),
            FOUND: page.text(shown(question.text, 1_000), _STRONG),
            EXPECTED: page.text("", _ANSWER),
            HINT: page.own(f"{waits}{how}", _CELL),
            CODE: page.text(question.code, _CELL),
            ID: page.text(f"{QUESTION_MARK}{question.id}", _HIDDEN),
        }
    )
    for option in question.options:
        page.sheet.add(
            {
                FOUND: page.text(shown(option.text), _OPTION),
                EXPECTED: page.text(shown(option.because), _OPTION),
                ID: page.text(f"{OPTION_MARK}{question.id}", _HIDDEN),
                WORD: page.text(option.word, _HIDDEN),
            }
        )
    if question.options:
        last = at + len(question.options)
        choice = Choice((at, EXPECTED), (at + 1, FOUND), (last, FOUND), how, question.takes_text)
        page.sheet.choices.append(choice)


def _all_faults(tables: Iterable[TableFindings]) -> pl.DataFrame:
    frames = []
    for found in tables:
        headers = {column.letter: column.header for column in found.table.columns}
        frames.append(
            at_cells(found).with_columns(
                header=pl.col("column").replace_strict(headers, default="", return_dtype=pl.String),
                sheet=pl.lit(found.table.sheet),
            )
        )
    return pl.concat(frames) if frames else pl.DataFrame()


def _counts(page: _Page, faults: pl.DataFrame) -> None:
    page.heading("counts")
    if faults.is_empty():
        page.sheet.add({NUMBER: page.own(page.say("no_faults"), _LONG)})
        return
    counted = faults.group_by("code", maintain_order=True).agg(
        pl.len().alias("cells"),
        pl.struct("sheet", "row").n_unique().alias("rows"),
        pl.first("found", "expected", "hint"),
    )
    page.header(
        {
            NUMBER: "cells",
            PLACE: "rows",
            ABOUT: "code",
            FOUND: "example",
            EXPECTED: "expected",
            HINT: "hint",
        }
    )
    for kind in counted.sort("cells", "code", descending=[True, False]).iter_rows(named=True):
        page.line(
            {
                NUMBER: kind["cells"],
                PLACE: kind["rows"],
                ABOUT: kind["code"],
                FOUND: _said(page, kind["found"]),
                EXPECTED: shown(kind["expected"]),
                HINT: shown(kind["hint"]),
                CODE: "",
            },
            _CELL,
        )


def _list(page: _Page, faults: pl.DataFrame, limits: Limits) -> None:
    if faults.is_empty():
        return
    page.heading("faults")
    page.header(
        {
            PLACE: "cell",
            ABOUT: "column",
            FOUND: "found",
            EXPECTED: "expected",
            HINT: "hint",
            CODE: "code",
        }
    )
    nth = pl.int_range(pl.len()).over("code")
    listed = faults.filter(nth < limits.listed_per_code).head(limits.listed)
    is_named = faults["sheet"].n_unique() > 1
    for n, fault in enumerate(listed.iter_rows(named=True), 1):
        page.sheet.add(
            {
                NUMBER: page.text(n, _MIDDLE),
                PLACE: page.place(fault["sheet"], fault["row"], fault["number"], is_named=is_named),
                ABOUT: page.text(shown(fault["header"] or ""), _CELL),
                FOUND: page.text(_said(page, fault["found"]), _CELL),
                EXPECTED: page.text(shown(fault["expected"]), _CELL),
                HINT: page.text(shown(fault["hint"]), _CELL),
                CODE: page.text(fault["code"], _CELL),
            }
        )
    if len(faults) > len(listed):
        rest = page.say("unlisted").format(f"{len(faults) - len(listed):,}")
        page.sheet.add({PLACE: page.own(rest, _LONG)})


def _notes(page: _Page, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    page.heading("notes")
    page.header({FOUND: "found", EXPECTED: "expected", HINT: "hint", CODE: "code"})
    for n, problem in enumerate(problems, 1):
        page.line(
            {
                NUMBER: n,
                PLACE: "",
                ABOUT: shown(problem.where),
                FOUND: shown(problem.found),
                EXPECTED: shown(problem.expected),
                HINT: shown(problem.hint),
                CODE: problem.code,
            },
            _CELL,
        )


def _receipt(page: _Page, findings: Findings) -> None:
    page.heading("receipt")
    rows = [(page.say("rows_read"), _read(page, found)) for found in findings.tables]
    for what, value in (*findings.receipt, *rows):
        page.sheet.add({PLACE: page.own(what, _LONG), FOUND: page.text(shown(value), _TEXT)})


def _read(page: _Page, found: TableFindings) -> str:
    name = page.names.get(found.table.sheet, found.table.sheet)
    return f"{len(found.table.rows):,} ({name})" if name else f"{len(found.table.rows):,}"


def _said(page: _Page, text: str | None) -> str:
    return shown(text) if text else page.say("blank")


def _ranges(rows: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        elif len(ranges) > _RANGES_SHOWN:
            break
        else:
            ranges.append([row, row])
    texts = [f"{low}" if low == high else f"{low}-{high}" for low, high in ranges]
    return ", ".join([*texts[:_RANGES_SHOWN], *(["…"] if len(texts) > _RANGES_SHOWN else [])])

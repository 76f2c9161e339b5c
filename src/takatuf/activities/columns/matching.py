"""Match the columns of a table with their meanings; a doubt becomes a question, never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from takatuf.activities.columns.asking import (
    FOLLOWS_TOTAL,
    TOGETHER,
    about_column,
    ask_column,
    ask_figure,
    ask_which,
    occurrences,
)
from takatuf.activities.columns.drafts import Draft, drafts_of
from takatuf.activities.columns.headers import FIGURES
from takatuf.activities.columns.layout import ASKED, Layout, LearntColumn
from takatuf.activities.columns.matched import PERSONS, How, Matched, MatchedColumn
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.columns.naming import problems_of, wide_of
from takatuf.activities.columns.settling import settled, twice
from takatuf.activities.questions import Answers, Question
from takatuf.activities.tables import SheetTable

NO_ANSWERS: Answers = {}


def match_columns(
    table: SheetTable, layout: Layout | None = None, answers: Answers = NO_ANSWERS
) -> Matched:
    """Return what each column of a table means.

    In this order: what the layout learnt, tag, attributes, header, values. Where two of them
    contradict each other, where only the values say it and where several columns say one thing
    a question is asked, and until its answer the column stays as it was entered.

    Args:
        table: The table as it stands in the file.
        layout: What was learnt from an earlier table of the same partner.
        answers: Answers to questions of this and earlier tables.
    """
    drafts = settled(_learnt(drafts_of(table), table, layout), table)
    asked = _Asked(table, answers)
    drafts = asked.which(asked.columns(asked.figures(drafts)))
    columns = _named(drafts, asked.answered, layout)
    return Matched(
        sheet=table.sheet,
        columns=columns,
        questions=tuple(asked.questions),
        problems=problems_of(columns, table, layout),
        wide=wide_of(columns),
    )


class _Asked:
    """The questions of one table; drafts pass through, settled where an answer is known."""

    def __init__(self, table: SheetTable, answers: Answers) -> None:
        self.table = table
        self.answers = answers
        self.questions: list[Question] = []
        self.answered: set[str] = set()  # letters

    def figures(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Settle by one answer whether groups are targeted or reached."""
        lacking = [draft for draft in drafts if draft.lacks_figure and not draft.evidence.is_empty]
        if not lacking:
            return tuple(drafts)
        stated = {meanings()[draft.word].figure for draft in drafts if draft.word}
        has_both = set(FIGURES) <= stated
        answer = self._answer(ask_figure(lacking, self.table, has_both=has_both))
        follows = _left_figures(drafts) if answer == FOLLOWS_TOTAL else {}
        return tuple(
            self._of_figure(draft, follows.get(at, answer)) if draft.lacks_figure else draft
            for at, draft in enumerate(drafts)
        )

    def columns(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Settle each column that has several words, or one that is only near."""
        n_before = occurrences(self.table.columns)
        return tuple(
            self._column(draft, n_before[draft.column.letter]) if _is_open(draft) else draft
            for draft in drafts
        )

    def which(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Settle which of several columns holds what may stand only once."""
        found = list(drafts)
        for word, at in twice(drafts).items():
            same = [drafts[n] for n in at]
            if all(draft.how is How.LAYOUT for draft in same):
                continue  # learnt as parts of one figure
            answer = self._answer(ask_which(word, same, self.table))
            for nth, n in enumerate(at, start=1):
                is_it = answer in {str(nth), TOGETHER}
                words = (word,) if is_it or answer is None else ()
                found[n] = replace(drafts[n], words=words, is_firm=is_it)
        return tuple(found)

    def _column(self, draft: Draft, n_before: int) -> Draft:
        answer = self._answer(ask_column(draft, self.table, n_before))
        if answer is None:
            return replace(draft, is_firm=False)
        self.answered.add(draft.column.letter)
        return replace(draft, words=(answer,) if answer in meanings() else (), is_firm=True)

    def _of_figure(self, draft: Draft, figure: str | None) -> Draft:
        if not figure:
            return draft
        self.answered.add(draft.column.letter)
        words = tuple(word for word in draft.words if meanings()[word].figure == figure)
        return replace(draft, words=words, lacks_figure=False, is_firm=True)

    def _answer(self, question: Question) -> str | None:
        answer = self.answers.get(question.id)
        offered = {option.word for option in question.options}
        if answer in offered or (question.takes_text and answer in meanings()):
            return answer
        self.questions.append(question)  # none is known, or it is no answer to this
        return None


def _is_open(draft: Draft) -> bool:
    has_doubt = bool(draft.words) and not draft.word
    return has_doubt and not draft.evidence.is_empty and not draft.lacks_figure


def _left_figures(drafts: Sequence[Draft]) -> Mapping[int, str]:
    """Return for each position the figure of the nearest column to the left that says one."""
    found: dict[int, str] = {}
    figure = ""
    for at, draft in enumerate(drafts):
        figure = (meanings()[draft.word].figure if draft.word else "") or figure
        found[at] = figure
    return found


def _learnt(
    drafts: tuple[Draft, ...], table: SheetTable, layout: Layout | None
) -> tuple[Draft, ...]:
    if layout is None:
        return drafts
    known = {column.about: column for column in layout.columns}
    n_before = occurrences(table.columns)
    abouts = [about_column(draft.column, n_before[draft.column.letter]) for draft in drafts]
    gone = [c.word for about, c in known.items() if c.word and about not in abouts]
    return tuple(
        _as_learnt(draft, known[about]) if about in known else _new(draft, gone)
        for draft, about in zip(drafts, abouts, strict=True)
    )


def _as_learnt(draft: Draft, learnt: LearntColumn) -> Draft:
    if learnt.how == ASKED:
        return draft
    return replace(
        draft,
        words=(learnt.word,) if learnt.word else (),
        how=How.LAYOUT,
        is_firm=True,
        lacks_figure=False,
        doubt="",
    )


def _new(draft: Draft, gone: Sequence[str]) -> Draft:
    if draft.word in PERSONS:
        return draft
    words = tuple(dict.fromkeys((*draft.words, *gone)))
    return replace(draft, words=words, is_firm=False, lacks_figure=False, doubt="new")


def _named(
    drafts: Sequence[Draft], answered: set[str], layout: Layout | None
) -> tuple[MatchedColumn, ...]:
    learnt = {c.word for c in layout.columns} if layout else set()
    seen: dict[str, int] = {}
    found = []
    for draft in drafts:
        word = draft.word
        seen[word] = seen.get(word, 0) + 1
        is_answer = draft.column.letter in answered and draft.how is not How.LAYOUT
        found.append(
            MatchedColumn(
                column=draft.column,
                word=word,
                name=word if seen[word] == 1 or not word else f"{word}_{seen[word]}",
                how=(How.ANSWER if is_answer else draft.how) if word or learnt else None,
                rivals=() if word else draft.words,
                is_empty=draft.evidence.is_empty,
            )
        )
    return tuple(found)

"""The organisations of a frame, matched with the register; what is not certain is asked.

A name is matched by itself only where it is the same but for case, spaces, punctuation or a
legal form. Everything else waits for an answer, and the rows stay as they were entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from takatuf.activities.organisations.answering import Answered, answered, parts_of
from takatuf.activities.organisations.asking import (
    Pairs,
    acronym_questions,
    acronyms_question,
    alike_questions,
    known_question,
    several_question,
    spelling_question,
)
from takatuf.activities.organisations.finding import certain_id, suggestions_for
from takatuf.activities.organisations.kind_matching import match_kinds
from takatuf.activities.organisations.meeting import NewOrganisation, new_organisations
from takatuf.activities.organisations.mentions import (
    Mention,
    Met,
    gathered,
    key_of,
    mentions_in,
    roles_in,
)
from takatuf.activities.organisations.organisations import Organisations
from takatuf.activities.organisations.sheet import UNKNOWN_SHEET, Sheet, unanswered
from takatuf.activities.organisations.spelling import acronym_key, organisation_key
from takatuf.activities.questions import Answers, Question

NO_ALIASES: Mapping[str, str] = {}
NO_ANSWERS: Answers = {}
Parts = Mapping[str, tuple[str, ...]]  # names in one cell, by the key of the cell


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationMatch:
    """What is known of the organisations of a frame, and what is asked."""

    frame: pl.DataFrame  # with a column `..._id` for each role; several identities by " "
    faults: pl.DataFrame
    questions: tuple[Question, ...]  # not answered yet
    new: tuple[NewOrganisation, ...]  # met for the first time, most rows first
    aliases: Mapping[str, str]  # identities by the key of a name, learnt from the answers


def match_organisations(
    frame: pl.DataFrame,
    known: Organisations,
    aliases: Mapping[str, str] = NO_ALIASES,
    answers: Answers = NO_ANSWERS,
    sheet: Sheet = UNKNOWN_SHEET,
) -> OrganisationMatch:
    """Match the organisations of a frame with the register.

    Organisations that are not in the register have no identity in the frame: they are `new`.
    To take them, join them to the register and match again.

    Args:
        frame: Rows in our words, with `row`.
        known: The register.
        aliases: Identities by the key of a name (`organisation_key`), from earlier answers.
        answers: To questions of an earlier run on the same rows.
        sheet: Where the rows stand, for the questions.
    """
    mentions = mentions_in(frame)
    met = gathered(mentions)
    ids = {key: certain_id(one, known, aliases) for key, one in met.items()}
    unknown = [met[key] for key in sorted(ids) if not ids[key] and met[key].key == key]
    parts = _parts(unknown, met, known)
    told = _asked(unknown, parts, known, sheet)
    said = answered(told, answers, parts)
    after = {key: ids[key] or _id_after(met[key].key, said, known) for key in met}
    kinds = match_kinds(frame, answers, sheet)
    return OrganisationMatch(
        frame=_with_ids(kinds.frame, mentions, after),
        faults=kinds.faults,
        questions=unanswered((*(question for question, _ in told), *kinds.questions), answers),
        new=new_organisations(unknown, said, known, kinds.word_by_row),
        aliases={key: after[key] for key in sorted(after) if after[key] and not ids[key]},
    )


def _parts(unknown: Iterable[Met], met: Mapping[str, Met], known: Organisations) -> Parts:
    acronyms = {acronym_key(text) for one in met.values() for text in one.acronyms}
    acronyms |= known.ids_by_acronym.keys()
    names = met.keys() | known.ids_by_name.keys()
    found = {}
    for one in unknown:
        parts = parts_of(one, names, acronyms)
        if parts:
            found[one.key] = parts
    return found


def _asked(unknown: Sequence[Met], parts: Parts, known: Organisations, sheet: Sheet) -> Pairs:
    single = [one for one in unknown if one.key not in parts]
    suggested = suggestions_for(single, known)
    shared = acronym_questions(single, sheet)
    told: list[tuple[Question, tuple[str, ...]]] = [
        *(
            (several_question(one, parts[one.key], sheet), (one.key,))
            for one in unknown
            if one.key in parts
        ),
        *(
            (known_question(one, suggested[one.key], known, sheet), (one.key,))
            for one in single
            if one.key in suggested
        ),
        *shared,
        *alike_questions(single, [keys for _, keys in shared], sheet),
        *((spelling_question(one, sheet), (one.key,)) for one in single if len(one.names) > 1),
        *((acronyms_question(one, sheet), (one.key,)) for one in single if len(one.acronyms) > 1),
    ]
    return tuple(told)


def _id_after(key: str, said: Answered, known: Organisations) -> str:
    if key in said.several:
        ids = [
            _only(
                known.ids_by_name.get(organisation_key(part))
                or known.ids_by_acronym.get(acronym_key(part))
            )
            for part in said.several[key]
        ]
        return " ".join(ids) if all(ids) else ""
    identity = said.ids.get(said.kept(key), "") or said.ids.get(key, "")
    if not identity and key not in said.fresh:
        identity = _only(known.ids_by_name.get(said.kept(key)))
    return known.current_ids.get(identity, "")


def _only(ids: frozenset[str] | None) -> str:
    return next(iter(ids)) if ids and len(ids) == 1 else ""


def _with_ids(
    frame: pl.DataFrame, mentions: Iterable[Mention], ids: Mapping[str, str]
) -> pl.DataFrame:
    by_role: dict[str, list[tuple[str, str, str]]] = {role: [] for role in roles_in(frame)}
    for mention in mentions:
        identity = ids[key_of(mention)]
        if identity:
            by_role[mention.role].append((mention.name, mention.acronym, identity))
    for role, acronym in roles_in(frame).items():
        column = f"{role}_id"
        pairs = pl.DataFrame(
            by_role[role],
            orient="row",
            schema={role: pl.String, "_acronym": pl.String, column: pl.String},
        )
        keyed = frame.select(
            pl.col(role).fill_null("") if role in frame.columns else pl.lit("").alias(role),
            (pl.col(acronym) if acronym else pl.lit("", pl.String)).fill_null("").alias("_acronym"),
        )
        found = keyed.join(pairs, on=[role, "_acronym"], how="left", maintain_order="left")
        frame = frame.with_columns(found[column])
    return frame

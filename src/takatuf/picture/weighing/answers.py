"""Answers to one question: who gives each, from how many independent origins."""

from collections.abc import Callable
from dataclasses import dataclass

from takatuf.picture.belief import Answer
from takatuf.picture.picture import Statement
from takatuf.picture.weighing.competing import observed
from takatuf.picture.weighing.origins import Origins
from takatuf.reports.report import Modality
from takatuf.vocabulary.value import Value, value_to_json


@dataclass(frozen=True, slots=True)
class Vote:
    """What one independent origin says: its own word, not what others made of it."""

    answer: int  # its place among the answers
    bloc: int  # the origin, with all that act under one body with it
    speakers: tuple[Statement, ...]


def answers_of(competing: tuple[Statement, ...], origins: Origins) -> tuple[Answer, ...]:
    """Return the answers, those of most independent origins first, then the newest."""
    groups: dict[tuple[Value, bool], list[Statement]] = {}
    for statement in competing:
        groups.setdefault((statement.claim.value, _is_denial(statement)), []).append(statement)
    answers = [
        Answer(
            value=value,
            is_denial=is_denial,
            statements=tuple(group),
            n_origins=origins.n_independent(group),
        )
        for (value, is_denial), group in groups.items()
    ]
    return tuple(sorted(answers, key=_rank)) if len(answers) > 1 else tuple(answers)


def votes_of(answers: tuple[Answer, ...], origins: Origins) -> tuple[Vote, ...]:
    """Return one vote for each independent origin and answer.

    Where an origin speaks for itself, its retellers' variants have no vote. A command line
    that contradicts itself votes for each of its answers.
    """
    own = {
        origins.group[s.sort_key()] for answer in answers for s in answer.statements if not s.origin
    }
    votes: dict[tuple[int, int], list[Statement]] = {}
    for place, answer in enumerate(answers):
        for statement in answer.statements:
            key = statement.sort_key()
            if not statement.origin or origins.group[key] not in own:
                votes.setdefault((place, origins.bloc[key]), []).append(statement)
    return tuple(Vote(*key, tuple(speakers)) for key, speakers in votes.items())


def by_likelihood(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Return the answers with the likeliest first; equal ones stay as they are."""
    return tuple(sorted(answers, key=lambda answer: -(answer.chance or 0.0)))


def _is_denial(statement: Statement) -> bool:
    return statement.claim.modality is Modality.DENIED


def _rank(answer: Answer) -> tuple[int, int, str, bool]:
    newest = max(observed(statement).latest for statement in answer.statements)
    form = repr(value_to_json(answer.value))
    return -answer.n_origins, -newest.toordinal(), form, answer.is_denial


def in_words(
    answers: tuple[Answer, ...], shown: Callable[[Value], str] = str, at_most: int = 4
) -> str:
    """Return the answers in one phrase, each with its number of independent origins."""
    parts = [
        f"{'not ' if a.is_denial else ''}{shown(a.value)} ({_origins(a.n_origins)})"
        for a in answers[:at_most]
    ]
    more = len(answers) - at_most
    return " against ".join(parts) + (f" and {more} more" if more > 0 else "")


def _origins(number: int) -> str:
    return f"{number} origin" if number == 1 else f"{number} origins"

"""Sameness in a workspace: what may be one, what was judged, and to judge it."""

from dataclasses import dataclass

from takatuf.actions.judging.judge_sameness import SameJudged, SameJudgement, judge_sameness
from takatuf.actions.judging.list_sameness import (
    CandidateView,
    JudgedView,
    list_candidates,
    list_judged,
)
from takatuf.picture.sameness import Judgement
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId, is_thing_id
from takatuf.workspace.opened import Opened

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True)
class SamenessDesk:
    """Whether two things in one workspace are one."""

    workspace: Opened

    def candidates(
        self, thing: str = "", *, of_type: str = "", limit: int | None = DEFAULT_LIMIT
    ) -> tuple[CandidateView, ...]:
        """Return pairs that may be one and that nobody judged yet, best first.

        Args:
            thing: A name or identity: only pairs with it.
            of_type: A type of things, such as `place`.
            limit: At most so many; None for all.

        Raises:
            NotFoundError: There is no such thing, or no such type.
        """
        return list_candidates(self.workspace.reading(), thing, of_type, limit)

    def judged(self, thing: str = "") -> tuple[JudgedView, ...]:
        """Return every judgement that stands, or those on one thing.

        Raises:
            NotFoundError: There is no such thing.
        """
        return list_judged(self.workspace.reading(), thing)

    def judge(
        self,
        one: str,
        other: str,
        judgement: Judgement,
        *,
        by: str,
        why: str,
        organisation: str = "",
    ) -> SameJudged:
        """Log that two things are the same, different, or that somebody is unsure.

        The next judgement of the same organisation on the same pair replaces this one.

        Args:
            one: A name or identity.
            other: Another of the same type; give identities where the two were joined already.
            judgement: What the person says.
            by: The name and office of the person who answers for it.
            why: What it rests on.
            organisation: For whom the person speaks; the actor's own where it is left out.

        Raises:
            InputError: See `actions.judging.judge_sameness`.
            NotAllowedError: The actor may not submit for this organisation.
            NotFoundError: There is no such organisation.
        """
        said = SameJudgement(
            one=one,
            other=other,
            judgement=judgement,
            by=by,
            organisation=self._organisation(organisation),
            why=why,
        )
        return judge_sameness(said, self.workspace.reading(), self.workspace.intake())

    def _organisation(self, name: str) -> ThingId:
        if is_thing_id(name):
            return ThingId(name)  # checked with the report
        found = (
            self.workspace.reading().names.find(name) if name else self.workspace.actor.organisation
        )
        if found is None:
            problem = Problem(
                code="judgement.for-nobody",
                where="organisation",
                found="nothing",
                expected="the organisation for which the person speaks (--as)",
            )
            raise InputError([problem])
        return found

"""Things with several names, and judgements on pairs of them."""

from dataclasses import replace

from takatuf.picture.sameness import Judgement
from takatuf.reports.report import Certainty, Claim, Modality, Report
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.value import Reference, Text, Value
from tests.builders import a_claim, a_report


def a_thing(thing: str, *names: str, by: str = "a", **said: Value) -> Report:
    """Return a list's row on one thing: its name, further names, and other properties."""
    claims = [_claim(thing, "name", Text(names[0]))] if names else []
    claims += [_claim(thing, "also_called", Text(name)) for name in names[1:]]
    claims += [_claim(thing, name, value) for name, value in said.items()]
    return replace(a_report(by=by), claims=tuple(claims))


def refers(thing: str) -> Reference:
    return Reference(ThingId(thing))


def a_judgement(
    one: str,
    other: str,
    judgement: Judgement = Judgement.SAME,
    by: str = "a",
    supersedes: ReportId | None = None,
) -> Report:
    is_denied = judgement is Judgement.DIFFERENT
    claim = a_claim(
        refers(other),
        None,
        thing=ThingId(one),
        property="same_as",
        modality=Modality.DENIED if is_denied else Modality.ASSERTED,
        certainty=Certainty.UNSURE if judgement is Judgement.UNSURE else None,
    )
    return a_report(claim, by, supersedes=supersedes)


def _claim(thing: str, name: str, value: Value) -> Claim:
    return a_claim(value, None, thing=ThingId(thing), property=name)

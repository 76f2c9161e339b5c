"""Did one origin come out with several values?

An origin and those who retell it count as one voice. Where that voice gives several values for
one day in different documents, something happened on the way, and the reader is asked to look
at the origin's own text.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.guesses import guess
from takatuf.picture.plausibility.record import Figure, Record, in_order, whose_word
from takatuf.reports.report import Published
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import overlap
from takatuf.vocabulary.time import PartialDate

_Span = tuple[date, date]


@dataclass(slots=True)
class _Cluster:
    """What one origin is said to have said of one day."""

    own: list[Figure] = field(default_factory=list)
    retold: list[Figure] = field(default_factory=list)

    def all(self) -> list[Figure]:
        """Own words first; each in order."""
        return self.own + self.retold


def variant_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each day of which one origin is given with several values."""
    for (thing, name), figures in record.amount_topics:
        voices: dict[str, list[Figure]] = {}
        for figure in figures:
            voices.setdefault(whose_word(figure.statement), []).append(figure)
        for voice in voices.values():
            if len(voice) > 1:
                yield from _of_voice(record, thing, name, voice)


def document_of(figure: Figure) -> Published | None:
    """Return the document that a figure stands in; None where it has no title."""
    published = figure.statement.published
    return published if published.title else None


def _of_voice(record: Record, thing: ThingId, name: str, voice: list[Figure]) -> Iterator[Doubt]:
    rule = record.rules.variants
    short = [f for f in voice if f.day and _length(f.day) <= rule.longest_span_days]
    for cluster in _clusters(short, rule.window_days[record.declared(name).series]):
        said = cluster.all()
        others = [figure for figure in said[1:] if _is_variant(said[0], figure, record)]
        if others:
            yield Doubt(
                kind=DoubtKind.VARIANTS,
                thing=thing,
                property=name,
                statements=tuple(sorted((f.statement for f in said), key=in_order)),
                sentence=_sentence(cluster, others, record),
            )


def _clusters(voice: list[Figure], window_days: int) -> list[_Cluster]:
    """Return what was said of each day; a retelling goes to the nearest day within the window."""
    clusters: dict[_Span, _Cluster] = {}
    dated = [(figure, figure.day) for figure in voice if figure.day]
    for figure, day in dated:
        if not figure.statement.origin:
            clusters.setdefault(_span_of(day), _Cluster()).own.append(figure)
    own_spans = sorted(clusters)
    for figure, day in dated:
        if figure.statement.origin:
            span = _nearest_span(own_spans, day, window_days) or _span_of(day)
            clusters.setdefault(span, _Cluster()).retold.append(figure)
    return [clusters[span] for span in sorted(clusters)]


def _span_of(day: PartialDate) -> _Span:
    return day.earliest, day.latest


def _length(day: PartialDate) -> int:
    return (day.latest - day.earliest).days


def _nearest_span(spans: list[_Span], day: PartialDate, window_days: int) -> _Span | None:
    place = bisect_left(spans, _span_of(day))
    near = [(_gap(span, day), span) for span in spans[max(place - 1, 0) : place + 1]]
    within = [(gap, span) for gap, span in near if gap <= window_days]
    return min(within)[1] if within else None


def _gap(span: _Span, day: PartialDate) -> int:
    return max(0, (span[0] - day.latest).days, (day.earliest - span[1]).days)


def _is_variant(first: Figure, figure: Figure, record: Record) -> bool:
    document = document_of(figure)
    is_same_document = document is not None and document == document_of(first)
    agrees = overlap(first.amount, figure.amount, record.rules.variants.tolerance)
    return not is_same_document and not agrees


def _sentence(cluster: _Cluster, others: list[Figure], record: Record) -> str:
    first = cluster.all()[0]
    whose = "in the origin's own words" if cluster.own else "in one retelling"
    variants = dict.fromkeys(_variant(first, other, record) for other in others)
    return f"{first.amount} {whose}; {'; '.join(variants)}."


def _variant(first: Figure, other: Figure, record: Record) -> str:
    how = "retold as" if other.statement.origin else "quoted also as"
    notes = [
        note for note in (_in_unit_of(first, other), guess(first, other, record.rules.slip)) if note
    ]
    in_brackets = f" ({'; '.join(notes)})" if notes else ""
    return f"{how} {other.amount}{in_brackets}"


def _in_unit_of(first: Figure, other: Figure) -> str:
    """Return the other figure in the unit of the first, where it has another one."""
    if other.amount.unit == first.amount.unit or not first.size:
        return ""
    number = other.size / first.size * (first.amount.number or 0.0)
    return f"{number:,.0f} {first.amount.unit}"

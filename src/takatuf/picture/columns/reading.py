"""Read a picture from columns: topics are found in them, statements built when asked for."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter

import numpy as np
import polars as pl

from takatuf.picture.columns.segment import Flags, Segment, named_topics, topic_of_claims
from takatuf.picture.columns.stating import statement_at
from takatuf.picture.identities import SAME_AS
from takatuf.picture.picture import Statement, Topic
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.value import Reference, Text, Value

N_STATEMENTS_KEPT = 16_384  # for the next question about them; some twenty megabytes


@dataclass(frozen=True)
class Part:
    """A segment, and which of its claims the reader sees, or may not see."""

    segment: Segment
    is_seen: Flags
    is_hidden: Flags


_Which = Callable[[Part], Flags]
_SEEN: _Which = attrgetter("is_seen")
_HIDDEN: _Which = attrgetter("is_hidden")


@dataclass(frozen=True, eq=False)
class ColumnPicture:
    """A `Picture` over columns."""

    parts: tuple[Part, ...]
    identities: Mapping[ThingId, ThingId] = field(default_factory=dict)

    @cached_property
    def statements(self) -> Mapping[Topic, tuple[Statement, ...]]:
        """Everything that was said, built when it is asked for; see `Picture.statements`."""
        return _Statements(self)

    @cached_property
    def withheld(self) -> Mapping[Topic, int]:
        """How many statements on a topic the reader may not see; see `Picture.withheld`."""
        return _Withheld(self)

    def about(self, thing: ThingId, name: str) -> tuple[Statement, ...]:
        """Return what was said of one property of one thing; see `Picture.about`."""
        said = [self._statement(*place) for place in self._places(thing, name, _SEEN)]
        return tuple(said if self._is_in_order else sorted(said, key=Statement.sort_key))

    def of_properties(
        self, names: Collection[str]
    ) -> Iterator[tuple[Topic, tuple[Statement, ...]]]:
        """Give all topics of these properties; see `Picture.of_properties`."""
        found = self._found(_SEEN, names).select("thing", "property", "part", "row").iter_rows()
        for topic, rows in groupby(found, itemgetter(0, 1)):
            yield topic, tuple(self._statement(part, row) for _, _, part, row in rows)

    def values_of(self, names: Collection[str]) -> Iterator[tuple[Topic, tuple[Value, ...]]]:
        """Give the values of all topics of these properties, in the order of `of_properties`.

        Texts and references are read from the columns, without building their statements.
        """
        columns = ("thing", "property", "part", "row", "text", "reference")
        found = self._found(_SEEN, names).select(columns).iter_rows()
        for topic, rows in groupby(found, itemgetter(0, 1)):
            yield topic, tuple(self._value(topic[1], *row[2:]) for row in rows)

    def said_in(self, reports: Collection[ReportId]) -> tuple[Statement, ...]:
        """Return every statement of these reports; see `Picture.said_in`."""
        ids = pl.Series(sorted(set(reports)), dtype=pl.String)
        said: list[Statement] = []
        for number, part in enumerate(self.parts):
            rows = part.segment.rows_of(ids)
            is_meant = np.zeros(part.segment.n_reports, dtype=np.bool_)
            is_meant[rows[rows >= 0]] = True
            claims = np.flatnonzero(is_meant[part.segment.report_rows] & part.is_seen)
            said += [self._statement(number, row) for row in claims.tolist()]
        return tuple(sorted(said, key=Statement.sort_key))

    def topics(self, which: _Which) -> list[Topic]:
        """Return the topics of the claims that are seen, or hidden, in their order."""
        named = pl.concat(
            [
                _NOTHING.select("thing", "property"),
                *(_topics_in(part, which) for part in self.parts),
            ]
        )
        if self._is_in_order:
            return list(named.iter_rows())
        return list(self._as_read(named).unique().sort("thing", "property").iter_rows())

    def count(self, topic: Topic, which: _Which) -> int:
        """Return how many claims on a topic are seen, or hidden."""
        return sum(1 for _ in self._places(*topic, which))

    @property
    def _is_in_order(self) -> bool:
        # A segment is; several, or things that are read as one, have to be put in order.
        return len(self.parts) <= 1 and not self.identities

    @cached_property
    def _members(self) -> Mapping[ThingId, tuple[ThingId, ...]]:
        """Which things are read under an identity, where that is not just the thing itself."""
        members: dict[ThingId, tuple[ThingId, ...]] = {}
        for thing, read_as in self.identities.items():
            own = () if read_as in self.identities else (read_as,)
            members.setdefault(thing, ())
            members[read_as] = (*(members.get(read_as) or own), thing)
        return members

    def _places(self, thing: ThingId, name: str, which: _Which) -> Iterator[tuple[int, int]]:
        members = (thing,) if name == SAME_AS else self._members.get(thing, (thing,))
        for member in members:
            for number, part in enumerate(self.parts):
                claims = part.segment.slice_of(member, name)
                for row in np.flatnonzero(which(part)[claims]).tolist():
                    yield number, claims.start + row

    def _found(self, which: _Which, names: Collection[str] | None = None) -> pl.DataFrame:
        """Return the claims of these properties, or of all, by topic and `sort_key`."""
        found = [_claims_in(number, part, which, names) for number, part in enumerate(self.parts)]
        claims = pl.concat([_NOTHING, *found])
        if self._is_in_order:
            return claims
        return self._as_read(claims).sort("thing", "property", "id", "number")

    def _as_read(self, frame: pl.DataFrame) -> pl.DataFrame:
        own = pl.col("thing")
        is_judgement = pl.col("property") == SAME_AS
        read_as = pl.when(is_judgement).then(own).otherwise(own.replace(dict(self.identities)))
        return frame.with_columns(thing=read_as)

    @cached_property
    def _statement(self) -> Callable[[int, int], Statement]:
        parts, identities = self.parts, self.identities  # not `self`, or it held itself for ever

        @lru_cache(N_STATEMENTS_KEPT)
        def statement(part: int, row: int) -> Statement:
            return statement_at(parts[part].segment, row, identities)

        return statement

    def _value(
        self, name: str, part: int, row: int, text: str | None, reference: ThingId | None
    ) -> Value:
        if text is not None:
            return Text(text)
        if reference is not None:
            own = name == SAME_AS
            return Reference(reference if own else self.identities.get(reference, reference))
        return self._statement(part, row).claim.value


_NOTHING = pl.DataFrame(
    schema={
        "thing": pl.String,
        "property": pl.String,
        "id": pl.String,
        "number": pl.UInt32,
        "part": pl.Int64,
        "row": pl.Int64,
        "text": pl.String,
        "reference": pl.String,
    }
)


def _topics_in(part: Part, which: _Which) -> pl.DataFrame:
    segment = part.segment
    topics = np.unique(topic_of_claims(segment)[which(part)])
    return pl.DataFrame(list(named_topics(segment, topics)))


def _claims_in(
    number: int, part: Part, which: _Which, names: Collection[str] | None
) -> pl.DataFrame:
    segment = part.segment
    wanted = np.array([names is None or name in names for name in segment.properties], np.bool_)
    is_wanted = wanted[segment.topics % max(len(wanted), 1)]
    topic = topic_of_claims(segment)
    rows = np.flatnonzero(is_wanted[topic] & which(part))
    things, properties = named_topics(segment, topic[rows])
    claims = segment.claims.select("number", "text", "reference")[rows]
    return pl.DataFrame(
        {
            "thing": things,
            "property": properties,
            "id": segment.ids.gather(segment.report_rows[rows]),
            "number": claims["number"],
            "part": np.full(len(rows), number, dtype=np.int64),
            "row": rows.astype(np.int64),
            "text": claims["text"],
            "reference": claims["reference"],
        }
    )


class _Statements(Mapping[Topic, tuple[Statement, ...]]):
    """The statements of a picture by topic, each built when it is asked for."""

    def __init__(self, picture: ColumnPicture) -> None:
        self._picture = picture

    def __getitem__(self, topic: Topic) -> tuple[Statement, ...]:
        said = self._picture.about(*topic)
        if not said:
            raise KeyError(topic)
        return said

    def __contains__(self, topic: object) -> bool:
        return isinstance(topic, tuple) and self._picture.count(topic, _SEEN) > 0

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    @cached_property
    def _topics(self) -> list[Topic]:
        return self._picture.topics(_SEEN)


class _Withheld(Mapping[Topic, int]):
    """The number of hidden statements by topic."""

    def __init__(self, picture: ColumnPicture) -> None:
        self._picture = picture

    def __getitem__(self, topic: Topic) -> int:
        n_hidden = self._picture.count(topic, _HIDDEN)
        if not n_hidden:
            raise KeyError(topic)
        return n_hidden

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    @cached_property
    def _topics(self) -> list[Topic]:
        return self._picture.topics(_HIDDEN)

"""A made-up register of any size: the shipped vocabulary, things in a city, and who speaks.

Every thing is named and lies in a district; the rest is what organisations report of things.
Few organisations say most and few properties are spoken of most (Zipf). Some reports retell
another organisation and some replace an earlier one. Nothing in it is true of any city.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

from takatuf.reports.register import Arrival
from takatuf.reports.report import Claim, Modality, Published, Report, Source
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Property, Vocabulary, load_vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.time import day, parse_instant
from takatuf.vocabulary.value import Reference, Text, Token, Value

STARTED_AT = parse_instant("2016-01-01T08:00:00Z")
CLAIMS_PER_THING = 20
MAX_CLAIMS = 10  # in one report
N_ORGANISATIONS = 300
THINGS_PER_DISTRICT = 250
N_DAYS = 700
SHARE_RETOLD = 0.15
SHARE_REPLACING = 0.03
SHARE_WITH_WORDING = 0.3
MODALITIES = (*[Modality.ASSERTED] * 8, Modality.ESTIMATED, Modality.DENIED)
AT_ONCE = 20_000  # reports in one transaction
CITY = ThingId("place/city")


@dataclass(frozen=True, slots=True)
class Made:
    """What a register file holds."""

    n_claims: int
    n_reports: int
    n_things: int


def a_register_file(path: Path, n_claims: int, seed: int = 1) -> Made:
    """Make a register file with about so many claims; the same seed makes the same reports."""
    register, reports = SqliteRegister(path), made_up_reports(n_claims, seed)
    n_reports = n_made = 0
    while some := list(islice(reports, AT_ONCE)):
        arrivals = [
            Arrival(report, STARTED_AT + timedelta(minutes=n_reports + number))
            for number, report in enumerate(some)
        ]
        register.append(arrivals)
        n_reports += len(some)
        n_made += sum(len(report.claims) for report in some)
    register.close()
    return Made(n_made, n_reports, n_claims // CLAIMS_PER_THING)


def made_up_reports(n_claims: int, seed: int) -> Iterator[Report]:
    """Give reports with about so many claims in all: first every thing's name, then news."""
    maker = _Maker(load_vocabulary(), n_claims, seed)
    n_made = 0
    for number in range(maker.n_things):
        report = maker.introduction(number)
        n_made += len(report.claims)
        yield report
    while n_made < n_claims:
        report = maker.news()
        n_made += len(report.claims)
        yield report


class _Maker:
    """Draws reports; keeps the last ones, so that some can be replaced."""

    def __init__(self, vocabulary: Vocabulary, n_claims: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.n_things = max(n_claims // CLAIMS_PER_THING, 1)
        self.properties = [
            declared
            for name, declared in sorted(vocabulary.properties.items())
            if "place" in declared.of and declared.type in {ValueType.AMOUNT, ValueType.TOKEN}
        ]
        self.days = [day(date(2016, 1, 1) + timedelta(days=n)) for n in range(N_DAYS)]
        self.last: dict[ThingId, ReportId] = {}

    def introduction(self, number: int) -> Report:
        """Return what the gazetteer says of one thing."""
        thing = _place(number)
        district = ThingId(f"place/district-{number // THINGS_PER_DISTRICT}")
        within = CITY if number % THINGS_PER_DISTRICT == 0 else district
        claims = (
            Claim(thing=thing, property="name", value=Text(f"Neighbourhood {number}")),
            Claim(thing=thing, property="part_of", value=Reference(within)),
            Claim(thing=district, property="part_of", value=Reference(CITY)),
        )
        source = Source(
            organisation=ThingId("organisation/gazetteer"), organisation_type="local_ngo"
        )
        return Report(source=source, claims=claims[: 3 if within == CITY else 2])

    def news(self) -> Report:
        """Return what some organisation says of some things."""
        organisation = self._organisation()
        report = Report(
            source=Source(
                organisation=organisation, organisation_type="un_agency", method="statement"
            ),
            claims=tuple(self._claim() for _ in range(self._below(MAX_CLAIMS) + 1)),
            published=Published(
                on=self.days[self._below(N_DAYS)],
                title=f"Flash update no. {self._below(1000)}",
                publisher=f"Publisher {self._below(50)}",
            ),
            origin=self._organisation() if self.rng.random() < SHARE_RETOLD else "",
            supersedes=(
                self.last.get(organisation) if self.rng.random() < SHARE_REPLACING else None
            ),
        )
        self.last[organisation] = report.id
        return report

    def _claim(self) -> Claim:
        declared = self.properties[self._zipf(len(self.properties))]
        is_worded = self.rng.random() < SHARE_WITH_WORDING
        return Claim(
            thing=_place(self._below(self.n_things)),
            property=declared.name,
            value=self._value(declared),
            modality=MODALITIES[self._below(len(MODALITIES))],
            observed_at=self.days[self._below(N_DAYS)],
            wording="as the source puts it, in a few words of its own" if is_worded else "",
        )

    def _value(self, declared: Property) -> Value:
        if declared.type is ValueType.TOKEN:
            return Token(declared.words[self._below(len(declared.words))])
        low = float(self._below(10_000))
        return Amount(low, low, declared.unit)

    def _organisation(self) -> ThingId:
        return ThingId(f"organisation/org-{self._zipf(N_ORGANISATIONS)}")

    def _zipf(self, n: int) -> int:
        """Draw a number below n, small ones most often: about as 1 / (1 + number)."""
        return int((n + 1) ** self.rng.random()) - 1

    def _below(self, n: int) -> int:
        return int(self.rng.integers(n))


def _place(number: int) -> ThingId:
    return ThingId(f"place/neighbourhood-{number}")

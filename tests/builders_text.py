"""A few names that the register knows, and texts read against them."""

from datetime import date
from functools import cache
from typing import Any

from takatuf.formats.readers.text.documents import read_document
from takatuf.formats.readers.text.known import Known, known_things
from takatuf.formats.readers.text.language.numbers import FoundAmount, amounts_of
from takatuf.formats.readers.text.language.words import words_of
from takatuf.formats.readers.text.proposal import Article, Proposal, Proposals
from takatuf.formats.readers.text.proposing import propose
from takatuf.formats.readers.text.speech.voices import Saying, sayings_of
from takatuf.picture.names import names_of
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Reference, Text, Token, Value
from tests.builders import a_claim, a_picture, a_report, named, part_of

WEDNESDAY = date(2017, 6, 14)
NAMES = {
    "place/aleppo-city": ("Aleppo city", "Aleppo", "مدينة حلب", "حلب"),
    "place/aleppo-governorate": ("Aleppo governorate", "محافظة حلب"),
    "place/east-aleppo": ("East Aleppo", "Eastern Aleppo", "شرق حلب"),
    "place/hanano": ("Hanano", "هنانو"),
    "place/sakhour": ("Sakhour", "الصاخور"),
    "place/camp-1": ("Camp (1)",),
    "place/camp-2": ("Camp (2)",),
    "water_facility/halabi": ("Suleiman al-Halabi pumping station", "محطة سليمان الحلبي"),
    "health_facility/quds": ("Al-Quds hospital", "مشفى القدس"),
    "organisation/ocha": ("OCHA", "أوتشا"),
    "organisation/who": ("WHO", "World Health Organization", "منظمة الصحة العالمية"),
    "organisation/unicef": ("UNICEF", "اليونيسف"),
    "organisation/health": ("Aleppo health directorate", "مديرية الصحة في حلب"),
    "organisation/governorate": ("Aleppo governorate (governor's office)", "مكتب محافظ حلب"),
    "organisation/government": ("Government of Syria", "الحكومة السورية"),
    "organisation/council": ("Aleppo council",),
    "organisation/councils": ("Council of Aleppo",),
    "organisation/red-crescent": ("Red Crescent, Aleppo branch", "الهلال الأحمر، فرع حلب"),
    "organisation/agency": ("The Agency", "الوكالة الأولى"),
    "organisation/office": ("Office", "!?"),
    "event/water-outage-2017": ("Water outage of January 2017", "انقطاع المياه عام 2017"),
    "event/blast": ("Explosion that killed children, 3 February 2017",),
    "event/battle": ("Battle of Aleppo", "معركة حلب"),
    "activity/clearance": ("Clearance of explosives in Aleppo",),
    "activity/clearance-east": ("Clearance of mines in the east",),
    "activity/clearance-afar": ("Clearance of mines afar",),
}
KINDS = {
    "place/aleppo-city": "city",
    "place/aleppo-governorate": "governorate",
    "place/east-aleppo": "part_of_city",
}
LIES_IN = {
    "place/aleppo-city": "place/aleppo-governorate",
    "place/east-aleppo": "place/aleppo-city",
    "place/hanano": "place/east-aleppo",
    "place/sakhour": "place/east-aleppo",
}
HAPPENS_IN = {
    "event/water-outage-2017": ("affects", "place/aleppo-city"),
    "event/blast": ("affects", "place/east-aleppo"),
    "event/battle": ("affects", "place/aleppo-city"),
    "activity/clearance": ("takes_place_in", "place/aleppo-city"),
    "activity/clearance-east": ("takes_place_in", "place/east-aleppo"),
    "activity/clearance-afar": ("takes_place_in", "place/camp-1"),
}


@cache
def known() -> Known:
    picture = a_picture(*_reports())
    return known_things(names_of(picture), picture)


def _reports() -> list[Report]:
    found = []
    for thing, names in NAMES.items():
        found.append(named(thing, names[0]))
        found += [_said(thing, "also_called", Text(name)) for name in names[1:]]
    found += [_said(place, "kind", Token(kind)) for place, kind in KINDS.items()]
    found += [part_of(part, whole) for part, whole in LIES_IN.items()]
    for deed, (how, place) in HAPPENS_IN.items():
        found.append(_said(deed, how, Reference(ThingId(place))))
    found.append(_said("activity/clearance", "started_on", parse_date("2016-12-05")))
    found.append(_said("organisation/agency", "organisation_type", Token("state_media")))
    found.append(_said("organisation/ocha", "organisation_type", Token("un_agency")))
    return found


def _said(thing: str, name: str, value: Value) -> Report:
    return a_report(a_claim(value, None, thing=ThingId(thing), property=name), "gazetteer")


def read(text: str, name: str = "article.txt", **article: Any) -> Proposals:
    about: dict[str, Any] = {"published_on": WEDNESDAY, "publisher": "The Agency"} | article
    document = read_document(text.encode(), name)
    return propose(document, Article(**about), known(), load_vocabulary(), name)


def the_one(text: str, **article: Any) -> Proposal:
    (proposal,) = read(text, **article).proposals
    return proposal


def facts(proposals: Proposals) -> list[tuple[str, str, str]]:
    return [(one.property, one.value, one.modality) for one in proposals.proposals]


def amounts(text: str) -> list[tuple[str, str]]:
    return [(found.figure, found.unit) for found in found_amounts(text)]


def found_amounts(text: str) -> tuple[FoundAmount, ...]:
    return amounts_of(words_of(text), text)


def said(text: str) -> list[tuple[str, str]]:
    """Return who says what: the speaker as the text has it, and the words."""
    document = read_document(text.encode(), "article.txt")
    return [(one.speaker.said_as, _words(one)) for one in sayings_of(document, known())]


def _words(saying: Saying) -> str:
    return " ".join(word.text for word in saying.words)

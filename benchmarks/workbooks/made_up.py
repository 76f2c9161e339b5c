"""Made-up 4W files without a fault: places, organisations and rows, in several layouts.

A row is a text for each word of columns.toml. Every row is work of its own: no two have the same
organisation, sector, activity, place and month.
"""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import xlsxwriter

Row = dict[str, str]
ERROR_CELL = "#N/A"
AMOUNTS = (
    *("targeted", "reached", "reached_girls", "reached_boys", "reached_women", "reached_men"),
    *("latitude", "longitude"),
)
WORDS = (
    *("reporting_organisation", "reporting_acronym", "organisation_type", "implementing_partner"),
    *("sector", "activity_type", "activity_description", "status", "start", "end", "period"),
    *("adm1_name", "adm1_code", "adm2_name", "adm2_code", "adm3_name", "adm3_code"),
    *AMOUNTS,
)
ACTIVITIES = {
    "en": (
        *("Water trucking", "Repair of pumps", "Hygiene kits", "Repair of roofs", "Cash for rent"),
        *("Mobile clinic", "Vaccination", "School supplies", "Bread for families", "Training"),
    ),
    "ar": (
        *("نقل المياه بالصهاريج", "إصلاح المضخات", "حقائب النظافة", "إصلاح الأسطح"),
        *("نقد مقابل الإيجار", "عيادة متنقلة", "تلقيح الأطفال", "لوازم مدرسية", "خبز للأسر"),
        "تدريب مهني",
    ),
    "fr": (
        *("Transport d'eau", "Réparation de pompes", "Kits d'hygiène", "Réparation de toits"),
        *("Aide au loyer", "Clinique mobile", "Vaccination", "Fournitures scolaires"),
        *("Pain pour les familles", "Formation"),
    ),
}
SECTORS = {
    "en": ("Water, Sanitation and Hygiene", "Shelter", "Health", "Education", "Food Security"),
    "ar": ("المياه والصرف الصحي والنظافة", "المأوى", "الصحة", "التعليم", "الأمن الغذائي"),
    "fr": (
        *("Eau, hygiène et assainissement", "Abris", "Santé", "Éducation"),
        "Sécurité alimentaire",
    ),
}
STATUSES = {
    "en": ("Ongoing", "Completed", "Planned"),
    "ar": ("جارٍ", "مكتمل", "مخطط"),
    "fr": ("En cours", "Terminé", "Planifié"),
}
TYPES = {
    "en": ("International NGO", "National NGO"),
    "ar": ("منظمة غير حكومية دولية", "منظمة غير حكومية وطنية"),
    "fr": ("ONG internationale", "ONG nationale"),
}
_ORGANISATIONS = (
    ("Blue Wells", "BWL", "آبار زرقاء"),
    ("Olive Tree Relief", "OTR", "إغاثة شجرة الزيتون"),
    ("Morning Bread Society", "MBS", "جمعية خبز الصباح"),
    ("Engineers Without Walls", "EWW", "مهندسون بلا جدران"),
    ("Lantern Schools", "LAS", "مدارس الفانوس"),
    ("Quiet River Health", "QRH", "صحة النهر الهادئ"),
    ("Juniper Foundation", "JUF", "مؤسسة العرعر"),
    ("Harbour Aid", "HAA", "عون المرفأ"),
    ("Stone Bridge Committee", "SBC", "لجنة الجسر الحجري"),
    ("Kite and Kettle", "KAK", "طائرة وإبريق"),
    ("Vine Valley Cooperative", "VVC", "تعاونية وادي الكروم"),
    ("Doctors for Hamlets", "DFH", "أطباء القرى"),
)
_FIRST = (
    ("Ashfield", "الرمادية"),
    ("Birchwater", "عين البتولا"),
    ("Cedarholm", "دار الأرز"),
    ("Dunmoor", "كثيب"),
    ("Elmbrook", "جدول الدردار"),
    ("Foxglove", "زهرة الثعلب"),
    ("Grantham", "غرانتا"),
    ("Highcliff", "الجرف العالي"),
    ("Ivytown", "بلدة اللبلاب"),
    ("Jadehill", "تل اليشم"),
    ("Kingsmead", "مرج الملك"),
    ("Larchgate", "باب الصنوبر"),
)
_SECOND = (
    ("Market", "السوق"),
    ("Springs", "الينابيع"),
    ("Quarry", "المقلع"),
    ("Orchards", "البساتين"),
    ("Crossing", "المعبر"),
    ("Terraces", "المدرجات"),
    ("Windmills", "الطواحين"),
    ("Saltworks", "الملاحة"),
    ("Vineyards", "الكروم"),
    ("Lighthouse", "المنارة"),
)
_MONTHS = 12
_SPAN_DEGREES = 1.6
_N_PAIRS = 60  # names of two parts before they come again
LAST_MONTH = date(2024, 2, 1)
TODAY = date(2024, 3, 31)  # of the import that the files are made for


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the third level with those that it lies in."""

    codes: tuple[str, str, str]
    names: Mapping[str, tuple[str, str, str]]  # by language
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Country:
    """How many areas the made-up country has: of the first level, in each of them, and again."""

    n_first: int = 3
    n_second: int = 4
    n_third: int = 6


SMALL = Country()
LARGE = Country(14, 10, 36)  # about as many as a large country has


def places(country: Country = SMALL) -> tuple[Place, ...]:
    """Return the areas of the third level of the made-up country."""
    made = []
    for n in range(country.n_first * country.n_second * country.n_third):
        first, rest = divmod(n, country.n_second * country.n_third)
        second, third = divmod(rest, country.n_third)
        district = first * country.n_second + second
        codes = (f"SY{first + 1:02}", f"SY{first + 1:02}{second + 1:02}", "")
        pair = (_FIRST[n % len(_FIRST)], _SECOND[(n // len(_FIRST) + n) % len(_SECOND)])
        names = {
            language: (
                _numbered(_FIRST[first % len(_FIRST)][at], first // len(_FIRST)),
                _numbered(
                    f"{_SECOND[district % 10][at]} {_FIRST[district % len(_FIRST)][at]}",
                    district // 60,
                ),
            )
            for at, language in enumerate(("en", "ar"))
        }
        third_names = {
            language: _numbered(f"{pair[0][at]} {pair[1][at]}", n // _N_PAIRS)
            for at, language in enumerate(("en", "ar"))
        }
        both = {lang: (*names[lang], third_names[lang]) for lang in ("en", "ar")}
        made.append(
            Place(
                (codes[0], codes[1], f"{codes[1]}{third + 1:02}"),
                both | {"fr": both["en"]},
                round(35.2 + _share(first, second, third, country), 5),
                round(36.9 + _share(first, second, third, country), 5),
            )
        )
    return tuple(made)


def _share(first: int, second: int, third: int, country: Country) -> float:
    # Areas lie beside each other from the south-west to the north-east.
    within = (second + third / country.n_third) / country.n_second
    return _SPAN_DEGREES * (first + within) / country.n_first


def _numbered(name: str, number: int) -> str:
    return f"{name} {number + 1}" if number else name


def place_rows(country: Country = SMALL) -> pl.DataFrame:
    """Return the made-up country as the rows of a table of places, with HXL words as headers."""
    return pl.DataFrame(
        [
            {
                "admin1Pcode": place.codes[0],
                "admin1Name_en": place.names["en"][0],
                "admin1Name_ar": place.names["ar"][0],
                "admin2Pcode": place.codes[1],
                "admin2Name_en": place.names["en"][1],
                "admin2Name_ar": place.names["ar"][1],
                "admin3Pcode": place.codes[2],
                "admin3Name_en": place.names["en"][2],
                "admin3Name_ar": place.names["ar"][2],
                "latitude": str(place.lat),
                "longitude": str(place.lon),
            }
            for place in places(country)
        ]
    )


def organisations(language: str) -> tuple[tuple[str, str], ...]:
    """Return name and acronym of each organisation."""
    return tuple((ar if language == "ar" else en, short) for en, short, ar in _ORGANISATIONS)


def organisation_names() -> tuple[tuple[str, str, str], ...]:
    """Return English name, acronym and Arabic name of each organisation."""
    return _ORGANISATIONS


@dataclass(frozen=True, slots=True)
class World:
    """Where and when the made-up work is done."""

    language: str
    country: Country = SMALL
    n_months: int = 8  # the last ends before `TODAY`


def good_rows(n_rows: int, world: World, seed: int) -> list[Row]:
    """Return rows without a fault, each work of its own, dates as ISO text."""
    rng = random.Random(seed)  # noqa: S311 - made-up data, not a secret
    areas, members = places(world.country), organisations(world.language)
    size = len(members) * len(areas) * len(ACTIVITIES[world.language]) * world.n_months
    picked = rng.sample(range(size), n_rows)
    return [_row(rng, world.language, pick, areas, members) for pick in picked]


def _row(
    rng: random.Random,
    language: str,
    pick: int,
    areas: Sequence[Place],
    members: Sequence[tuple[str, str]],
) -> Row:
    rest, kind = divmod(pick, len(ACTIVITIES[language]))
    rest, who = divmod(rest, len(members))
    month, where = divmod(rest, len(areas))
    place, (name, acronym) = areas[where], members[who]
    partner = members[(who + 1 + where % 3) % len(members)][0]
    before = LAST_MONTH.year * _MONTHS + LAST_MONTH.month - 1 - month
    period = date(before // _MONTHS, before % _MONTHS + 1, 1)
    groups = [rng.randrange(13, 400) for _ in range(4)]
    start = period - timedelta(days=rng.randrange(13, 90))
    end = period + timedelta(days=rng.randrange(40, 90))
    values = (
        *(name, acronym, TYPES[language][who % 2], partner),
        SECTORS[language][kind % len(SECTORS[language])],
        ACTIVITIES[language][kind],
        f"{ACTIVITIES[language][kind]} {month + 1}",
        STATUSES[language][rng.randrange(2)],
        *(start.isoformat(), end.isoformat(), f"{period:%Y-%m}"),
    )
    admin = [
        text for level in range(3) for text in (place.names[language][level], place.codes[level])
    ]
    spread = (rng.random() - 0.5) * 0.001
    amounts = (
        *(sum(groups) + rng.randrange(1, 50), sum(groups), *groups),
        *(round(place.lat + spread, 5), round(place.lon + spread, 5)),
    )
    return dict(zip(WORDS, (*values, *admin, *map(str, amounts)), strict=True))


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and where its rows and columns stand."""

    name: str
    content: bytes
    first_row: int
    letters: Mapping[str, tuple[str, ...]]  # the columns of each word


def csv_bytes(lines: Sequence[Sequence[str]], delimiter: str, encoding: str) -> bytes:
    """Return lines as a text file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode(encoding)


def xlsx_bytes(
    lines: Sequence[Sequence[str]],
    first_row: int,
    dates: Sequence[int],
    merged: Sequence[tuple[int, int, int]] = (),
) -> bytes:
    """Return lines as a workbook: numbers as numbers, days in ``dates`` columns as days.

    Args:
        lines: From the first row of the sheet on.
        first_row: The first row of data, from 1.
        dates: Columns with days, from 0.
        merged: Cells that are one: (row, first, last column), from 0.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("4W")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, line in enumerate(lines):
        for column, text in enumerate(line):
            is_data = at >= first_row - 1
            if is_data and text == ERROR_CELL:
                sheet.write_formula(at, column, "=NA()", None, ERROR_CELL)
            elif is_data and column in dates and _is_iso_day(text):
                sheet.write_datetime(at, column, date.fromisoformat(text), day)
            elif is_data and _is_number(text):
                sheet.write_number(at, column, float(text))
            elif text:
                sheet.write_string(at, column, text)
    for row, first, last in merged:
        sheet.merge_range(row, first, row, last, lines[row][first])
    book.close()
    return out.getvalue()


def _is_iso_day(text: str) -> bool:
    return len(text) == len("2024-03-01") and text[4] == text[7] == "-" and text[:4].isdigit()


def _is_number(text: str) -> bool:
    plain = text.removeprefix("-").replace(".", "", 1)
    return (
        plain.isascii()
        and plain.isdigit()
        and not (len(text) > 1 and text[0] == "0" and text[1] != ".")
    )

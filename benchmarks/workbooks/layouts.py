"""How the made-up files are laid out: languages, tags or none, headers over headers, dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.workbooks.made_up import WORDS, Made, Row, csv_bytes, xlsx_bytes

TAGS = {
    "reporting_organisation": "#org+name+reporting",
    "reporting_acronym": "#org+acronym+reporting",
    "organisation_type": "#org+type+name",
    "implementing_partner": "#org+impl+name",
    "sector": "#sector+cluster+name",
    "activity_type": "#activity+type",
    "activity_description": "#activity+description",
    "status": "#status",
    "start": "#date+start",
    "end": "#date+end",
    "period": "#date+reported",
    "adm1_name": "#adm1+name",
    "adm1_code": "#adm1+code",
    "adm2_name": "#adm2+name",
    "adm2_code": "#adm2+code",
    "adm3_name": "#adm3+name",
    "adm3_code": "#adm3+code",
    "targeted": "#targeted+ind",
    "reached": "#reached+ind",
    "reached_girls": "#reached+f+children",
    "reached_boys": "#reached+m+children",
    "reached_women": "#reached+f+adults",
    "reached_men": "#reached+m+adults",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
}
HEADERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "reporting_organisation": "Reporting organisation",
        "reporting_acronym": "Organisation acronym",
        "organisation_type": "Organisation type",
        "implementing_partner": "Implementing partner",
        "sector": "Sector",
        "activity_type": "Activity type",
        "activity_description": "Activity description",
        "status": "Status",
        "start": "Start date",
        "end": "End date",
        "period": "Reporting month",
        "period_month": "Month",
        "period_year": "Year",
        "adm1_name": "Admin 1",
        "adm1_code": "Admin 1 P-code",
        "adm2_name": "Admin 2",
        "adm2_code": "Admin 2 P-code",
        "adm3_name": "Admin 3",
        "adm3_code": "Admin 3 P-code",
        "targeted": "People targeted",
        "reached": "People reached",
        "reached_girls": "Girls reached",
        "reached_boys": "Boys reached",
        "reached_women": "Women reached",
        "reached_men": "Men reached",
        "latitude": "Latitude",
        "longitude": "Longitude",
    },
    "ar": {
        "reporting_organisation": "المنظمة المبلغة",
        "reporting_acronym": "اختصار المنظمة",
        "organisation_type": "نوع المنظمة",
        "implementing_partner": "الشريك المنفذ",
        "sector": "القطاع",
        "activity_type": "نوع النشاط",
        "activity_description": "وصف النشاط",
        "status": "الحالة",
        "start": "تاريخ البدء",
        "end": "تاريخ الانتهاء",
        "period": "شهر التقرير",
        "period_month": "الشهر",
        "period_year": "السنة",
        "adm1_name": "المحافظة",
        "adm1_code": "رمز المحافظة",
        "adm2_name": "المنطقة",
        "adm2_code": "رمز المنطقة",
        "adm3_name": "الناحية",
        "adm3_code": "رمز الناحية",
        "targeted": "عدد المستهدفين",
        "reached": "عدد الأشخاص الذين تم الوصول إليهم",
        "reached_girls": "عدد الفتيات (تم الوصول إليهن)",
        "reached_boys": "عدد الفتيان (تم الوصول إليهم)",
        "reached_women": "عدد النساء (تم الوصول إليهن)",
        "reached_men": "عدد الرجال (تم الوصول إليهم)",
        "latitude": "خط العرض",
        "longitude": "خط الطول",
    },
    "fr": {
        "reporting_organisation": "Organisation rapportante",
        "reporting_acronym": "Sigle de l'organisation",
        "organisation_type": "Type d'organisation",
        "implementing_partner": "Partenaire de mise en œuvre",
        "sector": "Secteur",
        "activity_type": "Type d'activité",
        "activity_description": "Description de l'activité",
        "status": "Statut",
        "start": "Date de début",
        "end": "Date de fin",
        "period": "Mois du rapport",
        "period_month": "Mois",
        "period_year": "Année",
        "adm1_name": "Admin 1",
        "adm1_code": "Code admin 1",
        "adm2_name": "Admin 2",
        "adm2_code": "Code admin 2",
        "adm3_name": "Admin 3",
        "adm3_code": "Code admin 3",
        "targeted": "Personnes ciblées",
        "reached": "Personnes atteintes",
        "reached_girls": "Filles atteintes",
        "reached_boys": "Garçons atteints",
        "reached_women": "Femmes atteintes",
        "reached_men": "Hommes atteints",
        "latitude": "Latitude",
        "longitude": "Longitude",
    },
}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    "ar": (
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب"),
        *("أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
        *("septembre", "octobre", "novembre", "décembre"),
    ),
}
_AREAS = ("adm1_name", "adm1_code", "adm2_name", "adm2_code", "adm3_name", "adm3_code")
_REACHED = ("reached", "reached_girls", "reached_boys", "reached_women", "reached_men")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay rows out."""

    name: str
    language: str
    ending: str
    is_tagged: bool
    has_month_and_year: bool = False  # in two columns
    is_day_first: bool = False  # 13/02/2024 instead of 2024-02-13
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    title: str = ""  # above the headers
    is_grouped: bool = False  # a header over the areas and one over the people reached

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its columns, in order."""
        if not self.has_month_and_year:
            return WORDS
        at = WORDS.index("period")
        return (*WORDS[:at], "period_month", "period_year", *WORDS[at + 1 :])


LAYOUTS = (
    Layout("en-hxl", "en", ".xlsx", is_tagged=True),
    Layout("en-plain", "en", ".csv", is_tagged=False, has_month_and_year=True, is_day_first=True),
    Layout("ar-hxl", "ar", ".csv", is_tagged=True),
    Layout("ar-plain", "ar", ".xlsx", is_tagged=False, has_month_and_year=True),
    Layout(
        "fr-hxl", "fr", ".csv", is_tagged=True, is_day_first=True, delimiter=";", encoding="utf-8"
    ),
    Layout(
        *("fr-plain", "fr", ".xlsx"),
        is_tagged=False,
        title="Qui fait quoi, où, quand",
        is_grouped=True,
    ),
)


def laid_out(layout: Layout, rows: Sequence[Row]) -> Made:
    """Return the file of some rows."""
    words = layout.words
    lines = [[layout.title] + [""] * (len(words) - 1), []] if layout.title else []
    if layout.is_grouped:
        lines.append([_group(word, words) for word in words])
    headers = HEADERS[layout.language]
    lines.append([headers[word] for word in words])
    if layout.is_tagged:
        lines.append([TAGS[word] for word in words])
    first_row = len(lines) + 1
    shown = [_shown(layout, row) for row in rows]
    lines += [[row[word] for word in words] for row in shown]
    name = f"{layout.name}{layout.ending}"
    if layout.ending == ".csv":
        content = csv_bytes(lines, layout.delimiter, layout.encoding)
    else:
        days = [n for n, word in enumerate(words) if word in {"start", "end"}]
        groups = [_span(group, words) for group in (_AREAS, _REACHED)]
        merged = [(len(lines) - len(rows) - 2, *span) for span in groups]
        content = xlsx_bytes(lines, first_row, days, merged if layout.is_grouped else ())
    return Made(name, content, first_row, _letters(words))


def _letters(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    letters: dict[str, tuple[str, ...]] = {word: (_letter(n),) for n, word in enumerate(words)}
    if "period_month" in letters:
        letters["period"] = letters["period_month"] + letters["period_year"]
    return letters


def _letter(number: int) -> str:
    first, second = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _group(word: str, words: Sequence[str]) -> str:
    for group, title in ((_AREAS, "Lieu"), (_REACHED, "Bénéficiaires")):
        if word in group:
            return title if word == next(w for w in words if w in group) else ""
    return ""


def _span(group: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    at = [n for n, word in enumerate(words) if word in group]
    return at[0], at[-1]


def _shown(layout: Layout, row: Row) -> Row:
    shown = dict(row)
    if layout.is_day_first:
        shown |= {word: _day_first(row[word]) for word in ("start", "end")}
    if layout.has_month_and_year:
        shown |= _month_and_year(row["period"], layout.language)
    return shown


def _day_first(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _month_and_year(period: str, language: str) -> dict[str, str]:
    year, _, month = period.partition("-")
    if year.isdigit() and month.isdigit():
        return {"period_month": MONTHS[language][int(month) - 1], "period_year": year}
    return {"period_month": period, "period_year": period}

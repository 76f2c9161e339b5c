"""The IATI document: elements in the order of the 2.03 schema, without transactions.

A p-code stands as the reference of its location: the standard has no vocabulary of p-codes, and
another vocabulary's name would be wrong.
"""

import re
from xml.etree import ElementTree as ET

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.iati.codes import CLOSED, PLANNED, status_code
from takatuf.formats.writers.products.iati.gathering import (
    Day,
    Gathered,
    LeftOut,
    Location,
    gathered,
)
from takatuf.vocabulary.errors import InputError, Problem, cut

VERSION = "2.03"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SYSTEM = "http://www.opengis.net/def/crs/EPSG/0/4326"
_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"
_CLUSTERS, _OWN_SECTORS = "10", "99"
_EMERGENCY, _GLIDE = "1", "1-2"
_APPEAL, _PLAN = "2", "2-1"
_OTHER = "90"  # OrganisationType, where the maker names none
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_REFUSED_BY_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING_KNOWN = "TAKATUF-UNREGISTERED"


def write_iati(products: Products) -> bytes:
    """Return the activities as IATI 2.03 XML in UTF-8, humanitarian, without transactions.

    What the standard demands and the rows do not say is not made up: such an activity is left
    out (`left_out_of_iati` names it), and a comment at the head counts them.

    Raises:
        InputError: No activity is left; the reasons are named.
    """
    found = list(gathered(products))
    left_out = [each for each in found if isinstance(each, LeftOut)]
    if len(left_out) == len(found):
        raise InputError([_nothing_left(left_out)])
    generated = f"{products.as_of.isoformat()}T00:00:00Z"
    root = ET.Element("iati-activities", {"version": VERSION, "generated-datetime": generated})
    root.append(ET.Comment(_remark(products, len(left_out))))
    root.extend(_activity(products, each) for each in found if isinstance(each, Gathered))
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _nothing_left(left_out: list[LeftOut]) -> Problem:
    reasons = sorted({each.reason for each in left_out})
    return Problem(
        code="product.nothing-for-iati",
        where="the IATI document",
        found=cut(f"{len(left_out)} activities, all left out: {', '.join(reasons)}"),
        expected="an activity with organisation, sector, country and date",
    )


def _remark(products: Products, n_left_out: int) -> str:
    sentences = [
        _clean(f"{products.title}, as of {products.as_of.isoformat()}. {products.licence}."),
        f"Left out, because the standard asks for more than was reported: {n_left_out} activities.",
    ]
    if not products.made_by.iati_reference:
        sentences.append(
            "The reporting organisation gave no IATI reference: give one before publishing."
        )
    return " " + re.sub("--+", "-", " ".join(sentences)) + " "


def _activity(products: Products, found: Gathered) -> ET.Element:
    activity = ET.Element(
        "iati-activity",
        {
            "last-updated-datetime": f"{products.as_of.isoformat()}T00:00:00Z",
            _LANGUAGE: "en",
            "humanitarian": "1",
        },
    )
    reference = products.made_by.iati_reference or _NOTHING_KNOWN
    ET.SubElement(activity, "iati-identifier").text = _clean(f"{reference}-{found.identity}")
    _put_organisations(activity, products, found, reference)
    end = found.end.day if found.end else None
    status = status_code(found.status, found.start.day, end, products.as_of)
    ET.SubElement(activity, "activity-status", code=status)
    _put_dates(activity, products, found, status)
    ET.SubElement(activity, "recipient-country", code=found.country, percentage="100")
    for location in found.locations:
        _put_location(activity, location)
    _put_sector(activity, found)
    _put_scopes(activity, products, found)
    return activity


def _put_organisations(
    activity: ET.Element, products: Products, found: Gathered, reference: str
) -> None:
    maker = products.made_by
    reporting = ET.SubElement(
        activity,
        "reporting-org",
        {"ref": reference, "type": maker.iati_type or _OTHER, "secondary-reporter": "1"},
    )
    _tell(reporting, maker.name)
    _tell(ET.SubElement(activity, "title"), found.title)
    _tell(ET.SubElement(activity, "description", type="1"), found.description)
    for role, name in found.organisations:
        _tell(ET.SubElement(activity, "participating-org", role=role), name)


def _put_dates(activity: ET.Element, products: Products, found: Gathered, status: str) -> None:
    is_ahead = status == PLANNED or found.start.day > products.as_of
    _put_date(activity, found.start, _PLANNED_START if is_ahead else _ACTUAL_START)
    if found.end is not None:
        is_over = status == CLOSED and found.end.day <= products.as_of
        _put_date(activity, found.end, _ACTUAL_END if is_over else _PLANNED_END)


def _put_date(activity: ET.Element, day: Day, kind: str) -> None:
    element = ET.SubElement(
        activity, "activity-date", {"type": kind, "iso-date": day.day.isoformat()}
    )
    if day.entered:
        _tell(element, f"reported as {day.entered}")


def _put_location(activity: ET.Element, location: Location) -> None:
    element = ET.SubElement(activity, "location")
    if location.code:
        element.set("ref", _clean(location.code))
    if location.name:
        _tell(ET.SubElement(element, "name"), location.name)
    if location.point:
        point = ET.SubElement(element, "point", srsName=_SYSTEM)
        ET.SubElement(point, "pos").text = f"{location.point[0]} {location.point[1]}"


def _put_sector(activity: ET.Element, found: Gathered) -> None:
    if found.cluster:
        sector = ET.SubElement(activity, "sector", vocabulary=_CLUSTERS, code=found.cluster)
    else:
        sector = ET.SubElement(
            activity, "sector", vocabulary=_OWN_SECTORS, code=_clean(found.sector)
        )
    _tell(sector, found.sector)


def _put_scopes(activity: ET.Element, products: Products, found: Gathered) -> None:
    response = products.response
    plans = found.plans or ((response.plan,) if response.plan else ())
    scopes = [(_EMERGENCY, _GLIDE, response.glide)] if response.glide else []
    for kind, vocabulary, code in [*scopes, *((_APPEAL, _PLAN, plan) for plan in plans)]:
        ET.SubElement(
            activity, "humanitarian-scope", type=kind, vocabulary=vocabulary, code=_clean(code)
        )


def _tell(element: ET.Element, text: str) -> None:
    narrative = ET.SubElement(element, "narrative")
    narrative.text = _clean(text)
    if _ARABIC.search(text):
        narrative.set(_LANGUAGE, "ar")


def _clean(text: str) -> str:
    """Text with a mark in place of each character that XML cannot hold."""
    return _REFUSED_BY_XML.sub("\ufffd", text)

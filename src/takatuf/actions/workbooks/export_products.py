"""Products of the activities in a register: tables, open formats, the situation report, maps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import polars as pl

from takatuf.actions.read_picture import Reading, read_picture
from takatuf.actions.reception import Intake
from takatuf.actions.workbooks.activity_frame import activity_frame
from takatuf.actions.workbooks.due import DueAsked, due_in
from takatuf.actions.workbooks.known_bodies import known_organisations
from takatuf.actions.workbooks.understanding import Known
from takatuf.activities.counting import count_doubles, matrix_of, reached_of
from takatuf.activities.counting.doubles import Doubles
from takatuf.activities.due import prefilled_of
from takatuf.activities.memory import Memory, answers_for
from takatuf.activities.places import Gazetteer
from takatuf.city.hazards import open_hazards
from takatuf.city.situation import Situation
from takatuf.formats.writers.maps import MapContent, map_pdf, map_svg
from takatuf.formats.writers.products import (
    Audience,
    Maker,
    Products,
    Response,
    risk_education_of,
    write_4w_xlsx,
    write_form_xlsx,
    write_geojson,
    write_geopackage,
    write_hxl_csv,
    write_hxl_json,
    write_iati,
    write_imsma,
    write_matrix_csv,
    write_matrix_html,
    write_matrix_xlsx,
    write_prov,
)
from takatuf.formats.writers.sitrep import (
    Counted,
    Further,
    HazardCount,
    Head,
    hazards_of,
    map_places_of,
    sitrep_of,
    write_sitrep_page,
    write_sitrep_pdf,
)
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.time import end_of_day

_READER = {Audience.PUBLIC: ANYBODY, Audience.PARTNERS: Actor("partners", Role.PARTNER)}
FINEST_FIRST = ("adm4_pcode", "adm3_pcode", "adm2_pcode", "adm1_pcode")
_NOBODY = ThingId("organisation/nobody")


class Product(StrEnum):
    """What can be made of the activities."""

    FOUR_W = "4w"
    FORM = "form"  # pre-filled, for one partner
    MATRIX = "matrix"
    SITREP = "sitrep"
    MAP = "map"
    IATI = "iati"
    IMSMA = "imsma"
    PROV = "prov"


class Form(StrEnum):
    """In which form."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    XML = "xml"
    ZIP = "zip"
    HTML = "html"
    PDF = "pdf"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which product, for whom, of which day."""

    product: Product
    form: Form
    audience: Audience = Audience.PUBLIC
    as_of: date | None = None  # heard by then, of periods begun by then; None: now
    language: str = "en"
    title: str = ""
    place: str = ""  # what the report is about, as it is titled
    organisation: ThingId | None = None  # whose form it is
    period: str = ""  # of a form
    page: str = "A4"  # of a map
    licence: str = "CC BY 4.0"
    response: Response = field(default_factory=Response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where products are made from."""

    intake: Intake
    memory: Memory
    maker: str  # the name of the body that publishes
    gazetteer: Gazetteer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    wanted: Wanted
    products: Products
    doubles: Doubles
    due: pl.DataFrame
    reading: Reading

    @property
    def frame(self) -> pl.DataFrame:
        return self.products.frame


def export_product(wanted: Wanted, shelf: Shelf) -> bytes:
    """Return the file's bytes; what its readers may not see never enters it.

    Raises:
        InputError: The product has no such form, or nothing can be made of what is there.
        NotAllowedError: The actor may not export.
        NotFoundError: No activities were reported by then.
        UnavailableError: The form needs an extra that is not installed.
    """
    require(shelf.intake.actor, Action.EXPORT, Object())
    writer = _WRITERS.get((wanted.product, wanted.form))
    if writer is None:
        raise InputError([_no_such_form(wanted)])
    return writer(_made(wanted, shelf))


def activities_seen(wanted: Wanted, shelf: Shelf) -> tuple[pl.DataFrame, Reading]:
    """Return the activity frame as the readers of a product may see it, and the picture.

    Raises:
        NotFoundError: No activities were reported by then.
    """
    intake = shelf.intake
    heard_by = end_of_day(wanted.as_of) if wanted.as_of else None
    reader = _READER[wanted.audience]
    reading = read_picture(intake.register, intake.vocabulary, reader, heard_by, intake.claims)
    known = Known(
        gazetteer=shelf.gazetteer,
        organisations=known_organisations(reading),
        answers=answers_for(shelf.memory.decisions(), wanted.organisation or _NOBODY),
    )
    frame = activity_frame(reading, known)
    if wanted.as_of and "period" in frame.columns:
        begun = pl.col("period").str.head(7) <= wanted.as_of.isoformat()[:7]
        frame = frame.filter(pl.col("period").is_null() | begun)
    if not frame.height:
        raise NotFoundError("No activities were reported by then: take in a 4W table first.")
    return frame, reading


def _made(wanted: Wanted, shelf: Shelf) -> _Made:
    frame, reading = activities_seen(wanted, shelf)
    as_of = wanted.as_of or shelf.intake.now.date()
    doubles = count_doubles(frame)
    due = due_in(frame, DueAsked(today=as_of))
    products = Products(
        frame=_attested(frame, doubles).drop("organisation"),
        title=wanted.title or "Who does what where",
        as_of=as_of,
        audience=wanted.audience,
        made_by=Maker(shelf.maker),
        licence=wanted.licence,
        known=wanted.as_of,
        gazetteer=shelf.gazetteer,
        not_included=_not_included(frame, due, reading),
        response=wanted.response,
    )
    return _Made(wanted=wanted, products=products, doubles=doubles, due=due, reading=reading)


def _attested(frame: pl.DataFrame, doubles: Doubles) -> pl.DataFrame:
    """Return the frame with the names of all who report the activity of a row."""
    if "reporting_organisation" not in frame.columns:
        return frame.with_columns(attested_by=pl.lit(None, pl.String))
    name = dict(frame.select("row", "reporting_organisation").iter_rows())
    pairs = doubles.pairs.filter("is_certain").select("row", "twin").iter_rows()
    twin_of = {one: other for row, twin in pairs for one, other in ((row, twin), (twin, row))}
    attested = [
        "; ".join(sorted({n for n in (name[row], name.get(twin_of.get(row, 0))) if n})) or None
        for row in frame["row"]
    ]
    return frame.with_columns(attested_by=pl.Series(attested, dtype=pl.String))


def _not_included(frame: pl.DataFrame, due: pl.DataFrame, reading: Reading) -> tuple[str, ...]:
    sentences = []
    n_cells, n_rows = int(frame["n_withheld"].sum()), int((frame["n_withheld"] > 0).sum())
    if n_cells:
        sentences.append(f"{n_cells:,} cells of {n_rows:,} rows are withheld from these readers.")
    late = sorted({reading.names.of(ThingId(o)) for o in due.filter(state="late")["organisation"]})
    if late:
        sentences.append(f"{len(late)} organisations are late: {'; '.join(late)}.")
    return tuple(sentences)


def _no_such_form(wanted: Wanted) -> Problem:
    forms = [form.value for product, form in _WRITERS if product is wanted.product]
    return Problem(
        code="export.no-such-form",
        where="--format",
        found=f"{wanted.product.value} as {wanted.form.value}",
        expected=" or ".join(forms),
    )


def _four_w(made: _Made) -> bytes:
    return write_4w_xlsx(made.products, made.wanted.language)


def _form(made: _Made) -> bytes:
    wanted = made.wanted
    if wanted.organisation is None or not wanted.period:
        where = "--as" if wanted.organisation is None else "--period"
        raise InputError([_of_nobody(where)])
    frame = prefilled_of(made.frame, wanted.organisation, wanted.period)
    return write_form_xlsx(replace(made.products, frame=frame), wanted.language)


def _of_nobody(where: str) -> Problem:
    return Problem(
        code="export.form-of-whom",
        where=where,
        found="nothing",
        expected="whose workbook it is (--as) and for which period (--period 2024-04)",
    )


def _matrix(made: _Made) -> pl.DataFrame:
    return matrix_of(made.frame, doubles=made.doubles)


def _matrix_xlsx(made: _Made) -> bytes:
    return write_matrix_xlsx(_matrix(made), made.products, made.wanted.language)


def _matrix_csv(made: _Made) -> bytes:
    return write_matrix_csv(_matrix(made), made.wanted.language)


def _matrix_html(made: _Made) -> bytes:
    return write_matrix_html(_matrix(made), made.products, made.wanted.language)


def _imsma(made: _Made) -> bytes:
    return write_imsma(made.products, {"risk_education": risk_education_of(made.products)})


def _map(made: _Made) -> MapContent:
    products, wanted = made.products, made.wanted
    places, n_without = map_places_of(_placed(made), wanted.language)
    return MapContent(
        title=products.title,
        true_when=products.as_of.isoformat(),
        known_when=(wanted.as_of or products.as_of).isoformat(),
        source="Reports of the organisations that work here",
        made_by=products.made_by.name,
        places=places,
        n_places_without_position=n_without,
        licence=products.licence,
    )


def _placed(made: _Made) -> pl.DataFrame:
    """Return the frame with the gazetteer's position where a row gives none."""
    gazetteer, frame = made.products.gazetteer, made.frame
    codes = [code for code in FINEST_FIRST if code in frame.columns]
    if gazetteer is None or not codes:
        return frame
    points = gazetteer.places.select("code", place_lat="lat", place_lon="lon").unique("code")
    finest = frame.with_columns(code=pl.coalesce(codes)).join(points, on="code", how="left")
    return finest.with_columns(
        pl.coalesce("lat", "place_lat").alias("lat"), pl.coalesce("lon", "place_lon").alias("lon")
    ).drop("code", "place_lat", "place_lon")


def _map_svg(made: _Made) -> bytes:
    return map_svg(_map(made), page=made.wanted.page, language=made.wanted.language).encode()


def _map_pdf(made: _Made) -> bytes:
    return map_pdf(_map(made), page=made.wanted.page, language=made.wanted.language)


def _hazards(made: _Made) -> tuple[HazardCount, ...]:
    """Return the hazardous areas that no accredited document has released."""
    names = made.reading.names
    situation = Situation(made.reading.weigher, names, made.products.as_of)
    return hazards_of(
        (hazard.state, names.of(hazard.located_in) if hazard.located_in else "")
        for hazard in open_hazards(situation)
    )


def _sitrep(made: _Made) -> bytes:
    wanted, products = made.wanted, made.products
    counted = Counted(
        reached=reached_of(made.frame, doubles=made.doubles),
        by_sector=reached_of(made.frame, by=("sector_word",), doubles=made.doubles),
        matrix=_matrix(made),
        due=made.due,
    )
    head = Head(
        place=wanted.place or products.title,
        as_of=products.as_of.isoformat(),
        known=(wanted.as_of or products.as_of).isoformat(),
        language=wanted.language,
        audience=wanted.audience.value,
        made_by=products.made_by.name,
        title=wanted.title,
        licence=wanted.licence,
    )
    map_content = _map(made)
    further = Further(
        map=map_content if map_content.places else None,
        not_included=products.not_included,
        hazards=_hazards(made),
    )
    content = sitrep_of(made.frame, counted, head, further)
    if wanted.form is Form.PDF:
        return write_sitrep_pdf(content)
    return write_sitrep_page(content).encode()


_WRITERS: Mapping[tuple[Product, Form], Callable[[_Made], bytes]] = {
    (Product.FOUR_W, Form.XLSX): _four_w,
    (Product.FOUR_W, Form.CSV): lambda made: write_hxl_csv(made.products, made.wanted.language),
    (Product.FOUR_W, Form.JSON): lambda made: write_hxl_json(made.products),
    (Product.FOUR_W, Form.GEOJSON): lambda made: write_geojson(made.products),
    (Product.FOUR_W, Form.GEOPACKAGE): lambda made: write_geopackage(
        made.products, made.wanted.language
    ),
    (Product.FORM, Form.XLSX): _form,
    (Product.MATRIX, Form.XLSX): _matrix_xlsx,
    (Product.MATRIX, Form.CSV): _matrix_csv,
    (Product.MATRIX, Form.HTML): _matrix_html,
    (Product.SITREP, Form.HTML): _sitrep,
    (Product.SITREP, Form.PDF): _sitrep,
    (Product.MAP, Form.SVG): _map_svg,
    (Product.MAP, Form.PDF): _map_pdf,
    (Product.IATI, Form.XML): lambda made: write_iati(made.products),
    (Product.IMSMA, Form.ZIP): _imsma,
    (Product.PROV, Form.JSON): lambda made: write_prov(made.products),
}

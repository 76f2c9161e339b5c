import pytest

from takatuf.city.city import City, Neighbourhood
from takatuf.city.roads import reach
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.services import SERVICES
from tests.builders_town import a_town, accredited, said

OTHER = (
    "thing,name,organisation,source_type,organisation_type\n"
    "organisation/other,Other,organisation/other,government,government\n"
)


def quarter(city: City, name: str) -> Neighbourhood:
    return next(n for n in city.neighbourhoods if n.name == name)


def has(city: City, name: str) -> str:
    now = quarter(city, name).has_now
    return " ".join(service for service in SERVICES if now[service])


def test_who_has_which_service_follows_from_what_was_said() -> None:
    city = a_town()

    assert has(city, "Near") == "access water power home"
    assert has(city, "Middle") == ""
    assert has(city, "Far") == ""
    assert city.without("water") == 500
    assert city.without("access") == 500


def test_a_service_that_nobody_reports_is_not_there() -> None:
    table = "thing,name,kind,residents [people]\nplace/new,New,neighbourhood,50\n"
    assert has(a_town(table), "New") == ""


def test_a_road_is_open_only_without_hazard_debris_and_a_report_that_it_is_blocked() -> None:
    city = a_town()

    assert {link.name: link.is_passable for link in city.roads.links} == {
        "Gate - Near": True,
        "Near - Middle": False,
        "Middle - Far": False,
    }
    assert reach(city.roads) == {"place/gate", "place/near"}
    blocked = a_town(said("road_segment/gate-near", "passability", "blocked"))
    assert reach(blocked.roads) == {"place/gate"}


def test_a_length_that_nobody_gave_is_that_of_the_straight_line() -> None:
    link = next(k for k in a_town().roads.links if k.name == "Near - Middle")
    assert link.length_km == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("n_voices", [1, 5])
def test_no_number_of_reports_lifts_a_hazard(n_voices: int) -> None:
    tables = [
        said("hazard_area/road", "hazard_state", "released", on=f"2017-06-{10 + n:02}")
        for n in range(n_voices)
    ]
    hazards = {hazard.id: hazard.state for hazard in a_town(OTHER, *tables).hazards}

    assert hazards[ThingId("hazard_area/road")] == "suspected_hazardous_area"


DOCUMENT = said("hazard_area/road", "release_document", "certificate 17 of 2017-06-01")


def is_open(*tables: str) -> bool:
    return "hazard_area/road" in {hazard.id for hazard in a_town(*tables).hazards}


def test_only_a_release_document_of_an_accredited_body_lifts_a_hazard() -> None:
    assert is_open(DOCUMENT)
    assert not is_open(accredited(), DOCUMENT)


def test_nobody_accredits_himself_or_is_accredited_by_his_own_command_line() -> None:
    own = said("organisation/board", "accredited_for", "land_release")
    line = said("organisation/board", "acts_under", "organisation/authority")

    assert is_open(own, DOCUMENT)
    assert is_open(accredited(), line, DOCUMENT)


def test_an_accreditation_that_is_denied_releases_nothing() -> None:
    denial = (
        "thing,property,value,modality,observed_at,organisation,source_type\n"
        "organisation/board,accredited_for,land_release,denied,2017-06-01,"
        "organisation/authority,government\n"
    )
    assert is_open(accredited(), denial, DOCUMENT)


def test_a_facility_works_only_if_what_it_depends_on_works() -> None:
    pump_said_to_work = said("water_facility/pump", "operational_status", "functioning",
                             on="2017-06-13")  # fmt: skip
    city = a_town(pump_said_to_work)

    works = {f.name: f.works_now for f in city.facilities}
    assert works == {"Clinic": False, "Pump": False, "Station": False}
    assert [f.name for f in city.facilities].index("Station") < [
        f.name for f in city.facilities
    ].index("Pump")


def test_a_circle_of_dependencies_does_not_hang() -> None:
    city = a_town(said("power_facility/station", "depends_on", "water_facility/pump"))
    assert {f.name for f in city.facilities} == {"Clinic", "Pump", "Station"}


def test_a_facility_outside_the_road_model_stands_at_the_nearest_place() -> None:
    table = (
        "thing,name,kind,position\n"
        'place/mill,Mill,landmark,"36.20, 37.1299"\nplace/nowhere,Nowhere,landmark,\n'
    )
    more = (
        "thing,name,located_in\nwater_facility/well,Well,place/mill\n"
        "water_facility/lost,Lost,place/nowhere\nwater_facility/unplaced,Unplaced,\n"
    )
    place = {f.name: f.place for f in a_town(table, more).facilities}

    assert (place["Well"], place["Lost"], place["Unplaced"]) == ("place/far", None, None)


def test_people_that_nobody_counted_are_named_and_not_planned_for() -> None:
    city = a_town("thing,name,kind\nplace/new,New,neighbourhood\n")

    assert city.uncounted == ("place/new",)
    assert "New" not in {n.name for n in city.neighbourhoods}


def test_where_figures_of_people_differ_the_largest_counts() -> None:
    more = (
        "thing,property,value,unit,observed_at,organisation,source_type\n"
        "place/near,residents,100,people,2017-06-01,organisation/board,government\n"
        "place/near,residents,150,people,2017-06-01,organisation/other,government\n"
    )
    assert quarter(a_town(OTHER, more), "Near").people == 150


def test_every_state_says_what_it_rests_on() -> None:
    why = quarter(a_town(), "Near").why
    assert why["water"] == "single source: restored"
    assert why["home"] == "0 open hazards on the site"

"""Safety is asymmetrical: whatever is said, no road is open through an unreleased hazard."""

from hypothesis import given
from hypothesis import strategies as st

from takatuf.vocabulary.identity import ThingId
from tests.builders_town import a_town, accredited, said

ROAD = ThingId("road_segment/middle-far")
OTHERS = "".join(
    f"organisation/o{n},O{n},organisation/o{n},government,government\n" for n in range(3)
)
ORGANISATIONS = f"thing,name,organisation,source_type,organisation_type\n{OTHERS}"
STATES = [
    "confirmed_hazardous_area", "suspected_hazardous_area", "under_clearance",
    "completed_by_operator", "released",
]  # fmt: skip
sayings = st.lists(
    st.tuples(
        st.sampled_from(["hazard_state", "passability"]),
        st.sampled_from(STATES),
        st.sampled_from(["organisation/board", "organisation/o0", "organisation/o1"]),
        st.sampled_from(["2016-12-28", "2017-06-01", "2017-06-14"]),
    ),
    max_size=6,
)


@given(sayings)
def test_only_a_release_document_opens_the_road(
    said_of_it: list[tuple[str, str, str, str]],
) -> None:
    tables = [
        said("hazard_area/road", name, value, by, on)
        if name == "hazard_state"
        else said(ROAD, name, "passable", by, on)
        for name, value, by, on in said_of_it
    ]

    city = a_town(ORGANISATIONS, *tables)

    link = next(link for link in city.roads.links if link.id == ROAD)
    assert not link.is_passable
    assert link.hazards == ("hazard_area/road",)


def test_a_release_document_opens_it() -> None:
    city = a_town(accredited(), said("hazard_area/road", "release_document", "certificate 17"))
    assert next(link for link in city.roads.links if link.id == ROAD).is_passable

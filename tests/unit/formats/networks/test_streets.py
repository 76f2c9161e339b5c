import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import pyogrio.raw
import pytest
import shapely

from takatuf.city.streets.classes import load_road_rules
from takatuf.formats.readers.networks.areas import AreaColumns, read_areas
from takatuf.formats.readers.networks.features import Feature, Layer, no_shape
from takatuf.formats.readers.networks.files import read_layer, read_street_file
from takatuf.formats.readers.networks.roads import ReadRoads, read_roads
from takatuf.vocabulary.errors import InputError, UnavailableError
from tests.builders_networks import STREETS_OSM, nodes_at

RULES = load_road_rules()
GEOPACKAGE_START = b"SQLite format 3\x00"
LINE = [[20.0, 10.0], [20.001, 10.0]]


def feature(
    coordinates: object = LINE, kind: str = "LineString", **properties: object
) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **members: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def read(*features: object, **members: object) -> ReadRoads:
    return read_street_file(collection(*features, **members), "r.geojson", RULES)


def codes(found: ReadRoads | Layer) -> list[str]:
    return [problem.code for problem in found.problems]


def geopackage(path: Path, shapes: Sequence[Any], crs: str | None, layer: str = "roads") -> bytes:
    file = path / "x.gpkg"
    pyogrio.raw.write(
        file,
        shapely.to_wkb(np.array(shapes, dtype=object)),
        [np.array(["primary"] * len(shapes), dtype=object), np.arange(1.0, len(shapes) + 1)],
        ["class", "maxweight"],
        layer=layer,
        geometry_type="Unknown",
        crs=crs,
        append=file.exists(),
    )
    return file.read_bytes()


def refused(content: bytes, name: str = "file") -> InputError:
    with pytest.raises(InputError) as caught:
        read_street_file(content, name, RULES)
    return caught.value


def test_ways_are_cut_at_the_nodes_they_share() -> None:
    found = read_street_file(STREETS_OSM.read_bytes(), "streets.osm", RULES)
    graph = found.graph

    by_way = {
        name: [edge for edge in range(graph.n_edges) if graph.source_ids[edge] == name]
        for name in dict.fromkeys(graph.source_ids)
    }
    assert {name: len(edges) for name, edges in by_way.items()} == {
        "100": 1, "101": 1, "102": 3, "103": 1,
    }  # fmt: skip
    (main,), (bridge,), (back,) = by_way["100"], by_way["101"], by_way["103"]
    assert graph.speed_km_per_h[main] == pytest.approx(48.28, abs=0.01)
    assert graph.is_bridge[bridge]
    assert graph.max_mass_t[bridge] == 7.5
    assert np.isnan(graph.max_mass_t[main])
    assert graph.speed_km_per_h[bridge] == RULES.road_classes["primary"].speed_km_per_h
    assert graph.is_one_way[back]
    assert [graph.start[back], graph.end[back]] == nodes_at(graph, (2, 0), (1, 1)).tolist()
    assert (found.n_features, found.n_closed, found.n_class_assumed) == (8, 1, 0)


def test_a_block_on_a_street_parts_it_and_a_gate_does_not() -> None:
    graph = read_street_file(STREETS_OSM.read_bytes(), "streets.osm", RULES).graph

    assert graph.n_nodes == 6 + 1  # the block is one node on either side, the gate none


def test_a_way_that_was_cut_off_and_one_without_length_are_explained() -> None:
    found = read_street_file(STREETS_OSM.read_bytes(), "streets.osm", RULES)

    cut_off, short = found.problems
    assert (cut_off.code, cut_off.where) == ("network.way-without-nodes", "streets.osm, way 105")
    assert (short.code, short.where) == ("network.no-shape", "streets.osm, way 106")


def test_the_same_data_as_pbf_gives_the_same_streets(tmp_path: Path) -> None:
    path = tmp_path / "streets.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for item in osmium.FileProcessor(str(STREETS_OSM)):
            writer.add(item)

    pbf = read_street_file(path.read_bytes(), "streets.osm.pbf", RULES).graph
    xml = read_street_file(STREETS_OSM.read_bytes(), "streets.osm", RULES).graph

    assert pbf.source_ids == xml.source_ids
    np.testing.assert_array_equal(pbf.start, xml.start)
    np.testing.assert_allclose(pbf.length_m, xml.length_m)


@pytest.mark.parametrize(
    "content",
    [
        b"<osm",
        b"<osm version='0.6'><node id='x' lat='1' lon='1'/></osm>",
        b"<osm version='0.6'><node id='1' lat='north' lon='1'/></osm>",
        b"\0\0\0\x0eOSMHeader",
    ],
)
def test_a_broken_openstreetmap_file_is_explained(content: bytes) -> None:
    assert [p.code for p in refused(content).problems] == ["network.unreadable"]


def test_a_file_without_roads_is_explained() -> None:
    (problem,) = refused(b"<osm version='0.6'></osm>").problems

    assert problem.code == "network.no-roads"


def test_lines_of_a_map_meet_where_they_share_a_vertex() -> None:
    found = read(
        feature([[20.0, 10.0], [20.001, 10.0], [20.002, 10.0]], road_class="primary", eid=7),
        feature([[20.001, 10.0], [20.001, 10.001]], road_class="secondary", oneway=True),
        feature([[LINE[0], [20.0, 10.001]], [[20.0, 10.001], [20.0, 10.002]]], "MultiLineString"),
    )

    assert found.problems == ()
    assert (found.graph.n_nodes, found.graph.n_edges) == (6, 5)
    assert found.graph.source_ids == ("7", "7", "2", "3", "3")
    assert found.graph.is_one_way.tolist() == [False, False, True, False, False]
    assert found.n_class_assumed == 1


def test_a_feature_that_is_no_line_is_explained_and_does_not_cost_the_others() -> None:
    found = read(
        feature(),
        feature([20.0, 10.0], "Point"),
        feature([LINE[0], LINE[0]]),
        feature([[20.0, "x"], [20.0, 10.0]]),
        feature([[20.0, float("inf")], [20.0, 10.0]]),
        feature(None),
        feature([]),
        {"type": "Feature", "properties": None, "geometry": None},
        "no feature",
    )

    assert found.graph.n_edges == 1
    assert codes(found) == ["network.no-shape"] * 8
    assert {problem.where for problem in found.problems} == {
        f"r.geojson, feature {number}" for number in range(2, 10)
    }


def test_metres_without_a_projection_are_explained_with_the_first_place() -> None:
    error = refused(collection(feature([[337000, 4007000], [337100, 4007000]])), "r.geojson")

    (problem,) = error.problems
    assert problem.code == "network.wrong-projection"
    assert problem.where == "r.geojson, feature 1"
    assert problem.found == "337000, 4.007e+06, no projection named"
    assert "metres" in problem.hint


def test_one_place_off_the_globe_costs_one_feature() -> None:
    found = read(feature(), feature([[20.0, 95.0], [20.0, 96.0]]))

    assert codes(found) == ["network.wrong-projection"]
    assert found.graph.n_edges == 1


def test_a_projection_that_is_named_is_believed() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}

    graph = read(feature([[337000.0, 4007000.0], [337100.0, 4007000.0]]), crs=crs).graph

    assert graph.node_lon.tolist() == pytest.approx([37.19, 37.19], abs=0.01)
    assert graph.length_m.sum() == pytest.approx(100, rel=0.001)


def test_a_projection_that_nobody_knows_is_explained() -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:999999"}}

    (problem,) = refused(collection(feature(), crs=crs)).problems

    assert (problem.code, problem.found) == ("network.wrong-projection", "EPSG:999999")


def test_streets_that_shrink_to_nothing_are_no_roads() -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:32637"}}  # degrees taken for metres

    assert [p.code for p in refused(collection(feature(), crs=crs)).problems] == [
        "network.no-roads"
    ]


@pytest.mark.parametrize(
    "content", [b"{", b"[" * 100_000, b"{}", b'{"features": 3}', b"", b"PK\x03\x04"]
)
def test_a_file_of_another_kind_is_explained(content: bytes) -> None:
    assert [p.code for p in refused(content).problems] == ["network.unreadable"]


def test_a_class_that_nobody_knows_is_named_once() -> None:
    found = read(feature(class_="x"), *[feature(highway="goat_track")] * 3, crs="none")

    (problem,) = found.problems
    assert (problem.code, problem.where) == (
        "network.unknown-road-class",
        "r.geojson, feature 2",
    )
    assert found.n_class_assumed == 4


def test_words_that_nobody_can_read_are_explained_and_the_road_is_kept() -> None:
    found = read(
        feature(oneway="perhaps", maxspeed="fast", maxweight="heavy"),
        feature(maxspeed=500),
        feature(maxspeed="sy:urban", maxweight="3500 kg", oneway="no", bridge="F"),
        feature(maxspeed=float("nan"), maxweight="none", oneway="T", bridge="viaduct"),
        feature(junction="roundabout"),
        feature(highway="motorway"),
        feature(highway="steps"),
        feature(access="no"),
    )

    assert [(problem.code, problem.where) for problem in found.problems] == [
        ("network.not-a-road-value", "r.geojson, feature 1, direction"),
        ("network.not-a-road-value", "r.geojson, feature 1, speed"),
        ("network.not-a-road-value", "r.geojson, feature 1, limit"),
        ("network.not-a-road-value", "r.geojson, feature 2, speed"),
    ]
    graph = found.graph
    assert (graph.n_edges, found.n_closed) == (6, 2)
    assert graph.is_one_way.tolist() == [False, False, False, True, True, True]
    assert graph.is_bridge.tolist() == [False, False, False, True, False, False]
    assert graph.max_mass_t[2] == 3.5


def test_a_layer_with_names_of_its_own_needs_a_mapping() -> None:
    layer = read_layer(collection(feature(KIND="trunk", CODE="T4")), "r.geojson")

    graph = read_roads(layer, "r", RULES, {"road_class": ("KIND",), "id": ("CODE",)}).graph

    assert (graph.classes, graph.source_ids) == (("trunk",), ("T4",))


def test_a_geopackage_is_read_in_its_projection(tmp_path: Path) -> None:
    line = shapely.LineString([(337000, 4007000), (337100, 4007000)])
    content = geopackage(tmp_path, [line, None, shapely.Point(337000, 4007000)], "EPSG:32637")

    found = read_street_file(content, "x.gpkg", RULES)

    assert found.graph.length_m.sum() == pytest.approx(100, rel=0.001)
    assert found.graph.max_mass_t.tolist() == [1.0]
    assert [(problem.code, problem.where) for problem in found.problems] == [
        ("network.no-shape", "x.gpkg, feature 2"),
        ("network.no-shape", "x.gpkg, feature 3"),
    ]


def test_a_geopackage_without_a_projection_is_taken_as_degrees(tmp_path: Path) -> None:
    degrees = shapely.LineString(LINE)

    with pytest.warns(UserWarning, match="crs"):
        content = geopackage(tmp_path, [degrees], None)

    assert read_street_file(content, "x.gpkg", RULES).graph.n_edges == 1


def test_one_of_several_layers_must_be_named(tmp_path: Path) -> None:
    geopackage(tmp_path, [shapely.LineString(LINE)], "EPSG:4326")
    content = geopackage(tmp_path, [shapely.LineString(LINE)], "EPSG:4326", layer="lanes")

    (problem,) = refused(content, "x.gpkg").problems

    assert (problem.code, problem.found) == ("network.no-layer", "2 layers and none named")
    assert problem.expected == "one of the layers roads, lanes"
    assert read_street_file(content, "x.gpkg", RULES, layer="lanes").graph.n_edges == 1


def test_a_damaged_geopackage_is_explained(tmp_path: Path) -> None:
    content = geopackage(tmp_path, [shapely.LineString(LINE)], "EPSG:4326")

    assert [p.code for p in refused(content[:5000]).problems] == ["network.unreadable"]
    assert [p.code for p in refused(b"SQLite format 3").problems] == ["network.unreadable"]


def test_hazards_are_points_with_a_radius_or_areas() -> None:
    square = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]
    bow = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    layer = read_layer(
        collection(
            feature([20.0, 10.0], "Point", id="crater", radius_m=12),
            feature([20.0, 10.0], "Point"),
            feature([20.0, 10.0], "Point", radius_m="wide"),
            feature([20.0, 10.0], "Point", radius_m=-3),
            feature(square, "Polygon", name="field"),
            feature(bow, "Polygon"),
            feature(None, "Polygon"),
        ),
        "h.geojson",
    )

    found = read_areas(layer, AreaColumns(), radius_m=25.0)

    assert [each.id for each in found.blockages] == ["crater", "2", "3", "4", "5", "6"]
    assert [each.radius_m for each in found.blockages] == [12.0, 25.0, 25.0, 25.0, 0.0, 0.0]
    assert [problem.code for problem in found.problems] == [
        "network.no-shape",
        "network.not-a-radius",
        "network.not-a-radius",
        "network.area-mended",
    ]
    assert found.blockages[5].shape.is_valid


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of figures without a globe
def test_an_outline_beyond_mending_takes_all_within_its_corners() -> None:
    far = 1e300
    outline = shapely.Polygon([(99999, 0), (far, far), (1e-300, 2), (0, far), (far, 1)])
    layer = Layer((Feature("h, feature 1", "1", outline, {}),), ())

    (blockage,) = read_areas(layer, AreaColumns(), 25.0).blockages

    assert blockage.shape.equals(outline.convex_hull)


def test_an_outline_that_goes_round_twice_has_no_hole() -> None:
    ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0], [1, 1], [3, 1], [3, 3], [1, 3], [1, 1], [0, 0]]
    layer = read_layer(collection(feature([ring], "Polygon")), "h.geojson")

    assert read_areas(layer, AreaColumns(), 0.0).blockages[0].shape.area == 16


def test_an_empty_layer_has_no_hazards() -> None:
    layer = read_layer(collection(), "h.geojson")

    assert read_areas(layer, AreaColumns(), 25.0).blockages == ()


def test_a_long_value_is_cut_in_a_problem() -> None:
    assert len(no_shape("x", "y" * 500, "z").found) == 80


@pytest.mark.parametrize(
    ("library", "content"), [("osmium", b"<osm version='0.6'/>"), ("pyogrio", GEOPACKAGE_START)]
)
def test_some_formats_need_an_extra(
    library: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(UnavailableError, match=r"takatuf\[roads\]"):
        read_street_file(content, "file", RULES)

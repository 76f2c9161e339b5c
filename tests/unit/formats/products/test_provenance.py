"""Where a product comes from, as W3C PROV."""

import json
from typing import Any

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.prov import write_prov
from tests.builders_products import a_frame, products_of, some_products

ENDS = {  # the elements that each relation joins, as the PROV data model has them
    "used": ("activity", "entity"),
    "wasAssociatedWith": ("activity", "agent"),
    "wasAttributedTo": ("entity", "agent"),
    "wasDerivedFrom": ("entity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
}


def document(products: Products) -> dict[str, Any]:
    return dict(json.loads(write_prov(products)))


def links(found: dict[str, Any], kind: str) -> set[tuple[str, ...]]:
    return {tuple(link.values()) for link in found.get(kind, {}).values()}


def test_a_report_comes_from_its_organisation_by_an_import() -> None:
    found = document(some_products())
    report = f"report:{'ab' * 32}"

    assert (report, "thing:organisation/blue-well") in links(found, "wasAttributedTo")
    assert ("thing:activity/wells-2024-03", report) in links(found, "wasDerivedFrom")
    ((_, step),) = (link for link in links(found, "wasGeneratedBy") if link[0] == report)
    assert found["activity"][step] == {"prov:endTime": "2024-04-02T09:00:00Z"}


def test_of_several_reports_nobody_says_whose_is_which() -> None:
    found = document(some_products({"report": "aa bb"}))
    attributed = links(found, "wasAttributedTo")

    assert not {entity for entity, _ in attributed if entity.startswith("report:")}
    assert ("thing:activity/wells-2024-03", "named:Green%20Tap") in attributed
    assert ("thing:activity/wells-2024-03", "thing:organisation/blue-well") in attributed


def test_a_row_of_several_organisations_is_attributed_to_each() -> None:
    row = {"reporting_organisation_id": "organisation/a organisation/b", "attested_by": None}
    attributed = links(document(some_products(row)), "wasAttributedTo")
    activity = "thing:activity/wells-2024-03"

    assert {(activity, "thing:organisation/a"), (activity, "thing:organisation/b")} <= attributed
    assert not {entity for entity, _ in attributed if entity.startswith("report:")}


def test_the_product_is_attributed_to_its_maker_and_says_its_day() -> None:
    found = document(some_products())
    (product,) = (name for name in found["entity"] if name.startswith("product:"))

    assert (product, "named:City%20Desk") in links(found, "wasAttributedTo")
    assert found["entity"][product]["takatuf:as_of"] == "2024-03-31"


def test_every_relation_joins_elements_that_are_there() -> None:
    found = document(some_products({}, {"activity": "activity/b", "received_at": None}))
    for kind, ends in ENDS.items():
        for link in links(found, kind):
            for end, name in zip(ends, link, strict=True):
                assert name in found[end]
                assert name.partition(":")[0] in found["prefix"]


def test_rows_without_a_register_have_a_product_and_no_reports() -> None:
    for frame in (a_frame().select("sector"), a_frame().select("activity_type")):
        found = document(products_of(frame))
        assert not [name for name in found["entity"] if name.startswith("report:")]

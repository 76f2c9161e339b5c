"""What may stand in a product at all."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.activities.columns.meanings import meanings
from takatuf.formats.writers.products.disclosure import ADDED, Audience, class_of
from takatuf.vocabulary.errors import NotAllowedError
from takatuf.vocabulary.sensitivity import Sensitivity
from tests.builders_products import AN_ACTIVITY, a_frame, products_of

CLEARANCE = {Audience.PUBLIC: Sensitivity.PUBLIC, Audience.PARTNERS: Sensitivity.RESTRICTED}
COLUMNS = st.sampled_from(
    [
        *meanings(),
        *ADDED,
        "implementing_partner_2",
        "contact_3",
        "mystery",
        "donor_id",
        "sector_word",
    ]
)


@given(st.sets(COLUMNS, min_size=1), st.sampled_from(Audience))
def test_redaction_never_leaks_a_column_above_its_readers(
    words: set[str], audience: Audience
) -> None:
    frame = pl.DataFrame({word: ["x"] for word in sorted(words)})
    hidden = {word for word in words if class_of(word) > CLEARANCE[audience]}
    if not hidden:
        assert products_of(frame, audience=audience).frame is frame
        return
    with pytest.raises(NotAllowedError) as refused:
        products_of(frame, audience=audience)
    assert all(word in str(refused.value) for word in hidden)


def test_a_donor_is_for_partners_only() -> None:
    frame = a_frame({"donor": "A Fund"})

    assert "donor" in products_of(frame, audience=Audience.PARTNERS).frame.columns
    with pytest.raises(NotAllowedError, match="donor"):
        products_of(frame)


def test_a_person_is_for_nobody() -> None:
    frame = a_frame({"contact": "somebody"})
    for audience in Audience:
        with pytest.raises(NotAllowedError, match="contact"):
            products_of(frame, audience=audience)


def test_what_is_made_from_a_column_has_its_class() -> None:
    assert class_of("donor_id") is Sensitivity.RESTRICTED
    assert class_of("donor_2_id") is Sensitivity.RESTRICTED
    assert class_of("contact_id") is Sensitivity.SEVERE
    assert class_of("organisation_type_word") is Sensitivity.PUBLIC
    assert class_of("adm4_pcode") is Sensitivity.PUBLIC


def test_a_column_that_nobody_declared_is_confidential() -> None:
    assert class_of("shoe_size") is Sensitivity.CONFIDENTIAL
    assert all(class_of(word) is Sensitivity.PUBLIC for word in AN_ACTIVITY)

import pytest

from takatuf.picture.fold import fold, judgements_in
from takatuf.picture.identities import apply_identities
from takatuf.picture.names import names_of
from takatuf.picture.places import places_of
from takatuf.picture.sameness import (
    Judgement,
    identities_of,
    pair_of,
    sameness_in,
    sameness_of,
)
from takatuf.reports.report import Modality
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference, Text
from tests.builders import (
    NOW,
    a_claim,
    a_picture,
    a_report,
    a_statement,
    entries_of,
    part_of,
)
from tests.builders_sameness import a_judgement, a_thing, refers

A, B, C = (ThingId(f"place/{letter}") for letter in "abc")
SAME, DIFFERENT, UNSURE = Judgement


def test_things_that_somebody_says_are_the_same_are_read_under_the_first_identity() -> None:
    picture = a_picture(a_judgement(B, C), a_judgement(A, B))
    assert identities_of(picture) == {B: A, C: A}


def test_who_judged_first_does_not_matter() -> None:
    reports = [a_judgement(C, B), a_judgement(B, A, by="b"), a_judgement(A, C, DIFFERENT)]
    assert sameness_in(a_picture(*reports)) == sameness_in(a_picture(*reversed(reports)))


def test_where_two_organisations_disagree_the_pair_is_not_joined_and_is_listed() -> None:
    sameness = sameness_in(a_picture(a_judgement(A, B), a_judgement(B, A, DIFFERENT, by="b")))

    assert sameness.identities == {}
    assert sameness.contested == (pair_of(A, B),)
    assert sameness.read_as(A) == A


def test_a_chain_never_joins_two_things_that_somebody_says_are_different() -> None:
    sameness = sameness_in(
        a_picture(a_judgement(A, B), a_judgement(B, C), a_judgement(A, C, DIFFERENT, by="b"))
    )

    assert sameness.identities == {B: A}
    assert sameness.left_out == ((B, C),)


def test_an_unsure_judgement_changes_nothing_and_is_remembered() -> None:
    sameness = sameness_in(a_picture(a_judgement(A, B, UNSURE)))

    assert sameness.identities == {}
    assert sameness.judged_pairs() == {(A, B)}


def test_a_judged_pair_is_known_under_the_identities_it_is_read_with() -> None:
    picture = a_picture(a_judgement(A, B), a_judgement(B, C, DIFFERENT))
    assert sameness_in(picture).judged_pairs() == {(A, A), (A, C)}


def test_things_of_two_types_one_thing_and_what_is_no_judgement_join_nothing() -> None:
    other_type = a_judgement(A, "organisation/a")
    with_itself = a_judgement(A, A)
    text = a_report(a_claim(Text("b"), None, thing=A, property="same_as"))
    promised = a_report(
        a_claim(refers(B), None, thing=A, property="same_as", modality=Modality.PROMISED)
    )

    assert identities_of(a_picture(other_type, with_itself, text, promised)) == {}
    assert sameness_of([a_statement()]).judged == ()


def test_the_cheap_pass_finds_what_the_whole_fold_finds() -> None:
    first = a_judgement(A, B)
    withdrawn = a_report(a_claim(Text("no judgement"), property="note"), supersedes=first.id)
    reports = [first, a_judgement(B, C), a_thing(A, "A")]

    for known in (reports, [*reports, withdrawn]):
        entries = (*entries_of(*known), *entries_of(*known))  # each came twice
        picture = fold(entries)
        assert sameness_of(judgements_in(entries)) == sameness_in(picture)


def test_everything_that_names_a_joined_thing_names_the_one_it_is_read_with() -> None:
    statement = a_statement(refers(B), thing=B, origin="organisation/b", by="b")
    identities = {B: A, ThingId("organisation/b"): ThingId("organisation/a")}

    joined = apply_identities(statement, identities)

    assert joined.claim.thing == A
    assert joined.claim.value == Reference(A)
    assert joined.source.organisation == joined.origin == "organisation/a"
    assert joined.report == statement.report


def test_a_statement_that_names_no_joined_thing_is_given_back_as_it_is() -> None:
    statement = a_statement()
    assert apply_identities(statement, {B: A}) is statement


def test_a_judgement_keeps_its_two_things_so_that_it_can_be_taken_back() -> None:
    picture = a_picture(a_judgement(A, B))
    ((statement,),) = picture.statements.values()
    assert (statement.claim.thing, statement.claim.value) == (A, Reference(B))


def test_the_picture_reads_joined_things_as_one_and_apart_again_after_the_reversal() -> None:
    said = [
        a_report(a_claim("good", thing=A)),
        a_report(a_claim("bad", thing=B), by="b"),
        part_of("place/street", B),
    ]
    joining = a_judgement(A, B)
    reversal = a_judgement(A, B, UNSURE, supersedes=joining.id)

    joined, apart = a_picture(*said, joining), a_picture(*said, joining, reversal)

    assert len(joined.about(A, "status")) == 2
    assert joined.about(B, "status") == ()
    assert places_of(joined).parts_of(A) == {ThingId("place/street")}
    assert len(apart.about(B, "status")) == 1
    assert places_of(apart).parts_of(B) == {ThingId("place/street")}


def test_the_picture_can_be_folded_as_if_nobody_had_judged() -> None:
    reports = [a_thing(A, "One"), a_thing(B, "Other"), a_judgement(A, B)]
    entries = entries_of(*reports)

    apart = fold(entries, identities={})

    assert len(apart.about(B, "name")) == 1
    assert fold(entries, identities={B: A}) == fold(entries)


def test_a_joined_thing_is_found_by_its_old_identity_and_by_all_its_names() -> None:
    names = names_of(a_picture(a_thing(A, "One"), a_thing(B, "Other", "Uno"), a_judgement(A, B)))

    for text in ("place/a", "place/b", "one", "OTHER", "uno"):
        assert names.find(text) == A
    assert names.introduced() == {A, B}
    assert names.read_with(A) == (B,)
    assert {names.of(A), *names.also(A)} == {"One", "Other", "Uno"}
    assert names.also(C) == ()


def test_in_a_picture_read_apart_a_name_means_its_own_thing_or_what_both_are_read_with() -> None:
    reports = [a_thing(A, "One", "Twin"), a_thing(B, "Other", "Twin"), a_judgement(A, B)]
    picture = fold(entries_of(*reports), identities={})

    names = names_of(picture, identities_of(picture))

    assert names.find("Other") == B
    assert names.find("Twin") == A


def test_an_identity_that_nobody_named_is_not_found_by_being_judged() -> None:
    with pytest.raises(NotFoundError):
        names_of(a_picture(a_judgement(A, B))).find("place/b")


def test_the_moment_of_receipt_has_no_part_in_sameness() -> None:
    late = NOW.replace(year=2020)
    reports = [a_thing(A, "Sukkari"), a_thing(B, "Soukkari", by="b"), a_judgement(A, B)]
    assert sameness_in(fold(entries_of(*reports, at=late))).identities == {B: A}

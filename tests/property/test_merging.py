"""Hosts that exchange bundles in any order, any number of times, come to believe the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takatuf.actions.exchange.manage_keys import (
    Revoking,
    Rotation,
    revoke_key,
    rotate_key,
)
from takatuf.formats.writers.json_forms import picture_json
from takatuf.picture.fold import fold
from takatuf.picture.weighing import Weigher
from takatuf.reports.keys import SigningKey
from takatuf.reports.report import Report
from takatuf.reports.standing import KeyState, Standing, standing_in
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ReportId
from takatuf.vocabulary.things import ThingType, Vocabulary
from tests.builders import NOW, a_claim, a_property, a_report, labels
from tests.builders_exchange import Host, a_host, a_signer, an_introduction, hand_in

VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())}, {"water": labels()}, {"status": a_property()}
)
HOSTS = ("host-a", "host-b", "host-c")
ORGANISATIONS = ("p", "q", "r")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """Something that happens at one host on one day: a report, or a word on a key."""

    host: int
    organisation: str
    report: Report
    act: str


# few values on purpose: the same report at two hosts, forks and revocations must meet
reports = st.builds(
    lambda word, on, by: a_report(a_claim(word, on), by),
    st.sampled_from(["good", "bad"]),
    st.sampled_from(["2017-06-01", "2017-06-02"]),
    st.sampled_from(["p", "q"]),
)
steps = st.builds(
    Step,
    st.sampled_from([0, 1, 2]),
    st.sampled_from(ORGANISATIONS),
    reports,
    st.sampled_from(["report", "report", "report", "revoke", "rotate"]),
)
histories = st.lists(steps, max_size=8)
# each example signs and checks some hundred times, so a quarter of the usual number
few = settings(max_examples=settings().max_examples // 4)
orders = st.lists(st.sampled_from([0, 1, 2]), max_size=6)


def hosts_after(history: Sequence[Step]) -> list[Host]:
    """Return three hosts, each with its part of a history; only `r` is vouched for by none."""
    hosts = [a_host(name, VOCABULARY) for name in HOSTS]
    for host in hosts:
        host.knows(*(other.signer for other in hosts if other is not host))
        for name in ORGANISATIONS:
            signer = a_signer(name)
            hand_in(host.register, signer, events=[an_introduction(signer)])
        host.knows(a_signer("p"), a_signer("q"))
    for day, step in enumerate(history):
        happen(hosts[step.host], step, NOW + day * DAY)
    return hosts


def happen(host: Host, step: Step, at: datetime) -> None:
    signer, key = a_signer(step.organisation), a_signer(step.organisation).key
    in_force = standing_in(host.register).is_in_force(key.id, signer.organisation)
    if step.act == "revoke" and in_force:
        revoke_key(Revoking(key=key.id, by="x", why="", is_nothing_good=True), host.office(at))
    elif step.act == "rotate" and in_force:
        rotate_key(Rotation(by="x", signing=key), next_key(step), host.office(at), keep_nowhere)
    else:
        hand_in(host.register, signer, step.report, at=at)


def next_key(step: Step) -> SigningKey:
    return a_signer(f"{step.organisation}-next").key


def keep_nowhere(_: SigningKey) -> None:
    pass


def a_receiver() -> Host:
    host = a_host("host-d", VOCABULARY)
    host.knows(*(a_signer(name) for name in HOSTS))
    return host


def picture_of(host: Host) -> bytes:
    quarantined = standing_in(host.register).quarantined
    picture = fold(host.register.entries(), quarantined=quarantined)
    return picture_json(Weigher(picture, VOCABULARY))


def timeless(standing: Standing) -> tuple[dict[str, KeyState], object, object]:
    """Return a standing without when each host heard of it."""
    keys = {str(key): replace(s, introduced_at=None) for key, s in standing.keys.items()}
    return keys, standing.faults, standing.quarantined


Believed = tuple[set[ReportId], frozenset[str], bytes, object]


def believed(host: Host) -> Believed:
    return (
        host.ids(),
        frozenset(host.submissions()),
        picture_of(host),
        timeless(standing_in(host.register)),
    )


@few
@given(histories, st.permutations([0, 1, 2]), orders)
def test_merging_in_any_order_and_any_number_of_times_comes_to_the_same(
    history: list[Step], order: list[int], again: list[int]
) -> None:
    bundles = [host.bundle() for host in hosts_after(history)]
    one, other = a_receiver(), a_receiver()

    for number in (0, 1, 2):
        one.merge(bundles[number])
    for number in [*order[:1], *again, *order]:
        other.merge(bundles[number])

    assert believed(other) == believed(one)


@few
@given(histories)
def test_hosts_that_have_merged_each_others_registers_hold_the_same(history: list[Step]) -> None:
    hosts = hosts_after(history)
    bundles = [host.bundle() for host in hosts]

    for number, host in enumerate(hosts):
        for other in (number - 1, number - 2):
            host.merge(bundles[other], NOW + 30 * DAY)

    assert len({frozenset(host.ids()) for host in hosts}) == 1
    assert len({frozenset(host.submissions()) for host in hosts}) == 1


@few
@given(histories)
def test_what_came_by_way_of_another_is_what_came_directly(history: list[Step]) -> None:
    hosts = hosts_after(history)
    later = NOW + 30 * DAY
    direct, passed_on = a_receiver(), a_receiver()

    for host in hosts:
        direct.merge(host.bundle())
    hosts[1].merge(hosts[0].bundle(), later)
    hosts[2].merge(hosts[1].bundle(), later)
    passed_on.merge(hosts[2].bundle())

    assert believed(passed_on) == believed(direct)


@few
@given(histories, st.lists(st.integers(0, 7), max_size=3))
def test_parts_since_a_day_merged_in_order_make_the_whole(
    history: list[Step], cuts: list[int]
) -> None:
    on_one_host = [replace(step, host=0) for step in history]
    whole, in_parts = a_receiver(), a_receiver()
    whole.merge(hosts_after(on_one_host)[0].bundle())

    in_parts.merge(hosts_after(on_one_host[: min(cuts, default=8)])[0].bundle())
    for cut in sorted({*cuts, 8})[:-1]:
        since = (NOW + cut * DAY).date()
        in_parts.merge(hosts_after(on_one_host)[0].bundle(since=since))

    assert believed(in_parts) == believed(whole)


@pytest.mark.parametrize("n_bytes", [1, 100, 1000])
def test_a_bundle_that_is_refused_changes_nothing(n_bytes: int) -> None:
    host = hosts_after([])[0]
    receiver = a_receiver()
    before = believed(receiver)

    with pytest.raises(InputError):
        receiver.merge(host.bundle()[:-n_bytes])

    assert believed(receiver) == before

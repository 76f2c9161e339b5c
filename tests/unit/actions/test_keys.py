"""Whatever is said of a key is said by a named person, has an effect, and is written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from takatuf.actions.exchange.manage_keys import (
    NewKey,
    Revoking,
    Rotation,
    Vouching,
    introduce_key,
    list_keys,
    revoke_key,
    rotate_key,
    vouch_for_key,
)
from takatuf.reports.keys import Signer, SigningKey, fingerprint, new_key
from takatuf.reports.memory import MemoryKeys
from takatuf.reports.standing import KeyState, KeyStatus, standing_in
from takatuf.reports.submission import Holder
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.vocabulary.errors import InputError, NotAllowedError, NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Vocabulary
from tests.builders import NOW, a_report
from tests.builders_exchange import PERSON, Host, a_host, hand_in

BOARD = ThingId("organisation/board")
PARTNER = Actor("a partner", Role.PARTNER, BOARD)


@pytest.fixture
def host() -> Host:
    return a_host("host-a", Vocabulary({}, {}, {}))


@pytest.fixture
def board(host: Host) -> Signer:
    """The key of an organisation, introduced and vouched for."""
    key = new_key()
    introduce(host, key)
    vouch_for_key(Vouching(key=key.id, organisation=BOARD, by=PERSON), host.office())
    return Signer(BOARD, key)


def introduce(host: Host, key: SigningKey, **changes: object) -> KeyState:
    wanted = replace(NewKey(organisation=BOARD, by=PERSON), **changes)  # type: ignore[arg-type] # any field
    return introduce_key(wanted, key, host.office(), MemoryKeys().add)


def problem(attempt: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        attempt()
    (found,) = refused.value.problems
    return found.code


def state_of(host: Host, key: SigningKey) -> KeyStatus:
    return standing_in(host.register).keys[key.id].state


def test_a_new_key_waits_until_somebody_vouches_for_it(host: Host) -> None:
    key = new_key()

    introduced = introduce(host, key)
    vouched = vouch_for_key(
        Vouching(key=fingerprint(key.id), organisation=BOARD, by=PERSON, why="on the phone"),
        host.office(),
    )

    assert introduced.state is KeyStatus.NOT_VOUCHED
    assert introduced.introduced_by == PERSON
    assert vouched.state is KeyStatus.IN_FORCE
    assert vouched.vouched_by == ((PERSON, host.signer.organisation),)


def test_a_key_that_the_host_holds_is_vouched_for_at_once_and_marked(host: Host) -> None:
    key, store = new_key(), MemoryKeys()
    wanted = NewKey(organisation=BOARD, by=PERSON, is_held_by_host=True)

    state = introduce_key(wanted, key, host.office(), store.add)

    assert (state.state, state.holder) == (KeyStatus.IN_FORCE, Holder.HOST)
    assert store.find(key.id) is key


def test_a_further_key_of_the_host_is_brought_in_by_its_own(host: Host) -> None:
    state = introduce(host, new_key(), organisation=host.signer.organisation)

    assert (state.state, state.holder) == (KeyStatus.IN_FORCE, Holder.ORGANISATION)


def test_a_partner_makes_a_key_for_its_own_organisation_only(host: Host) -> None:
    partner = replace(host, actor=PARTNER)

    assert introduce(partner, new_key()).state is KeyStatus.NOT_VOUCHED
    with pytest.raises(NotAllowedError, match="its own organisation only"):
        introduce(partner, new_key(), organisation=ThingId("organisation/other"))
    with pytest.raises(NotAllowedError, match="no right to vouch"):
        introduce(partner, new_key(), is_held_by_host=True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": " "}, "key.nobody-answers"),
        ({"organisation": ThingId("place/city")}, "key.no-organisation"),
        ({"organisation": ThingId("Board")}, "key.no-organisation"),
    ],
)
def test_nothing_is_said_in_nobodys_name(host: Host, changes: dict[str, object], code: str) -> None:
    before = host.register.head()

    assert problem(lambda: introduce(host, new_key(), **changes)) == code
    assert host.register.head() == before


def test_a_key_that_cannot_be_kept_is_not_brought_in(host: Host) -> None:
    def full(_: SigningKey) -> None:
        raise OSError

    before = host.register.head()
    with pytest.raises(OSError, match=r"^$"):
        introduce_key(NewKey(organisation=BOARD, by=PERSON), new_key(), host.office(), full)
    assert host.register.head() == before


def test_a_key_can_be_vouched_for_before_it_is_known_by_its_whole_identity(host: Host) -> None:
    key = new_key()

    state = vouch_for_key(Vouching(key=key.id, organisation=BOARD, by=PERSON), host.office())

    assert state.state is KeyStatus.UNKNOWN
    assert introduce(host, key).state is KeyStatus.IN_FORCE


@pytest.mark.parametrize("text", ["", "12ab", "x" * 16, "a" * 65])
def test_what_is_no_fingerprint_is_refused(host: Host, text: str) -> None:
    wanted = Vouching(key=text, organisation=BOARD, by=PERSON)

    assert problem(lambda: vouch_for_key(wanted, host.office())) == "key.not-a-fingerprint"


def test_the_beginning_of_no_key_is_not_found(host: Host) -> None:
    wanted = Vouching(key="0" * 16, organisation=BOARD, by=PERSON)

    with pytest.raises(NotFoundError, match="none here begins with 0000"):
        vouch_for_key(wanted, host.office())


def test_an_organisation_does_not_vouch_for_itself(host: Host, board: Signer) -> None:
    wanted = Vouching(key=new_key().id, organisation=BOARD, by=PERSON, signing=board.key)

    assert problem(lambda: vouch_for_key(wanted, host.office())) == "key.own-organisation"


def test_a_key_is_not_vouched_for_as_anothers(host: Host, board: Signer) -> None:
    wanted = Vouching(key=board.key.id, organisation=ThingId("organisation/x"), by=PERSON)

    assert problem(lambda: vouch_for_key(wanted, host.office())) == "key.of-another-organisation"


def test_a_key_that_was_given_up_is_not_vouched_for(host: Host, board: Signer) -> None:
    revoke_key(Revoking(key=board.key.id, by=PERSON, why="lost"), host.office())
    wanted = Vouching(key=board.key.id, organisation=BOARD, by=PERSON)

    assert problem(lambda: vouch_for_key(wanted, host.office())) == "key.given-up"


def test_a_key_in_force_vouches_for_one_of_a_third_organisation(host: Host, board: Signer) -> None:
    third = ThingId("organisation/third")
    key = new_key()
    introduce(host, key, organisation=third)

    wanted = Vouching(key=key.id, organisation=third, by=PERSON, signing=board.key)
    state = vouch_for_key(wanted, host.office())

    assert state.state is KeyStatus.IN_FORCE
    assert state.vouched_by == ((PERSON, BOARD),)


@pytest.mark.parametrize(("is_known", "why"), [(True, "not vouched"), (False, "nobody has")])
def test_a_key_that_is_not_in_force_says_nothing_of_others(
    host: Host, *, is_known: bool, why: str
) -> None:
    key = new_key()
    if is_known:
        introduce(host, key)
    wanted = Vouching(key=new_key().id, organisation=BOARD, by=PERSON, signing=key)

    with pytest.raises(NotAllowedError, match=why):
        vouch_for_key(wanted, host.office())


def test_only_who_answers_for_the_host_vouches_and_revokes(host: Host, board: Signer) -> None:
    office = replace(host, actor=PARTNER).office()

    with pytest.raises(NotAllowedError, match="no right to vouch"):
        vouch_for_key(Vouching(key="0" * 16, organisation=BOARD, by=PERSON), office)
    with pytest.raises(NotAllowedError, match="no right to vouch"):
        revoke_key(Revoking(key=board.key.id, by=PERSON, why=""), office)


def test_a_rotated_key_hands_its_trust_to_the_new_one(host: Host, board: Signer) -> None:
    new, store = new_key(), MemoryKeys()
    office = replace(host, actor=PARTNER).office()

    state = rotate_key(Rotation(by=PERSON, signing=board.key), new, office, store.add)

    assert (state.state, state.organisation) == (KeyStatus.IN_FORCE, BOARD)
    assert state_of(host, board.key) is KeyStatus.ROTATED
    assert store.find(new.id) is new
    with pytest.raises(NotAllowedError, match="rotated"):
        rotate_key(Rotation(by=PERSON, signing=board.key), new_key(), office, store.add)


def test_the_host_replaces_its_own_key_by_one_that_it_keeps(host: Host) -> None:
    new, store = new_key(), MemoryKeys()

    assert (
        problem(lambda: rotate_key(Rotation(by=PERSON), new, host.office(), store.add))
        == "key.of-the-host"
    )
    rotation = Rotation(by=PERSON, is_held_by_host=True)
    state = rotate_key(rotation, new, host.office(), store.add)

    assert (state.state, state.holder) == (KeyStatus.IN_FORCE, Holder.ORGANISATION)
    assert state_of(host, host.signer.key) is KeyStatus.ROTATED


def test_after_a_revocation_what_is_here_stays_good_and_no_more(host: Host, board: Signer) -> None:
    before = a_report(by="board")
    hand_in(host.register, board, before)

    state = revoke_key(
        Revoking(key=fingerprint(board.key.id), by=PERSON, why="laptop stolen"), host.office()
    )

    after = a_report(by="thief")
    hand_in(host.register, board, after)
    assert state.state is KeyStatus.REVOKED
    assert set(standing_in(host.register).quarantined) == {after.id}


def test_a_revocation_can_say_what_was_the_last_that_is_good(host: Host, board: Signer) -> None:
    good, bad = a_report(by="board"), a_report(by="thief")
    last = hand_in(host.register, board, good)
    hand_in(host.register, board, bad)

    wanted = Revoking(key=board.key.id, by=PERSON, why="stolen", last_good=(last[:20],))
    revoke_key(wanted, host.office())

    assert set(standing_in(host.register).quarantined) == {bad.id}


def test_a_revocation_can_say_that_nothing_was_good(host: Host, board: Signer) -> None:
    report = a_report(by="board")
    hand_in(host.register, board, report)

    wanted = Revoking(key=board.key.id, by=PERSON, why="never theirs", is_nothing_good=True)
    revoke_key(wanted, host.office())

    assert set(standing_in(host.register).quarantined) == {report.id}


def test_a_submission_of_another_key_is_not_its_last_good(host: Host, board: Signer) -> None:
    foreign = hand_in(host.register, host.signer, a_report())
    wanted = Revoking(key=board.key.id, by=PERSON, why="", last_good=(foreign,))

    with pytest.raises(NotFoundError, match="submission signed with"):
        revoke_key(wanted, host.office())


def test_a_stranger_cannot_revoke(host: Host, board: Signer) -> None:
    stranger = new_key()
    introduce(host, stranger, organisation=ThingId("organisation/stranger"))
    vouch_for_key(
        Vouching(key=stranger.id, organisation=ThingId("organisation/stranger"), by=PERSON),
        host.office(),
    )
    wanted = Revoking(key=board.key.id, by=PERSON, why="", signing=stranger)

    assert problem(lambda: revoke_key(wanted, host.office())) == "key.not-yours-to-revoke"


def test_an_organisation_revokes_its_own_key(host: Host, board: Signer) -> None:
    wanted = Revoking(key=board.key.id, by=PERSON, why="lost", signing=board.key)

    assert revoke_key(wanted, host.office()).state is KeyStatus.REVOKED


def test_a_key_that_nobody_introduced_and_the_hosts_own_are_not_revoked(host: Host) -> None:
    own = Revoking(key=host.signer.key.id, by=PERSON, why="")

    assert problem(lambda: revoke_key(own, host.office())) == "key.of-the-host"
    with pytest.raises(NotFoundError, match="Nobody has introduced"):
        revoke_key(Revoking(key=new_key().id, by=PERSON, why=""), host.office())


def test_what_is_said_after_the_clock_was_set_back_is_not_heard_before_the_rest(
    host: Host,
) -> None:
    introduce_key(
        NewKey(organisation=BOARD, by=PERSON),
        new_key(),
        host.office(NOW - timedelta(days=1)),
        MemoryKeys().add,
    )

    received = [entry.received_at for entry in host.register.submissions()]
    assert received == sorted(received)


def test_all_keys_are_listed_for_members_by_organisation(host: Host, board: Signer) -> None:
    listed = list_keys(host.register, PARTNER)

    assert [state.key for state in listed] == [board.key.id, host.signer.key.id]
    assert [state.n_submissions for state in listed] == [1, 2]
    with pytest.raises(NotAllowedError):
        list_keys(host.register, ANYBODY)

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from takatuf.reports.keys import (
    fingerprint,
    is_signature,
    is_signed_by,
    key_from_pem,
    key_id_of,
    key_to_pem,
    new_key,
)
from takatuf.reports.memory import MemoryKeys
from takatuf.reports.submission import SIGNATURE_BYTES
from takatuf.vocabulary.errors import InputError
from tests.builders_trust import OTHER_KEY, OWN_KEY, a_submission, key_id


def test_a_keys_identity_is_the_sha_256_of_its_raw_public_key() -> None:
    assert OWN_KEY.id == hashlib.sha256(bytes.fromhex(OWN_KEY.public_key)).hexdigest()
    assert key_id_of(OWN_KEY.public_key) == OWN_KEY.id


def test_a_key_never_prints_its_secret() -> None:
    assert OWN_KEY.private.private_bytes_raw().hex() not in repr(OWN_KEY)


def test_two_new_keys_are_two() -> None:
    assert new_key().id != new_key().id


def test_a_signature_is_of_one_key_and_one_submission() -> None:
    signed = OWN_KEY.sign(a_submission())

    assert len(signed.signature) == SIGNATURE_BYTES
    assert is_signed_by(signed, OWN_KEY.public_key)
    assert not is_signed_by(signed, OTHER_KEY.public_key)
    changed = replace(signed, submission=a_submission(number=2))
    assert not is_signed_by(changed, OWN_KEY.public_key)
    cut = replace(signed, signature=signed.signature[:-1])
    assert not is_signed_by(cut, OWN_KEY.public_key)


def test_every_flipped_bit_of_a_signature_is_noticed() -> None:
    signed = OWN_KEY.sign(a_submission())
    for at in range(SIGNATURE_BYTES * 8):
        flipped = bytearray(signed.signature)
        flipped[at // 8] ^= 1 << at % 8
        assert not is_signed_by(replace(signed, signature=bytes(flipped)), OWN_KEY.public_key)


def test_bytes_that_are_no_key_have_signed_nothing() -> None:
    assert not is_signature("00", b"x" * 64, b"content")
    assert not is_signature("no digits", b"x" * 64, b"content")


def test_a_key_signs_only_what_names_it() -> None:
    with pytest.raises(ValueError, match=OTHER_KEY.id):
        OWN_KEY.sign(a_submission(OTHER_KEY))


@pytest.mark.parametrize("passphrase", [None, "كلمة السر"])
def test_a_key_survives_its_file(passphrase: str | None) -> None:
    pem = key_to_pem(OWN_KEY, passphrase)

    assert key_from_pem(pem, passphrase).id == OWN_KEY.id
    assert (b"ENCRYPTED" in pem) is (passphrase is not None)


@pytest.mark.parametrize(
    ("pem", "passphrase", "hint"),
    [
        (key_to_pem(OWN_KEY, "right"), None, "has a passphrase"),
        (key_to_pem(OWN_KEY, "right"), "wrong", "Is the passphrase right"),
        (key_to_pem(OWN_KEY), "needless", "has no passphrase"),
        (b"no key", None, ""),
        (X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8,
                                                   NoEncryption()), None, "")
    ],
)  # fmt: skip
def test_what_is_no_key_of_ours_is_refused_with_a_hint(
    pem: bytes, passphrase: str | None, hint: str
) -> None:
    with pytest.raises(InputError) as refused:
        key_from_pem(pem, passphrase)
    (problem,) = refused.value.problems
    assert problem.code == "key.unreadable"
    assert hint in problem.hint


def test_a_fingerprint_can_be_read_out() -> None:
    assert fingerprint(key_id("a")) == "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa"


def test_keys_in_memory_are_kept_once() -> None:
    keys = MemoryKeys(OWN_KEY)
    keys.add(OTHER_KEY)
    keys.add(OTHER_KEY)

    assert keys.find(OWN_KEY.id) is OWN_KEY
    assert keys.find(key_id("0")) is None
    assert {key.id for key in keys.all()} == {OWN_KEY.id, OTHER_KEY.id}

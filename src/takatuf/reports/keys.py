"""Keys: who can sign for an organisation (Ed25519, RFC 8032), and how a key is read out.

A key's identity is the SHA-256 of its raw public key, so a public key that does not belong to
its identity is seen at once. What a key is worth is not decided here but in `standing`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from takatuf.reports.submission import KeyId, SignedSubmission, Submission, signed_bytes
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId

FINGERPRINT_DIGITS = 32
_GROUP = 4


@dataclass(frozen=True)
class SigningKey:
    """A private key; it is never printed and never compared by its secret."""

    private: Ed25519PrivateKey = field(repr=False, compare=False)

    @cached_property
    def public_key(self) -> str:
        """The raw public key as 64 hexadecimal digits."""
        return self.private.public_key().public_bytes_raw().hex()

    @cached_property
    def id(self) -> KeyId:
        """The SHA-256 of the raw public key, as 64 hexadecimal digits."""
        return key_id_of(self.public_key)

    def sign(self, submission: Submission) -> SignedSubmission:
        """Return the submission with the signature over it.

        Raises:
            ValueError: The submission names another key; that is our bug.
        """
        if submission.key != self.id:
            raise ValueError(submission.key)
        return SignedSubmission(submission, self.private.sign(signed_bytes(submission)))


@dataclass(frozen=True, slots=True)
class Signer:
    """An organisation with a key that signs for it."""

    organisation: ThingId
    key: SigningKey


class KeyStore(Protocol):
    """Private keys that the host keeps: its own, and those of organisations that have none."""

    def find(self, key: KeyId) -> SigningKey | None:
        """Return the key with this identity, or None."""
        ...

    def add(self, key: SigningKey) -> None:
        """Keep a key; one that is here already stays as it is."""
        ...

    def all(self) -> Sequence[SigningKey]:
        """Return every key, in the order of their identities."""
        ...


def new_key() -> SigningKey:
    """Return a new random key."""
    return SigningKey(Ed25519PrivateKey.generate())


def key_id_of(public_key: str) -> KeyId:
    """Return the identity of a raw public key that is given as hexadecimal digits."""
    return KeyId(hashlib.sha256(bytes.fromhex(public_key)).hexdigest())


def fingerprint(key: KeyId) -> str:
    """Return the first 32 digits in groups of four, to read out on the phone and compare."""
    digits = key[:FINGERPRINT_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def is_signed_by(signed: SignedSubmission, public_key: str) -> bool:
    """Say whether this public key is the one the submission names, and made the signature."""
    if key_id_of(public_key) != signed.submission.key:
        return False
    return is_signature(public_key, signed.signature, signed_bytes(signed.submission))


def is_signature(public_key: str, signature: bytes, content: bytes) -> bool:
    """Say whether the owner of this public key signed these bytes."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_to_pem(key: SigningKey, passphrase: str | None = None) -> bytes:
    """Return the private key as PKCS #8 in PEM, encrypted where a passphrase is given."""
    encryption: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    )
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def key_from_pem(pem: bytes, passphrase: str | None = None) -> SigningKey:
    """Read what `key_to_pem` writes.

    Raises:
        InputError: No such key, or the passphrase is missing, wrong or not needed.
    """
    try:
        private = load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError:
        hint = (
            "This key has no passphrase: leave it out."
            if passphrase
            else "This key has a passphrase: name the file that holds it."
        )
        raise _unreadable("a key and a passphrase that do not fit", hint) from None
    except ValueError:
        hint = "Is the passphrase right, and the file whole?" if passphrase else ""
        raise _unreadable("bytes that are no key", hint) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise _unreadable("a key of another kind", "")
    return SigningKey(private)


def _unreadable(found: str, hint: str) -> InputError:
    return InputError(
        [
            Problem(
                code="key.unreadable",
                where="key",
                found=found,
                expected="an Ed25519 private key in PEM (PKCS #8)",
                hint=hint,
            )
        ]
    )

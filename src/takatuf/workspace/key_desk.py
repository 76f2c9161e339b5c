"""The keys of a workspace: made, vouched for, replaced, revoked and listed in somebody's name."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from takatuf.actions.exchange.key_office import KeyOffice
from takatuf.actions.exchange.key_rules import signer_in_force
from takatuf.actions.exchange.manage_keys import (
    Keep,
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
from takatuf.reports.keys import Signer, SigningKey, key_from_pem, key_to_pem, new_key
from takatuf.reports.standing import KeyState, standing_in
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem, UnavailableError
from takatuf.workspace.exchange import host_of, organisation_of
from takatuf.workspace.opened import Opened


@dataclass(frozen=True, slots=True)
class PemFile:
    """A private key in a file, and the file with its passphrase, if it has one."""

    path: Path
    passphrase_file: Path | None = None

    def passphrase(self) -> str | None:
        """Return the first line of the passphrase file; None where none is named.

        Raises:
            NotFoundError: There is no such file.
        """
        if self.passphrase_file is None:
            return None
        return _bytes_of(self.passphrase_file).decode("utf-8", "replace").partition("\n")[0].strip()

    def read(self) -> SigningKey:
        """Return the key.

        Raises:
            InputError: The file holds no key, or the passphrase does not fit.
            NotFoundError: There is no such file.
        """
        return key_from_pem(_bytes_of(self.path), self.passphrase())


@dataclass(frozen=True, slots=True)
class KeyDesk:
    """Looks after the keys of a workspace."""

    workspace: Opened

    def new(
        self,
        organisation: str,
        by: str,
        out: PemFile | None = None,
        *,
        is_held_by_host: bool = False,
    ) -> KeyState:
        """Make a key for an organisation, and bring it into the register.

        Args:
            organisation: A name or an identity.
            by: The name and office of the person who answers for it.
            out: Where the private key goes; never over a file that is there.
            is_held_by_host: Keep it among the host's own instead: shown wherever it signs.

        Raises:
            InputError: Neither a file nor the host is named, or both; the file is there; or
                nobody answers for the key.
            NotAllowedError: The actor may not.
            UnavailableError: The disk refuses.
        """
        wanted = NewKey(
            organisation=organisation_of(organisation, self.workspace),
            by=by,
            is_held_by_host=is_held_by_host,
        )
        keep = self._place(out, is_held_by_host=is_held_by_host)
        return introduce_key(wanted, new_key(), self._office(), keep)

    def vouch(
        self, key: str, organisation: str, by: str, *, why: str = "", signing: PemFile | None = None
    ) -> KeyState:
        """Say whose key it is, after its fingerprint was compared.

        Args:
            key: Its whole identity, or 16 digits or more of its fingerprint.
            organisation: Whose it is; a name or an identity.
            by: The name and office of the person who compared it.
            why: How it was compared.
            signing: The key that signs; left out, the host's own.

        Raises:
            InputError: It would have no effect; the problem says why.
            NotAllowedError: The actor may not, or the signing key is not in force.
            NotFoundError: No key begins like this.
        """
        wanted = Vouching(
            key=key,
            organisation=organisation_of(organisation, self.workspace),
            by=by,
            why=why,
            signing=signing.read() if signing else None,
        )
        return vouch_for_key(wanted, self._office())

    def rotate(
        self,
        by: str,
        old: PemFile | None = None,
        out: PemFile | None = None,
        *,
        is_held_by_host: bool = False,
    ) -> KeyState:
        """Replace a key by a new one of the same organisation, which the old one signs.

        Args:
            by: The name and office of the person who answers for it.
            old: The key that is given up; left out, the host's own.
            out: Where the new one goes; never over a file that is there.
            is_held_by_host: Keep the new one among the host's own instead.

        Raises:
            InputError: As `new`; or the host would be left without a key.
            NotAllowedError: The actor may not, or the old key is not in force.
        """
        signing = old.read() if old else None
        wanted = Rotation(by=by, is_held_by_host=is_held_by_host, signing=signing)
        keep = self._place(out, is_held_by_host=is_held_by_host)
        return rotate_key(wanted, new_key(), self._office(), keep)

    def revoke(self, wanted: Revoking) -> KeyState:
        """Say that a key is not to be believed any more; see `actions.exchange.manage_keys`.

        Raises:
            InputError: It would have no effect; the problem says why.
            NotAllowedError: The actor may not, or the signing key is not in force.
            NotFoundError: No key, or no submission of it, begins like this.
        """
        return revoke_key(wanted, self._office())

    def list(self) -> tuple[KeyState, ...]:
        """Return every key, by organisation.

        Raises:
            NotAllowedError: The actor may not read who vouched.
        """
        return list_keys(self.workspace.parts.register, self.workspace.actor)

    def signer(self, pem: PemFile) -> Signer:
        """Return a key that the actor brings, with its organisation.

        Raises:
            InputError: The file holds no key, or the passphrase does not fit.
            NotAllowedError: The key is not in force here.
            NotFoundError: There is no such file.
        """
        standing = standing_in(self.workspace.parts.register)
        return signer_in_force(pem.read(), self._office(), standing)

    def _office(self) -> KeyOffice:
        return KeyOffice(
            register=self.workspace.parts.register,
            actor=self.workspace.actor,
            host=host_of(self.workspace),
            now=self.workspace.clock(),
        )

    def _place(self, out: PemFile | None, *, is_held_by_host: bool) -> Keep:
        if (out is None) is not is_held_by_host:
            expected = "a file for the private key, or the host to keep it; one of the two"
            found = "both" if out else "neither"
            raise InputError(
                [Problem(code="key.no-place", where="out", found=found, expected=expected)]
            )
        return self.workspace.parts.keys.add if out is None else partial(_write_key, out)


def _write_key(out: PemFile, key: SigningKey) -> None:
    """Write a new key; it stays where the register then refuses: a key is never thrown away."""
    pem = key_to_pem(key, out.passphrase())
    try:
        descriptor = os.open(out.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        expected = "a new file: a key is never written over another"
        problem = Problem(
            code="key.file-exists", where="out", found=str(out.path), expected=expected
        )
        raise InputError([problem]) from None
    except OSError as error:
        raise UnavailableError(f"{out.path} cannot be written: {error}") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(out.path.parent, os.O_RDONLY)
    os.fsync(folder)  # the name is kept apart from the content
    os.close(folder)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    return path.read_bytes()

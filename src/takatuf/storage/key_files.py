"""Private keys as PEM files in a folder that only its owner can read.

A key is called by its identity, and one whose content does not fit its name is not used.
"""

import os
from pathlib import Path

from takatuf.reports.keys import SigningKey, key_from_pem, key_to_pem
from takatuf.reports.submission import KeyId
from takatuf.storage.durable import make_durable
from takatuf.vocabulary.errors import InputError, UnavailableError

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class KeyFiles:
    """A `KeyStore` in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep keys in this folder, which is made when the first one comes."""
        self._folder = folder

    def find(self, key: KeyId) -> SigningKey | None:
        """Return the key with this identity, or None.

        Raises:
            UnavailableError: The file is there and holds another key, or none.
        """
        path = self._path(key)
        return _read(path) if path.is_file() else None

    def add(self, key: SigningKey) -> None:
        """Keep a key, safe from a power cut when this returns; see `KeyStore.add`.

        Raises:
            UnavailableError: The disk refuses.
        """
        path = self._path(key.id)
        if path.exists():
            return
        beside = path.with_suffix(".part")
        try:
            self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
            with os.fdopen(made, "wb") as file:
                file.write(key_to_pem(key))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            make_durable(self._folder)
        except OSError as error:
            raise UnavailableError(f"The key cannot be kept in {path}: {error}") from error

    def all(self) -> tuple[SigningKey, ...]:
        """Return every key, in the order of their identities.

        Raises:
            UnavailableError: A file holds another key than its name says, or none.
        """
        return tuple(_read(path) for path in sorted(self._folder.glob("*.pem")))

    def _path(self, key: KeyId) -> Path:
        return self._folder / f"{key}.pem"


def _read(path: Path) -> SigningKey:
    try:
        key = key_from_pem(path.read_bytes())
    except (InputError, OSError) as error:
        raise UnavailableError(f"The key {path} cannot be read: {error}") from error
    if key.id != path.stem:
        raise UnavailableError(f"The key {path} is another key than its name says.")
    return key

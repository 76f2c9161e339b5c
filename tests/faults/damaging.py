"""Change one byte, anywhere, and see whether somebody says so.

In the register's file and its seal `verify` must find every change; a bundle with a change
must be refused. Without a seal, as after a crash, bytes that hold nothing are not covered:
there a change may go unseen, but only if nothing that was ever said is different.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.vocabulary.errors import TakatufError
from takatuf.workspace import open_workspace
from takatuf.workspace.exchange import Exchange
from tests.faults.material import Material
from tests.faults.outcome import Fault, Kind, Outcome, chance_of
from tests.faults.tearing import REGISTER, put_files
from tests.faults.writing import Writer

SEAL = f"{REGISTER}.seal"
N_STEPS = 5
KINDS = (Kind.UNSEEN, Kind.UNCLEAR)
TARGETS = ("register", "seal", "bundle", "register without its seal")


@dataclass(frozen=True, slots=True)
class Flip:
    """One byte that is changed."""

    position: int
    difference: int  # to which bits; never 0

    def of(self, content: bytes) -> bytes:
        """Return the content with the byte changed."""
        changed = bytearray(content)
        changed[self.position] ^= self.difference
        return bytes(changed)


@dataclass(frozen=True, slots=True)
class _Sealed:
    material: Material
    folder: Path
    register: bytes
    seal: bytes
    said: object  # everything in the register, as it is kept

    def put(self, register: bytes, seal: bytes | None) -> None:
        put_files(self.folder, {REGISTER: register} | ({} if seal is None else {SEAL: seal}))


def flip_bytes(material: Material, n_flips: int, seed: int) -> Outcome:
    """Flip so many bytes of each file, one at a time."""
    outcome, chance = Outcome("damage", KINDS), chance_of(seed, "damage")
    sealed = _seal(material, seed)
    bundle = sealed.material.bundles[-1].read_bytes()
    sizes = dict(zip(TARGETS, (len(sealed.register), len(sealed.seal), len(bundle),
                               len(sealed.register)), strict=True))  # fmt: skip
    for target in TARGETS:
        for flip in flips(sizes[target], n_flips, chance):
            outcome.count(f"flips, {target}")
            try:
                is_found = _is_found(target, flip, sealed, bundle)
            except Exception as error:  # noqa: BLE001 - what nobody foresaw is what is looked for
                outcome.blame([Fault(Kind.UNCLEAR, repr(error))], f"{target}, {flip}")
                continue
            outcome.count(f"found, {target}", int(is_found))
            if not is_found and not _is_harmless(target, sealed):
                outcome.blame([Fault(Kind.UNSEEN, "nobody says so")], f"{target}, {flip}")
    return outcome


def flips(size: int, number: int, chance: Random) -> Iterator[Flip]:
    """Give changes of bytes, spread evenly over so many bytes, every one a random difference."""
    for n in range(number):
        low, high = n * size // number, max(n * size // number + 1, (n + 1) * size // number)
        yield Flip(chance.randrange(low, high), chance.randrange(1, 256))


def _is_found(target: str, flip: Flip, sealed: _Sealed, bundle: bytes) -> bool:
    if target == "bundle":
        changed = sealed.material.folder / "changed.bundle"
        changed.write_bytes(flip.of(bundle))
        sealed.put(sealed.register, sealed.seal)
        return _is_refused(lambda: _merge(sealed.folder, changed))
    if target == "seal":
        sealed.put(sealed.register, flip.of(sealed.seal))
    else:
        is_sealed = target == "register"
        sealed.put(flip.of(sealed.register), sealed.seal if is_sealed else None)
    return _is_refused(lambda: _verify(sealed.folder))


def _is_refused(work: Callable[[], bool]) -> bool:
    try:
        return work()
    except TakatufError:
        return True


def _verify(folder: Path) -> bool:
    workspace = open_workspace(folder)
    try:
        return not verify_register(workspace.parts.register, workspace.actor).is_clean
    finally:
        workspace.close()


def _merge(folder: Path, bundle: Path) -> bool:
    workspace = open_workspace(folder)
    try:
        Exchange(workspace).merge(bundle, is_dry_run=True)
    finally:
        workspace.close()
    return False


def _is_harmless(target: str, sealed: _Sealed) -> bool:
    return target == TARGETS[-1] and _said(sealed.folder) == sealed.said


def _said(folder: Path) -> object:
    workspace = open_workspace(folder)
    register = workspace.parts.register
    said = (tuple(register.raw_entries()), tuple(register.raw_submissions()))
    workspace.close()
    return said


def _seal(material: Material, seed: int) -> _Sealed:
    folder = material.copy("damaged")
    chance = chance_of(seed, "what is damaged")
    Writer(material, folder, "w", chance, lambda _: None).write(N_STEPS)
    return _Sealed(
        material=material,
        folder=folder,
        register=(folder / REGISTER).read_bytes(),
        seal=(folder / SEAL).read_bytes(),
        said=_said(folder),
    )

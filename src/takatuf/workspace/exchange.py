"""What a workspace exchanges with other hosts: bundles out, bundles in, and what is verified."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from takatuf.actions.exchange.make_bundle import (
    BundleFiles,
    BundleMade,
    Outgoing,
    WantedBundle,
    make_bundle,
)
from takatuf.actions.exchange.merge_bundle import Incoming, MergeReceipt, merge_bundle
from takatuf.actions.exchange.verify_register import verify_register
from takatuf.actions.signing import HostKeys, host_signer
from takatuf.reports.keys import Signer
from takatuf.reports.standing import standing_in
from takatuf.reports.verifying import Verification
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem, UnavailableError
from takatuf.vocabulary.identity import ThingId, is_thing_id
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.workspace.days import Day, as_day
from takatuf.workspace.opened import Opened

OnProgress = Callable[[int, int], None]  # reports done, of how many


@dataclass(frozen=True, slots=True)
class Exchange:
    """Makes bundles of a workspace's register, and takes in those of others."""

    workspace: Opened

    def bundle(
        self,
        out: str | Path,
        *,
        since: Day = None,
        made_for: str = "",
        clearance: str = "",
        on_progress: OnProgress | None = None,
    ) -> BundleMade:
        """Write the register, or the part that somebody may have, to one signed file.

        Args:
            out: The file; an earlier one there is replaced when the new one is whole.
            since: Only what was received from that day on.
            made_for: The organisation that will read it; a name or an identity.
            clearance: The highest class that goes out: public, restricted, confidential or
                severe. Left out: restricted for a named receiver, else what the actor may
                see, up to confidential.
            on_progress: Told now and then how many reports are done, of how many.

        Raises:
            InputError: There is no such class, or a day is none.
            NotAllowedError: The actor may not share, or not values of this class.
            NotFoundError: There is no such organisation.
            UnavailableError: The file cannot be written, or the host's key is lost.
        """
        wanted = WantedBundle(
            made_for=organisation_of(made_for, self.workspace) if made_for else None,
            since=as_day(since, "since"),
            clearance=_class_of(clearance) if clearance else None,
        )
        outgoing = Outgoing(
            register=self.workspace.parts.register,
            vocabulary=self.workspace.parts.vocabulary,
            actor=self.workspace.actor,
            signer=host_of(self.workspace),
            now=self.workspace.clock(),
        )
        with _whole_files(Path(out)) as files:
            return make_bundle(wanted, outgoing, files, on_progress)

    def merge(
        self,
        path: str | Path,
        *,
        is_dry_run: bool = False,
        on_progress: OnProgress | None = None,
    ) -> MergeReceipt:
        """Take in a bundle, all of it or nothing; see `actions.exchange.merge_bundle`.

        Args:
            path: The file.
            is_dry_run: Only check: nothing is stored.
            on_progress: Told now and then how many reports are read, of how many.

        Raises:
            InputError: The file is damaged, forged, has a gap, or its sender is unknown.
            NotAllowedError: The actor may not share.
            NotFoundError: There is no such file.
        """
        file = Path(path)
        if not file.is_file():
            raise NotFoundError(f"There is no file {file}.")
        host, own = host_of(self.workspace), self.workspace.actor.organisation
        incoming = Incoming(
            register=self.workspace.parts.register,
            vocabulary=self.workspace.parts.vocabulary,
            actor=self.workspace.actor,
            ours=frozenset({host.organisation, own} if own else {host.organisation}),
            now=self.workspace.clock(),
        )
        with file.open("rb") as opened:
            return merge_bundle(
                opened, file.name, incoming, is_dry_run=is_dry_run, on_progress=on_progress
            )

    def verify(
        self, head: str | None = None, *, on_progress: OnProgress | None = None
    ) -> Verification:
        """Check every hash, signature and link of the register, and the file it is kept in.

        Args:
            head: A head that was written down earlier, to be found again.
            on_progress: Told now and then how much is done, of how much.

        Raises:
            InputError: The head is no head.
            NotAllowedError: The actor may not read here.
        """
        workspace = self.workspace
        return verify_register(workspace.parts.register, workspace.actor, head, on_progress)


def host_of(workspace: Opened) -> Signer:
    """Return the host of a workspace, with the key that it signs with now.

    Raises:
        NotAllowedError: Its keys were revoked.
        UnavailableError: Its key is lost.
    """
    host: HostKeys | None = workspace.parts.host
    if host is None:
        raise UnavailableError("This workspace has no host: open it again.")
    return host_signer(host, standing_in(workspace.parts.register))


def organisation_of(text: str, workspace: Opened) -> ThingId:
    """Return the organisation that a name or an identity means; an identity may be unknown.

    Raises:
        NotFoundError: Nothing, or more than one thing, has this name.
    """
    return ThingId(text) if is_thing_id(text) else workspace.reading().names.find(text)


def _class_of(word: str) -> Sensitivity:
    try:
        return Sensitivity.from_word(word)
    except KeyError:
        expected = " or ".join(one.word for one in Sensitivity)
        problem = Problem(
            code="bundle.unknown-class", where="clearance", found=word, expected=expected
        )
        raise InputError([problem]) from None


@contextmanager
def _whole_files(out: Path) -> Iterator[BundleFiles]:
    """Give two files in the folder of this one, which is there when the block ends well.

    Nobody else can read them, for they hold what is not public.
    """
    beside = out.with_name(f".{out.name}.part")
    try:
        with tempfile.TemporaryFile(dir=out.parent) as body, _private_file(beside) as target:
            yield BundleFiles(target, body)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(out)
    except OSError as error:
        raise UnavailableError(f"{out} cannot be written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _private_file(path: Path) -> Iterator[BinaryIO]:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file

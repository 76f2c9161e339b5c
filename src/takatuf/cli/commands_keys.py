"""Commands on keys: keys new, vouch, rotate, revoke and list."""

from pathlib import Path
from typing import Annotated

import typer

from takatuf.actions.exchange.manage_keys import Revoking
from takatuf.cli.printing.exchange import key_json, print_key, print_keys
from takatuf.cli.session import Session
from takatuf.reports.standing import KeyState
from takatuf.workspace.key_desk import KeyDesk, PemFile

Key = Annotated[str, typer.Argument(help="16 digits or more of the fingerprint, or all 64.")]
By = Annotated[str, typer.Option("--by", help="Name and office of the person who answers for it.")]
Why = Annotated[str, typer.Option("--why", help="The grounds, in a sentence.")]
Of = Annotated[str, typer.Option("--of", help="Whose key it is.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="A new file for the private key; keep it safe.")
]
HeldByHost = Annotated[
    bool, typer.Option("--held-by-host", help="The host keeps it: shown wherever it signs.")
]
Signing = Annotated[
    Path | None, typer.Option("--key", help="The private key that signs; else the host's.")
]
Passphrase = Annotated[
    Path | None, typer.Option("--passphrase-file", help="Its first line is the passphrase.")
]


def register_key_commands(app: typer.Typer) -> None:
    """Add the commands on keys, as a group."""
    keys = typer.Typer(no_args_is_help=True)
    keys.command("new")(new)
    keys.command("vouch")(vouch)
    keys.command("rotate")(rotate)
    keys.command("revoke")(revoke)
    keys.command("list")(list_keys)
    app.add_typer(keys, name="keys", help="Look after keys: who can sign for whom.")


def new(
    context: typer.Context,
    organisation: Annotated[str, typer.Option("--organisation", help="Whose key it will be.")],
    by: By,
    out: Out = None,
    is_held_by_host: HeldByHost = False,  # noqa: FBT002 - how the library declares an option
    passphrase_file: Passphrase = None,
) -> None:
    """Make a key; it counts when a person of another organisation has vouched for it."""
    session: Session = context.obj
    pem = _pem(out, passphrase_file)
    made = KeyDesk(session.open()).new(organisation, by, pem, is_held_by_host=is_held_by_host)
    _show(session, made)


def vouch(
    context: typer.Context,
    key: Key,
    organisation: Of,
    by: By,
    why: Why = "",
    signing: Signing = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Say whose key it is, after comparing its fingerprint with its owner."""
    session: Session = context.obj
    pem = _pem(signing, passphrase_file)
    _show(session, KeyDesk(session.open()).vouch(key, organisation, by, why=why, signing=pem))


def rotate(
    context: typer.Context,
    by: By,
    old: Annotated[
        Path | None, typer.Option("--key", help="The key that is given up; else the host's.")
    ] = None,
    out: Out = None,
    is_held_by_host: HeldByHost = False,  # noqa: FBT002
    passphrase_file: Passphrase = None,
) -> None:
    """Replace a key by a new one, which the old one signs; one passphrase opens both."""
    session: Session = context.obj
    made = KeyDesk(session.open()).rotate(
        by,
        _pem(old, passphrase_file),
        _pem(out, passphrase_file),
        is_held_by_host=is_held_by_host,
    )
    _show(session, made)


def revoke(
    context: typer.Context,
    key: Key,
    by: By,
    why: Annotated[str, typer.Option("--why", help="What happened to it.")],
    last_good: Annotated[
        list[str] | None,
        typer.Option("--last-good", help="The last submission that is theirs; may be repeated."),
    ] = None,
    is_nothing_good: Annotated[  # noqa: FBT002
        bool, typer.Option("--nothing-good", help="Nothing that it ever signed counts.")
    ] = False,
    signing: Signing = None,
    passphrase_file: Passphrase = None,
) -> None:
    """Say that a key is not to be believed any more; what is here of it stays good."""
    session: Session = context.obj
    pem = _pem(signing, passphrase_file)
    wanted = Revoking(
        key=key,
        by=by,
        why=why,
        last_good=tuple(last_good or ()),
        is_nothing_good=is_nothing_good,
        signing=pem.read() if pem else None,
    )
    _show(session, KeyDesk(session.open()).revoke(wanted))


def list_keys(context: typer.Context) -> None:
    """List every key: whose it is, who keeps it, what it is worth here, and who vouched."""
    session: Session = context.obj
    keys = KeyDesk(session.open()).list()
    if session.is_json:
        session.print_json([key_json(key) for key in keys])
    else:
        print_keys(session.console, keys)


def _show(session: Session, key: KeyState) -> None:
    if session.is_json:
        session.print_json(key_json(key))
    else:
        print_key(session.console, key)


def _pem(path: Path | None, passphrase_file: Path | None) -> PemFile | None:
    return PemFile(path, passphrase_file) if path else None

"""The command line: one command for each verb, the same rules as everywhere."""

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from takatuf.cli import exits
from takatuf.cli.commands_doubts import register_doubts_commands
from takatuf.cli.commands_exchange import register_exchange_commands
from takatuf.cli.commands_gain import register_gain_commands
from takatuf.cli.commands_judging import register_judging_commands
from takatuf.cli.commands_keys import register_key_commands
from takatuf.cli.commands_plan import register_plan_commands
from takatuf.cli.commands_read import register_read_commands
from takatuf.cli.commands_same import register_same_commands
from takatuf.cli.commands_text import register_text_commands
from takatuf.cli.commands_why import register_why_commands
from takatuf.cli.commands_workbooks import register_workbook_commands
from takatuf.cli.commands_write import register_write_commands
from takatuf.cli.session import Session, plain
from takatuf.vocabulary.errors import InputError, TakatufError, UnavailableError

app = typer.Typer(
    name="takatuf",
    help="One shared picture and one joint plan for restoring a war-damaged city.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _begin(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("--workspace", "-w", help="The folder of the workspace.")
    ] = Path(),
    is_json: Annotated[  # noqa: FBT002 - how the library declares an option
        bool, typer.Option("--json", help="Write one JSON document instead of text.")
    ] = False,
) -> None:
    context.obj = Session(folder, is_json)
    context.call_on_close(context.obj.close)


register_read_commands(app)
register_write_commands(app)
register_workbook_commands(app)
register_plan_commands(app)
register_gain_commands(app)
register_same_commands(app)
register_doubts_commands(app)
register_judging_commands(app)
register_exchange_commands(app)
register_key_commands(app)
register_text_commands(app)
register_why_commands(app)


def main() -> None:
    """Run the command line, and end with the exit code that docs/reference/cli.md promises."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; nothing is raised."""
    is_json = "--json" in arguments
    try:
        app(arguments)
    except SystemExit as end:  # how the library ends every command, wrong usage too
        code = end.code if isinstance(end.code, int) else 0
        if code == exits.INTERRUPTED:
            sys.stderr.write("Stopped. What was stored before is whole, nothing is half done.\n")
        return code
    except TakatufError as error:
        return _explain(error, is_json=is_json)
    except OSError as error:  # a full disk, a folder that may not be written
        sys.stderr.write(f"{error}\n")
        return exits.BY_FAMILY[UnavailableError]
    except Exception:  # noqa: BLE001 - the one place where what nobody foresaw ends
        sys.stderr.write(traceback.format_exc())
        sys.stderr.write("This is our fault: please send us the lines above.\n")
        return exits.OUR_FAULT
    return 0


def _explain(error: TakatufError, *, is_json: bool) -> int:
    code = exits.exit_code(error)
    problems = error.problems if isinstance(error, InputError) else ()
    if is_json:
        Session(Path(), is_json=True).print_json(
            {"error": type(error).__name__, "detail": str(error), "problems": plain(problems)}
        )
    else:
        sys.stderr.write(f"{error}\n")
    return code


if __name__ == "__main__":
    main()

"""Write the generated pages of docs/reference: commands, properties, units.

``python -m docs.generate`` writes them; with ``--check`` it writes nothing, names every page
that is stale, and ends with 1 if there is one. The same code gives the same pages, byte for
byte, on every machine.
"""

import inspect
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, CommandInfo, OptionInfo

from takatuf.cli.main import app
from takatuf.vocabulary.things import Property, Vocabulary, load_vocabulary

FOLDER = Path(__file__).parent / "reference"
STALE = 1
_COMMAND_NOTE = (
    "This page is written from the code by `make docs`.\n"
    "What each command ends with is in [exit codes](exit-codes.md); each problem it prints is in"
    " [errors](errors.md).\n"
    "The options of the whole program stand before the command, those of a command after it:"
    " `takatuf -w aleppo --json show Aleppo --at 2017-06-14`.\n"
)
_PROPERTY_NOTE = (
    "This page is written from the vocabulary in `src/takatuf/vocabulary/things/data/` by"
    " `make docs`.\n"
    "What *series*, *window*, *weighing* and *fresh* mean is told in"
    " [weighing](../explanation/weighing.md).\n"
    "Every label also exists in Arabic, French and Russian, and an import takes each of them as"
    " a value.\n"
)
_UNIT_NOTE = (
    "This page is written from `src/takatuf/vocabulary/units.toml` by `make docs`.\n"
    "A value keeps the unit it was said in; it is converted only to be compared.\n"
    "Units of different dimensions are never converted into one another.\n"
    "A word is found in any letter case; every unit is also found by its own name.\n"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or an option of a command, as a person meets it."""

    names: tuple[str, ...]  # "--at"; of an argument its one name in capitals
    is_option: bool
    is_flag: bool
    value: str  # what it takes, in a word or as the allowed words
    default: str  # or "required", or "" for nothing
    help: str


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` only look; return the exit code."""
    stale = [name for name, text in pages().items() if _is_stale(FOLDER / name, text)]
    if "--check" in arguments:
        sys.stdout.writelines(f"docs/reference/{name} is stale: run make docs\n" for name in stale)
        return STALE if stale else 0
    for name in stale:
        (FOLDER / name).write_text(pages()[name], "utf-8")
        sys.stdout.write(f"docs/reference/{name} written\n")
    return 0


def pages() -> dict[str, str]:
    """Return every generated page, by its name in docs/reference."""
    return {
        "cli.md": commands_page(),
        "properties.md": properties_page(load_vocabulary()),
        "units.md": units_page(),
    }


def _is_stale(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text("utf-8") != text


def commands() -> Mapping[str, tuple[Parameter, ...]]:
    """Return every command with its parameters, in the order of the help text."""
    return {name: parameters_of(command) for name, command in _named_commands()}


def program_options() -> tuple[Parameter, ...]:
    """Return the options that stand before the command."""
    begin = app.registered_callback
    return () if begin is None else _parameters(begin.callback)


def parameters_of(command: CommandInfo) -> tuple[Parameter, ...]:
    """Return the arguments and options of a command, in the order of its signature."""
    return _parameters(command.callback)


def _named_commands() -> Iterator[tuple[str, CommandInfo]]:
    for command in app.registered_commands:
        yield _name_of(command), command
    for group in app.registered_groups:
        inside = group.typer_instance.registered_commands if group.typer_instance else []
        yield from ((f"{group.name} {_name_of(command)}", command) for command in inside)


def _name_of(command: CommandInfo) -> str:
    return command.name or str(getattr(command.callback, "__name__", ""))


def _parameters(callback: Any) -> tuple[Parameter, ...]:  # noqa: ANN401 - as the library has it
    hints = get_type_hints(callback, include_extras=True)
    found = (
        _parameter(parameter, hints[name])
        for name, parameter in inspect.signature(callback).parameters.items()
    )
    return tuple(parameter for parameter in found if parameter is not None)


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter | None:  # noqa: ANN401
    info = next(iter(getattr(hint, "__metadata__", ())), None)
    if not isinstance(info, ArgumentInfo | OptionInfo):
        return None
    is_option = isinstance(info, OptionInfo)
    kind = hint.__origin__
    # In an annotation the library takes the first name for the default, and sorts it out later.
    declared = (info.default, *(info.param_decls or ()))
    written = f"--{parameter.name.replace('_', '-')}"
    names = tuple(name for name in declared if isinstance(name, str)) or (written,)
    return Parameter(
        names=names if is_option else (parameter.name.upper(),),
        is_option=is_option,
        is_flag=kind is bool,
        value=_value_of(kind),
        default=_default_of(parameter.default),
        help=info.help or "",
    )


def _value_of(kind: Any) -> str:  # noqa: ANN401 - any type that a parameter can have
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{member.value}`" for member in kind)
    given = [one for one in get_args(kind) if one is not NoneType]  # of "a path, or nothing"
    kind = given[0] if NoneType in get_args(kind) else kind
    words = {bool: "no value", int: "whole number", float: "number", Path: "path", str: "text"}
    return words.get(get_origin(kind) or kind, "text")


def _default_of(default: object) -> str:
    if default is inspect.Parameter.empty:
        return "required"
    if default in ("", False, None):
        return ""
    return f"`{default.value}`" if isinstance(default, Enum) else f"`{default}`"


def commands_page() -> str:
    """Return the page of all commands."""
    parts = ["# Commands\n", _COMMAND_NOTE, "## For every command\n"]
    parts.append(_table(_PARAMETER_HEADER, map(_parameter_row, program_options())))
    for name, command in _named_commands():
        parts += _command_section(name, command)
    return "\n".join(parts)


_PARAMETER_HEADER = ("parameter", "takes", "default", "meaning")


def _command_section(name: str, command: CommandInfo) -> Iterator[str]:
    parameters = parameters_of(command)
    yield f"## `takatuf {name}`\n"
    yield f"{inspect.getdoc(command.callback)}\n"
    yield f"```console\n{_usage_of(name, parameters)}\n```\n"
    if parameters:
        yield _table(_PARAMETER_HEADER, map(_parameter_row, parameters))


def _usage_of(name: str, parameters: Iterable[Parameter]) -> str:
    places = [p.names[0] for p in parameters if not p.is_option]
    return " ".join(["takatuf", name, *places, "[OPTIONS]"])


def _parameter_row(parameter: Parameter) -> tuple[str, ...]:
    names = ", ".join(f"`{name}`" for name in parameter.names)
    return names, parameter.value, parameter.default, parameter.help


def properties_page(vocabulary: Vocabulary) -> str:
    """Return the page of all types, topics and properties."""
    parts = ["# Types, topics and properties\n", _PROPERTY_NOTE, "## Types of things\n"]
    types = ((f"`{t.name}`", t.label.en, t.label.ar) for t in vocabulary.types.values())
    parts.append(_table(("type", "in English", "in Arabic"), types))
    for topic, label in vocabulary.topics.items():
        declared = [p for p in vocabulary.properties.values() if p.topic == topic]
        parts.append(f"## {label.en}\n")
        for one in sorted(declared, key=lambda p: p.name):
            parts += _property_section(one)
    return "\n".join(parts)


def _property_section(declared: Property) -> Iterator[str]:
    yield f"### `{declared.name}`\n"
    yield f"{declared.label.en}.\n"
    yield "".join(f"- {line}\n" for line in _property_lines(declared))


def _property_lines(declared: Property) -> Iterator[str]:
    yield "Of: " + ", ".join(f"`{name}`" for name in sorted(declared.of)) + "."
    yield f"Kind: {declared.type.value}{_unit_and_range(declared)}."
    if declared.values:
        words = (f"`{value.word}` ({value.label.en})" for value in declared.values)
        yield "Values, most cautious first: " + ", ".join(words) + "."
    yield f"Series: {declared.series.value}{_window(declared)}; weighing: {declared.weighing}."
    fresh = "always" if declared.fresh_days is None else f"{declared.fresh_days} days"
    yield f"Fresh: {fresh}; sensitivity: {declared.sensitivity.word}."
    if declared.holds_for_parts:
        yield "Said of a place, it is said of each of its parts."
    if declared.implied_by:
        yield "Implied by: " + ", ".join(f"`{name}`" for name in declared.implied_by) + "."
    if declared.hxl:
        yield f"HXL: `{declared.hxl}`."


def _unit_and_range(declared: Property) -> str:
    unit = f" in {declared.unit}" if declared.unit else ""
    low, high = declared.minimum, declared.maximum
    span = "" if high is None else f", {low or 0:g} to {high:g}"
    return f"{unit}{span}"


def _window(declared: Property) -> str:
    tolerance = f", tolerance {declared.tolerance:.0%}" if declared.tolerance else ""
    return (f", window {declared.window_days} days" if declared.window_days else "") + tolerance


def units_page() -> str:
    """Return the page of all units."""
    table = tomllib.loads((files("takatuf.vocabulary") / "units.toml").read_text("utf-8"))
    nouns = table.pop("count")["nouns"]
    parts = ["# Units\n", _UNIT_NOTE]
    for dimension, members in table.items():
        first = next(iter(members))
        rows = (
            (f"`{name}`", f"{unit['factor']:.12g}", _words(unit["words"]))
            for name, unit in members.items()
        )
        parts.append(f"## {dimension.replace('_', ' ').capitalize()}\n")
        parts.append(_table(("unit", f"in {first}", "words"), rows))
    parts.append("## Things that are counted\n")
    parts.append("Each is a dimension of its own, so wells are never compared with tanks.\n")
    parts.append(", ".join(f"`{noun}`" for noun in nouns) + ".\n")
    return "\n".join(parts)


def _words(words: Iterable[str]) -> str:
    return ", ".join(words)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Writes the manual page, from what the command line itself says of its commands and options."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import project

sys.path.insert(0, str(project.ROOT / "gui"))

from uidscope.cli.commands import COMMANDS
from uidscope.cli.main import command_line

_EXIT = (
    ("0", "Done. inspect: nothing at or above --fail-on; regenerate: written and verified."),
    ("1", "inspect found something at or above --fail-on, compare a difference."),
    ("2", "The words of the command are off."),
    ("3", "Input or output failed, or the selftest did."),
    ("4", "A decision is needed; they are listed."),
    ("130", "Cancelled."),
)


def text() -> str:
    """Return the page in the notation of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    title = project.name().upper()
    date, version = project.build_time().date(), f"{project.name()} {project.version()}"
    yield f'.TH {title} 1 "{date}" "{version}" "User Commands"'
    yield ".SH NAME"
    yield f"{project.name()} \\- {_escaped(project.description().rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield from (".B uidscope", "[\\fB\\-\\-new\\-window\\fR] [\\fIPATH\\fR...]")
    with click.Context(command_line, info_name=project.name()) as context:
        for name in COMMANDS:
            command = command_line.get_command(context, name)
            assert command is not None
            with click.Context(command, info_name=name, parent=context) as inner:
                words = " ".join(command.collect_usage_pieces(inner))
            yield from (".br", f".B uidscope {name}", _escaped(words))
        yield from (".br", ".B uidscope \\-\\-selftest", "[\\fB\\-\\-out\\fR \\fIFILE\\fR]")
        yield from (".br", ".B uidscope \\-\\-version")
        yield ".SH DESCRIPTION"
        yield "Without a command it opens a window, with the folders and files of DICOM given loaded."
        yield "A folder that is named like a command is given as \\fI./inspect\\fR."
        yield "The originals are never changed."
        yield ".SH COMMANDS"
        for name in COMMANDS:
            command = command_line.get_command(context, name)
            assert command is not None
            yield from _command(name, command, context)
    yield ".SH EXIT STATUS"
    for status, meaning in _EXIT:
        yield from (".TP", f".B {status}", _escaped(meaning))
    yield ".SH ENVIRONMENT"
    yield from (".TP", ".B QT_QPA_PLATFORM", "How Qt reaches the screen: xcb, wayland, offscreen.")


def _command(name: str, command: click.Command, above: click.Context) -> Iterator[str]:
    yield f".SS {name}"
    with click.Context(command, info_name=name, parent=above) as context:
        for number, paragraph in enumerate((command.help or "").split("\n\n")):
            if number:
                yield ".PP"
            yield _escaped(" ".join(paragraph.replace("\b", "").split()))
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                if found is not None:
                    yield from (".TP", f".B {inner}", _escaped(found.get_short_help_str(200)))
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
            if record is not None and not record[0].endswith("--help"):
                yield from (".TP", f".B {_escaped(record[0])}", _escaped(record[1]) or "\\&")


def _escaped(words: str) -> str:
    """Text that no character of makes a request or a hyphen of."""
    plain = words.replace("\\", "\\e").replace("-", "\\-").replace("“", "\\(lq").replace("”", "\\(rq")
    plain = plain.replace("'", "\\(aq")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain

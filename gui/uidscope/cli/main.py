"""The command line's entry: a subcommand is loaded when it is called, so that each starts quickly."""

from __future__ import annotations

import importlib
from typing import Any

import click

from uidscope import __version__
from uidscope.cli.commands import COMMANDS


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"uidscope.cli.{cmd_name}_command")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    name="uidscope",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="uidscope [PATH...] opens the window with these loaded; --new-window before them opens another."
    " uidscope --selftest proves that the installed program is whole."
    " The originals are never changed. Who did what to which studies is recorded in the audit log of this"
    " user, without names; UIDSCOPE_AUDIT_LOG=off keeps it away.",
)
@click.version_option(__version__, message="uidscope %(version)s")
def command_line() -> None:
    """Find, explain and mend identifiers (UIDs) in folders of DICOM files."""


# Those that read folders, and so leave something behind where they are killed, and are recorded.
_READING = ("inspect", "compare", "regenerate")


def run(arguments: list[str]) -> Any:
    """Run the command line; ends with SystemExit."""
    if arguments and arguments[0] in _READING:
        from uidscope.core.audit.recording import log_kept  # noqa: PLC0415 - others start without
        from uidscope.core.private_folder import clear_left_behind  # noqa: PLC0415

        clear_left_behind()
        with log_kept(lambda sentence: click.echo(sentence, err=True)):
            return command_line(args=arguments, prog_name="uidscope")
    return command_line(args=arguments, prog_name="uidscope")

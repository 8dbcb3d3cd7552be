"""The start of the program: the command line where a subcommand or an option is given, else the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from uidscope.cli.main import COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status, or end with SystemExit as the command line does.

    A folder that is named like a subcommand is given as ``./inspect``.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in COMMANDS or given[0].startswith("-")):
        from uidscope.cli.main import run  # noqa: PLC0415

        run(given)
        return 0
    from uidscope.qt.app import run_window  # noqa: PLC0415 - Qt takes its time to load

    return run_window(given)


if __name__ == "__main__":
    sys.exit(main())

"""The start of the program: the command line where a subcommand or an option is given, else the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from uidscope.cli.commands import COMMANDS
from uidscope.core.collector import not_collected_at_the_end, seldom_collected

_NEW_WINDOW = "--new-window"
_SELFTEST = "--selftest"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status, or end with SystemExit as the command line does.

    A folder that is named like a subcommand is given as ``./inspect``. ``--new-window`` before the paths
    opens a window even where there is one.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] == _SELFTEST:
        from uidscope.cli.selftest_command import run_selftest  # noqa: PLC0415 - for this alone
        from uidscope.qt.selftest import window_probes  # noqa: PLC0415

        run_selftest(given[1:], window_probes())
        return 0
    new_window = bool(given) and given[0] == _NEW_WINDOW
    if given and not new_window and (given[0] in COMMANDS or given[0].startswith("-")):
        # Loading makes very many objects that stay: without this, a fifth of a short command is the search.
        not_collected_at_the_end()
        with seldom_collected():
            from uidscope.cli.main import run  # noqa: PLC0415 - the window starts without

            run(given)
        return 0
    from uidscope.qt.app import run_window  # noqa: PLC0415 - Qt takes its time to load

    return run_window(given[1:] if new_window else given, new_window=new_window)


if __name__ == "__main__":
    sys.exit(main())

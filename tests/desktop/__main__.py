"""Try the program on a screen: ``python -m tests.desktop [job] [drop] [accessibility] [--pictures FOLDER]``.

Without a word the job and the drop are done. Everything happens on a screen and in a session of its own, so
that nothing is seen or changed of the desktop of whoever runs it. The exit status is 1 where something went
wrong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.desktop.accessibility import accessibility
from tests.desktop.job import drop, main_job
from tests.desktop.session import Desktop, a_screen, missing

_TRIALS: Final[dict[str, Callable[[Desktop, Path], list[str]]]] = {
    "job": main_job,
    "drop": drop,
    "accessibility": accessibility,
}
_IN_SESSION: Final = "UIDSCOPE_DESKTOP_SESSION"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop", description=__doc__)
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"any of {', '.join(_TRIALS)}")
    parser.add_argument(
        "--pictures", metavar="FOLDER", help="keep pictures of the screen, and what was told, here"
    )
    chosen = parser.parse_args()
    trials = chosen.trials or ["job", "drop"]
    unknown = [trial for trial in trials if trial not in _TRIALS]
    if unknown:
        parser.error(f"there is no {unknown[0]}")
    absent = missing()
    if absent:
        _say(absent)
        return 0
    if _IN_SESSION not in os.environ:
        return _again_in_a_session()
    for told, stream in zip(os.environ[_IN_SESSION].split(), (sys.stdout, sys.stderr), strict=True):
        os.dup2(int(told), stream.fileno())
    return max(_try(trial, chosen.pictures) for trial in trials)


def _again_in_a_session() -> int:
    """Run the same in a D-Bus session of its own, whose own chatter is not shown."""
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.desktop", *sys.argv[1:]]
    told = [os.dup(stream.fileno()) for stream in (sys.stdout, sys.stderr)]
    try:
        return subprocess.run(
            command,
            env={**os.environ, _IN_SESSION: " ".join(map(str, told))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=told,
            check=False,
        ).returncode
    finally:
        for each in told:
            os.close(each)


def _try(trial: str, pictures: str | None) -> int:
    """Do one trial on a screen of its own; 1 where it went wrong."""
    with tempfile.TemporaryDirectory() as folder, a_screen() as display:
        work = Path(folder)
        kept = Path(pictures) / trial if pictures else work / "pictures"
        kept.mkdir(parents=True, exist_ok=True)
        desktop = Desktop(display, work, kept)
        try:
            for line in _TRIALS[trial](desktop, work):
                _say(f"{trial}: {line}")
        except (AssertionError, subprocess.SubprocessError) as error:
            _say(f"{trial}: went wrong: {error}")
            return 1
        finally:
            desktop.end()
            if pictures:
                for told in work.glob("*.txt"):
                    shutil.copy(told, kept)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

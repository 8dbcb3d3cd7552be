"""The program's start with a window, and where no window can be."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import ct_series
from tests.watch import SourceFolders
from uidscope.qt.display_check import display_fault, qt_fault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are those of Linux")


def started(*arguments: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    surroundings = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    return subprocess.Popen(
        [sys.executable, "-m", "uidscope", *arguments],
        env=surroundings | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":7654"}])
def test_without_a_display_one_sentence_says_what_works(display: dict[str, str]) -> None:
    process = started(environment={"QT_QPA_PLATFORM": "", **display})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert out == ""
    assert err.count("\n") == 1
    assert "uidscope inspect" in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_window_in_order(
    make_source: SourceFolders, tmp_path: Path, number: signal.Signals
) -> None:
    folder = make_source(ct_series(2))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = started(str(folder), environment={"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temporary)})
    end = time.monotonic() + 60
    # Other things come and go there before: Python tries whether the folder can be written.
    while not any(temporary.glob("uidscope-catalog-*")) and time.monotonic() < end:
        time.sleep(0.05)
    assert any(temporary.glob("uidscope-catalog-*")), "no catalog was made"
    process.send_signal(number)
    try:
        _out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert os.listdir(temporary) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_the_event_loop_runs_ends_it(number: signal.Signals) -> None:
    lines = (
        "import signal, sys",
        "from PySide6.QtWidgets import QApplication",
        "from uidscope.qt.start.end_on_signals import EndOnSignals",
        "app = QApplication([])",
        "with EndOnSignals(app):",
        f"    signal.raise_signal({int(number)})",
        "    sys.exit(app.exec())",
    )
    ended = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )
    assert ended.returncode == 130


def test_missing_library_is_named_with_its_package() -> None:
    sentence = qt_fault(ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"))
    assert "libEGL.so.1" in sentence
    assert "libegl1" in sentence
    assert "uidscope inspect" in sentence


def test_a_platform_without_a_display_is_taken_at_its_word() -> None:
    assert display_fault({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert display_fault({"WAYLAND_DISPLAY": "wayland-0"}) == ""
    assert "display" in display_fault({})


def test_the_window_starts_without_what_only_some_work_needs() -> None:
    """Each of these takes a good part of a second to load, and nothing that is shown at first asks for it."""
    lines = (
        "import sys",
        "import uidscope.qt.main_window",
        "print(*sorted({'jinja2', 'keyring', 'numpy', 'pydicom', 'rich'} & sys.modules.keys()))",
    )
    ended = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == []

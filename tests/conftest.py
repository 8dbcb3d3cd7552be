"""Fixtures for all tests, and what every test is held to (`tests/watch.py`)."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.corpus import corpus_data
from tests.watch import LogRecords, SourceFolders, folder_digest, left_running, running

# The window's tests need no screen; a test that wants one is given its own.
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A build server tries the same examples each time, so that a change is blamed for what it does; at home
# each run tries others.
settings.register_profile("build-server", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("build-server")

_homes = itertools.count()
_USER_FOLDERS = {
    "win32": ("APPDATA", "LOCALAPPDATA", "USERPROFILE"),
    "darwin": ("HOME",),
}.get(sys.platform, ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "expected_log(pattern, ...): the test has the program log a warning or worse that each pattern finds",
    )


@pytest.fixture(autouse=True)
def _user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a user's folders of its own, and never touches those of the person who runs it."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    home.mkdir(parents=True)
    for name in _USER_FOLDERS:
        monkeypatch.setenv(name, str(home / name.lower()))
    if sys.platform == "linux":
        # Where a window is found by a second start: it must not be that of whoever runs the tests.
        home.chmod(0o700)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    before = running()
    yield
    if left := left_running(before):
        pytest.fail("left running:\n" + "\n".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_logged_unasked(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("expected_log")
    with LogRecords() as log:
        yield
    if lines := log.unexpected(marker.args if marker else ()):
        pytest.fail("log records:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture
def make_source(tmp_path: Path) -> Iterator[SourceFolders]:
    """Makes source folders, which the test must not change: `make_source(datasets)` returns the path.

    They lie in `tmp_path`, by the name `source` unless named otherwise. After the test each of them, and
    of those given to `make_source.watch(folder)`, has the same names, bytes, modes and time stamps.
    """
    sources = SourceFolders(tmp_path)
    yield sources
    if lines := sources.changes():
        pytest.fail("a source was changed:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(scope="session")
def _corpus() -> Iterator[Path]:
    data = corpus_data()
    before = folder_digest(data)
    yield data
    assert folder_digest(data) == before, "a test has changed the corpus"


@pytest.fixture
def corpus(_corpus: Path) -> Path:
    """The folder with the corpus's files, where it is present; checked to be unchanged at the very end."""
    return _corpus

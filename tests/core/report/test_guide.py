"""The user guide: whole, with its pictures, and with command lines that work as they stand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Study, ct_series, rt_set
from tests.cli.running import run_cli
from tests.watch import SourceFolders
from uidscope.core.language import ENGLISH, LANGUAGES
from uidscope.core.report.guide import guide_commands, guide_page
from uidscope.core.report.help_page import Entry
from uidscope.core.uid.resource_files import resource_root

LARGEST_PICTURE = 200_000


def entries(language: str) -> Iterator[Entry]:
    for section in guide_page(language).sections:
        yield from section.entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_job_says_when_and_what_to_do(language: str) -> None:
    found = list(entries(language))
    assert len({entry.anchor for entry in found}) == len(found) > 20
    for entry in found:
        assert entry.passages[0].text
        assert len(entry.steps) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_no_other(language: str) -> None:
    named = {entry.picture.path for entry in entries(language) if entry.picture is not None}
    folder = resource_root() / "guide" / language
    assert {path.relative_to(resource_root()).as_posix() for path in folder.iterdir()} == named
    for path in named:
        picture = (resource_root() / path).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < LARGEST_PICTURE, path


def test_the_languages_have_the_same_jobs() -> None:
    assert {tuple(entry.anchor for entry in entries(language)) for language in LANGUAGES} == {
        tuple(entry.anchor for entry in entries(ENGLISH))
    }


@pytest.mark.parametrize("line", guide_commands())
def test_every_command_line_of_the_guide_works(
    line: str, make_source: SourceFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rt, other = rt_set(3), ct_series(2, study=Study(2))
    folder = str(make_source([*rt.all, *other]))
    monkeypatch.chdir(tmp_path)
    words = {
        "FOLDER": folder,
        "OLD": folder,
        **({"NEW": folder} if "compare" in line else {}),
        "series=UID": f"series={other[0].SeriesInstanceUID}",
        "UID": rt.images[0].StudyInstanceUID,
    }
    arguments = [words.get(word, word) for word in shlex.split(line)[1:]]
    for before in _what_it_needs(arguments, folder):
        assert run_cli(*before).exit_code == 0
    done = run_cli(*arguments)
    assert done.exit_code == 0, done.stderr or done.stdout
    for option in {"-o", "--out"} & set(arguments):
        assert Path(arguments[arguments.index(option) + 1]).exists()


def _what_it_needs(arguments: list[str], folder: str) -> list[tuple[str, ...]]:
    """The commands that make what this one is given."""
    copy = ("regenerate", folder, "--as", "copy", "--out")
    if "--project" in arguments:
        return [(*copy, "FIRST", "--save-project", "FILE")]
    needs_copy = "--undo" in arguments or ("NEW" in arguments and "--out" not in arguments)
    return [(*copy, "NEW")] if needs_copy else []

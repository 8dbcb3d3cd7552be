"""The window's translations: all of what the sources say, finished, and as the program loads them."""

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from PySide6.QtGui import QKeySequence

from uidscope.core.language import ENGLISH, LANGUAGES
from uidscope.core.uid.resource_files import resource_root
from uidscope.qt.spoken_language import LANGUAGE_NAMES

FOLDER = resource_root() / "translations"
FILES = sorted(FOLDER.glob("*.ts"))


class Said(NamedTuple):
    """One thing the window says, in its context, and its translations: one for each plural form."""

    context: str
    source: str
    is_counted: bool
    translations: tuple[str, ...]


def said_in(ts: Path) -> list[Said]:
    found = []
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")]
            found.append(
                Said(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    message.get("numerus") == "yes",
                    tuple(forms) or (translation.text or "",),
                )
            )
    return found


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """The script that makes the translations."""
    spec = importlib.util.spec_from_file_location("update_translations", FOLDER / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_language_has_its_file_and_its_name() -> None:
    assert {ts.stem for ts in FILES} == {f"uidscope_{each}" for each in LANGUAGES if each != ENGLISH}
    assert LANGUAGE_NAMES.keys() == set(LANGUAGES)


@pytest.mark.parametrize("ts", FILES, ids=lambda ts: ts.stem)
def test_it_has_what_the_sources_say_and_nothing_else(ts: Path, update: ModuleType, tmp_path: Path) -> None:
    """Where this fails, run ``python resources/translations/update.py`` and translate what is new."""
    collected = tmp_path / ts.name
    collected.write_text(ts.read_text("utf-8"), "utf-8")
    update.collect(collected)
    assert update.unfinished(collected) == []
    assert said_in(collected) == said_in(ts)


@pytest.mark.parametrize("ts", FILES, ids=lambda ts: ts.stem)
def test_the_loaded_file_is_made_of_it(ts: Path, update: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    update.release(ts, made)
    assert made.read_bytes() == ts.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("ts", FILES, ids=lambda ts: ts.stem)
def test_a_translation_takes_what_its_source_takes(ts: Path) -> None:
    for said in said_in(ts):
        where = f"{said.context}: {said.source}"
        for text in said.translations:
            assert text, where
            assert places(text) == places(said.source), where
            assert text.endswith("…") == said.source.endswith("…"), where
            if QKeySequence.mnemonic(said.source).isEmpty():
                assert QKeySequence.mnemonic(text).isEmpty(), where
            else:
                assert not QKeySequence.mnemonic(text).isEmpty(), where


@pytest.mark.parametrize("ts", FILES, ids=lambda ts: ts.stem)
def test_a_sentence_stays_a_sentence(ts: Path) -> None:
    for said in said_in(ts):
        for text in said.translations:
            assert text.endswith(".") == said.source.endswith("."), said


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%L?[n\d]", text))

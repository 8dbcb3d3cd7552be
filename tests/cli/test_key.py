"""``uidscope key``: keys in files and in the keyring, made once and never shown."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from pydicom import dcmread

from tests.builders import ct_series
from tests.cli.running import run_cli
from tests.keyrings import InMemory
from tests.watch import SourceFolders
from uidscope.core.uid.key_file import read_key

FINGERPRINT = re.compile(r"[0-9a-f]{4}( [0-9a-f]{4}){3}\n")


class Broken(InMemory):
    """A keyring whose service has gone."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("no bus")


@pytest.fixture
def in_use() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring(in_use: None) -> InMemory:
    made = InMemory()
    keyring.set_keyring(made)
    return made


def said(*arguments: str, status: int = 0) -> str:
    result = run_cli("key", *arguments)
    assert result.exit_code == status, result.output
    if status:
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
    return result.stdout or result.stderr


def test_a_key_file_is_for_its_owner_alone_and_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    told = said(str(path))
    key = path.read_bytes()
    assert len(key) == 32
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert read_key(str(path)) == key
    assert "re-identifies" in told
    assert key.hex() not in told.replace(" ", "")
    assert base64.b64encode(key).decode() not in told


def test_a_key_is_never_overwritten(tmp_path: Path, ring: InMemory) -> None:
    path = tmp_path / "a.key"
    for place in (str(path), "keyring:clinic"):
        said(place)
        before = read_key(place)
        assert "never overwritten" in said(place, status=3)
        assert read_key(place) == before
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    said(str(link), status=3)
    assert not (tmp_path / "elsewhere").exists()


def test_a_key_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    said(str(tmp_path / "none" / "a.key"), status=3)


def test_the_fingerprint_tells_keys_apart_and_nothing_of_them(tmp_path: Path, ring: InMemory) -> None:
    places = [str(tmp_path / "a"), str(tmp_path / "b"), "keyring:c"]
    made = [said(place) for place in places]
    shown = [said(place, "--fingerprint") for place in places]
    assert len(set(shown)) == 3
    for place, told, fingerprint in zip(places, made, shown, strict=True):
        assert FINGERPRINT.fullmatch(fingerprint)
        assert fingerprint.strip() in told
        assert fingerprint.replace(" ", "").strip() not in read_key(place).hex()
    copy = tmp_path / "copy"
    copy.write_bytes(Path(places[0]).read_bytes())
    copy.chmod(0o600)
    assert said(str(copy), "--fingerprint") == shown[0]


def test_a_key_in_the_keyring_is_text(ring: InMemory) -> None:
    said("keyring:clinic")
    ((place, text),) = ring.entries.items()
    assert place == ("uidscope", "clinic")
    assert base64.b64decode(text, validate=True) == read_key("keyring:clinic")


@pytest.mark.parametrize(
    ("text", "status"), [(None, 3), ("short", 2), ("äöü", 2), (base64.b64encode(b"k" * 31).decode(), 2)]
)
def test_an_entry_that_is_no_key_is_one_sentence(ring: InMemory, text: str | None, status: int) -> None:
    if text is not None:
        ring.entries["uidscope", "clinic"] = text
    assert "clinic" in said("keyring:clinic", "--fingerprint", status=status)


@pytest.mark.parametrize("backend", [NoKeyring, Broken])
def test_without_a_keyring_it_is_one_sentence(in_use: None, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    for options in ((), ("--fingerprint",)):
        assert "keep the key in a file" in said("keyring:clinic", *options, status=3)


def test_an_entry_needs_a_name(ring: InMemory) -> None:
    for name in ("", " ", "a\nb"):
        assert "keyring:NAME" in said(f"keyring:{name}", status=2)
    assert ring.entries == {}


def test_a_key_gives_the_same_uids_in_every_delivery(
    make_source: SourceFolders, tmp_path: Path, ring: InMemory
) -> None:
    source = make_source(ct_series(2))
    path = tmp_path / "a.key"
    said(str(path))
    ring.entries["uidscope", "clinic"] = base64.b64encode(path.read_bytes()).decode()
    made = []
    for number, place in enumerate([str(path), "keyring:clinic", "keyring:clinic"]):
        target = tmp_path / str(number)
        options = ("--out", str(target), "--as", "copy", "--key", place)
        result = run_cli("regenerate", str(source), *options)
        assert result.exit_code == 0, result.output
        made.append(sorted(str(dcmread(file).SOPInstanceUID) for file in target.rglob("*.dcm")))
    assert made[0] == made[1] == made[2]


def test_a_key_that_is_not_there_is_one_sentence(
    make_source: SourceFolders, tmp_path: Path, ring: InMemory
) -> None:
    options = ("--out", str(tmp_path / "new"), "--as", "copy", "--key", "keyring:none")
    result = run_cli("regenerate", str(make_source(ct_series(1))), *options)
    assert result.exit_code == 3
    assert "no key named none" in result.stderr
    assert not (tmp_path / "new").exists()

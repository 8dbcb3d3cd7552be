"""The key of the repeatable scheme, out of a file that is nobody else's."""

import os
from pathlib import Path

import pytest

from uidscope.core.errors import InputError, UsageError
from uidscope.core.uid.key_file import read_key


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> str:
    path = folder / "key"
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


def test_a_key_is_read_as_it_is(tmp_path: Path) -> None:
    key = bytes(range(32))
    assert read_key(key_file(tmp_path, key)) == key


@pytest.mark.parametrize("length", [0, 31, 33, 4096])
def test_a_key_of_another_length_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(UsageError, match="32 bytes"):
        read_key(key_file(tmp_path, bytes(length)))


@pytest.mark.skipif(os.name != "posix", reason="no such rights there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602, 0o620])
def test_a_key_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UsageError, match="0600"):
        read_key(key_file(tmp_path, bytes(32), mode))


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_key(str(tmp_path / "none"))

"""A catalog in a file of the user's: one program writes it, and a damaged one is made anew from the files."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import ct_series, write_folder
from tests.cli.running import run_cli
from tests.core.export.requests import state_of
from uidscope.core.catalog import catalog_file
from uidscope.core.catalog.catalog_file import CatalogInUse, held, open_beside_writer, open_sound
from uidscope.core.catalog.network_drive import file_system_of, is_on_network_drive
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, child_count
from uidscope.core.errors import OutputError


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_folder(ct_series(3), tmp_path / "source")
    return tmp_path / "source"


@pytest.fixture
def kept(source: Path, tmp_path: Path) -> Path:
    """The catalog of the source, kept by a first inspection."""
    path = tmp_path / "kept.uidscope-catalog"
    assert inspected(source, path)[0] == 0
    return path


def inspected(source: Path, catalog: Path, *options: str) -> tuple[int, int, str]:
    """Status, number of occurrences in the result (-1 for none), and what was said beside it."""
    result = run_cli(
        "inspect", str(source), "--catalog", str(catalog), "--format", "json", "--quiet", *options
    )
    found = json.loads(result.stdout)["counts"]["occurrences"] if result.stdout else -1
    return result.exit_code, found, result.stderr


def flipped(data: bytes, seed: int) -> bytes:
    chance, changed = random.Random(seed), bytearray(data)
    for _ in range(200):
        changed[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


DAMAGE = {
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut behind its head": lambda data: data[:512],
    "never begun": lambda _: b"",
    "zeroed behind its head": lambda data: data[:100] + bytes(len(data) - 100),
    "bits flipped, 1": lambda data: flipped(data, 1),
    "bits flipped, 2": lambda data: flipped(data, 2),
    "bits flipped, 3": lambda data: flipped(data, 3),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_catalog_is_refused_in_a_sentence_and_made_anew(
    source: Path, kept: Path, damage: str
) -> None:
    before = state_of(source)
    kept.write_bytes(DAMAGE[damage](kept.read_bytes()))
    assert open_sound(str(kept)) is None
    status, found, said = inspected(source, kept)
    assert (status, found) == (0, 3)
    assert "it is made anew from the files." in said
    with open_sound(str(kept)) or pytest.fail("not made anew") as again:
        assert child_count(again, ROOT) == 1
    assert inspected(source, kept) == (0, 3, "")
    assert state_of(source) == before


@pytest.mark.parametrize("seed", range(3))
def test_damage_that_leaves_no_trace_is_told_in_a_sentence_and_mended_at_the_next_start(
    source: Path, kept: Path, seed: int
) -> None:
    """A disk that loses bits changes neither time nor size."""
    status, chance = kept.stat(), random.Random(seed)
    with kept.open("r+b") as file:
        for start in range(4096, status.st_size, 8192):
            file.seek(start)
            file.write(chance.randbytes(4096))
    os.utime(kept, ns=(status.st_atime_ns, status.st_mtime_ns))
    exit_status, found, said = inspected(source, kept)
    if exit_status:  # else it was seen at once
        assert (exit_status, found, said.count("\n")) == (3, -1, 1)
        exit_status, found, said = inspected(source, kept)
    assert (exit_status, found) == (0, 3)
    assert "made anew" in said
    assert inspected(source, kept) == (0, 3, "")


def test_a_catalog_that_nobody_wrote_to_is_not_read_through_again(
    source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_through = []
    is_sound = Catalog.is_sound

    def watched(catalog: Catalog) -> bool:
        read_through.append(catalog.path)
        return is_sound(catalog)

    monkeypatch.setattr(Catalog, "is_sound", watched)
    assert inspected(source, kept) == (0, 3, "")
    assert inspected(source, kept, "--profile", "archive") == (0, 3, "")  # writes to it
    assert inspected(source, kept) == (0, 3, "")
    assert read_through == []
    os.utime(kept)
    assert inspected(source, kept) == (0, 3, "")
    assert read_through == [str(kept)]
    assert inspected(source, kept) == (0, 3, "")
    assert read_through == [str(kept)]


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE value_set_part",
        "DROP TABLE about",
        "UPDATE about SET value = '1' WHERE key = 'schema_version'",
    ],
)
def test_one_of_another_schema_is_made_anew(source: Path, kept: Path, change: str) -> None:
    other = sqlite3.connect(kept)
    other.execute(change)
    other.commit()
    other.close()
    status, found, said = inspected(source, kept)
    assert (status, found) == (0, 3)
    assert "made anew" in said


@pytest.mark.parametrize("content", [b"precious notes", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_catalog_stays(source: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "precious"
    path.write_bytes(content)
    status, found, said = inspected(source, path)
    assert (status, found) == (3, -1)
    assert said.count("\n") == 1
    assert "no catalog" in said
    assert path.read_bytes() == content


def test_nor_is_another_programs_database_or_a_link_replaced(
    source: Path, tmp_path: Path, kept: Path
) -> None:
    database = tmp_path / "database"
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE about (key TEXT, value TEXT)")
    other.commit()
    other.close()
    content = database.read_bytes()
    (tmp_path / "link").symlink_to(kept)
    for path in (database, tmp_path / "link", tmp_path):
        assert inspected(source, path)[0] == 3
    assert database.read_bytes() == content
    assert (tmp_path / "link").is_symlink()


HOLDING = """
import sys
from uidscope.core.catalog.catalog_file import held
from uidscope.core.catalog.store import Catalog
with held(sys.argv[1]), Catalog.create(sys.argv[1] + ".incomplete"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_one_program_writes_another_reads_and_says_whose_it_is(source: Path, kept: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(kept)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        (source / "new.dcm").write_bytes((source / "0001.dcm").read_bytes())
        content = kept.read_bytes()
        status, found, said = inspected(source, kept)
        assert (status, found) == (0, 3), "what it held before, and nothing of the new file"
        assert f"process {writer.pid}" in said
        assert "is being written by" in said
        assert kept.read_bytes() == content
        kept.unlink()
        status, found, said = inspected(source, kept)
        assert (status, found) == (3, -1)
        assert f"process {writer.pid}" in said
        writer.communicate("")
    assert inspected(source, kept)[:2] == (0, 4)


def test_what_a_killed_program_left_unfinished_is_in_nobodys_way(source: Path, kept: Path) -> None:
    killed = HOLDING.replace("sys.stdin.read()", "import os; os._exit(9)")
    assert subprocess.run([sys.executable, "-c", killed, str(kept)], check=False).returncode == 9
    assert os.path.exists(f"{kept}.incomplete")
    (source / "new.dcm").write_bytes((source / "0001.dcm").read_bytes())
    assert inspected(source, kept)[:2] == (0, 4)
    assert not os.path.exists(f"{kept}.incomplete")


def test_a_lock_is_for_one(tmp_path: Path) -> None:
    path = str(tmp_path / "kept")
    with held(path):
        with pytest.raises(CatalogInUse, match="Another program"), held(path):
            pass
        with pytest.raises(CatalogInUse, match="being written by another program"):
            open_beside_writer(path, f"{path}.incomplete")
    with held(path):
        pass


def test_another_programs_catalog_cannot_be_written(kept: Path) -> None:
    with Catalog.open(str(kept), read_only=True) as catalog:
        assert child_count(catalog, ROOT) == 1
        with pytest.raises(OutputError, match="cannot be written"), catalog:
            catalog.set_about("key", "value")


def test_a_network_drive_is_refused(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_file, "is_on_network_drive", lambda folder: folder == str(tmp_path))
    status, found, said = inspected(source, tmp_path / "kept")
    assert (status, found) == (3, -1)
    assert "not on the network" in said
    assert not (tmp_path / "kept").exists()


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/pacs rw,relatime shared:20 - cifs //server/pacs rw
41 22 0:36 / /mnt/pacs\\040two rw,relatime - nfs4 server:/export rw
42 40 0:37 / /mnt/pacs/local rw - tmpfs tmpfs rw
43 22 0:38 / /data rw,relatime shared:21 master:3 - fuse.sshfs me@server: rw
44 43 8:2 / /data rw - xfs /dev/sdb1 rw
odd line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/mnt", "ext4"),
        ("/mnt/pacs", "cifs"),
        ("/mnt/pacs/deep/er", "cifs"),
        ("/mnt/pacs two/x", "nfs4"),
        ("/mnt/pacsx", "ext4"),
        ("/mnt/pacs/local/x", "tmpfs"),
        ("/data/me", "xfs"),
    ],
)
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert file_system_of(path, MOUNTS) == kind


def test_this_computers_own_drive_is_none(tmp_path: Path) -> None:
    assert not is_on_network_drive(str(tmp_path))

"""The organization's file: kept whole, shared by threads and processes, never overwritten when damaged."""

from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_changes import give_product
from uidscope.core.uid.organization.organization_file import (
    change_organization,
    default_organization_file,
    read_organization,
)
from uidscope.core.uid.organization.organization_json import (
    DamagedOrganization,
    organization_from_json,
    organization_to_json,
)
from uidscope.core.uid.scheme_parts import SchemeOptions
from uidscope.core.uid.schemes import make_scheme

ROOT = "1.3.6.1.4.1.32473"


@pytest.fixture
def book(tmp_path: Path) -> OrganizationBook:
    made = OrganizationBook(str(tmp_path / "new folder" / "organization.json"))
    made.set_root(ROOT)
    return made


def filled(book: OrganizationBook) -> OrganizationBook:
    book.product("Viewer")
    book.version("Viewer", "1.0 “ä”")
    book.installation("A-17")
    book.installation("18")
    book.retire_installation("18")
    book.product("Gateway")
    book.retire_product("Gateway")
    return book


def test_what_was_handed_out_is_there_again(book: OrganizationBook) -> None:
    filled(book)
    again = OrganizationBook(book.path).read()
    assert again.root == ROOT
    assert [product.name for product in again.products] == ["Viewer", "Gateway"]
    assert [installation.retired for installation in again.installations] == [False, True]
    assert sorted(os.listdir(os.path.dirname(book.path))) in (
        ["organization.json"],
        ["organization.json", "organization.json.lock"],
    )


def test_without_a_file_there_is_nothing_and_none_is_made(tmp_path: Path) -> None:
    assert read_organization(str(tmp_path / "none.json")) == Organization()
    with pytest.raises(UsageError):
        OrganizationBook(str(tmp_path / "none.json")).product("Viewer")
    assert not (tmp_path / "none.json").exists()


def test_the_default_lies_in_the_users_own_folder() -> None:
    path = default_organization_file()
    assert os.path.isabs(path)
    OrganizationBook(path).set_root(ROOT)
    assert read_organization(path).root == ROOT
    if os.name == "posix":
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def _hand_out(path: str, worker: int) -> list[str]:
    book = OrganizationBook(path)
    return [
        *(book.product(f"Product {worker}-{at}").uid for at in range(8)),
        *(book.version("Shared", f"{worker}.{at}").uid for at in range(8)),
    ]


def test_threads_and_processes_never_get_the_same_number(book: OrganizationBook) -> None:
    book.product("Shared")
    spawn = multiprocessing.get_context("spawn")
    with (
        concurrent.futures.ProcessPoolExecutor(2, spawn) as processes,
        concurrent.futures.ThreadPoolExecutor(3) as threads,
    ):
        pools = [processes, processes, threads, threads, threads]
        work = [pool.submit(_hand_out, book.path, worker) for worker, pool in enumerate(pools)]
        uids = [uid for done in work for uid in done.result(timeout=100)]
    assert len(uids) == len(set(uids)) == 80
    assert book.read().next_product_number == 42
    assert len(book.read().products[0].versions) == 40


DAMAGES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"schema": "uidscope/organization/1"}',
    b'{"schema": "uidscope/export/1", "root": "", "products": [], "installations": []}',
    b'{"schema": "uidscope/organization/2", "root": "", "anything": 1}',
    b'{"schema": "uidscope/organization/1", "root": 1, "products": [], "installations": []}',
    b'{"schema": "uidscope/organization/1", "root": "9.9", "products": [], "installations": []}',
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "organization.json"
    path.write_bytes(damage)
    book = OrganizationBook(str(path))
    for use in (book.read, lambda: book.set_root(ROOT), lambda: book.product("Viewer")):
        with pytest.raises(InputError, match=r"^The organization's file .* left as it is\.$"):
            use()
    assert path.read_bytes() == damage


def test_a_later_version_of_the_file_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "o").write_text('{"schema": "uidscope/organization/2"}')
    with pytest.raises(InputError, match="another version of the program"):
        read_organization(str(tmp_path / "o"))


@given(st.data())
def test_no_change_to_the_text_is_half_understood(data: st.DataObject) -> None:
    organization, _ = give_product(Organization(ROOT), "Viewer", "2026-01-01")
    good = json.loads(organization_to_json(organization))
    at = data.draw(st.sampled_from(["schema", "root", "products", "installations"]))
    odd = data.draw(
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists, max_leaves=3)
    )
    if at == "root" or odd in ([], good[at]):
        return
    good[at] = odd
    with pytest.raises(DamagedOrganization):
        organization_from_json(json.dumps(good).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"number": 1', '"number": 2'),
        ('"number": 1', '"number": true'),
        ('"number": 1', '"number": 1, "extra": 1'),
        ('"given": "20', '"given": "x20'),
        ('"number": "18"', '"number": "0.1"' + "x"),
        ('"number": "18"', '"number": "018"'),
        ('"serial": "18"', '"serial": "A-17"'),
        ('"name": "Gateway"', '"name": 5'),
        ('"retired": true', '"retired": 1'),
        (f'"root": "{ROOT}"', '"root": ""'),
    ],
)
def test_what_the_program_would_not_have_written_is_damage(
    book: OrganizationBook, old: str, new: str
) -> None:
    text = organization_to_json(filled(book).read()).decode()
    assert old in text
    with pytest.raises(DamagedOrganization):
        organization_from_json(text.replace(old, new).encode())


def test_a_file_that_another_program_is_changing_is_waited_for_and_then_refused(
    book: OrganizationBook,
) -> None:
    before = Path(book.path).read_bytes()
    with (
        FileLock(book.path + ".lock", is_singleton=False),
        pytest.raises(OutputError, match="Another program is changing"),
    ):
        change_organization(book.path, lambda organization: (organization, None), wait=0.1)
    assert Path(book.path).read_bytes() == before


def test_when_it_cannot_be_written_it_is_as_it_was(
    book: OrganizationBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(book.path).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left on device"):
            book.product("Viewer")
    assert Path(book.path).read_bytes() == before
    assert not [name for name in os.listdir(os.path.dirname(book.path)) if name.endswith(".incomplete")]
    assert book.product("Viewer").number == "1"


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_organization(str(tmp_path))
    with pytest.raises(InputError):
        OrganizationBook(str(tmp_path)).set_root(ROOT)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        OrganizationBook(str(tmp_path / "file" / "organization.json")).set_root(ROOT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights, and links need a privilege")
def test_a_shared_file_keeps_its_rights_and_a_link_stays_a_link(
    book: OrganizationBook, tmp_path: Path
) -> None:
    os.chmod(book.path, 0o664)
    link = tmp_path / "link.json"
    link.symlink_to(book.path)
    OrganizationBook(str(link)).product("Viewer")
    assert link.is_symlink()
    assert stat.S_IMODE(os.stat(book.path).st_mode) == 0o664
    assert book.read().next_product_number == 2


def test_the_installation_scheme_takes_its_root_from_the_file(book: OrganizationBook) -> None:
    filled(book)
    options = book.installation_options(SchemeOptions("installation", serial="A-17"))
    assert make_scheme(options).new_uid("study", "").startswith(f"{ROOT}.2.0.190096017.1.")
    for serial in ("19", "18", ""):
        with pytest.raises(UsageError):
            book.installation_options(SchemeOptions("installation", serial=serial))


def test_the_installations_in_use_are_there_to_choose(book: OrganizationBook) -> None:
    assert OrganizationBook(book.path + "-none").installation_choices() == ()
    choices = filled(book).installation_choices()
    assert [serial for serial, _ in choices] == ["A-17"]
    for serial, options in choices:
        assert options == book.installation_options(SchemeOptions("installation", serial=serial))
        assert make_scheme(options).new_uid("instance", "").startswith(f"{ROOT}.2.")

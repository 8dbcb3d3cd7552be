"""What is told of a number that is handed out, and what is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization import organization_json
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_changes import (
    HandedOut,
    give_installation,
    give_product,
    give_version,
    installation_in_use,
    retire_installation,
    retire_product,
    retire_version,
    set_root,
)

ROOT = "1.3.6.1.4.1.32473"
TODAY = "2024-01-02"


@pytest.fixture
def known() -> Organization:
    """A product with one version, and an installation."""
    made = set_root(Organization(), ROOT)
    made, _ = give_product(made, "Viewer", TODAY)
    made, _ = give_version(made, "Viewer", "1.0", TODAY)
    return give_installation(made, "17", TODAY)[0]


def test_a_product_is_told_with_its_number_and_told_again(known: Organization) -> None:
    more, new = give_product(known, "Gateway", TODAY)
    assert new == HandedOut("product", "Gateway", "2", more.product_uid(more.products[1]), True, ())
    again = give_product(more, "Gateway", TODAY)
    remark = "The product “Gateway” has the number 2 already."
    assert again == (more, HandedOut("product", "Gateway", "2", new.uid, False, (remark,)))


def test_a_version_is_told_with_its_number_and_told_again(known: Organization) -> None:
    more, new = give_version(known, "Viewer", "2.0", TODAY)
    product = more.products[0]
    uid = more.version_uid(product, product.versions[1])
    assert new == HandedOut("version", "Viewer 2.0", "2", uid, True, ())
    again = give_version(more, "Viewer", "2.0", TODAY)
    remark = "The version “2.0” of “Viewer” has the number 2 already."
    assert again == (more, HandedOut("version", "Viewer 2.0", "2", uid, False, (remark,)))


def test_a_version_that_was_retired_gets_another_number(known: Organization) -> None:
    _, new = give_version(retire_version(known, "Viewer", "1.0"), "Viewer", "1.0", TODAY)
    assert (new.number, new.is_new) == ("2", True)
    assert new.remarks == ("A version “1.0” was retired with the number 1; this one gets another.",)


def test_a_product_that_was_retired_gets_another_number(known: Organization) -> None:
    _, new = give_product(retire_product(known, "Viewer"), "Viewer", TODAY)
    assert (new.number, new.is_new) == ("2", True)
    assert new.remarks == ("A product “Viewer” was retired with the number 1; this one gets another.",)


def test_an_installation_is_told_with_its_root_and_told_again(known: Organization) -> None:
    more, new = give_installation(known, "18", TODAY)
    root = f"{ROOT}.2.18"
    assert new == HandedOut("installation", "18", "18", root, True, ())
    unchanged, again = give_installation(more, "18", TODAY)
    assert unchanged is more
    assert (again.kind, again.name, again.number, again.uid) == ("installation", "18", "18", root)
    assert not again.is_new
    assert "registered already" in again.remarks[0]


def test_only_what_is_in_use_is_retired(known: Organization) -> None:
    with pytest.raises(UsageError, match="has no version “9” in use"):
        retire_version(known, "Viewer", "9")
    with pytest.raises(UsageError, match="There is no product “Other”"):
        retire_version(known, "Other", "1.0")
    with pytest.raises(UsageError, match="no installation with the serial number “9” in use"):
        retire_installation(known, "9")
    retired = retire_installation(retire_version(known, "Viewer", "1.0"), "17")
    with pytest.raises(UsageError, match=r"has no version “1\.0” in use"):
        retire_version(retired, "Viewer", "1.0")
    with pytest.raises(UsageError, match="no installation with the serial number “17” in use"):
        retire_installation(retired, "17")


def test_only_what_is_in_use_is_used(known: Organization) -> None:
    assert installation_in_use(known, "17").number == "17"
    with pytest.raises(UsageError, match="is not among"):
        installation_in_use(known, "18")
    with pytest.raises(UsageError, match="was retired"):
        installation_in_use(retire_installation(known, "17"), "17")
    with pytest.raises(UsageError, match="was retired"):
        give_version(retire_product(known, "Viewer"), "Viewer", "3", TODAY)


@pytest.mark.parametrize(("kind", "give"), [("product", give_product), ("serial number", give_installation)])
def test_a_name_has_an_end(known: Organization, kind: str, give: object) -> None:
    assert callable(give)
    with pytest.raises(UsageError, match=f"{kind}.* at most 64 characters"):
        give(known, "n" * 65, TODAY)


def test_a_name_of_64_characters_is_taken(known: Organization) -> None:
    assert give_product(known, "n" * 64, TODAY)[1].name == "n" * 64
    assert give_version(known, "Viewer", "n" * 64, TODAY)[1].is_new
    with pytest.raises(UsageError, match="at most 64 characters"):
        give_version(known, "Viewer", "n" * 65, TODAY)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the names in a folder by itself.")
def test_what_is_kept_is_brought_to_the_disk_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[bool] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        brought.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    OrganizationBook(str(tmp_path / "organization.json")).set_root(ROOT)
    assert brought == [False, True]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights.")
def test_a_folder_that_is_made_for_it_is_its_owners(tmp_path: Path) -> None:
    OrganizationBook(str(tmp_path / "new folder" / "organization.json")).set_root(ROOT)
    assert (tmp_path / "new folder").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new folder" / "organization.json").stat().st_mode & 0o777 == 0o600


def test_a_file_is_read_up_to_its_largest_size(monkeypatch: pytest.MonkeyPatch, known: Organization) -> None:
    text = organization_json.organization_to_json(known)
    monkeypatch.setattr(organization_json, "LARGEST_JSON", len(text))
    assert organization_json.organization_from_json(text) == known
    with pytest.raises(organization_json.DamagedOrganization, match="far too large"):
        organization_json.organization_from_json(text + b" ")

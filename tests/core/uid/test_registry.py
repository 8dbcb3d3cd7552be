"""The registry of PS3.6 Annex A."""

from __future__ import annotations

from pydicom._uid_dict import UID_dictionary

from uidscope.core.uid.registry import is_registered, is_under_dicom_root, registered


def test_the_registry_says_what_pydicom_says() -> None:
    for uid, (name, type_, info, retired, keyword) in UID_dictionary.items():
        entry = registered(uid)
        assert entry is not None
        assert (entry.uid, entry.name, entry.type, entry.info) == (uid, name, type_, info)
        assert (entry.retired, entry.keyword) == (bool(retired), keyword)


def test_later_registrations_are_known() -> None:
    entry = registered("1.2.840.10008.1.2.4.110")
    assert entry is not None
    assert (entry.name, entry.type) == ("JPEG XL Lossless", "Transfer Syntax")


def test_context_groups_are_taken_for_registered() -> None:
    assert is_registered("1.2.840.10008.6.1.244")
    assert not is_registered("1.2.840.10008.6.1")
    assert not is_registered("1.2.840.10008.6.1.0244")
    assert not is_registered("1.2.840.10008.6.1.1.1")


def test_other_values_are_not_registered() -> None:
    assert registered("1.2.840.10008.5.1.4.1.1.2.999") is None
    assert registered("") is None
    assert not is_registered("1.2.840.113619.1")


def test_the_root_of_the_standard_is_compared_part_by_part() -> None:
    assert is_under_dicom_root("1.2.840.10008")
    assert is_under_dicom_root("1.2.840.10008.1")
    assert not is_under_dicom_root("1.2.840.100089.1")
    assert not is_under_dicom_root("1.2.840")

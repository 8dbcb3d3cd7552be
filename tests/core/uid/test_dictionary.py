"""The dictionaries, against pydicom's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom._dicom_dict import DicomDictionary
from pydicom._private_dict import private_dictionaries
from pydicom.datadict import dictionary_VR, keyword_for_tag, private_dictionary_VR

from uidscope.core.uid.dictionary import keyword, private_vr, sq_tags, standard_vr, ui_tags

tags = st.one_of(
    st.integers(min_value=0, max_value=0xFFFFFFFF),
    st.sampled_from(sorted(DicomDictionary)),
    st.integers(min_value=0, max_value=0x1F).map(lambda number: 0x50002600 | number << 16),
    st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: 0x60000000 | number),
)


def standard_vr_of_pydicom(tag: int) -> str | None:
    try:
        vr = dictionary_VR(tag)
    except KeyError:
        return None
    return vr if vr in ("UI", "SQ") else None


def test_the_tags_are_those_of_the_standard() -> None:
    assert ui_tags() == {tag for tag, entry in DicomDictionary.items() if entry[0] == "UI"}
    assert sq_tags() == {tag for tag, entry in DicomDictionary.items() if entry[0] == "SQ"}
    assert len(ui_tags()) == 108


def test_every_standard_element_has_its_keyword() -> None:
    for tag, entry in DicomDictionary.items():
        assert keyword(tag) == (entry[4] or f"{tag:08X}")


@given(tags)
def test_vr_and_keyword_agree_with_pydicom(tag: int) -> None:
    assert standard_vr(tag) == standard_vr_of_pydicom(tag)
    assert keyword(tag) == (keyword_for_tag(tag) or f"{tag:08X}")


def test_the_sequence_of_a_repeating_group_is_known() -> None:
    assert standard_vr(0x50042600) == "SQ"
    assert keyword(0x50042600) == "CurveReferencedOverlaySequence"
    assert standard_vr(0x50052600) is None
    assert keyword(0x60023000) == "OverlayData"


def test_private_elements_go_by_their_number() -> None:
    assert keyword(0x00291101) == "00291101"
    assert standard_vr(0x00291101) is None


def private_vr_of_pydicom(creator: str, tag: int) -> str | None:
    try:
        vr = private_dictionary_VR(tag, creator)
    except KeyError:
        return None
    return vr if vr in ("UI", "SQ") else None


@pytest.mark.parametrize("creator", sorted(private_dictionaries))
def test_private_elements_agree_with_pydicom(creator: str) -> None:
    for pattern in private_dictionaries[creator]:
        tag = int(pattern.replace("xxxx", "1110").replace("xx", "11"), 16)
        assert private_vr(creator, tag) == private_vr_of_pydicom(creator, tag), pattern


def test_a_creator_is_known_without_its_pad() -> None:
    assert private_vr("Applicare/RadWorks/Version 5.0", 0x31091120) == "UI"
    assert private_vr("Applicare/RadWorks/Version 5.0 \0", 0x31091120) == "UI"
    assert private_vr("NOBODY", 0x31091120) is None
    assert private_vr("", 0x31091120) is None

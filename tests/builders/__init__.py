"""DICOM datasets and folders for the tests, made in code and clean by construction."""

from tests.builders.clean_sets import clean_sets
from tests.builders.compressed import (
    JPEG_2000_LOSSLESS,
    JPEG_LS_LOSSLESS,
    encapsulated,
    run_length_encoded,
)
from tests.builders.documents import encapsulated_pdf, key_object, pdf, sr
from tests.builders.files import TRANSFER_SYNTAXES, Encoding, FileForm, encoded, encoded_dataset, write_folder
from tests.builders.images import (
    MRSeries,
    ct_series,
    mip_in_source_series,
    mr_series_with_localizers,
    pt_series,
)
from tests.builders.multiframe import UTC_SYNCHRONIZATION, concatenation, enhanced_ct
from tests.builders.presentation import presentation_state, registration
from tests.builders.private_elements import (
    KNOWN_CREATOR,
    UNKNOWN_CREATOR,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    as_unknown,
)
from tests.builders.radiotherapy import RTSet, rt_dose, rt_plan, rt_set, rt_structure_set
from tests.builders.raw_bytes import (
    executable_preamble,
    truncated,
    with_declared_length,
    with_element_twice,
    with_raw_value,
)
from tests.builders.segmentation import seg
from tests.builders.signature import SIGNED_ELEMENTS, signed
from tests.builders.study import TEST_ROOT, Study
from tests.builders.unchecked import set_unchecked, with_uids
from tests.builders.whole_slide import whole_slide_pyramid

__all__ = [
    "JPEG_2000_LOSSLESS",
    "JPEG_LS_LOSSLESS",
    "KNOWN_CREATOR",
    "SIGNED_ELEMENTS",
    "TEST_ROOT",
    "TRANSFER_SYNTAXES",
    "UNKNOWN_CREATOR",
    "UTC_SYNCHRONIZATION",
    "Encoding",
    "FileForm",
    "MRSeries",
    "RTSet",
    "Study",
    "add_private_sequence",
    "add_private_text",
    "add_private_uid",
    "as_unknown",
    "clean_sets",
    "concatenation",
    "ct_series",
    "encapsulated",
    "encapsulated_pdf",
    "encoded",
    "encoded_dataset",
    "enhanced_ct",
    "executable_preamble",
    "key_object",
    "mip_in_source_series",
    "mr_series_with_localizers",
    "pdf",
    "presentation_state",
    "pt_series",
    "registration",
    "rt_dose",
    "rt_plan",
    "rt_set",
    "rt_structure_set",
    "run_length_encoded",
    "seg",
    "set_unchecked",
    "signed",
    "sr",
    "truncated",
    "whole_slide_pyramid",
    "with_declared_length",
    "with_element_twice",
    "with_raw_value",
    "with_uids",
    "write_folder",
]

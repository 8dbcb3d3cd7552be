"""Every kind of object that can be built here, as sets that are right in themselves and with one another."""

from __future__ import annotations

from pydicom.dataset import FileDataset

from tests.builders.documents import encapsulated_pdf, key_object, sr
from tests.builders.images import ct_series, mr_series_with_localizers, pt_series
from tests.builders.multiframe import concatenation, enhanced_ct
from tests.builders.presentation import presentation_state, registration
from tests.builders.radiotherapy import rt_set
from tests.builders.segmentation import seg
from tests.builders.study import Study
from tests.builders.whole_slide import whole_slide_pyramid


def clean_sets() -> dict[str, list[FileDataset]]:
    """By name, each set with all that it refers to; a study each, so that all can be loaded at once."""
    ct = {number: ct_series(study=Study(number)) for number in (5, 6, 7, 8, 9, 10)}
    moving = ct_series(study=Study(10), series_number=3, frame_of_reference=2)
    return {
        "ct": ct_series(study=Study(1)),
        "mr-with-localizers": mr_series_with_localizers(study=Study(2)).all,
        "pt": pt_series(study=Study(3)),
        "rt": rt_set(study=Study(4)).all,
        "enhanced-ct": [*ct[5], enhanced_ct(ct[5])],
        "seg": [*ct[6], seg(ct[6])],
        "sr": [*ct[7], sr(ct[7])],
        "key-object": [*ct[8], key_object(ct[8])],
        "presentation-state": [*ct[9], presentation_state(ct[9])],
        "registration": [*ct[10], *moving, registration(ct[10], moving)],
        "whole-slide-pyramid": whole_slide_pyramid(study=Study(11)),
        "concatenation": concatenation(study=Study(12)),
        "encapsulated-pdf": [encapsulated_pdf(study=Study(13))],
    }

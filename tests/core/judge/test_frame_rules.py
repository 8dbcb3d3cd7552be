"""ENT-20 to ENT-27: frames of reference."""

from __future__ import annotations

import pytest
from pydicom.uid import UID

from tests.builders import UTC_SYNCHRONIZATION, Study, enhanced_ct, mr_series_with_localizers
from tests.builders import ct_series as built_ct
from tests.core.judge.scanned import judged_folder
from tests.core.judge.scene import FRAME, MR, SERIES, SR, STUDY, an_object, instance, judged
from tests.watch import SourceFolders
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, TRUNCATED

OTHER_FRAME = f"{FRAME}.1"
TALAIRACH = "1.2.840.10008.1.4.1.1"
ENHANCED_XA, ENHANCED_US = "1.2.840.10008.5.1.4.1.1.12.1.1", "1.2.840.10008.5.1.4.1.1.6.2"
XA, US, DX, NM = (f"1.2.840.10008.5.1.4.1.1.{branch}" for branch in ("12.1", "6.1", "1.1.1", "20"))
PT, REG, RTSTRUCT, CR = (f"1.2.840.10008.5.1.4.1.1.{branch}" for branch in ("128", "66.1", "481.3", "1"))
POINT = "PositionReferenceIndicator"
SYNCHRONIZATION = "SynchronizationFrameOfReferenceUID"


@pytest.mark.parametrize(
    ("modality", "class_uid", "severity"),
    [
        ("CT", "1.2.840.10008.5.1.4.1.1.2", "error"),
        ("MR", MR, "error"),
        ("PT", PT, "error"),
        ("XA", ENHANCED_XA, "error"),
        ("US", ENHANCED_US, "error"),
        ("REG", REG, "info"),
        ("RTSTRUCT", RTSTRUCT, "info"),
        ("US", US, "info"),
        ("DX", DX, "info"),
        ("XA", XA, "warning"),
        ("NM", NM, "warning"),
    ],
)
def test_two_frames_in_one_series(modality: str, class_uid: str, severity: str) -> None:
    found = judged(
        [
            an_object("a", instance(1), Modality=modality, SOPClassUID=class_uid),
            an_object(
                "b", instance(2), Modality=modality, SOPClassUID=class_uid, FrameOfReferenceUID=OTHER_FRAME
            ),
        ]
    )
    finding = found.one("ENT-20")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, severity)
    assert finding.facts == {"frames": (FRAME, OTHER_FRAME), "frame_count": 2}
    assert found.files(finding) == {"a", "b"}
    assert found.codes() == {"ENT-20"}


def test_the_frame_of_an_intruder_is_not_asked_about() -> None:
    found = judged(
        [
            *(an_object(f"{number}", instance(number)) for number in range(2)),
            an_object("sr", instance(9), Modality="SR", SOPClassUID=SR, FrameOfReferenceUID=OTHER_FRAME),
        ]
    )
    assert found.codes() == {"ENT-13"}


def test_a_frame_that_some_images_lack() -> None:
    found = judged(
        [
            *(an_object(f"{number}", instance(number)) for number in range(3)),
            an_object("none", instance(8), FrameOfReferenceUID=None),
            an_object("empty", instance(9), FrameOfReferenceUID=""),
        ]
    )
    finding = found.one("ENT-21")
    assert (finding.level, finding.severity, finding.facts) == ("series", "info", {"without": 2, "with": 3})
    assert found.files(finding) == {"none", "empty"}
    assert "ENT-20" not in found.codes()


def test_images_whose_iod_has_no_frame_lack_none() -> None:
    found = judged(
        [
            an_object("a", instance(1), Modality="CR", SOPClassUID=CR),
            an_object("b", instance(2), Modality="CR", SOPClassUID=CR, FrameOfReferenceUID=None),
        ]
    )
    assert found.findings == ()


def test_a_frame_that_was_cut_off_is_not_missing() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object(
                "cut", instance(2), FrameOfReferenceUID=None, flags=HAS_PREAMBLE | HAS_META | TRUNCATED
            ),
        ]
    )
    assert "ENT-21" not in found.codes()


def other_patient(**more: str | None) -> dict[str, str | None]:
    return {
        "PatientID": "BETA-2",
        "StudyInstanceUID": f"{STUDY}.2",
        "SeriesInstanceUID": f"{SERIES}.2",
        **more,
    }


def test_a_frame_of_two_patients() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), attributes=other_patient())])
    finding = found.one("ENT-22")
    assert (finding.level, finding.uid, finding.severity) == ("frame_of_reference", FRAME, "error")
    assert finding.facts == {"patient_ids": ("ALPHA-1", "BETA-2")}
    assert found.files(finding) == {"a", "b"}
    assert found.codes() == {"ENT-22"}


def test_one_id_of_two_issuers_is_two_patients() -> None:
    found = judged(
        [
            an_object("a", instance(1), IssuerOfPatientID="NORTH"),
            an_object(
                "b",
                instance(2),
                attributes=other_patient(PatientID="ALPHA-1", IssuerOfPatientID="SOUTH"),
            ),
        ]
    )
    assert found.one("ENT-22").facts["patient_ids"] == ("ALPHA-1 (NORTH)", "ALPHA-1 (SOUTH)")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {"FrameOfReferenceUID": OTHER_FRAME}, id="frames of their own"),
        pytest.param(
            {"FrameOfReferenceUID": TALAIRACH}, {"FrameOfReferenceUID": TALAIRACH}, id="an atlas, registered"
        ),
        pytest.param({}, {"StudyInstanceUID": STUDY}, id="one study under both patients is ENT-11"),
        pytest.param({}, {"PatientID": ""}, id="no other ID given"),
        pytest.param(
            {"IssuerOfPatientID": "NORTH"}, {"PatientID": "ALPHA-1"}, id="one ID, the issuer given once"
        ),
    ],
)
def test_near_misses_of_two_patients(first: dict[str, str | None], second: dict[str, str | None]) -> None:
    found = judged(
        [
            an_object("a", instance(1), attributes=first),
            an_object("b", instance(2), attributes=other_patient(**second)),
        ]
    )
    assert "ENT-22" not in found.codes()


def test_a_frame_of_two_studies_of_one_patient() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object("b", instance(2), attributes=other_patient(PatientID="ALPHA-1")),
            an_object("c", instance(3), SeriesInstanceUID=f"{SERIES}.3"),
        ]
    )
    finding = found.one("ENT-23")
    assert (finding.level, finding.uid, finding.severity) == ("frame_of_reference", FRAME, "info")
    assert finding.facts == {"studies": (STUDY, f"{STUDY}.2"), "study_count": 2}
    assert found.codes() == {"ENT-23"}


def test_a_series_in_two_studies_takes_its_frame_with_it() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), StudyInstanceUID=f"{STUDY}.1")])
    assert found.codes() == {"ENT-10"}


def test_a_frame_with_two_reference_points() -> None:
    found = judged(
        [
            an_object("a", instance(1), attributes={POINT: "SN"}),
            an_object("b", instance(2), attributes={POINT: "XY", "SeriesInstanceUID": f"{SERIES}.1"}),
            an_object("c", instance(3), attributes={POINT: ""}),
        ]
    )
    finding = found.one("ENT-24")
    assert (finding.level, finding.uid, finding.severity) == ("frame_of_reference", FRAME, "warning")
    assert (finding.attribute, finding.facts["values"]) == (POINT, ("SN", "XY"))
    assert found.codes() == {"ENT-24"}


@pytest.mark.parametrize(
    "second",
    [
        {POINT: None},
        {POINT: ""},
        {POINT: "SN "},
        {POINT: "XY", "FrameOfReferenceUID": OTHER_FRAME, "SeriesInstanceUID": f"{SERIES}.1"},
    ],
)
def test_one_reference_point(second: dict[str, str | None]) -> None:
    found = judged(
        [
            an_object("a", instance(1), attributes={POINT: "SN"}),
            an_object("b", instance(2), attributes=second),
        ]
    )
    assert found.findings == ()


@pytest.mark.parametrize(("key", "kind"), [(STUDY, "study"), (SERIES, "series"), (instance(1), "instance")])
def test_a_frame_that_is_another_key(key: str, kind: str) -> None:
    found = judged(
        [
            an_object("a", instance(1), FrameOfReferenceUID=key),
            an_object("b", instance(2), FrameOfReferenceUID=key),
            an_object("c", instance(3), SeriesInstanceUID=f"{SERIES}.1"),
        ]
    )
    finding = found.one("ENT-25")
    assert (finding.level, finding.uid, finding.severity) == ("frame_of_reference", key, "warning")
    assert finding.facts == {"kinds": (kind,)}
    assert found.files(finding) == {"a", "b"}
    assert found.codes() == {"ENT-25"}, "UID-S28 leaves frames of reference to it"


def test_a_frame_below_another_key_is_not_it() -> None:
    assert judged([an_object("a", instance(1), FrameOfReferenceUID=f"{STUDY}.0")]).findings == ()


def test_localizers_may_share_the_frame_or_not(make_source: SourceFolders) -> None:
    shared = mr_series_with_localizers(3)
    apart = mr_series_with_localizers(3, study=Study(2))
    for localizer in apart.localizers:
        localizer.FrameOfReferenceUID = Study(2).frame_of_reference_uid(7)
    found = judged_folder(make_source([*shared.all, *apart.all]))
    assert found.findings == ()
    assert "ENT-26" not in found.codes()


@pytest.mark.parametrize("second", [{SYNCHRONIZATION: f"{FRAME}.9"}, {SYNCHRONIZATION: None}])
def test_objects_of_a_series_that_are_not_synchronized(second: dict[str, str | None]) -> None:
    found = judged(
        [
            an_object("a", instance(1), attributes={SYNCHRONIZATION: UTC_SYNCHRONIZATION}),
            an_object("b", instance(2), attributes=second),
        ]
    )
    finding = found.one("ENT-27")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "warning")
    assert finding.facts["without"] == (1 if second[SYNCHRONIZATION] is None else 0)
    assert found.files(finding) == {"a", "b"}


def test_series_and_patients_may_share_a_synchronization_or_not() -> None:
    found = judged(
        [
            an_object("a", instance(1), attributes={SYNCHRONIZATION: UTC_SYNCHRONIZATION}),
            an_object("b", instance(2), SeriesInstanceUID=f"{SERIES}.1"),
            an_object(
                "c",
                instance(3),
                attributes=other_patient(
                    FrameOfReferenceUID=OTHER_FRAME, **{SYNCHRONIZATION: UTC_SYNCHRONIZATION}
                ),
            ),
        ]
    )
    assert found.findings == ()


def test_read_from_files(make_source: SourceFolders) -> None:
    images = built_ct(3)
    multi_frame = enhanced_ct(images)
    second = enhanced_ct(images)
    second.SOPInstanceUID = second.file_meta.MediaStorageSOPInstanceUID = UID(f"{second.SOPInstanceUID}.7")
    second.InstanceNumber = 2
    second.SynchronizationFrameOfReferenceUID = f"{images[0].StudyInstanceUID}.0.7"
    images[2].FrameOfReferenceUID = images[0].SOPInstanceUID
    found = judged_folder(make_source([*images, multi_frame, second]))
    assert found.one("ENT-20").severity == "error"
    assert found.one("ENT-25").facts["kinds"] == ("instance",)
    assert found.one("ENT-27").uid == multi_frame.SeriesInstanceUID

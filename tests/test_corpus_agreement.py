"""The inspection of the shared corpus, held file by file against its ground truth (plain pydicom).

Where the two differ, the difference stands here by name, with the reason why the ground truth is
the one that is wrong or means something else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.running import run_cli
from tests.corpus import corpus_data, expected, expected_files
from uidscope.core.uid.resource_files import read_text

pytestmark = pytest.mark.corpus

Json = dict[str, Any]


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Json:
    output = tmp_path_factory.mktemp("corpus") / "inspection.json"
    result = run_cli(
        "inspect",
        str(corpus_data()),
        "--format",
        "json",
        "--with-uids",
        "--with-references",
        "-o",
        str(output),
    )
    assert result.exit_code == 1, result.output  # it has errors, which is what it is for
    inspection: Json = json.loads(output.read_text("utf-8"))
    return inspection


@pytest.fixture(scope="module")
def places(inspected: Json) -> dict[str, tuple[str, str, str]]:
    """File -> its Study, Series and SOP Instance UID, as the tree shows them."""
    found = {}
    for patient in inspected["patients"]:
        for study in patient["studies"]:
            for series in study["series"]:
                for instance in series["instances"]:
                    for file in instance["files"]:
                        assert file not in found, "a file stands twice in the tree"
                        found[file] = (
                            study["study_instance_uid"],
                            series["series_instance_uid"],
                            instance["sop_instance_uid"],
                        )
    return found


def findings(inspected: Json, *rules: str) -> list[Json]:
    return [finding for finding in inspected["findings"] if finding["rule"] in rules]


def files_of(found: list[Json]) -> set[str]:
    return {file for finding in found for file in finding["files"]}


def test_the_json_is_as_its_schema_says(inspected: Json) -> None:
    jsonschema.validate(inspected, json.loads(read_text("schemas", "inspection-1.schema.json")))


def test_counts(inspected: Json) -> None:
    counts, facts = inspected["counts"], expected()["facts"]["counts"]
    assert counts["files"] == facts["files"] == counts["loaded"] + counts["not_loaded"]
    assert counts["loaded"] == facts["dicom"] == counts["occurrences"] + counts["dicomdirs"]
    assert counts["dicomdirs"] == facts["dicomdir"]
    assert counts["occurrences"] == facts["image_like_instances"]
    assert counts["studies"] == facts["studies"]
    assert counts["series"] == facts["series"]
    # An object without SOP Instance UID is an instance of its own.
    assert counts["instances"] == facts["distinct_sop_uids"] + facts["without_sop_uid"]
    # The ground truth counts bare Patient IDs; a patient without one is told apart by name and birth
    # date, and issuers are heeded.
    assert counts["patients"] >= facts["patient_ids"]


def test_dicom_or_not(inspected: Json) -> None:
    refused = {entry["file"]: entry["reason"] for entry in inspected["not_loaded"]}
    assert refused == dict.fromkeys(expected()["facts"]["not_dicom"], "not-dicom")


def test_keys_of_every_file(places: dict[str, tuple[str, str, str]]) -> None:
    wanted = {
        path: (file.get("study_uid", ""), file.get("series_uid", ""), file.get("sop_uid", ""))
        for path, file in expected_files().items()
        if file["kind"] == "dicom" and not file.get("is_dicomdir")
    }
    # winter.dcm holds (0008,0018) twice: the first is taken here, the last there.
    twice = "pydicom__pydicom/src/pydicom/data/palettes/winter.dcm"
    assert places.pop(twice)[:2] == wanted.pop(twice)[:2]
    assert places == wanted


def test_every_ui_value_of_every_file(inspected: Json) -> None:
    found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for entry in inspected["uids"]:
        found[entry["file"]][re.sub(r"\[\d+\]", "[]", entry["path"]), entry["value"]] += 1
    compared = 0
    for path, file in expected_files().items():
        if file["kind"] != "dicom":
            continue
        wanted = Counter({(pattern, value): times for pattern, value, times in file["uids"]})
        if path.endswith("palettes/winter.dcm"):
            extra = found[path] - wanted
            assert list(extra) == [("SOPInstanceUID", next(iter(extra))[1])]  # its second (0008,0018)
            assert not wanted - found[path]
            continue
        assert found[path] == wanted, path
        compared += sum(wanted.values())
    assert compared > 20_000


_REASON_TO_RULE = {
    "bad-character": "UID-S01",
    "longer-than-64": "UID-S02",
    "empty-component": "UID-S03",
    "leading-zero": "UID-S04",
    "trailing-space": "UID-S08",
    "extra-nul-padding": "UID-S09",
    "leading-space": "UID-S10",
    "odd-length": "UID-S15",
    "single-component": "UID-S05",
    "root-arc-not-0-1-2": "UID-S06",
    "second-arc-over-39": "UID-S07",
}


def test_malformed_values(inspected: Json) -> None:
    wanted = defaultdict(set)
    for fact in expected()["facts"]["malformed_ui"] + expected()["facts"]["iso_arc_ui"]:
        for reason in fact["reasons"]:
            wanted[_REASON_TO_RULE[reason]].add(fact["path"])
    found = {
        rule: files_of(findings(inspected, rule))
        for rule in set(_REASON_TO_RULE.values()) | {"UID-S11", "UID-S12"}
    }
    assert {rule: files for rule, files in found.items() if files} == dict(wanted)


def test_duplicates(inspected: Json) -> None:
    found = {}
    for finding in findings(inspected, *(f"ENT-0{number}" for number in range(1, 8))):
        assert finding["uid"] not in found, "an instance has one class of duplicate"
        found[finding["uid"]] = (sorted(finding["files"]), finding["rule"])
    dicomdirs = {path for path, file in expected_files().items() if file.get("is_dicomdir")}
    wanted = {}
    for fact in expected()["facts"]["duplicate_sop_uids"]:
        paths = [path for path in fact["paths"] if path not in dicomdirs]  # file-sets are no instances
        if len(paths) > 1:
            wanted[fact["sop_uid"]] = (sorted(paths), fact)
    assert {uid: paths for uid, (paths, _) in found.items()} == {
        uid: paths for uid, (paths, _) in wanted.items()
    }
    for uid, (_, fact) in wanted.items():
        rule = found[uid][1]
        if len(fact["series"]) > 1 or len(fact["studies"]) > 1:
            assert rule in ("ENT-06", "ENT-07")
        elif fact["same_bytes"]:
            assert rule == "ENT-02"
        else:
            assert rule == _CLASSES[_name_of_duplicate(fact["paths"])]


# Seen with pydicom: values decoded, native and run-length encoded pixels compared as arrays.
_CLASSES = {
    "CT0012.explicit_little_endian.dcm": "ENT-01",  # a derivation in some; JPEG-LS is not decoded
    "CT1_UNC.explicit_big_endian.dcm": "ENT-01",  # JPEG-LS is not decoded
    "CT_small.dcm": "ENT-04",  # Other Patient IDs
    "ExplVR_BigEnd.dcm": "ENT-05",  # another picture
    "ExplVR_BigEndNoMeta.dcm": "ENT-03",
    "JPEG-lossy.dcm": "ENT-05",
    "JPEG2000.dcm": "ENT-05",
    "MR_small.dcm": "ENT-05",  # one is cut off within its pixel data
    "SC_rgb_dcmtk_+eb+cy+n2.dcm": "ENT-01",  # JPEG and native
    "SC_rgb_jpeg.dcm": "ENT-01",  # lossy in one
    "SC_rgb_rle.dcm": "ENT-05",  # 8, 16 and 32 bits
    "SC_rgb_small_odd.dcm": "ENT-03",
    "chrFren.dcm": "ENT-04",  # Other Patient Names
    "chrJapMulti.dcm": "ENT-03",  # the character set is named in two ways
    "cine-test.dcm": "ENT-04",  # Series Time
    "dummy_rt.dcm": "ENT-01",
    "liver.dcm": "ENT-05",  # one frame and three
    "p01_s01_s01_i01.dcm": "ENT-04",  # Accession Number
    "reportsi.dcm": "ENT-01",
    "rtdose.dcm": "ENT-05",  # one frame and fifteen
    "rtplan.dcm": "ENT-01",  # one is cut off
    "sample-op.dcm": "ENT-01",  # JPEG Lossless is not decoded
    "sm_image.dcm": "ENT-05",
    "sparse-labelmap-noppv.dcm": "ENT-04",  # Pixel Padding Value, of the equipment
}


def _name_of_duplicate(paths: list[str]) -> str:
    """The one of the names above that is among the files."""
    (name,) = {Path(path).name for path in paths} & _CLASSES.keys()
    return name


def test_file_meta_against_dataset(inspected: Json) -> None:
    facts = expected()["facts"]
    assert files_of(findings(inspected, "ENT-40")) == {
        fact["path"] for fact in facts["meta_sop_uid_mismatch"]
    }
    assert files_of(findings(inspected, "ENT-41")) == {
        fact["path"] for fact in facts["meta_sop_class_mismatch"]
    }
    assert set(facts["meta_sop_uid_missing"]) <= files_of(findings(inspected, "ENT-43"))


def test_hierarchy(inspected: Json) -> None:
    facts = expected()["facts"]
    assert {finding["uid"] for finding in findings(inspected, "ENT-10")} == {
        fact["series_uid"] for fact in facts["series_in_several_studies"]
    }
    assert not findings(inspected, "ENT-11")
    assert facts["studies_with_several_patient_ids"] == []
    assert {finding["uid"] for finding in findings(inspected, "ENT-13")} == {
        fact["series_uid"] for fact in facts["series_with_mixed_modality"]
    }


def test_one_value_for_two_kinds_of_entity(inspected: Json) -> None:
    levels = expected()["facts"]["uid_used_at_several_levels"]
    # A frame of reference that equals another key has a rule of its own (ENT-25).
    wanted = {uid for uid, kinds in levels.items() if len(set(kinds) - {"for_uid"}) > 1}
    assert {finding["uid"] for finding in findings(inspected, "UID-S28")} == wanted


def test_truncated_files(inspected: Json) -> None:
    wanted = {fact["path"] for fact in expected()["facts"]["truncated"]}
    # DICOMDIR-nooffset ends inside its last record, which pydicom reads without a word.
    wanted.add("pydicom__pydicom/src/pydicom/data/test_files/dicomdirtests/DICOMDIR-nooffset")
    assert files_of(findings(inspected, "FILE-01")) == wanted
    assert files_of(findings(inspected, "FILE-04")) == {
        "pydicom__pydicom/src/pydicom/data/palettes/winter.dcm"
    }


_KINDS = ("instance", "series", "study", "frame_of_reference")


def test_references_of_every_file(inspected: Json) -> None:
    found: defaultdict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    own: Counter[str] = Counter()
    for entry in inspected["references"]:
        if entry["state"] == "self":
            own[entry["file"]] += 1
        elif entry["kind"] in _KINDS:
            found[entry["file"]][entry["kind"], entry["state"] != "missing"] += 1
    dicomdirs = {path for path, file in expected_files().items() if file.get("is_dicomdir")}
    assert not dicomdirs & set(found), "the records of a DICOMDIR are no references"
    uids = defaultdict(list)
    for entry in inspected["uids"]:
        uids[entry["file"]].append((entry["path"], entry["value"]))
    for fact in expected()["facts"]["references_by_file"]:
        path = fact["path"]
        if path in dicomdirs:
            continue
        wanted = Counter[tuple[str, bool]]()
        for kind in _KINDS:
            states = fact.get(kind, {})
            wanted[kind, True] += states.get("resolved", 0)
            wanted[kind, False] += states.get("dangling", 0)
        _mend_the_ground_truth(wanted, uids[path], set(_study_uids()), set(_sop_uids()))
        assert +found[path] == +wanted, path
        # pydicom's self references are those of (0008,1155) and its like; ours too.
        assert own[path] == fact["self_references"], path


def _mend_the_ground_truth(
    wanted: Counter[tuple[str, bool]], uids: list[tuple[str, str]], studies: set[str], sops: set[str]
) -> None:
    """What the ground truth counts as an instance and is a study, or nothing that is ever a file."""
    for path, value in uids:
        pattern = re.sub(r"\[\d+\]", "[]", path)
        if not value:
            continue
        if re.search(
            r"(RTReferencedStudySequence|ReferencedStudySequence)\[\]\.ReferencedSOPInstanceUID$", pattern
        ):
            wanted["instance", value in sops] -= 1
            wanted["study", value in studies] += 1
        elif re.search(_NORMALIZED, pattern):
            wanted["instance", value in sops] -= 1


_NORMALIZED = (
    r"(ReferencedPerformedProcedureStepSequence|ReferencedPatientSequence|ReferencedVisitSequence|"
    r"ReferencedGeneralPurposeScheduledProcedureStepSequence|HL7DocumentSequence)"
    r"\[\]\.ReferencedSOPInstanceUID$"
)


def _study_uids() -> list[str]:
    return [file["study_uid"] for file in expected_files().values() if file.get("study_uid")]


def _sop_uids() -> list[str]:
    return [file["sop_uid"] for file in expected_files().values() if file.get("sop_uid")]


def test_the_corpus_is_left_as_it_was(inspected: Json) -> None:
    root = corpus_data()
    for path, file in expected_files().items():
        assert hashlib.sha256(Path(root, path).read_bytes()).hexdigest() == file["sha256"], path
    assert inspected["sources"] == [str(root)]

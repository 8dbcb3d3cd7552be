"""ENT-42: what the file meta declares against what the data set is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import ct_series, encoded
from tests.core.judge.scene import ROOT, an_object, instance, judged, padded
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import ENCAPSULATED_PIXELS, HAS_META, HAS_PREAMBLE, NATIVE_PIXELS, FileRecord

IMPLICIT, EXPLICIT, DEFLATED, BIG = (f"1.2.840.10008.1.2{end}" for end in ("", ".1", ".1.99", ".2"))
JPEG, RLE, JPIP, VIDEO = (f"1.2.840.10008.1.2.{end}" for end in ("4.50", "5", "4.94", "4.102"))


def written(
    transfer_syntax: str, encoding: str, pixels: int = NATIVE_PIXELS, *, path: str = "a", number: int = 1
) -> FileRecord:
    record = an_object(
        path,
        instance(number),
        fields={"meta.TransferSyntaxUID": padded(transfer_syntax)},
        flags=HAS_PREAMBLE | HAS_META | pixels,
    )
    return record._replace(encoding=encoding)


@pytest.mark.parametrize(
    ("transfer_syntax", "encoding", "pixels", "found"),
    [
        (EXPLICIT, "implicit-le", NATIVE_PIXELS, "implicit VR little endian"),
        (IMPLICIT, "explicit-le", 0, "explicit VR little endian"),
        (EXPLICIT, "explicit-be", NATIVE_PIXELS, "explicit VR big endian"),
        (BIG, "explicit-le", NATIVE_PIXELS, "explicit VR little endian"),
        (DEFLATED, "explicit-le", NATIVE_PIXELS, "explicit VR little endian"),
        (JPEG, "implicit-le", ENCAPSULATED_PIXELS, "implicit VR little endian"),
        (EXPLICIT, "explicit-le", ENCAPSULATED_PIXELS, "pixel data in fragments"),
        (JPEG, "explicit-le", NATIVE_PIXELS, "pixel data not in fragments"),
        (RLE, "explicit-le", NATIVE_PIXELS, "pixel data not in fragments"),
        (VIDEO, "explicit-le", NATIVE_PIXELS, "pixel data not in fragments"),
    ],
)
def test_what_contradicts_the_declaration_is_an_error(
    transfer_syntax: str, encoding: str, pixels: int, found: str
) -> None:
    finding = judged([written(transfer_syntax, encoding, pixels)]).one("ENT-42")
    assert (finding.severity, finding.level, finding.uid) == ("error", "instance", instance(1))
    assert finding.path == "meta.TransferSyntaxUID"
    assert finding.facts["found"] == found


@pytest.mark.parametrize(
    ("transfer_syntax", "encoding", "pixels"),
    [
        (IMPLICIT, "implicit-le", NATIVE_PIXELS),
        (EXPLICIT, "explicit-le", NATIVE_PIXELS),
        (BIG, "explicit-be", NATIVE_PIXELS),
        (DEFLATED, "deflated", NATIVE_PIXELS),
        (JPEG, "explicit-le", ENCAPSULATED_PIXELS),
        (JPEG, "explicit-le", 0),  # nothing to be encapsulated, as in a report
        (RLE, "explicit-le", 0),
        (JPIP, "explicit-le", 0),
        (JPIP, "explicit-le", NATIVE_PIXELS),
        (f"{ROOT}.5", "implicit-le", NATIVE_PIXELS),  # a private one may be anything
        ("1.2.840.10008.1.2.77", "implicit-le", NATIVE_PIXELS),
        ("1.2.840.10008.1.2.6.2", "implicit-le", NATIVE_PIXELS),
    ],
)
def test_what_agrees_or_is_not_known_is_none(transfer_syntax: str, encoding: str, pixels: int) -> None:
    assert "ENT-42" not in judged([written(transfer_syntax, encoding, pixels)]).codes()


def test_each_file_has_its_finding() -> None:
    records = [written(EXPLICIT, "implicit-le", path=f"{number}", number=number) for number in range(3)]
    records.append(written(EXPLICIT, "explicit-le", path="good", number=9))
    found = judged(records)
    assert sorted(path for finding in found.of("ENT-42") for path in found.files(finding)) == ["0", "1", "2"]


def test_a_file_cut_off_in_its_file_meta_says_nothing_of_its_data_set() -> None:
    record = written(BIG, "explicit-le", 0)._replace(faults=(("FILE-01", "meta", "cut"),))
    assert "ENT-42" not in judged([record]).codes()


def test_a_file_without_a_transfer_syntax_declares_nothing() -> None:
    record = an_object("a", instance(1), fields={"meta.TransferSyntaxUID": None})
    assert "ENT-42" not in judged([record._replace(encoding="implicit-le")]).codes()


def test_a_written_file_is_judged_by_its_bytes(tmp_path: Path) -> None:
    data = encoded(ct_series(1)[0])
    for name, declared in (("right", b"1.2.840.10008.1.2.1\0"), ("wrong", b"1.2.840.10008.1.2.5\0")):
        (tmp_path / name).write_bytes(data.replace(b"1.2.840.10008.1.2.1\0", declared, 1))
    records = [read_file(0, name, str(tmp_path / name)) for name in ("right", "wrong")]
    found = judged(records)  # type: ignore[arg-type]
    assert found.files(found.one("ENT-42")) == {"wrong"}

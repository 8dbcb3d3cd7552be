"""An archive that is faulty on purpose, made in code: what the pictures show."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydicom.dataset import Dataset, FileDataset
from tests.builders import (
    Study,
    ct_series,
    encoded,
    executable_preamble,
    mip_in_source_series,
    mr_series_with_localizers,
    presentation_state,
    rt_plan,
    rt_structure_set,
    sr,
    truncated,
    with_uids,
    write_folder,
)
from tests.builders.images import source_image

THORAX: Final = Study(1, "P-10023", "TEST^ALPHA", date="20260311", time="140227", description="CT thorax")
PLANNING: Final = Study(
    2, "P-10023", "TEST^ALPHA", date="20260312", time="091500", description="RT planning, thorax"
)
KNEE: Final = Study(3, "P-10058", "TEST^BETA", date="20260402", time="111000", description="MR knee")

LEADING_ZERO: Final = "1.3.6.1.4.1.32473.4.2.20260311.01.0042.3"
LEADING_ZERO_TOO: Final = "1.3.6.1.4.1.32473.4.2.20260311.01.0042.4"
MALFORMED: Final = "1.3.6.1.4.1.32473.4.2..20260402.x7.5"
UUID_SERIES: Final = "2.25.188816442824505359344768151253159116802"
CONFLICT: Final = "1.3.6.1.4.1.32473.4.2.20260311.1.42.2.2"
CONTOURS: Final = "2.25.310094481207795560174930734252263907112"
PROJECTION: Final = "1.3.6.1.4.1.32473.4.2.77.501.1"
EDITED: Final = "1.3.6.1.4.1.32473.4.2.20260311.1.42.2.6"
_IMAGES: Final = 14
_NOT_SENT: Final = 2  # of them, which the structure set refers to all the same
_STUDY_UIDS: Final = {
    THORAX: "1.3.6.1.4.1.32473.4.2.20260311.1.42",
    PLANNING: "2.25.259967303361450197406640256020943801027",
    KNEE: "1.3.6.1.4.1.32473.4.2.20260402.7",
}
_FAULTY: Final = {
    THORAX.uid(2, 3): LEADING_ZERO,
    THORAX.uid(2, 4): LEADING_ZERO_TOO,
    KNEE.uid(4, 5): MALFORMED,
    THORAX.uid(2): UUID_SERIES,
    THORAX.uid(2, _IMAGES + 1): PROJECTION,
    PLANNING.uid(900): "2.25.492201345760214478837020734252263907001",
    PLANNING.uid(901): "2.25.793598112960446120075318743186297119200",
    PLANNING.uid(900, 1): CONTOURS,
    PLANNING.uid(901, 1): "2.25.126350047764118830297517431862971192013",
}


def write_faulty_archive(folder: Path) -> None:
    """Write it below `folder`, which is made: two patients, and a case of several kinds of fault."""
    images = _scanned(ct_series(_IMAGES, study=THORAX, description="Thorax 1.0 Br40"))
    sent = images[:-_NOT_SENT]
    topogram = _scanned(ct_series(2, study=THORAX, series_number=1, description="Topogram 0.6 T80"))
    projection = _projection(images, sent)
    structures = rt_structure_set(images, study=PLANNING, series_number=900)
    plan = rt_plan(structures, study=PLANNING, series_number=901)
    structures.SeriesDescription, plan.SeriesDescription = "Contours v2", "Plan 1"
    for planned in (structures, plan):
        _set_device(planned, ("EXAMPLE TPS", "PLANNER", "5531", "12.0"))
    knee = mr_series_with_localizers(8, study=KNEE).all
    thorax = [*topogram, *sent, projection, *_scanned([sr(sent[:4]), presentation_state(sent)])]
    _write([*thorax, structures, plan], folder / "pacs-a", "CT")
    _write(knee, folder / "pacs-a", "MR")
    _write([_reconstructed(images[1]), _edited(images[5])], folder / "workstation-3", "WS")
    _write([images[6]], folder / "resent", "IM")
    _write_unreadable(folder / "workstation-3", with_clear_uids(topogram)[0])


def with_clear_uids(datasets: Iterable[FileDataset]) -> list[FileDataset]:
    """The objects with UIDs as a department gives them, some of them faulty."""
    new = dict(_FAULTY)
    for study, root in _STUDY_UIDS.items():
        new[study.uid()] = root
        for below in ((0, 1, 1), *((series,) for series in range(1, 104)), *_instance_arcs()):
            # The UUIDs leave no room for arcs below them.
            clear = root if study is not PLANNING else _STUDY_UIDS[THORAX] + ".9"
            new.setdefault(study.uid(*below), ".".join([clear, *map(str, below)]))
    return with_uids(datasets, new)


def _instance_arcs() -> list[tuple[int, int]]:
    return [(series, instance) for series in range(1, 104) for instance in range(1, _IMAGES + 3)]


def write_many(folder: Path, count: int) -> None:
    """Write a series of `count` small images, for a scan that takes its time."""
    (image,) = ct_series(1, study=KNEE)
    pattern = KNEE.uid(2, 1) + "0" * 5
    data = encoded(with_uids([image], {KNEE.uid(2, 1): pattern})[0])
    folder.mkdir(parents=True)
    for number in range(count):
        uid = KNEE.uid(2, 100000 + number)
        (folder / f"IM{number:06}.dcm").write_bytes(data.replace(pattern.encode(), uid.encode()))


def _write(datasets: Sequence[FileDataset], folder: Path, prefix: str) -> None:
    names = [f"{prefix}/IM{number:06}.dcm" for number in range(1, len(datasets) + 1)]
    write_folder(with_clear_uids(datasets), folder, names=names)


def _write_unreadable(folder: Path, image: FileDataset) -> None:
    """What cannot be loaded, and a file that was cut off and begins as a program does."""
    (folder / "notes.txt").write_text("no DICOM file")
    (folder / "viewer.exe").write_bytes(executable_preamble())
    (folder / "empty.dcm").touch()
    cut_off = copy.deepcopy(image)
    cut_off.InstanceNumber = 3
    (path,) = write_folder([cut_off], folder, names=["WS/cut-off.dcm"])
    truncated(path, -60)


def _scanned(images: Iterable[FileDataset]) -> list[FileDataset]:
    images = list(images)
    for image in images:
        _set_device(image, ("SIM", "SIM-CT 40", "00417", "3.1"))
    return images


def _projection(images: Sequence[FileDataset], sources: Sequence[FileDataset]) -> FileDataset:
    """A derived object that another program put, behind the images, into the series of its sources."""
    mip = mip_in_source_series(images)
    _set_device(mip, ("EXAMPLE AI", "AI-LUNG", "77", "5.0"))
    mip.SourceImageSequence = [source_image(image) for image in sources]
    return mip


def _reconstructed(image: FileDataset) -> FileDataset:
    """Another image under the same UID."""
    other = copy.deepcopy(image)
    other.ImageType = ["DERIVED", "PRIMARY", "AXIAL"]
    other.DerivationDescription = "noise reduction, strength 3"
    other.ContentTime = "140251.100000"
    image.ContentTime = "140227.318000"
    _set_device(other, ("EXAMPLE POST", "POST-3D", "2209", "5.0"))
    other.PixelData = bytes(255 - value for value in other.PixelData)
    return other


def _edited(image: FileDataset) -> FileDataset:
    """The same image, with a header that an archive has mended."""
    other = copy.deepcopy(image)
    other.PatientBirthDate = "19700110"
    other.AccessionNumber = "A2026-004417"
    other.StudyDescription = "CT thorax, follow-up"
    return other


def _set_device(dataset: Dataset, device: tuple[str, str, str, str]) -> None:
    dataset.Manufacturer, dataset.ManufacturerModelName = device[:2]
    dataset.DeviceSerialNumber, dataset.SoftwareVersions = device[2:]

"""The made folder that the program is shown on the desktop."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Study, ct_series, mip_in_source_series, rt_set, with_uids, write_folder

ZEROS = "1.3.6.1.4.1.32473.01"
SERIES = Study(number=2)
IMAGES = 3


def make_folder(folder: Path) -> Path:
    """A radiotherapy study without a fault, and a series whose images have leading zeros in their UIDs."""
    images = ct_series(IMAGES, study=SERIES)
    numbers = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    write_folder([*rt_set(study=Study(number=1)).all, *with_uids(images, numbers)], folder)
    return folder


def make_folder_of_all(folder: Path) -> Path:
    """Also what every dialog is for: twins of two images with other pixels, a copy, an image far away."""
    make_folder(folder)
    twins = ct_series(2, study=Study(number=1))
    for twin in twins:
        twin.PixelData = bytes(len(twin.PixelData))
    others = ct_series(4, study=Study(number=3))
    write_folder(twins, folder / "twins")
    write_folder([*others[:3], mip_in_source_series(others)], folder / "projection")
    write_folder(others[:1], folder / "copy")
    return folder

"""Names of the output: inside the target, apart from each other, and without anything of the patient."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uidscope.core.errors import OutputError
from uidscope.core.export.layout import is_inside, output_names
from uidscope.core.export.request import NO_PLACE, ExportFile, ExportRequest, Place
from uidscope.core.read.record import FileStamp

STAMP = FileStamp(0, 0, 0, 0)

hostile = st.text(st.sampled_from("aA.\0/\\ :~ßſKé\u0301\udcff-2"), max_size=8)


def file_named(
    relative: str, root: str = "/data/one", number: int = 0, place: Place = NO_PLACE
) -> ExportFile:
    return ExportFile(f"{root}/{relative}", root, relative, STAMP, number, "unchanged", lambda _: (), place)


def names_of(
    *files: ExportFile, sources: tuple[str, ...] = ("/data/one",), layout: str = "keep"
) -> list[str]:
    request = ExportRequest(sources, "/out", files, layout=layout)  # type: ignore[arg-type]
    return list(output_names(request))


def test_one_source_keeps_its_paths() -> None:
    assert names_of(file_named("a.dcm"), file_named("sub/a.dcm")) == ["a.dcm", "sub/a.dcm"]


def test_several_sources_get_a_folder_each() -> None:
    sources = ("/data/one", "/other/one", "/third")
    files = [file_named("1.dcm", source) for source in sources]
    assert names_of(*files, sources=sources) == ["one/1.dcm", "one-2/1.dcm", "third/1.dcm"]


def test_names_that_some_system_takes_for_one_are_told_apart() -> None:
    files = [
        file_named(name, number=number) for number, name in enumerate(("a/x.dcm", "A/X.dcm", "a/X.dcm", "A"))
    ]
    assert names_of(*files) == ["a/x.dcm", "A-2/X.dcm", "a/X-2.dcm", "A-3"]


def test_a_whole_disk_as_one_of_several_sources() -> None:
    files = (file_named("1.dcm", "/"), file_named("1.dcm", "/data"))
    assert names_of(*files, sources=("/", "/data")) == ["files/1.dcm", "data/1.dcm"]


@pytest.mark.parametrize("name", ["../x", "a/../x", "/etc/x", "", "a//b", ".", "a/.", "a\0b"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert not is_inside(name)
    with pytest.raises(OutputError, match="inside a folder"):
        names_of(file_named(name))


@settings(max_examples=500)
@given(st.lists(hostile, max_size=12))
def test_no_hostile_name_escapes_or_collides(raw_names: list[str]) -> None:
    files = [file_named(name, number=number) for number, name in enumerate(raw_names) if is_inside(name)]
    names = names_of(*files)
    assert len({name.casefold() for name in names}) == len(files)
    whole = set(names)
    for name in names:
        path = posixpath.normpath(posixpath.join("/out", name))
        assert path.startswith("/out/")
        above = name.split("/")[:-1]
        assert not any("/".join(above[: depth + 1]) in whole for depth in range(len(above)))


@given(st.lists(st.builds(Place, hostile, hostile, hostile, hostile), max_size=30))
def test_a_hierarchy_numbers_what_it_holds(places: list[Place]) -> None:
    names = names_of(*(file_named("x", place=place) for place in places), layout="hierarchy")
    assert len(set(names)) == len(places)
    pattern = re.compile(r"patient-[0-9]{3}/study-[0-9]{3}/series-[0-9]{3}-[A-Z]{1,8}/image-[0-9]{5}\.dcm")
    assert all(pattern.fullmatch(name) for name in names)
    series = {name.rpartition("-")[0].rpartition("/")[0].rpartition("-")[0] for name in names}
    assert len(series) == len({place[:3] for place in places})


def test_a_hierarchy_of_two_studies() -> None:
    places = [
        Place("P1", "1.1", "1.1.1", "CT"),
        Place("P1", "1.1", "1.1.1", "CT"),
        Place("P1", "1.1", "1.1.2", "MR"),
        Place("P1", "1.2", "1.2.1", "../x"),
        Place("P2", "1.3", "1.3.1", "SEG"),
    ]
    assert names_of(*(file_named("x", place=place) for place in places), layout="hierarchy") == [
        "patient-001/study-001/series-001-CT/image-00001.dcm",
        "patient-001/study-001/series-001-CT/image-00002.dcm",
        "patient-001/study-001/series-002-MR/image-00001.dcm",
        "patient-001/study-002/series-001-OT/image-00001.dcm",
        "patient-002/study-001/series-001-SEG/image-00001.dcm",
    ]

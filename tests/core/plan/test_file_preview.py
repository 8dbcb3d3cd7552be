"""One file of the output before and after, and which file shows an entry of the map."""

from pathlib import Path

import pytest
from pydicom.datadict import tag_for_keyword

from tests.builders import Encoding, Study, ct_series, encoded, rt_set, set_unchecked, signed
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from uidscope.core.catalog.lookup import display_path
from uidscope.core.errors import InputError
from uidscope.core.plan.intention import Intention
from uidscope.core.plan.told.file_preview import file_of_entry, preview_file
from uidscope.core.plan.told.preview import Amount, FileChange

ONE, TWO = Study(1), Study(2)


def test_every_entry_has_a_file_in_which_it_changes_something(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(rt_set(study=ONE).all))
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("copy"))
        for entry in uid_map.entries():
            occurrence = file_of_entry(catalog, uid_map, entry)
            assert occurrence is not None
            changes = preview_file(catalog, uid_map, occurrence).changes
            assert any(entry.old in change.before and entry.new in change.after for change in changes)


def test_an_instance_is_shown_in_its_own_file(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(rt_set(study=ONE).all))
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("instances", ("instance", ONE.uid(2, 2)), with_referrers=True))
        (entry,) = uid_map.entries()
        occurrence = file_of_entry(catalog, uid_map, entry)
        assert occurrence is not None
        preview = preview_file(catalog, uid_map, occurrence)
        assert preview.path == display_path(catalog, occurrence) == "2.dcm"
        assert {change.path for change in preview.changes} >= {
            "meta.MediaStorageSOPInstanceUID",
            "SOPInstanceUID",
        }
        assert preview.elements > len(preview.changes)


def lines(source: Path, *intentions: Intention) -> list[FileChange]:
    """Every element of the one file of an output, before and after."""
    with loaded(source) as catalog:
        uid_map = derive(catalog, *intentions)
        (occurrence,) = uid_map.outcomes
        preview = preview_file(catalog, uid_map, occurrence, whole=True)
        assert [each for each in preview.whole if each.does != "unchanged"] != []
        assert {each for each in preview.whole if each.does != "unchanged"} == set(preview.changes)
        return list(preview.whole)


@pytest.mark.parametrize("deflated", [False, True])
def test_the_whole_file_is_told_in_its_order(tmp_path: Path, deflated: bool) -> None:
    (image,) = ct_series(1, study=TWO)
    image.PatientComments = "x" * 2000
    syntax: Encoding = "deflated" if deflated else "explicit-le"
    source = write_files(tmp_path / "s", {"1.dcm": encoded(image, transfer_syntax=syntax)})
    told = lines(source, selecting("derived-series"))
    paths = [each.path for each in told if "[" not in each.path]
    metas = [path for path in paths if path.startswith("meta.")]
    assert paths[: len(metas)] == metas
    top = [tag_for_keyword(path) for path in paths[len(metas) :]]
    assert top == sorted(top, key=lambda tag: tag or 0)
    assert len(set(paths)) == len(paths)
    by_path = {each.path: each for each in told}
    assert by_path["Modality"] == FileChange("Modality", "CT", "CT", "", "unchanged")
    assert by_path["Rows"].before == str(image.Rows)
    assert by_path["PixelData"].amount == Amount("bytes", len(image.PixelData))
    assert by_path["PatientComments"].before.endswith("x…")
    assert by_path["InstanceCreationDate"].does == "added"
    assert by_path["SOPInstanceUID"].before == image.SOPInstanceUID


def test_what_lies_in_something_that_goes_is_told_with_it(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    source = write_files(tmp_path / "s", {"1.dcm": signed(image)})
    told = lines(source, selecting("derived-series"))
    signatures = [each for each in told if each.path.startswith("DigitalSignaturesSequence")]
    assert [each.does for each in signatures] == ["removed"]


def test_a_sequence_that_stays_is_told_by_its_items(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", {"1.dcm": rt_set(study=ONE).structure_set})
    told = {each.path: each for each in lines(source, selecting("instances"))}
    assert told["ROIContourSequence"].amount == Amount("items", 1)
    assert told["ROIContourSequence[1].ReferencedROINumber"].before == "1"


def test_an_object_without_a_uid_is_found_too(tmp_path: Path) -> None:
    image, other = ct_series(2, study=TWO)
    set_unchecked(image, "SOPInstanceUID", "")
    source = write_files(tmp_path / "s", {"1.dcm": image, "2.dcm": other})
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("instances"))
        entry = next(entry for entry in uid_map.entries() if not entry.old)
        occurrence = file_of_entry(catalog, uid_map, entry)
        assert occurrence is not None
        assert display_path(catalog, occurrence) == "1.dcm"


def test_an_entry_of_another_plan_has_no_file(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(ct_series(2, study=TWO)))
    with loaded(source) as catalog:
        (entry,) = derive(catalog, selecting("instances", ("instance", TWO.uid(2, 1)))).entries()
        other = derive(catalog, selecting("instances", ("instance", TWO.uid(2, 2))))
        assert file_of_entry(catalog, other, entry) is None


def test_a_file_that_has_gone_is_told(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", {"1.dcm": encoded(ct_series(1, study=TWO)[0])})
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("instances"))
        (occurrence,) = uid_map.outcomes
        (source / "1.dcm").unlink()
        with pytest.raises(InputError, match=r"1\.dcm"):
            preview_file(catalog, uid_map, occurrence)

"""One file of the output before and after, and which file shows an entry of the map."""

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, encoded, rt_set, set_unchecked
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from uidscope.core.catalog.lookup import display_path
from uidscope.core.errors import InputError
from uidscope.core.plan.told.file_preview import file_of_entry, preview_file

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

"""An export in numbers: counted as the result states them, and equal for the dry run and the run."""

from pathlib import Path

from tests.builders import Study, ct_series, encoded, executable_preamble, mip_in_source_series
from tests.core.plan.carried_out import derive, loaded, selecting, write_files
from uidscope.core.export.figures import figures
from uidscope.core.flow import Destination, write

STUDY = Study(2)


def test_a_dry_run_and_its_run_have_the_same_numbers(tmp_path: Path) -> None:
    images = ct_series(4, study=STUDY)
    images[2].preamble = executable_preamble()
    files = {f"{number}.dcm": encoded(image) for number, image in enumerate(images[:3], 1)}
    files["copy.dcm"] = files["1.dcm"]
    files["mip.dcm"] = encoded(mip_in_source_series(images))
    files["cut.dcm"] = encoded(ct_series(9, study=STUDY)[8])[:-20]
    source = write_files(tmp_path / "s", dict(files))
    with loaded(source) as catalog:
        chosen = selecting("instances", *(("file", f"{name}.dcm") for name in ("1", "2", "3", "copy", "cut")))
        uid_map = derive(catalog, chosen)
        assert uid_map.notes
        with_mip = selecting("instances", *chosen.selectors, with_referrers=True)
        uid_map = derive(catalog, with_mip)
        target = str(tmp_path / "target")
        promised = figures(write(catalog, uid_map, Destination(target, dry_run=True)))
        assert promised == figures(write(catalog, uid_map, Destination(target)))
    assert promised.files == 4
    assert promised.new_uids == {"instance": 3}
    assert (promised.kept, promised.kept_and_changed) == (1, 1)
    assert promised.skipped == {"identical": 1, "truncated": 1}
    # The projection names the three images, which have new UIDs.
    assert promised.references_rewritten == 3
    assert (promised.resolved_before, promised.resolved_after) == (3, 3)
    assert (promised.unresolved_before, promised.unresolved_after) == (1, 1)
    assert promised.preambles_zeroed == 1
    assert promised.total_bytes == sum(path.stat().st_size for path in Path(target).rglob("*.dcm"))

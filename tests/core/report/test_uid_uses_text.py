"""The list of uses as a table that a spreadsheet shows and never computes."""

from tests.builders import ct_series, rt_set
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.uid_uses import uid_uses
from uidscope.core.report.uid_uses_text import COLUMNS, uid_uses_text


def table(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_every_use_has_a_line(make_source: SourceFolders) -> None:
    images = rt_set()
    with loaded_folder(make_source(images.all)) as catalog:
        uid = str(images.all[0].SOPInstanceUID)
        head, *lines = table(uid_uses_text(catalog, uid))
        assert tuple(head) == COLUMNS
        assert lines == [
            [uid, use.kind, use.entity, use.pattern, use.file, str(use.count)]
            for use in uid_uses(catalog, uid)
        ]
        assert len(lines) > 2


def test_a_file_name_is_no_formula_and_ends_no_line(make_source: SourceFolders) -> None:
    images = ct_series(2)
    with loaded_folder(make_source(images, names=["=1+1.dcm", "a\tb\nc.dcm"])) as catalog:
        lines = table(uid_uses_text(catalog, str(images[0].SeriesInstanceUID)))[1:]
        assert {line[4] for line in lines} == {"'=1+1.dcm", "a\\x09b\\x0ac.dcm"}
        assert all(len(line) == len(COLUMNS) for line in lines)


def test_a_uid_without_use_has_the_head_alone(make_source: SourceFolders) -> None:
    with loaded_folder(make_source(ct_series(1))) as catalog:
        assert table(uid_uses_text(catalog, "2.999.1")) == [list(COLUMNS)]

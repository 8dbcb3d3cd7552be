"""How many references follow a plan: as many as change in the files."""

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, mip_in_source_series, rt_set
from tests.core.plan.carried_out import carry_out, derive, loaded, numbered, selecting, write_files
from uidscope.core.errors import Cancelled
from uidscope.core.plan.edits.following import count_following
from uidscope.core.progress import CancelToken

ONE, TWO = Study(1), Study(2)


def test_each_reference_to_a_renamed_object_is_counted(tmp_path: Path) -> None:
    images = ct_series(3, study=TWO)
    objects = [*rt_set(study=ONE).all, *images, mip_in_source_series(images)]
    source = write_files(tmp_path / "s", numbered(objects))
    with loaded(source) as catalog:
        for intention in (
            selecting("copy"),
            selecting("instances", ("series", TWO.uid(2))),
            selecting("instances", ("series", ONE.uid(2)), with_referrers=True),
        ):
            uid_map = derive(catalog, intention)
            olds = {entry.old for entry in uid_map.entries() if entry.kind == "instance"}
            outcome = carry_out(catalog, uid_map, tmp_path)
            changed = [
                edit
                for edits in outcome.edits.values()
                for edit in edits
                if edit.reason == "follows" and getattr(edit, "old", "") in olds
            ]
            assert count_following(catalog, uid_map) == len(changed) > 0


def test_what_does_not_come_along_does_not_follow(tmp_path: Path) -> None:
    images = ct_series(3, study=TWO)
    source = write_files(tmp_path / "s", numbered([*images, mip_in_source_series(images)]))
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("instances", ("instance", TWO.uid(2, 1))))
        assert count_following(catalog, uid_map) == 0


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(rt_set(study=ONE).all))
    token = CancelToken()
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("copy"))
        token.cancel()
        with pytest.raises(Cancelled):
            count_following(catalog, uid_map, token)

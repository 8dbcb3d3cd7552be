"""Files that bear one SOP Instance UID: which of them are the same object.

Files are compared by size first, so that only those that may be identical are ever read for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from uidscope.core.catalog.content import Content, contents
from uidscope.core.catalog.entity import shared_instances
from uidscope.core.catalog.plan_questions import LoadedObject, loaded_objects
from uidscope.core.catalog.store import Catalog
from uidscope.core.progress import CancelToken


@dataclass(frozen=True, slots=True)
class Copies:
    """The occurrences of each SOP Instance UID that several bear, as the catalog knows them.

    ``bearers``: UID -> its occurrences. ``contents``: what is known of those of equal size.
    """

    bearers: dict[str, tuple[int, ...]]
    contents: dict[int, Content]
    uids: dict[int, str]

    def identical_to(self, occurrence: int) -> list[int]:
        """Return the occurrences that hold the same bytes under the same UID, itself included."""
        own = self.contents.get(occurrence)
        if own is None:
            return [occurrence]
        return [
            other
            for other in self.bearers[self.uids[occurrence]]
            if other in self.contents and self.contents[other].sha256 == own.sha256
        ]

    def with_identical(self, occurrences: Iterable[int]) -> set[int]:
        """Return these occurrences and all that are identical to one of them."""
        return {other for occurrence in occurrences for other in self.identical_to(occurrence)}

    def objects(self, uid: str) -> list[list[int]]:
        """Return the bearers of a UID, put together by the object they hold."""
        objects: list[list[int]] = []
        for occurrence in self.bearers.get(uid, ()):
            same = next((known for known in objects if self._same(known[0], occurrence)), None)
            if same is None:
                objects.append([occurrence])
            else:
                same.append(occurrence)
        return objects

    def _same(self, first: int, second: int) -> bool:
        one, other = self.contents.get(first), self.contents.get(second)
        if one is None or other is None:
            return False
        compared = one.object_number is not None and one.object_number == other.object_number
        return compared or one.sha256 == other.sha256


def copies_of(catalog: Catalog, occurrences: Collection[int], token: CancelToken | None = None) -> Copies:
    """Find the copies of these occurrences among all that are loaded. Raises ``Cancelled``."""
    wanted = set(occurrences)
    bearers: dict[str, tuple[int, ...]] = {}
    for instance in shared_instances(catalog):
        ids = tuple(copy.occurrence_id for copy in instance.copies)
        if not wanted.isdisjoint(ids):
            bearers[instance.uid] = ids
    uids = {id_: uid for uid, ids in bearers.items() for id_ in ids}
    objects = list(loaded_objects(catalog, uids))
    return Copies(bearers, contents(catalog, _worth_reading(objects), token=token), uids)


def _worth_reading(objects: Iterable[LoadedObject]) -> list[int]:
    """Those that have the UID and the size of another."""
    alike: dict[tuple[str, int], list[int]] = {}
    for known in objects:
        alike.setdefault((known.sop_instance_uid, known.size), []).append(known.occurrence)
    return [id_ for ids in alike.values() if len(ids) > 1 for id_ in ids]

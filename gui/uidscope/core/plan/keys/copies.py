"""Files that bear one SOP Instance UID: which of them are the same object.

Files are compared by size first, so that only those that may be identical are ever read for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from uidscope.core.catalog.content import Content, contents, known_contents
from uidscope.core.catalog.entity import shared_instances
from uidscope.core.catalog.plan_questions import LoadedObject, loaded_objects
from uidscope.core.catalog.store import Catalog
from uidscope.core.progress import CancelToken


@dataclass(frozen=True, slots=True)
class Copies:
    """The occurrences of each SOP Instance UID that several bear, as the catalog knows them.

    ``bearers``: UID -> its occurrences. ``contents``: what is known of them, of those of equal size always.
    ``twins``: UID and digest -> the occurrences that have both.
    """

    bearers: dict[str, tuple[int, ...]]
    contents: dict[int, Content]
    twins: dict[tuple[str, bytes], list[int]]
    uids: dict[int, str]

    def identical_to(self, occurrence: int) -> list[int]:
        """Return the occurrences that hold the same bytes under the same UID, itself included."""
        own = self.contents.get(occurrence)
        return [occurrence] if own is None else self.twins[self.uids[occurrence], own.sha256]

    def with_identical(self, occurrences: Iterable[int]) -> set[int]:
        """Return these occurrences and all that are identical to one of them."""
        return {other for occurrence in occurrences for other in self.identical_to(occurrence)}

    def objects(self, uid: str) -> list[list[int]]:
        """Return the bearers of a UID, put together by the object they hold.

        Those that somebody has compared and found to be one object are one, whatever their bytes.
        """
        objects: list[list[int]] = []
        known: dict[object, list[int]] = {}
        for occurrence in self.bearers.get(uid, ()):
            content = self.contents.get(occurrence)
            marks: list[object] = [] if content is None else [content.sha256]
            if content is not None and content.object_number is not None:
                marks.insert(0, content.object_number)
            same = next((known[mark] for mark in marks if mark in known), None)
            if same is None:
                same = []
                objects.append(same)
            same.append(occurrence)
            known |= dict.fromkeys(marks, same)
        return objects


def copies_of(catalog: Catalog, occurrences: Collection[int], token: CancelToken | None = None) -> Copies:
    """Find the copies of these occurrences among all that are loaded. Raises ``Cancelled``."""
    wanted = set(occurrences)
    bearers: dict[str, tuple[int, ...]] = {}
    for instance in shared_instances(catalog):
        ids = tuple(copy.occurrence_id for copy in instance.copies)
        if not wanted.isdisjoint(ids):
            bearers[instance.uid] = ids
    uids = {id_: uid for uid, ids in bearers.items() for id_ in ids}
    worth_reading = _worth_reading(loaded_objects(catalog, uids))
    known = known_contents(catalog, uids) | contents(catalog, worth_reading, token=token)
    twins: dict[tuple[str, bytes], list[int]] = {}
    for id_, content in known.items():
        twins.setdefault((uids[id_], content.sha256), []).append(id_)
    return Copies(bearers, known, twins, uids)


def _worth_reading(objects: Iterable[LoadedObject]) -> list[int]:
    """Those that have the UID and the size of another."""
    alike: dict[tuple[str, int], list[int]] = {}
    for known in objects:
        alike.setdefault((known.sop_instance_uid, known.size), []).append(known.occurrence)
    return [id_ for ids in alike.values() if len(ids) > 1 for id_ in ids]

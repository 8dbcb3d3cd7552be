"""The map applied to one file: every UI value at every level, and what goes with it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Final, Literal

from uidscope.core.plan.edits.consequences import removals, without_inner_edits
from uidscope.core.plan.edits.edit import CLOSED, AddItem, Edit, Put, Remove, RemoveItem, SetValue
from uidscope.core.plan.edits.emptied import emptied_edits
from uidscope.core.plan.edits.leftovers import leftover_edits
from uidscope.core.plan.edits.new_object import creation_edits, series_edits
from uidscope.core.plan.edits.provenance import Change, provenance_edits
from uidscope.core.plan.edits.re_encoding import meta_re_encodings, re_encodings
from uidscope.core.plan.edits.taking_over import taken_over_edits, without_replaced
from uidscope.core.plan.uid_map import FileOutcome, ParentLevel, UidMap
from uidscope.core.read.structure import Dataset, Element, FileStructure
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.elements import identity_kind, is_class_or_type, reference_kind
from uidscope.core.uid.syntax import raw_value_of, split_field, strip_value

_SOP_CLASS_UID: Final = 0x0008_0016
_SOP_INSTANCE_UID: Final = 0x0008_0018
_STUDY_INSTANCE_UID: Final = 0x0020_000D
_SERIES_INSTANCE_UID: Final = 0x0020_000E
_MEDIA_STORAGE_SOP_CLASS_UID: Final = 0x0002_0002
_MEDIA_STORAGE_SOP_INSTANCE_UID: Final = 0x0002_0003
_OWN_KEYS: Final = frozenset({_SOP_INSTANCE_UID, _STUDY_INSTANCE_UID, _SERIES_INSTANCE_UID})
_FOLLOW_THE_DATASET: Final = frozenset({_MEDIA_STORAGE_SOP_CLASS_UID, _MEDIA_STORAGE_SOP_INSTANCE_UID})

_Qualified = Literal["study", "series", "frame"]


def edits_for(structure: FileStructure, occurrence: int, uid_map: UidMap) -> tuple[Edit, ...]:
    """Return what is to change in one file of the output, in the order of the file, additions last.

    Empty where nothing changes: such a file is written byte for byte. Raises ``UsageError`` where the
    file's character set cannot hold a text asked for, as the Series Description.
    """
    outcome = uid_map.outcomes[occurrence]
    own_uid = _first_value(structure, _SOP_INSTANCE_UID)
    new_uid = uid_map.new_instance_uid(occurrence, own_uid)
    edits: list[Edit] = [*_own_key_edits(structure, outcome, new_uid)]
    edits += _Follower(structure, occurrence, uid_map).edits()
    answered = [*_taken_over(structure, outcome), *emptied_edits(structure, outcome.choices)]
    edits = [*without_replaced(edits, answered, structure), *answered, *series_edits(structure, outcome)]
    if new_uid is not None and not uid_map.undoes:
        edits += creation_edits(structure, uid_map.created)
    if occurrence in uid_map.leftovers:
        free = functools.partial(uid_map.new_free_uid, occurrence=occurrence)
        edits += leftover_edits(structure, free, edits)
    mended = uid_map.mended.get(occurrence, frozenset())
    edits += re_encodings(structure, mended, edits)
    edits += removals(
        structure,
        edits,
        outcome.treatment,
        is_new=new_uid is not None,
        is_renamed=lambda uid: uid_map.new_uid("instance", uid, occurrence) is not None,
    )
    if not edits and not mended:
        return ()
    provenance = uid_map.provenance.get(outcome.intention)
    if provenance is not None:
        change = Change(outcome.treatment, uid_map.created, new_uid is not None)
        edits += provenance_edits(structure, edits, provenance, change)
    edits += _meta_edits(structure, occurrence, uid_map, new_uid or own_uid)
    edits += meta_re_encodings(structure, mended, edits)
    return tuple(sorted(without_inner_edits(edits), key=_place))


def _taken_over(structure: FileStructure, outcome: FileOutcome) -> list[Put | Remove]:
    return [] if outcome.taken_over is None else taken_over_edits(structure, outcome.taken_over)


class _Follower:
    """Gathers the edits of one file's references and of the entities it defines besides its keys."""

    def __init__(self, structure: FileStructure, occurrence: int, uid_map: UidMap) -> None:
        self._structure = structure
        self._occurrence = occurrence
        self._map = uid_map
        self._edits: list[Edit] = []
        self._frames: list[tuple[Element, str, tuple[str, ...]]] = []

    def edits(self) -> list[Edit]:
        self._visit(self._structure.dataset, "", "")
        self._follow_frames()
        return self._edits

    def _visit(self, dataset: Dataset, path: str, pattern: str) -> dict[_Qualified, list[str]]:
        """Follow in one data set; give the instances named in it that no parent qualifies yet, and all.

        A Study or Series UID in an item qualifies what is named in that item and below it; so does a
        frame of reference, but it leaves what is named there open to a frame further up.
        """
        named: dict[_Qualified, list[str]] = {"study": [], "series": [], "frame": []}
        parents: list[tuple[ParentLevel, Element, str]] = []
        frames: list[tuple[Element, str]] = []
        for element in dataset.elements:
            if (element.vr != "UI" and not element.items) or element.tag in CLOSED:
                continue
            word = keyword(element.tag)
            for number, item in enumerate(element.items, 1):
                below = self._visit(item.dataset, f"{path}{word}[{number}].", f"{pattern}{word}[].")
                for level, uids in below.items():
                    named[level] += uids
            if element.vr != "UI" or is_class_or_type(element.tag):
                continue
            if not path and element.tag in _OWN_KEYS:
                continue
            kind = reference_kind(pattern + word)
            match kind:
                case "study" | "series":
                    parents.append((kind, element, path + word))
                    continue
                case "frame_of_reference" if path and self._is_divided_frame(element):
                    frames.append((element, path + word))
                    continue
                case "instance":
                    for of_level in named.values():
                        of_level.extend(self._values(element))
            self._follow_value(element, path + word, kind, nested=bool(path))
        for level, element, place in parents:
            self._follow_parent(element, place, level, named[level])
        for level, _, _ in parents:
            named[level] = []
        self._frames += [(element, place, tuple(named["frame"])) for element, place in frames]
        return named

    def _follow_value(self, element: Element, path: str, kind: str | None, *, nested: bool) -> None:
        own_kind = identity_kind(element.tag, nested)
        named = own_kind if kind in (None, "other") else kind
        reason = "new-uid" if kind is None and own_kind is not None else "follows"

        def new(old: str) -> str | None:
            return self._map.new_uid(named, old, self._occurrence)

        self._edits += value_edits(self._structure, element, path, new, reason)

    def _follow_parent(self, element: Element, path: str, level: ParentLevel, named: list[str]) -> None:
        def new(old: str) -> str | None:
            return self._map.new_parent_uid(level, old, named, self._occurrence)

        self._edits += value_edits(self._structure, element, path, new, "follows")

    def _is_divided_frame(self, element: Element) -> bool:
        return any(self._map.is_divided_frame(value) for value in self._values(element))

    def _follow_frames(self) -> None:
        """Let each reference to a frame that only some objects leave go with the objects it is about.

        That are those named beside it, else those that the file names beside the same frame elsewhere.
        """
        of_frame: dict[str, list[str]] = {}
        for element, _, named in self._frames:
            for value in self._values(element):
                of_frame.setdefault(value, []).extend(named)
        for element, path, named in self._frames:

            def new(old: str, named: tuple[str, ...] = named) -> str | None:
                return self._map.new_frame_uid(old, named or of_frame[old], self._occurrence)

            self._edits += value_edits(self._structure, element, path, new, "follows")

    def _values(self, element: Element) -> list[str]:
        values = (strip_value(value) for value in split_field(self._structure.value(element)))
        return [value for value in values if value]


def value_edits(
    structure: FileStructure,
    element: Element,
    path: str,
    new_uid: Callable[[str], str | None],
    reason: str,
) -> Iterator[SetValue]:
    """Yield the edit that puts new UIDs into one element, if any of its values has one.

    The values beside a replaced one keep their bytes, but for the pad at the end of the field.
    """
    raw_field = structure.value(element)
    values: list[bytes] = []
    replaced = False
    for raw_value in split_field(raw_field):
        old = strip_value(raw_value)
        new = new_uid(old) if old else None
        replaced = replaced or new is not None
        values.append(raw_value if new is None else raw_value_of(new))
    if replaced:
        yield SetValue(element, path, _shown(raw_field), b"\\".join(values).rstrip(b" \0"), reason)


def _own_key_edits(structure: FileStructure, outcome: FileOutcome, new_uid: str | None) -> Iterator[Edit]:
    new_keys = {
        _SOP_INSTANCE_UID: new_uid,
        _STUDY_INSTANCE_UID: outcome.new_study_uid,
        _SERIES_INSTANCE_UID: outcome.new_series_uid,
    }
    for tag, new in new_keys.items():
        if new is not None:
            yield from _set(structure, structure.dataset, tag, new, "new-uid")


def _meta_edits(
    structure: FileStructure, occurrence: int, uid_map: UidMap, sop_instance_uid: str
) -> Iterator[Edit]:
    """The file meta says what the data set says (PS3.10 7.1); a file without one gets it on writing."""
    if structure.meta is None:
        return
    stated = {
        _MEDIA_STORAGE_SOP_CLASS_UID: _first_value(structure, _SOP_CLASS_UID),
        _MEDIA_STORAGE_SOP_INSTANCE_UID: sop_instance_uid,
    }
    for tag, uid in stated.items():
        if uid and uid.isascii():
            yield from _set(structure, structure.meta, tag, uid, "meta-follows")
    for element in structure.meta.elements:
        is_free = element.tag not in _FOLLOW_THE_DATASET and not is_class_or_type(element.tag)
        if element.vr == "UI" and is_free:
            path = f"meta.{keyword(element.tag)}"
            yield from value_edits(
                structure,
                element,
                path,
                lambda old: uid_map.new_uid("instance", old, occurrence),
                "follows",
            )


def _set(structure: FileStructure, dataset: Dataset, tag: int, uid: str, reason: str) -> Iterator[Edit]:
    """Set a UI element of the top level or of the file meta wherever it stands and differs, or add it."""
    in_meta = dataset is structure.meta
    path = f"meta.{keyword(tag)}" if in_meta else keyword(tag)
    elements = [element for element in dataset.elements if element.tag == tag]
    if not elements or any(element.vr != "UI" for element in elements):  # of another VR it holds no UID
        yield Put(tag, "UI", raw_value_of(uid), path, reason, in_meta)
        return
    for element in elements:
        raw_field = structure.value(element)
        if strip_value(raw_field) != uid:
            yield SetValue(element, path, _shown(raw_field), raw_value_of(uid), reason)


def _first_value(structure: FileStructure, tag: int) -> str:
    element = structure.dataset.find(tag)
    return "" if element is None else strip_value(structure.value(element))


def _shown(raw_field: bytes) -> str:
    return "\\".join(strip_value(value) for value in split_field(raw_field))


def _place(edit: Edit) -> tuple[int, int]:
    """Where in the file an edit is made; additions behind all others, by tag."""
    if isinstance(edit, Put):
        return 1, edit.tag
    if isinstance(edit, RemoveItem):
        return 0, edit.sequence.items[edit.item - 1].header_start
    if isinstance(edit, AddItem):
        return 0, edit.sequence.value_end
    return 0, edit.element.header_start

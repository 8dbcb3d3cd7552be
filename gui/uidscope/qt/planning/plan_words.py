"""The words of the plan: what is meant, what is done and why, for panel and dialogs alike."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.plan_questions import patients_with_id
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, row
from uidscope.core.errors import UidscopeError
from uidscope.core.plan.intention import Intention, Selector
from uidscope.core.plan.told.preview import Amount
from uidscope.core.report.words import rule_words
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import entity_name


class PlanWords(QObject):
    """The words. A QObject, for only there Qt's tools find the plural forms."""

    def undo(self, what: str) -> str:
        return self.tr("Undo: %1").replace("%1", what)

    def redo(self, what: str) -> str:
        return self.tr("Redo: %1").replace("%1", what)

    def intention(self, catalog: Catalog, intention: Intention) -> str:
        """ "new derived series from CT axial" """
        said = {
            "instances": self.tr("new identifiers for %1"),
            "derived-series": self.tr("new derived series from %1"),
            "copy": self.tr("independent copy of %1"),
            "pseudonymous": self.tr("pseudonyms for %1"),
            "move": self.tr("move of %1"),
            "repair": self.tr("repair of %1"),
        }.get(intention.kind, "%1")
        return said.replace("%1", self.selection(catalog, intention.selectors))

    def selection(
        self, catalog: Catalog, selectors: tuple[Selector, ...], *, whole_paths: bool = False
    ) -> str:
        """What some selectors mean: the name of the one place, or how many there are.

        Of a file it is the name alone, or its path where there is room for it.
        """
        if not selectors:
            return self.tr("everything loaded")
        if len(selectors) == 1:
            return _name(catalog, selectors[0], whole_path=whole_paths)
        kinds = {selector.kind for selector in selectors}
        return self.counted(kinds.pop() if len(kinds) == 1 else "", len(selectors))

    def places(self, catalog: Catalog, nodes: Sequence[Node]) -> str:
        """What some places of the tree are called together; none of them is everything."""
        if not nodes:
            return self.tr("Everything loaded")
        if len(nodes) == 1:
            return entity_name(row(catalog, nodes[0]))
        levels = {node.level for node in nodes}
        return self.counted(levels.pop() if len(levels) == 1 else "", len(nodes))

    def plan_verb(self, count: int) -> str:
        """What the primary button does."""
        return self.tr("Plan 1 new UID") if count == 1 else self.tr("Plan %Ln new UIDs", "", count)

    def include_referrers(self, count: int) -> str:
        """What comes along with a selection."""
        if count == 1:
            return self.tr("Also include the file that refers to it")
        if not count:
            return self.tr("Also include files that refer to it")
        return self.tr("Also include the %Ln files that refer to it", "", count)

    def counted(self, kind: str, count: int) -> str:
        """Some places of one kind, counted: "3 series"; of no kind, "3 places"."""
        match kind:
            case "patient":
                said = self.tr("1 patient") if count == 1 else self.tr("%Ln patients", "", count)
            case "study":
                said = self.tr("1 study") if count == 1 else self.tr("%Ln studies", "", count)
            case "series":
                said = self.tr("1 series") if count == 1 else self.tr("%Ln series", "", count)
            case "instance":
                said = self.tr("1 instance") if count == 1 else self.tr("%Ln instances", "", count)
            case "frame_of_reference":
                one = self.tr("1 frame of reference")
                said = one if count == 1 else self.tr("%Ln frames of reference", "", count)
            case "file":
                said = self.files(count)
            case "rule":
                said = self.tr("1 rule") if count == 1 else self.tr("%Ln rules", "", count)
            case "other":
                said = self.tr("1 other") if count == 1 else self.tr("%Ln others", "", count)
            case _:
                said = self.tr("1 place") if count == 1 else self.tr("%Ln places", "", count)
        return said

    def files(self, count: int) -> str:
        return self.tr("1 file") if count == 1 else self.tr("%Ln files", "", count)

    def references(self, count: int) -> str:
        return self.tr("1 reference") if count == 1 else self.tr("%Ln references", "", count)

    def new_uids(self, count: int) -> str:
        return self.tr("1 new UID") if count == 1 else self.tr("%Ln new UIDs", "", count)

    def other_changes(self, count: int) -> str:
        """Changes of the map that are no new UIDs: encodings, file meta."""
        return self.tr("1 other change") if count == 1 else self.tr("%Ln other changes", "", count)

    def following(self, count: int) -> str:
        """How many references follow."""
        if count == 1:
            return self.tr("1 reference follows")
        return self.tr("%Ln references follow", "", count)

    def kind_title(self, kind: str) -> str:
        """The head of a group of the map."""
        return {
            "study": self.tr("Study"),
            "series": self.tr("Series"),
            "instance": self.tr("Instance"),
            "frame_of_reference": self.tr("Frame of Reference"),
            "encoding": self.tr("Encoding and file meta"),
        }.get(kind, self.tr("Other"))

    def nameless(self, kind: str) -> str:
        """What an entity is called of which only the UID is known."""
        return {
            "study": self.tr("Study"),
            "series": self.tr("Series"),
            "instance": self.tr("Object"),
            "frame_of_reference": self.tr("Frame of reference"),
        }.get(kind, self.tr("Other identifier"))

    def only_in(self, files: int) -> str:
        """Beside an entity whose UID becomes several new ones."""
        return self.tr("in 1 file only") if files == 1 else self.tr("in %Ln files only", "", files)

    def entry_reason(self, code: str) -> str:
        """Why an entry of the map is there."""
        return {
            "instances": self.tr("New identifiers"),
            "derived-series": self.tr("New derived series"),
            "copy": self.tr("Independent copy"),
            "pseudonymous": self.tr("Pseudonyms"),
            "move": self.tr("Moved"),
            "taken-over": self.tr("That of where it goes"),
            "repair": self.tr("Repair"),
            "only-named": self.tr("Named, but not written"),
        }.get(code) or self._rule(code)

    def by_hand(self, reason: str) -> str:
        """Beside the reason of an entry whose new UID the user typed."""
        return self.tr("%1, typed by hand").replace("%1", reason)

    def rows_off(self, count: int) -> str:
        return self.tr("1 row switched off") if count == 1 else self.tr("%Ln rows switched off", "", count)

    def _rule(self, code: str) -> str:
        """A rule by its title and its code: "Leading zero (UID-S04)"."""
        try:
            return f"{rule_words(code).title} ({code})"
        except UidscopeError:
            return code

    def nothing_before(self, does: str) -> str:
        """In the place of a value that was not there; empty where an empty one was."""
        return self.tr("not there") if does == "added" else ""

    def nothing_after(self, does: str, *, was_text: bool) -> str:
        """In the place of a value that is no text, or is gone."""
        if does == "removed":
            return self.tr("removed")
        if does == "added":
            return self.tr("added")
        return self.tr("empty") if was_text else self.tr("replaced")

    def amount(self, amount: Amount) -> str:
        """In the place of a value that is no text and stays."""
        number = amount.number
        if amount.of == "items":
            return self.tr("1 item") if number == 1 else self.tr("%Ln items", "", number)
        return self.tr("1 byte") if number == 1 else self.tr("%Ln bytes", "", number)

    def change_reason(self, code: str) -> str:
        """Why an element of a file changes."""
        return {
            "new-uid": self.tr("planned"),
            "follows": self.tr("follows what it names"),
            "meta-follows": self.tr("follows the dataset"),
            "re-encoded": self.tr("written as it should be"),
            "created": self.tr("created now"),
            "new-series": self.tr("of the new series"),
            "creator": self.tr("created by us now"),
            "dropped": self.tr("would be false now"),
            "original-attributes": self.tr("a copy tells no past"),
            "performed-step": self.tr("is that of the source series"),
            "taken-over": self.tr("as it is where it goes"),
            "emptied": self.tr("a link to the order of the original"),
            "approval": self.tr("it approved the old object"),
            "signature": self.tr("it signed the old object"),
            "provenance": self.tr("tells what was changed, and by whom"),
            "leftover": self.tr("the text names what changes"),
        }.get(code, code)

    def scheme(self, options: SchemeOptions) -> str:
        """How new UIDs are made, in a few words."""
        return {
            "uuid": self.tr("UUID under 2.25"),
            "root-random": self.tr("own root, random number"),
            "root-uuid": self.tr("own root, UUID"),
            "date-counter": self.tr("own root, date and counter"),
            "long": self.tr("own root, product, site and time"),
            "installation": self.tr("own root, installation and time"),
            "keyed": self.tr("repeatable, by a key"),
        }.get(options.name, options.name)


@cache
def plan_words() -> PlanWords:
    """The one set of words."""
    return PlanWords()


def _name(catalog: Catalog, selector: Selector, *, whole_path: bool) -> str:
    """The name of the place that a selector means, or its value where that is all there is to say."""
    if selector.kind == "patient":
        nodes = [Node("patient", id_) for id_ in patients_with_id(catalog, selector.value)]
    else:
        nodes = [node for node in nodes_with_uid(catalog, selector.value) if node.level == selector.kind]
    return entity_name(row(catalog, nodes[0])) if nodes else _value(selector, whole_path=whole_path)


def _value(selector: Selector, *, whole_path: bool) -> str:
    names = screen_names()
    match selector.kind:
        case "patient":
            return names.patient_id(selector.value)
        case "file":
            path = names.file(selector.value)
            return path if whole_path else os.path.basename(path)
    return selector.value

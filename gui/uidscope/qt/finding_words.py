"""Findings in the words of the list: short, beside the sentences that the core puts together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.finding_kinds import FindingKind, finding_kind
from uidscope.core.catalog.tree import NodeLevel, NodeRow
from uidscope.core.report.words import Consequence
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.path_label import STEP_SEPARATOR
from uidscope.qt.tree.entity_names import entity_name

VERDICTS: dict[Severity, Verdict] = {
    "error": Verdict.ERROR,
    "warning": Verdict.WARNING,
    "info": Verdict.INFO,
}
SEVERITY_BADGES: dict[Severity, BadgeKind] = {
    "error": BadgeKind.ERROR,
    "warning": BadgeKind.WARNING,
    "info": BadgeKind.NOTE,
}
KIND_BADGES: dict[FindingKind, BadgeKind] = {
    "error": BadgeKind.ERROR,
    "warning": BadgeKind.WARNING,
    "info": BadgeKind.NOTE,
    "conflict": BadgeKind.CONFLICT,
    "duplicate": BadgeKind.DUPLICATE,
    "broken": BadgeKind.BROKEN,
    "truncated": BadgeKind.TRUNCATED,
}
_LONGEST_STEP = 60
_STEPS_NAMED = 2


def rule_icon(rule: str, severity: Severity) -> str:
    """The name of the icon of a rule: a shape of its own, or that of its severity."""
    return KIND_BADGES[finding_kind(rule, severity)].icon


def place_text(path: Sequence[NodeRow]) -> str:
    """The last steps of the way to a place: "CT Thorax › Series 2"."""
    names = (entity_name(step) for step in path[-_STEPS_NAMED:])
    return f" {STEP_SEPARATOR} ".join(name[:_LONGEST_STEP] for name in names)


@cache
def finding_words() -> FindingWords:
    return FindingWords()


class FindingWords(QObject):
    """The words. A QObject, for only there Qt's tools find the plural forms."""

    def severity(self, severity: Severity) -> str:
        """A severity as it is spoken."""
        return {"error": self.tr("Error"), "warning": self.tr("Warning"), "info": self.tr("Note")}[severity]

    def consequence(self, consequence: Consequence) -> str:
        """What a receiver does with it."""
        return {
            "rejected": self.tr("rejected"),
            "silently dropped": self.tr("silently dropped"),
            "misfiled": self.tr("misfiled"),
            "broken link": self.tr("broken link"),
            "cosmetic": self.tr("cosmetic"),
        }[consequence]

    def parts(self, places: Sequence[int]) -> str:
        """Which parts of a UID are at fault, counted from 1: "parts 11 and 12"."""
        numbers = [number_text(place) for place in places]
        if len(numbers) == 1:
            return self.tr("part %1").replace("%1", numbers[0])
        words = self.tr("parts %1 and %2")
        return words.replace("%1", ", ".join(numbers[:-1])).replace("%2", numbers[-1])

    def about(self, name: str, parts: str) -> str:
        """ "Image 3: parts 11 and 12"."""
        before, after = self.tr("%1: %2").split("%1", 1)
        return before + name + after.replace("%2", parts)

    def more(self, count: int) -> str:
        """What stands behind the last row of a group that is too long."""
        if count == 1:
            return self.tr("1 more; a report lists all")
        return self.tr("%Ln more; a report lists all", "", count)

    def findings(self, count: int) -> str:
        return self.tr("1 finding") if count == 1 else self.tr("%Ln findings", "", count)

    def files(self, count: int) -> str:
        return self.tr("1 file") if count == 1 else self.tr("%Ln files", "", count)

    def go_to(self, level: NodeLevel | None, *, is_image: bool = True) -> str:
        """What the button says that goes to a finding."""
        return {
            None: self.tr("Go to file"),
            "root": self.tr("Go to file"),
            "patient": self.tr("Go to patient"),
            "study": self.tr("Go to study"),
            "series": self.tr("Go to series"),
            "instance": self.tr("Go to image") if is_image else self.tr("Go to object"),
            "file": self.tr("Go to file"),
        }[level]

    def go_to_objects(self, count: int) -> str:
        """What it says where the finding is about some objects of a series."""
        return self.tr("Go to object") if count == 1 else self.tr("Go to %Ln objects", "", count)

    def device(self, device: Device) -> str:
        """ "SIM CT 40, serial 00417, software 3.1"."""
        named = [" ".join(filter(None, (device.manufacturer, device.model)))]
        if device.serial:
            named.append(self.tr("serial %1").replace("%1", device.serial))
        if device.software:
            named.append(self.tr("software %1").replace("%1", device.software))
        return ", ".join(filter(None, named))

    def device_or_none(self, device: Device) -> str:
        """The device, or that the files name none."""
        return self.device(device) or self.tr("No device named")

    def devices(self, devices: Sequence[Device]) -> str:
        """The first device, and how many others there are."""
        if not devices:
            return ""
        others = len(devices) - 1
        first = self.device(devices[0])
        if not others:
            return first
        more = self.tr("1 other") if others == 1 else self.tr("%Ln others", "", others)
        return f"{first}; {more}"

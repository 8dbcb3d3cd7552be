"""A UID taken apart, as the anatomy strip shows it: short words for the blocks, longer ones to be spoken."""

from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.uid.anatomy import Anatomy as TakenApart
from uidscope.core.uid.anatomy import Part
from uidscope.qt.kit.anatomy_parts import Anatomy, AnatomyPart, PartKind
from uidscope.qt.kit.number_text import number_text

_LONGEST_LABEL = 24
_DICOM_ROOT = "1.2.840.10008"


def strip_anatomy(anatomy: TakenApart) -> Anatomy:
    """What the strip shows of a UID."""
    words = _words()
    parts = tuple(_part(anatomy, place) for place in range(len(anatomy.parts)))
    return Anatomy(
        value=anatomy.uid,
        parts=parts,
        length=anatomy.length,
        root_remark=words.root(anatomy),
        below_remark=words.below(anatomy),
        uuid=anatomy.uuid.text if anatomy.uuid else "",
        summary=words.summary(anatomy),
    )


def _part(anatomy: TakenApart, place: int) -> AnatomyPart:
    part = anatomy.parts[place]
    kind = _kind(anatomy, part, place)
    arc = ".".join(each.number for each in anatomy.parts[: place + 1]) if place < 8 else ""
    label = _words().label(anatomy, part, place, arc)
    fault = _words().fault(part.code) if part.kind == "faulty" else ""
    return AnatomyPart(part.number, label, kind, fault, told=part.meaning)


def _kind(anatomy: TakenApart, part: Part, place: int) -> PartKind:
    if part.kind == "uuid":
        return PartKind.UUID
    is_in_root = place < anatomy.root_parts if anatomy.root_parts else part.kind == "root"
    return PartKind.ROOT if is_in_root else PartKind.OWNER


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


@cache
def _words() -> "AnatomyWords":
    return AnatomyWords()


class AnatomyWords(QObject):
    """The words. A QObject, for only there Qt's tools find the plural forms."""

    def label(self, anatomy: TakenApart, part: Part, place: int, arc: str) -> str:
        """What stands below the digits of a part."""
        if part.kind == "root":
            ends_root = anatomy.owner is not None and place == anatomy.root_parts - 1
            owner = anatomy.owner.owner if ends_root and anatomy.owner else ""
            return self._arcs().get(arc) or _shortened(owner or part.meaning)
        if part.kind == "registered" and anatomy.registered and place == len(anatomy.parts) - 1:
            return _shortened(anatomy.registered.name)
        return {
            "registered": self.tr("DICOM"),
            "below": self.tr("owner") if anatomy.owner else self.tr("unknown"),
            "uuid": self.tr("UUID as one decimal number"),
            "date": self.tr("looks like a date"),
            "faulty": "",
        }[part.kind]

    def fault(self, code: str) -> str:
        """What is wrong with a part, by the rule that it breaks."""
        return {
            "UID-S01": self.tr("not a digit"),
            "UID-S02": self.tr("past 64"),
            "UID-S03": self.tr("empty"),
            "UID-S04": self.tr("leading zero"),
            "UID-S05": self.tr("stands alone"),
            "UID-S06": self.tr("not 0, 1 or 2"),
            "UID-S07": self.tr("more than 39"),
            "UID-S16": self.tr("too large"),
            "UID-S17": self.tr("out of place"),
            "UID-S18": self.tr("too small"),
        }.get(code, code)

    def root(self, anatomy: TakenApart) -> str:
        """Who the root was issued to. Nobody can be sure, for a root can be used by anyone."""
        if anatomy.owner is None:
            return self.tr("its owner is not known here")
        if anatomy.owner.root == _DICOM_ROOT:
            return self.tr("the DICOM standard")
        return self.tr("issued to %1, probably").replace("%1", anatomy.owner.owner)

    def below(self, anatomy: TakenApart) -> str:
        if anatomy.registered is not None:
            return self.tr("registered in PS3.6: %1").replace("%1", anatomy.registered.name)
        return self.tr("numbers its owner gives") if anatomy.owner else self.tr("numbers of unknown meaning")

    def summary(self, anatomy: TakenApart) -> str:
        """What stands beside the length."""
        if anatomy.uuid is not None:
            return self._uuid(anatomy.uuid.version, anatomy.uuid.time)
        count = len(anatomy.parts)
        parts = self.tr("1 part") if count == 1 else self.tr("%Ln parts", "", count)
        faulty = sum(part.kind == "faulty" for part in anatomy.parts)
        if not faulty:
            return parts
        words = self.tr("%1, %2 faulty")
        return words.replace("%1", parts).replace("%2", number_text(faulty))

    def _uuid(self, version: int, time: str) -> str:
        if not version:
            return self.tr("not a UUID by its bits")
        told = self.tr("version %1").replace("%1", number_text(version))
        if not time:
            return self.tr("%1, random").replace("%1", told) if version == 4 else told
        at = time[:19].replace("T", " ")
        return self.tr("%1, made %2 UTC").replace("%1", told).replace("%2", at)

    def _arcs(self) -> dict[str, str]:
        return {
            "0": self.tr("ITU-T"),
            "1": self.tr("ISO"),
            "2": self.tr("joint"),
            "1.0": self.tr("standards"),
            "1.2": self.tr("member"),
            "1.3": self.tr("org."),
            "1.2.826": self.tr("UK"),
            "1.2.840": self.tr("USA"),
            "1.2.840.10008": self.tr("DICOM"),
            "1.2.840.10008.1": self.tr("services"),
            "1.2.840.10008.5": self.tr("classes"),
            "1.3.6": self.tr("DoD"),
            "1.3.6.1": self.tr("internet"),
            "1.3.6.1.4": self.tr("private"),
            "1.3.6.1.4.1": self.tr("enterprise"),
            "1.3.12": self.tr("Ecma"),
            "1.3.12.2": self.tr("members"),
            "2.16": self.tr("country"),
            "2.16.840": self.tr("USA"),
            "2.16.840.1": self.tr("org."),
            "2.25": self.tr("UUID arc"),
            "2.999": self.tr("examples"),
        }

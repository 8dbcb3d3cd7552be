"""The words of an export: its numbers as facts, and what to say where it failed."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale, QObject

from uidscope.core.errors import DecisionNeeded, InputError, UidscopeError, UsageError, VerificationError
from uidscope.core.export.figures import ExportFigures
from uidscope.core.export.request import Layout
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.fact_rows import Fact
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.planning.plan_words import plan_words

# What a system says where a disk, a quota or the largest file is full.
_FULL: Final = frozenset(
    number for name in ("ENOSPC", "EDQUOT", "EFBIG") if (number := getattr(errno, name, None)) is not None
)


class Room(NamedTuple):
    """The room on a disk and what is needed there, in bytes; negative where it is not known."""

    free: int
    needed: int


_NOT_KNOWN: Final = Room(-1, 0)


class _Row(NamedTuple):
    """A number of an export; `label` may differ once it is done. `value` is what is held beside another."""

    label: str
    label_done: str
    value: object
    number: str
    remark: str = ""
    verdict: Verdict | None = None


class ExportWords(QObject):
    """The words. A QObject, for only there Qt's tools find the plural forms."""

    def promised_facts(self, numbers: ExportFigures, room: Room) -> tuple[Fact, ...]:
        """What a dry run says."""
        return tuple(
            Fact(row.label, row.number, row.remark, row.verdict) for row in self._rows(numbers, room)
        )

    def done_facts(self, numbers: ExportFigures, promised: ExportFigures) -> tuple[Fact, ...]:
        """What an export did, number by number beside what its dry run said."""
        held = (numbers, promised)
        # A row that only one of the two has is a difference too.
        rows = [{row.label: row for row in self._rows(each, _NOT_KNOWN, beside=held)} for each in held]
        pairs = zip(rows[0].values(), rows[1].values(), strict=True)
        return tuple(
            Fact(done.label_done, done.number, self.tr("as the dry run said"), Verdict.OK)
            if done.value == said.value
            else Fact(
                done.label_done,
                done.number,
                self.tr("the dry run said %1").replace("%1", said.number),
                Verdict.ERROR,
            )
            for done, said in pairs
        )

    def write_verb(self, count: int) -> str:
        """What the primary button does."""
        return self.tr("Write 1 file") if count == 1 else self.tr("Write %Ln files", "", count)

    def read_back(self, count: int) -> str:
        """What was compared after writing."""
        if count == 1:
            return self.tr("1 file was read back and agrees with the plan, number by number.")
        return self.tr("%Ln files were read back and agree with the plan, number by number.", "", count)

    def unresolved(self, count: int) -> str:
        """What is to be known of references whose target is not among the files written."""
        if count == 1:
            return self.tr("1 reference points outside the export and stays as it is")
        return self.tr("%Ln references point outside the export and stay as they are", "", count)

    def about_unresolved(self, numbers: ExportFigures) -> str:
        """What that means for those who meet the files."""
        others = numbers.unresolved_after - numbers.only_not_written
        if not others:
            return self.tr(
                "What they name is loaded and keeps its UIDs: in the archive they lead there as before."
            )
        if numbers.unresolved_after > numbers.unresolved_before:
            return ""
        if not numbers.only_not_written:
            return self.tr("They were unresolved before: nothing gets worse.")
        if others == 1:
            return self.tr("1 of them names nothing loaded, as before; what the others name keeps its UIDs.")
        return self.tr(
            "%Ln of them name nothing loaded, as before; what the others name keeps its UIDs.", "", others
        )

    def skipped(self, reasons: Mapping[str, int]) -> str:
        """The files that are not written: "1 identical copy, 2 truncated files"."""
        return ", ".join(self._skipped(reason, count) for reason, count in reasons.items())

    def bytes(self, count: int) -> str:
        """A size, as "218.4 MB"."""
        return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def resumed(self, count: int) -> str:
        """How many files need not be written again."""
        if count == 1:
            return self.tr("1 file was there from the interrupted export, and is as planned.")
        return self.tr("%Ln files were there from the interrupted export, and are as planned.", "", count)

    def left(self, files: int, total_bytes: int) -> str:
        """What an interrupted export has left."""
        if not files:
            return self.tr("It had not written any file yet.")
        size = self.bytes(total_bytes)
        said = (
            self.tr("1 file is written, %1.")
            if files == 1
            else self.tr("%Ln files are written, %1.", "", files)
        )
        return said.replace("%1", size)

    def layout(self, layout: Layout, *, zipped: bool) -> str:
        """The name of a layout."""
        names = {
            "keep": self.tr("Keep folders"),
            "hierarchy": self.tr("By patient, study and series"),
            "media": self.tr("Media with a DICOMDIR"),
        }
        return self.tr("%1, ZIP").replace("%1", names[layout]) if zipped else names[layout]

    def failure(self, error: UidscopeError, *, is_dry: bool) -> str:
        """What a failure is called."""
        if is_full(error):
            return self.tr("The disk is full")
        return self.tr("The dry run failed") if is_dry else self.tr("The export failed")

    def advice(self, error: UidscopeError) -> str:
        """What to do about a failure."""
        if is_full(error):
            return self.tr("Make room and try again, or go back and choose a place on another disk.")
        match error:
            case DecisionNeeded():
                return "\n".join(error.decisions)
            case VerificationError():
                return self.tr("Try again. If it happens again, the disk may be faulty.")
            case InputError():
                return self.tr("See that the sources can be reached, then try again; or rescan.")
            case UsageError():
                return self.tr("Go back and choose otherwise, or change the plan.")
            case _:
                return self.tr("Mend the cause or choose another place, then try again.")

    def _rows(
        self, numbers: ExportFigures, room: Room, beside: tuple[ExportFigures, ...] = ()
    ) -> tuple[_Row, ...]:
        """The rows of an export; what is seldom met has one where any of those ``beside`` it has some."""
        new = sum(numbers.new_uids.values())
        held = beside or (numbers,)
        return (
            _Row(
                self.tr("Files to write"),
                self.tr("Files written"),
                (numbers.files, numbers.skipped),
                number_text(numbers.files),
                self._left_out(numbers),
            ),
            self._size(numbers.total_bytes, room),
            _Row(
                self.tr("New UIDs"),
                self.tr("New UIDs"),
                numbers.new_uids,
                number_text(new),
                ", ".join(plan_words().counted(kind, count) for kind, count in numbers.new_uids.items()),
            ),
            _Row(
                self.tr("SOP Instance UIDs kept"),
                self.tr("SOP Instance UIDs kept"),
                (numbers.kept, numbers.kept_and_changed),
                number_text(numbers.kept),
                self._kept_and_changed(numbers),
            ),
            self._rewritten(numbers.references_rewritten),
            self._resolved(numbers),
            self._unresolved(numbers),
            self._preambles(numbers.preambles_zeroed),
            *((self._filled(numbers.filled_keys),) if any(each.filled_keys for each in held) else ()),
            *((self._rejection(numbers),) if any(each.rejection_notes for each in held) else ()),
            _Row(
                self.tr("Sources changed since the scan"),
                self.tr("Sources changed since the scan"),
                0,  # an export with a changed source ends before there are numbers
                number_text(0),
                self.tr("checked just now"),
                Verdict.OK,
            ),
        )

    def _left_out(self, numbers: ExportFigures) -> str:
        if not numbers.skipped:
            return self.tr("nothing is left out")
        said = self.tr("of %1; not written: ").replace(
            "%1", number_text(numbers.files + sum(numbers.skipped.values()))
        )
        return said + self.skipped(numbers.skipped)

    def _size(self, total_bytes: int, room: Room) -> _Row:
        remark, verdict = "", None
        if room.free >= 0:
            remark = self.tr("free in the target: %1").replace("%1", self.bytes(room.free))
            verdict = Verdict.ERROR if room.free < room.needed else None
        label = self.tr("Size")
        return _Row(label, label, total_bytes, self.bytes(total_bytes), remark, verdict)

    def _kept_and_changed(self, numbers: ExportFigures) -> str:
        count = numbers.kept_and_changed
        if not numbers.kept:
            return self.tr("each object gets a new one")
        if not count:
            return self.tr("their files are copied byte for byte")
        if count == 1:
            return self.tr("1 of them in a file that changes")
        return self.tr("%Ln of them in files that change", "", count)

    def _rewritten(self, count: int) -> _Row:
        label = self.tr("References rewritten")
        if not count:
            return _Row(label, label, 0, number_text(0), self.tr("none names a UID that changes"))
        return _Row(label, label, count, number_text(count), self.tr("they follow the new UIDs"), Verdict.OK)

    def _resolved(self, numbers: ExportFigures) -> _Row:
        label = self.tr("References that resolve")
        if numbers.resolved_after == numbers.resolved_before:
            remark, verdict = self.tr("as before, each to its mapped target"), Verdict.OK
        else:
            before = self.tr("%1 before; the others are removed with what holds them")
            remark, verdict = before.replace("%1", number_text(numbers.resolved_before)), Verdict.WARNING
        return _Row(
            label, label, numbers.resolved_after, number_text(numbers.resolved_after), remark, verdict
        )

    def _unresolved(self, numbers: ExportFigures) -> _Row:
        label = self.tr("References unresolved")
        before = self.tr("%1 before the export").replace("%1", number_text(numbers.unresolved_before))
        others = numbers.unresolved_after - numbers.only_not_written
        if numbers.unresolved_after and not others:
            before = self.tr("they name what is loaded and not written")
        verdict = Verdict.WARNING if others else None
        return _Row(
            label, label, numbers.unresolved_after, number_text(numbers.unresolved_after), before, verdict
        )

    def _preambles(self, count: int) -> _Row:
        label = self.tr("Preambles zeroed")
        if not count:
            return _Row(label, label, 0, number_text(0), self.tr("none holds a program or an archive"))
        remark = self.tr("they hold the beginning of a program, an archive or a picture")
        return _Row(label, label, count, number_text(count), remark, Verdict.WARNING)

    def _filled(self, count: int) -> _Row:
        label = self.tr("Values only in the DICOMDIR")
        remark = self.tr("it must say them, and the files do not")
        return _Row(label, label, count, number_text(count), remark, Verdict.WARNING if count else None)

    def _rejection(self, numbers: ExportFigures) -> _Row:
        label = self.tr("Rejection notes")
        objects = plan_words().counted("instance", numbers.rejected)
        return _Row(
            label,
            label,
            (numbers.rejection_notes, numbers.rejected),
            number_text(numbers.rejection_notes),
            self.tr("one a study, for %1").replace("%1", objects),
        )

    def _skipped(self, reason: str, count: int) -> str:
        match reason:
            case "identical":
                said = (
                    self.tr("1 identical copy") if count == 1 else self.tr("%Ln identical copies", "", count)
                )
            case "truncated":
                said = (
                    self.tr("1 truncated file") if count == 1 else self.tr("%Ln truncated files", "", count)
                )
            case "broken":
                said = self.tr("1 broken file") if count == 1 else self.tr("%Ln broken files", "", count)
            case "dicomdir":
                said = self.tr("1 DICOMDIR") if count == 1 else self.tr("%Ln DICOMDIRs", "", count)
            case _:
                said = f"{number_text(count)} {reason}"
        return said


def is_full(error: BaseException) -> bool:
    """Say whether an export failed for want of room."""
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL


@cache
def export_words() -> ExportWords:
    """The one set of words."""
    return ExportWords()

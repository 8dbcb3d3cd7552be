"""How one of several things that bear one UID is called, so that they can be told apart."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.plan.told.same_uid import Alternative
from uidscope.qt.kit.elide import elide_path, elide_right
from uidscope.qt.kit.font_roles import FontRole, measure
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import entity_name

_MOST_NAME, _MOST_PLACE = 400, 520  # pixels


class AlternativeWords(QObject):
    """The words."""

    def name(self, alternative: Alternative) -> str:
        """What tells it from the others: a value where there is one, else its first file."""
        files = len(alternative.occurrences)
        # A button shows its words whole, and paths may be long.
        path = elide_path(screen_names().file(alternative.path), _MOST_NAME, measure(FontRole.BODY), "/")
        if alternative.value:
            value = elide_right(
                screen_names().typed_value(alternative.value), _MOST_NAME, measure(FontRole.BODY)
            )
            return f"{value}: {plan_words().files(files)}"
        if files == 1:
            return path
        said = (
            self.tr("%1 and 1 more file") if files == 2 else self.tr("%1 and %Ln more files", "", files - 1)
        )
        return said.replace("%1", path)

    def place(self, alternative: Alternative) -> str:
        """Where it stands: patient, study and series by their names."""
        way = " › ".join(entity_name(row) for row in alternative.place)
        return elide_right(way, _MOST_PLACE, measure(FontRole.SMALL))


@cache
def alternative_words() -> AlternativeWords:
    """The one set of words."""
    return AlternativeWords()

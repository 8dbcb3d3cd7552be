"""The words of a drag over the window: what letting go will add."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject

_MOST_NAMED = 3


def drop_title(folders: int, files: int) -> str:
    """ "Add 2 folders", "Add 1 folder and 3 files". At least one of the two must not be 0."""
    parts = [_words().folders(folders)] if folders else []
    if files:
        parts.append(_words().files(files))
    return _words().add(_words().joined(parts))


def drop_names(names: Sequence[str]) -> str:
    """The names of what is dragged, three at most: "pacs-a, pacs-b, pacs-c and 4 more"."""
    named, rest = list(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if rest > 0:
        return _words().joined([", ".join(named), _words().more(rest)])
    return _words().joined([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


@cache
def _words() -> "DropWords":
    return DropWords()


class DropWords(QObject):
    """The words of a drag. A QObject, for only there Qt's tools find the plural forms."""

    def folders(self, count: int) -> str:
        return self.tr("1 folder") if count == 1 else self.tr("%Ln folders", "", count)

    def files(self, count: int) -> str:
        return self.tr("1 file") if count == 1 else self.tr("%Ln files", "", count)

    def more(self, count: int) -> str:
        return self.tr("1 more") if count == 1 else self.tr("%Ln more", "", count)

    def add(self, what: str) -> str:
        return self.tr("Add %1").replace("%1", what)

    def joined(self, parts: Sequence[str]) -> str:
        """One or two parts, with the language's "and" between two."""
        if len(parts) < 2:
            return "".join(parts)
        # Not by replacing one after the other: a name may itself hold a percent sign and a figure.
        before, after = self.tr("%1 and %2").split("%1", 1)
        between, end = after.split("%2", 1)
        return f"{before}{parts[0]}{between}{parts[1]}{end}"

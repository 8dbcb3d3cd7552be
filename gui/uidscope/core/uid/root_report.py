"""What there is to say of a root while it is typed, and how an organization gets one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.root_check import root_refusal, validate_root
from uidscope.core.uid.roots import owner_of
from uidscope.core.uid.scheme_description import longest_roots
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.core.uid.word_files import read_words


@dataclass(frozen=True, slots=True)
class RootReport:
    """A root judged.

    ``refusal`` is one sentence where no UID may be made under it, else empty; ``warnings`` are
    sentences. ``owner`` is the name of who is known to hold it or what is above it, where one is.
    ``digits`` remain after the root and a point. ``fits`` and ``does_not_fit`` name schemes.
    """

    root: str
    refusal: str
    warnings: tuple[str, ...]
    owner: str
    digits: int
    fits: tuple[str, ...]
    does_not_fit: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What there is to say, the gravest first: the refusal alone, or warnings and the room left."""
        if self.refusal:
            return (self.refusal,)
        labels = _words()["labels"]
        said = [*self.warnings] or [labels["usable"]]
        said.append(
            labels["length"].format(length=len(self.root), limit=LONGEST_UID, digits=max(0, self.digits))
        )
        if self.does_not_fit:
            said.append(labels["does_not_fit"].format(schemes=", ".join(self.does_not_fit)))
        return tuple(said)


@dataclass(frozen=True, slots=True)
class WayToARoot:
    """A way to get a root: a few plain words each, and the form that the root has then."""

    title: str
    text: str
    example: str
    cost: str


def report_on_root(root: str) -> RootReport:
    """Judge any text as a root."""
    refusal = phrase(root_refusal(root) or "")
    owner = owner_of(root)
    room = {name: longest >= len(root) for name, longest in longest_roots().items()}
    return RootReport(
        root=root,
        refusal=refusal,
        warnings=() if refusal else tuple(map(phrase, validate_root(root))),
        owner=owner.owner if owner else "",
        digits=LONGEST_UID - len(root) - 1,
        fits=tuple(name for name, fits in room.items() if fits and not refusal),
        does_not_fit=tuple(name for name, fits in room.items() if not fits and not refusal),
    )


def ways_to_a_root() -> tuple[WayToARoot, ...]:
    """Return the ways to get a root, the most lasting first, and last how to do without one."""
    return tuple(WayToARoot(**way) for way in _words()["ways"])


def toolkit_roots_warning() -> str:
    """Return the sentence on the roots that toolkits come with."""
    warning: str = _words()["warning"]
    return warning


def ways_as_text() -> str:
    """Return all of it as lines for a terminal."""
    labels = _words()["labels"]
    lines = [labels["ways"]]
    for number, way in enumerate(ways_to_a_root(), start=1):
        lines += ["", f"{number}. {way.title}", f"   {way.text}"]
        lines += [f"   {labels['example']}: {way.example}", f"   {labels['cost']}: {way.cost}"]
    return "\n".join([*lines, "", toolkit_roots_warning()])


def ways_as_json() -> dict[str, Any]:
    """Return all of it as plain values for ``json.dumps``."""
    return {"ways": [asdict(way) for way in ways_to_a_root()], "warning": toolkit_roots_warning()}


def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_words("roots")
    return words

"""In which order the children of a node stand: their natural one, or by what one column of the tree says."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

SortKey = Literal["name", "status", "modality", "date", "number", "uid", "file"]
ParentLevel = Literal["root", "patient", "study", "series", "instance"]


class Order(NamedTuple):
    """By what children are ordered, those that say nothing last whatever the direction.

    Names and texts are told apart without case, numbers as numbers, UIDs and paths as texts; ``status``
    begins with the most errors, then warnings, then notes, at and below a node. Equal ones, and all at a
    level that does not have such a fact, stand in their natural order.
    """

    key: SortKey
    descending: bool = False


def order_query(parent: ParentLevel, order: Order | None = None) -> str:
    """Return the query for the ids of a node's children, which takes the node's id, but for the root."""
    below = _BELOW[parent]
    by = below.by.get(order.key) if order else None
    if order is None or by is None:
        return f"{below.rows} ORDER BY {below.natural}"
    keys = [f"{key} DESC" if order.descending else key for key in by.keys]
    absent = [f"{by.text} = ''"] if by.text else []
    return f"{below.rows} ORDER BY {', '.join([*absent, *keys, below.natural])}"


class _By(NamedTuple):
    """What is compared, the first before the next, and the text that is empty where there is nothing."""

    keys: tuple[str, ...]
    text: str = ""


class _Below(NamedTuple):
    """The rows below a node, their natural order, and what they can be ordered by."""

    rows: str
    natural: str
    by: dict[SortKey, _By]


def _by_text(text: str) -> _By:
    return _By((f"{text} COLLATE NOCASE",), text)


def _by_gravity(level: str, node: str) -> _By:
    """By the number of findings of each severity, the gravest first, more before fewer."""
    return _By(
        tuple(
            "-(SELECT COALESCE(SUM(own + below), 0) FROM badge"  # noqa: S608 - our own names
            f" WHERE level = '{level}' AND node_id = {node} AND severity = '{severity}')"
            for severity in ("error", "warning", "info")
        )
    )


_BY_UID: Final = _By(("uid.value",))
_BY_NUMBER: Final = _By(("CAST(number AS INTEGER)", "number"), "number")
_BY_DATE: Final = _By(("date",), "date")
_BY_PATH: Final = _By(("source_id", "folder.path", "name"))


_FIRST_FILE: Final = (
    "(SELECT MIN(printf('%09d', source_id) || CAST(folder.path AS TEXT) || '/' || CAST(name AS TEXT))"
    " FROM occurrence JOIN folder ON folder.id = folder_id WHERE instance_id = instance.id)"
)
_NATURAL_NUMBER: Final = "number = '', CAST(number AS INTEGER), number, uid.value"

_BELOW: Final[dict[ParentLevel, _Below]] = {
    "root": _Below(
        "SELECT id FROM patient",
        "name, patient_id, issuer, birth_date, id",
        {
            "name": _by_text("iif(name <> '', name, patient_id)"),
            "status": _by_gravity("patient", "patient.id"),
        },
    ),
    "patient": _Below(
        "SELECT study.id FROM study JOIN uid ON uid.id = uid_id WHERE patient_id = ?",
        "date, uid.value, study.id",
        {
            "name": _by_text("description"),
            "status": _by_gravity("study", "study.id"),
            "date": _BY_DATE,
            "uid": _BY_UID,
        },
    ),
    "study": _Below(
        "SELECT series.id FROM series JOIN uid ON uid.id = uid_id WHERE study_id = ?",
        f"{_NATURAL_NUMBER}, series.id",
        {
            "name": _by_text("description"),
            "status": _by_gravity("series", "series.id"),
            "modality": _by_text("modality"),
            "date": _BY_DATE,
            "number": _BY_NUMBER,
            "uid": _BY_UID,
        },
    ),
    "series": _Below(
        "SELECT instance.id FROM instance JOIN uid ON uid.id = uid_id WHERE series_id = ?",
        f"{_NATURAL_NUMBER}, instance.id",
        {
            "name": _BY_NUMBER,
            "status": _by_gravity("instance", "instance.id"),
            "number": _BY_NUMBER,
            "uid": _BY_UID,
            "file": _By((_FIRST_FILE,)),
        },
    ),
    "instance": _Below(
        "SELECT occurrence.id FROM occurrence JOIN folder ON folder.id = folder_id WHERE instance_id = ?",
        "source_id, folder.path, name, occurrence.id",
        {
            "name": _BY_PATH,
            "status": _by_gravity("file", "occurrence.id"),
            "file": _BY_PATH,
        },
    ),
}

"""What an interrupted export needs to go on: whose work it is, and the UIDs it had issued.

It lies in the staging folder, which nobody else may enter, and goes with it: it re-identifies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from uidscope.core.errors import OutputError
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan
from uidscope.core.uid.schemes import Scheme

_FORMAT: Final = "uidscope/export-journal/1"


@dataclass(frozen=True, slots=True)
class Journal:
    """The request by its digest, when its new instances are created, and every UID issued for it.

    ``intentions`` are the ids of the plan's intentions, in its order: the issued UIDs are bound to them.
    ``issued`` may be gone through once, since a million UIDs are an ordinary table.
    """

    request: str
    created: dt.datetime
    intentions: tuple[str, ...]
    issued: Iterable[tuple[RowKey, str]]


def request_digest(sources: Sequence[str], plan: Plan, scheme: Scheme, *more: object) -> str:
    """Return a digest that two starts share where they ask for the same.

    ``sources`` are absolute; ``more`` is whatever else decides the bytes and the names of the files.
    """
    meant = replace(plan, intentions=tuple(replace(intention, id="") for intention in plan.intentions))
    # What a key makes tells two keys apart, and does not give the key away.
    sample = scheme.new_uid("instance", "1.2.3") if scheme.repeatable else ""
    told = repr((tuple(sources), meant, scheme, sample, more))
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def resumed_plan(plan: Plan, journal: Journal, request: str) -> Plan:
    """Return the plan with the ids that the issued UIDs of the journal are bound to.

    Raises ``OutputError`` where the interrupted export was asked for something else.
    """
    if journal.request != request or len(journal.intentions) != len(plan.intentions):
        raise OutputError(
            "The interrupted export was started with other sources or options: start it as it was to resume"
            " it, or clear it."
        )
    same = zip(plan.intentions, journal.intentions, strict=True)
    return replace(plan, intentions=tuple(replace(intention, id=id_) for intention, id_ in same))


def journal_lines(journal: Journal) -> Iterator[bytes]:
    """Yield the journal in pieces; the last line says that it is whole."""
    yield _line(
        {
            "format": _FORMAT,
            "request": journal.request,
            "created": journal.created.isoformat(),
            "intentions": journal.intentions,
        }
    )
    number = 0
    for row, new in journal.issued:
        number += 1
        yield _line([row.intention, row.old, row.domain.decode("latin-1"), new])
    yield _line({"issued": number})


def read_journal(lines: Iterable[bytes]) -> Journal | None:
    """Return the journal; None where it is not whole, as after a loss of power."""
    try:
        heading, *rows, end = [json.loads(line) for line in lines]
        if heading["format"] != _FORMAT or end != {"issued": len(rows)}:
            return None
        created = dt.datetime.fromisoformat(heading["created"])
        issued = tuple((RowKey(id_, old, domain.encode("latin-1")), new) for id_, old, domain, new in rows)
        return Journal(heading["request"], created, tuple(heading["intentions"]), issued)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _line(content: Any) -> bytes:
    return json.dumps(content).encode("ascii") + b"\n"

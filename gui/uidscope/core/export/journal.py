"""What an interrupted export needs to go on: whose work it is, the UIDs it had issued, its rows by hand.

It lies in the staging folder, which nobody else may enter, and goes with it: it re-identifies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    ``intentions`` are the ids of the plan's intentions, in its order: the issued UIDs are bound to them, and
    so are the rows that were switched off (``kept``) and those with a typed UID (``by_hand``). ``issued``
    may be gone through once, since a million UIDs are an ordinary table.
    """

    request: str
    created: dt.datetime
    intentions: tuple[str, ...]
    issued: Iterable[tuple[RowKey, str]]
    kept: frozenset[RowKey] = frozenset()
    by_hand: tuple[tuple[RowKey, str], ...] = ()


def request_digest(sources: Sequence[str], plan: Plan, scheme: Scheme, *more: object) -> str:
    """Return a digest that two starts share where they ask for the same.

    ``sources`` are absolute; ``more`` is whatever else decides the bytes and the names of the files. The rows
    switched off or typed do not count: the journal has them, and a plan made anew need not.
    """
    nameless = tuple(replace(intention, id="") for intention in plan.intentions)
    meant = replace(plan, intentions=nameless, kept=frozenset(), by_hand=())
    # What a key makes tells two keys apart, and does not give the key away.
    sample = scheme.new_uid("instance", "1.2.3") if scheme.repeatable else ""
    told = repr((tuple(sources), meant, scheme, sample, more))
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def resumed_plan(plan: Plan, journal: Journal, request: str) -> Plan:
    """Return the plan with the ids that the issued UIDs of the journal are bound to, and with its rows.

    Raises ``OutputError`` where the interrupted export was asked for something else, other rows included.
    """
    if journal.request != request or len(journal.intentions) != len(plan.intentions):
        raise _asked_for_something_else()
    of_then = dict(zip((each.id for each in plan.intentions), journal.intentions, strict=True))
    told = with_ids(plan, of_then)
    rows = (told.kept, frozenset(told.by_hand))
    if rows not in ((frozenset(), frozenset()), (journal.kept, frozenset(journal.by_hand))):
        raise _asked_for_something_else()
    return replace(told, kept=journal.kept, by_hand=journal.by_hand)


def with_ids(plan: Plan, ids: Mapping[str, str]) -> Plan:
    """Return a plan with other ids for its intentions, in its rows too; one that is not named stays."""

    def renamed(row: RowKey) -> RowKey:
        return row._replace(intention=ids.get(row.intention, row.intention))

    return replace(
        plan,
        intentions=tuple(replace(each, id=ids.get(each.id, each.id)) for each in plan.intentions),
        kept=frozenset(map(renamed, plan.kept)),
        by_hand=tuple((renamed(row), uid) for row, uid in plan.by_hand),
    )


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
        yield _line([*_row(row), new])
    for row in sorted(journal.kept):
        yield _line({"kept": _row(row)})
    for row, uid in journal.by_hand:
        yield _line({"by_hand": [*_row(row), uid]})
    yield _line({"issued": number, "rows": len(journal.kept) + len(journal.by_hand)})


def read_journal(lines: Iterable[bytes]) -> Journal | None:
    """Return the journal; None where it is not whole, as after a loss of power."""
    try:
        heading, *rows, end = [json.loads(line) for line in lines]
        issued = [row for row in rows if isinstance(row, list)]
        others = [row for row in rows if isinstance(row, dict)]
        if heading["format"] != _FORMAT or end != {"issued": len(issued), "rows": len(others)}:
            return None
        return Journal(
            heading["request"],
            dt.datetime.fromisoformat(heading["created"]),
            tuple(heading["intentions"]),
            tuple((_key(id_, old, domain), new) for id_, old, domain, new in issued),
            frozenset(_key(*row["kept"]) for row in others if "kept" in row),
            tuple((_key(*row["by_hand"][:3]), row["by_hand"][3]) for row in others if "by_hand" in row),
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None


def _row(row: RowKey) -> list[str]:
    return [row.intention, row.old, row.domain.decode("latin-1")]


def _key(intention: str, old: str, domain: str) -> RowKey:
    return RowKey(intention, old, domain.encode("latin-1"))


def _asked_for_something_else() -> OutputError:
    return OutputError(
        "The interrupted export was started with other sources or options: start it as it was to resume"
        " it, or clear it."
    )


def _line(content: Any) -> bytes:
    return json.dumps(content).encode("ascii") + b"\n"

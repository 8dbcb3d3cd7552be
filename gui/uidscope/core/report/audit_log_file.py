"""The audit log as one file to hand over: JSON lines, or the audit messages of PS3.15 A.5 in XML."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from uidscope.core.audit.audit_message import audit_messages
from uidscope.core.audit.log_file import AuditLogFile, AuditRecords
from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.report.replaced_file import replaced_file

Records = Iterable[dict[str, Any]]


def _lines(records: Records) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=True) + "\n"


_WRITERS: Final[dict[str, Callable[[Records], Iterable[str]]]] = {".jsonl": _lines, ".xml": audit_messages}

AUDIT_LOG_ENDINGS: Final = tuple(_WRITERS)


def save_audit_log(path: str, sources: Iterable[str] = (), log: AuditLogFile | None = None) -> AuditRecords:
    """Write all records in the format that the name's ending says (``AUDIT_LOG_ENDINGS``); return them.

    This user alone may read the file. Raises ``UsageError`` for another ending, ``InputError`` where the
    log cannot be read, and ``OutputError`` where the file lies in a source folder or cannot be written; a
    file of that name is then as it was before.
    """
    writer = _WRITERS.get(os.path.splitext(path)[1].lower())
    if writer is None:
        raise UsageError(f"The name of an audit log ends in {' or '.join(AUDIT_LOG_ENDINGS)}.")
    refuse_inside_sources(path, sources)
    try:
        found = (log or AuditLogFile()).records()
    except OSError as error:
        raise InputError(f"The audit log cannot be read: {error.strerror}.") from error
    with replaced_file(path) as file:
        file.writelines(writer(found.records))
    return found

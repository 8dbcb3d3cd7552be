"""What an export did, as the object ``uidscope/export/1``."""

from __future__ import annotations

import json
from typing import Any, Final

from uidscope.core.export.request import ExportResult

SCHEMA: Final = "uidscope/export/1"


def export_object(result: ExportResult) -> dict[str, Any]:
    """Return the object that ``regenerate --format json`` prints and the manifest holds."""
    return {
        "schema": SCHEMA,
        "dry_run": result.dry_run,
        "target": result.target,
        "plan": [
            {
                "kind": entry.change,
                "old": entry.old,
                "new": entry.new,
                "scope": entry.scope,
                "role": entry.kind,
                "reason": entry.reason,
                "file_count": entry.file_count,
            }
            for entry in result.entries
        ],
        "files": [
            {"source": file.source, "output": file.output, "sha256": file.sha256, "changed": file.changed}
            for file in result.files
        ],
        "skipped": [{"file": skipped.file, "reason": skipped.reason} for skipped in result.skipped],
        "references": {"before": dict(result.references_before), "after": dict(result.references_after)},
        "verified": result.verified,
        **_more(result),
    }


def _more(result: ExportResult) -> dict[str, Any]:
    """What only some exports have."""
    more: dict[str, Any] = {}
    if result.directory is not None:
        filled = [key._asdict() for key in result.directory.filled]
        more["directory"] = {**result.directory._asdict(), "filled": filled}
    if result.archive is not None:
        more["archive"] = result.archive._asdict()
    if result.rejection_notes:
        more["rejection_notes"] = [note._asdict() for note in result.rejection_notes]
    if result.resumed:
        more["resumed"] = result.resumed
    return more


def manifest_json(result: ExportResult) -> bytes:
    """Return the object as JSON, in ASCII: undecodable bytes of paths stand as ``\\udcXX``."""
    return (json.dumps(export_object(result), indent=1) + "\n").encode("ascii")

"""Which transfer syntax the file meta of each file declares."""

from __future__ import annotations

import json
from collections.abc import Iterable

from uidscope.core.catalog.set_numbers import base_of
from uidscope.core.catalog.store import Catalog


def transfer_syntaxes(catalog: Catalog, occurrence_ids: Iterable[int]) -> dict[int, str]:
    """Return (0002,0010) of these files by occurrence; files where it is absent or empty are left out."""
    rows = catalog.connection.execute(
        f"""
        SELECT occurrence.id, uid.value
        FROM json_each(?) AS wanted
        JOIN occurrence ON occurrence.id = wanted.value
        JOIN value_set_part AS part ON part.set_id IN (value_set_id, {base_of("value_set_id")})
            AND part.pattern_id = (SELECT id FROM pattern WHERE text = 'meta.TransferSyntaxUID')
        JOIN uid ON uid.id = part.uid_id
        WHERE part.uid_id > 0
        """,  # noqa: S608 - our own text
        (json.dumps(list(occurrence_ids)),),
    )
    return dict(rows)

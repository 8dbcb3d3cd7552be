"""How large a catalog is, with what is still in its log."""

from __future__ import annotations

from uidscope.core.catalog.store import Catalog


def catalog_size(catalog: Catalog) -> int:
    """Return the bytes of its pages."""
    pages, page_bytes = (
        catalog.connection.execute(f"PRAGMA {fact}").fetchone()[0] for fact in ("page_count", "page_size")
    )
    return int(pages * page_bytes)

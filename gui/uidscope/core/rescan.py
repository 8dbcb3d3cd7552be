"""The catalog of an earlier scan brought up to date: what has not changed is not opened again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from uidscope.core.catalog.catalog_file import (
    CatalogInUse,
    break_seal,
    held,
    is_sealed,
    open_beside_writer,
    open_sound,
    seal,
)
from uidscope.core.catalog.kept_files import is_unchanged
from uidscope.core.catalog.rule_settings import RuleSettings, rule_settings, set_rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import OutputError
from uidscope.core.flow import check, is_checked, load
from uidscope.core.progress import CancelToken, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import Source
from uidscope.core.read.scan import ScanOptions

_UNFINISHED: Final = ".incomplete"
_PARTS: Final = ("", "-wal", "-shm")


@contextlib.contextmanager
def kept_catalog(
    path: str,
    sources: Sequence[Source],
    options: ScanOptions,
    *,
    reread: bool = False,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[Catalog]:
    """Give the catalog of these sources that is kept in a file, made or brought up to date.

    A file that an earlier scan knows is taken for unchanged by its size, time and inode; with ``reread`` none
    is. ``options`` must say ``keep``. A catalog made anew stands under its name at the end alone, and where
    all went well and nothing was cancelled. One that is damaged, or of another version, is made anew from the
    files; one that another program is writing is read as it was (``is_read_only``); ``told`` is given a
    sentence that says so.

    Raises ``OutputError`` where something else stands there, where none can be made, or where another program
    is making the first.
    """
    cancel = cancel or CancelToken()
    path = os.path.abspath(path)
    name = path + _UNFINISHED
    with contextlib.ExitStack() as at_the_end:
        try:
            at_the_end.enter_context(held(path))
        except CatalogInUse:
            of_another, notice = open_beside_writer(path, name)
            told(notice)
            yield at_the_end.enter_context(of_another)
            return
        before = open_sound(path)
        if before is not None:
            at_the_end.enter_context(before)
        elif os.path.exists(path):
            told(f"The catalog {path} is damaged or of another version; it is made anew from the files.")
        known = None if reread else before
        if known:
            at_the_end.enter_context(_looked_through_if_it_fails(path))
        if known and is_unchanged(known, sources, options, progress=progress, cancel=cancel):
            yield known
            if not is_sealed(known):
                with contextlib.suppress(OutputError):  # another program reads it
                    seal(known)
            return
        _remove_parts(name)  # what a killed program left
        catalog = Catalog.create(name)
        at_the_end.callback(_remove, name, catalog)
        load(catalog, sources, options, progress=progress, cancel=cancel, before=known)
        yield catalog
        if before is not None:
            before.close()
        if not cancel.cancelled or before is None:
            seal(catalog, path)


def check_if_needed(
    catalog: Catalog,
    settings: RuleSettings,
    *,
    leftovers: bool = True,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Judge what is loaded as ``flow.check`` does, unless the catalog holds the findings already.

    Another program's catalog keeps the findings and settings that it has.
    """
    if catalog.is_read_only:
        return
    if not is_checked(catalog, leftovers=leftovers):
        check(catalog, settings, leftovers=leftovers, progress=progress, cancel=cancel)
    elif rule_settings(catalog) != settings:
        set_rule_settings(catalog, settings)


@contextlib.contextmanager
def _looked_through_if_it_fails(path: str) -> Iterator[None]:
    """Have a catalog that was taken for sound read through next time, if the work on it fails."""
    try:
        yield
    except BaseException:
        break_seal(path)
        raise


def _remove(name: str, made: Catalog) -> None:
    made.close()
    _remove_parts(name)


def _remove_parts(name: str) -> None:
    for part in _PARTS:
        with contextlib.suppress(OSError):
            os.remove(name + part)

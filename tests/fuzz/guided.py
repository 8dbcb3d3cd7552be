"""Mutants that look for code not yet reached: `python -m tests.fuzz.guided walker|uid [-max_total_time=N]`.

Needs atheris, which is not among the project's own requirements (`pip install atheris`); what follows the
name goes to it. A crash ends the run and leaves the bytes that made it in a file `crash-...`.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> int:
    """Fuzz what the command line names until told to stop."""
    if len(sys.argv) < 2 or sys.argv[1] not in _TARGETS:
        sys.stderr.write(f"usage: python -m tests.fuzz.guided {'|'.join(_TARGETS)} [OPTIONS OF ATHERIS]\n")
        return 2
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return 3
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["uidscope"]):
        try_one, corpus = _TARGETS[name]()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(corpus):
            Path(folder, str(number)).write_bytes(data)
        atheris.Setup([*sys.argv, folder], try_one)
        atheris.Fuzz()  # ends the process
    return 0


def _walker() -> tuple[Callable[[bytes], None], list[bytes]]:
    from tests.fuzz.seeds import seeds
    from tests.fuzz.stages import go_through

    def try_one(data: bytes) -> None:
        go_through(data)

    return try_one, [seed.head + seed.stream for seed in seeds() if not seed.deflated]


def _uid() -> tuple[Callable[[bytes], None], list[bytes]]:
    from uidscope.core.errors import UidscopeError
    from uidscope.core.uid.anatomy import explain
    from uidscope.core.uid.syntax import (
        faulty_parts,
        is_plainly_encoded,
        is_well_formed,
        judge_encoding,
        judge_value,
        split_field,
        strip_value,
    )

    def try_one(data: bytes) -> None:
        judge_encoding(data, multiple_allowed=True)
        for raw in split_field(data):
            text = strip_value(raw)
            faults = judge_value(text)
            assert text.isprintable() or not is_well_formed(text)
            assert is_plainly_encoded(raw) or judge_encoding(raw, multiple_allowed=False) or faults
            faulty_parts(text)
            with contextlib.suppress(UidscopeError):
                explain(text)

    return try_one, [
        b"1.2.840.10008.1.2\0",
        b"2.25.329800735698586629295641978511506172918",
        b"1.02.3\\ 1..2\0\0",
        b"12345678-1234-1234-1234-123456789abc",
        b"{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}",
        b"urn:oid:1.2.3",
    ]


_TARGETS: dict[str, Callable[[], tuple[Callable[[bytes], None], list[bytes]]]] = {
    "walker": _walker,
    "uid": _uid,
}


if __name__ == "__main__":
    sys.exit(main())

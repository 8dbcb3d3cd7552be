"""``uidscope --selftest``: proves that the program is whole where it is installed."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from uidscope import __version__
from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.cli.result_file import write_result
from uidscope.core.audit.recording import SWITCH as AUDIT_SWITCH
from uidscope.core.errors import UidscopeError
from uidscope.core.private_folder import PrivateFolder
from uidscope.core.selftest import Probe, ProbeResult, core_probes, run_probes

_STATE_WIDTH, _NAME_WIDTH = 8, 14


def run_selftest(arguments: Sequence[str], window_probes: Iterable[Probe]) -> None:
    """Run the command; ends with SystemExit, 0 where nothing failed and 3 otherwise."""
    selftest_command(args=list(arguments), prog_name="uidscope --selftest", obj=tuple(window_probes))


@click.command("--selftest")
@click.option("--out", "output", metavar="FILE", help="Also write the result there (JSON).")
@click.pass_obj
@ends_in_a_sentence
def selftest_command(window_probes: tuple[Probe, ...], output: str | None) -> int:
    """Prove that the program is whole: its tables, rules, database, processes, and window.

    It makes sample data, inspects it, writes it anew, verifies it, and removes it. It needs no network
    and no display.
    """
    click.echo(f"uidscope {__version__}, Python {platform.python_version()}, {platform.platform()}")
    os.environ[AUDIT_SWITCH] = "off"  # what it does to its sample is nobody's work
    room = PrivateFolder("selftest")
    results = []
    try:
        for result in _results(window_probes, room.path):
            click.echo(f"{result.state:<{_STATE_WIDTH}}{result.name:<{_NAME_WIDTH}}{result.said}")
            results.append(result)
    finally:
        room.close()
    if output is not None:
        write_result([json.dumps(_object(results), indent=1) + "\n"], output, ())
    return UidscopeError.exit_status if _failed(results) else DONE


def _results(window_probes: Iterable[Probe], folder: str) -> Iterator[ProbeResult]:
    sound = True
    for result in run_probes(core_probes(), folder):
        sound = sound and result.state != "failed"
        yield result
    if sound:
        yield from run_probes(window_probes, folder)
    else:
        # The window would fail the same way, in a place that says less.
        for probe in window_probes:
            yield ProbeResult(probe.name, "skipped", "not tried after a failure")


def _failed(results: Iterable[ProbeResult]) -> bool:
    return any(result.state == "failed" for result in results)


def _object(results: Sequence[ProbeResult]) -> dict[str, Any]:
    return {
        "tool": {"name": "uidscope", "version": __version__},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "passed": not _failed(results),
        "probes": [result._asdict() for result in results],
    }

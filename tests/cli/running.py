"""Runs the command line inside the test's own process, and as a program."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner, Result

from uidscope.cli.main import command_line


def run_cli(*arguments: str, stdin: bytes = b"") -> Result:
    """Run a command; ``stdout``, ``stderr`` and ``exit_code`` tell how it went. A traceback is a failure."""
    result = CliRunner().invoke(command_line, list(arguments), input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_program(*arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run ``python -m uidscope`` as a user's shell would."""
    return subprocess.run(
        [sys.executable, "-m", "uidscope", *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )

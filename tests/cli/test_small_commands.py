"""``explain``, ``generate``, ``--version``: what they print."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import run_cli, run_program
from uidscope import __version__
from uidscope.core.uid.schemes import SCHEME_NAMES
from uidscope.core.uid.syntax import judge_value


def test_version() -> None:
    assert run_cli("--version").stdout == f"uidscope {__version__}\n"
    assert run_program("--version").stdout == f"uidscope {__version__}\n"


def test_help_names_every_command() -> None:
    told = run_cli("--help").stdout
    for command in ("inspect", "explain", "generate", "regenerate"):
        assert command in told
        assert run_cli(command, "--help").exit_code == 0


def test_explain_in_words() -> None:
    told = run_cli("explain", "1.2.840.113619.2.01.5").stdout
    assert "Assigned under: 1.2.840.113619" in told
    assert "PS3.5 9.1" in told
    assert "made by" not in told


def test_explain_turns_a_uuid_into_its_uid() -> None:
    told = json.loads(run_cli("explain", "{F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6}", "--format", "json").stdout)
    assert told[0]["uid"] == "2.25.329800735698586629295641978511506172918"
    assert told[0]["uuid"]["version"] == 1


@pytest.mark.parametrize(
    "text", ["", "\N{ARABIC-INDIC DIGIT THREE}", "1.2.3\n", "a" * 10_000, "-1", "\udcff"]
)
def test_explain_bears_anything(text: str) -> None:
    assert run_cli("explain", "--", text).exit_code == 0


@pytest.mark.parametrize("scheme", [name for name in SCHEME_NAMES if name != "keyed"])
def test_generate_by_every_scheme(scheme: str) -> None:
    options = [] if scheme == "uuid" else ["--root", "1.3.6.1.4.1.32473"]
    options += ["--serial", "12"] if scheme == "installation" else []
    told = json.loads(
        run_cli("generate", "-n", "50", "--scheme", scheme, *options, "--format", "json").stdout
    )
    assert len(set(told["uids"])) == 50
    assert all(judge_value(uid, writing=True) == () for uid in told["uids"])


def test_a_root_that_is_too_long_is_refused_with_what_remains() -> None:
    result = run_cli("generate", "--scheme", "root-uuid", "--root", "1.3.6.1.4.1.32473" + ".123" * 10)
    assert result.exit_code == 2
    assert "remain" in result.stderr
    assert result.stdout == ""
    assert run_cli("generate", "--scheme", "root-random", "--root", "1.2.840.10008.7").exit_code == 2

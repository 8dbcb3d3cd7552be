"""What memory this process holds, as Linux tells it."""

from __future__ import annotations

from pathlib import Path

_ABOUT_SELF = Path("/proc/self")


def forget_peak() -> None:
    """Count the peak from now on."""
    (_ABOUT_SELF / "clear_refs").write_text("5")


def resident() -> float:
    """Megabytes of memory that are the process's own or that it shares: its resident set."""
    return _status("VmRSS")


def peak() -> float:
    """Megabytes of the largest resident set since ``forget_peak``."""
    return _status("VmHWM")


def _status(name: str) -> float:
    for line in (_ABOUT_SELF / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)

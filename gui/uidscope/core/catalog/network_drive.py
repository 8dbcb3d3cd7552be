"""Whether a folder lies on a drive of another computer, where SQLite's locks are not to be trusted."""

from __future__ import annotations

import os
import sys
from typing import Final

_NETWORK: Final = frozenset(
    {
        "9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs", "fuse.glusterfs",
        "fuse.rclone", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2",
        "orangefs", "smb3", "smbfs", "vboxsf",
    }
)  # fmt: skip
_MOUNTS: Final = "/proc/self/mountinfo"
_DRIVE_REMOTE: Final = 4


def is_on_network_drive(folder: str) -> bool:
    """Say whether a folder lies on a network drive, as far as the system tells (Linux and Windows)."""
    path = os.path.realpath(folder)
    if sys.platform == "win32":
        return _is_remote_on_windows(path)
    try:
        with open(_MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
            return file_system_of(path, file.read()) in _NETWORK
    except OSError:
        return False


def file_system_of(path: str, mounts: str) -> str:
    """Return the type of the file system a path lies on, from the text of ``mountinfo`` (proc(5))."""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, behind = line.partition(" - ")
        fields, kind = before.split(" "), behind.split(" ")[0]
        if len(fields) < 5:
            continue
        mounted = _unescaped(fields[4])
        inside = path == mounted or path.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= longest:  # of two mounts on one place the later counts
            found, longest = kind, len(mounted)
    return found


def _unescaped(mounted: str) -> str:
    for octal, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mounted = mounted.replace(octal, character)
    return mounted


def _is_remote_on_windows(path: str) -> bool:
    import ctypes  # noqa: PLC0415 - there alone

    drive = os.path.splitdrive(path)[0]
    if drive.startswith("\\\\"):
        return True
    windll = getattr(ctypes, "windll", None)
    return windll is not None and windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE

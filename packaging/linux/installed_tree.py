"""The files of the program as they lie on a Linux system, before they go into a package."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Final

import project

HERE: Final = Path(__file__).resolve().parent
PROGRAM_FOLDER: Final = f"opt/{project.name()}"


def make(root: Path, program: Path, parts: Path) -> None:
    """Fill a folder, which is made anew, with everything below ``/`` that the packages hold."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(program, root / PROGRAM_FOLDER, symlinks=True)
    name = project.name()
    link = root / "usr" / "bin" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/{PROGRAM_FOLDER}/{name}")
    share = root / "usr" / "share"
    _copy(HERE / "uidscope.desktop", share / "applications" / f"{name}.desktop")
    _copy(HERE / "uidscope-mime.xml", share / "mime" / "packages" / f"{name}.xml")
    _write(share / "metainfo" / f"{project.APPLICATION_ID}.metainfo.xml", metainfo())
    for picture in parts.glob("uidscope-*.png"):
        size = picture.stem.rpartition("-")[2]
        _copy(picture, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{name}.png")
    icon = project.ROOT / "resources" / "program" / "uidscope.svg"
    _copy(icon, share / "icons" / "hicolor" / "scalable" / "apps" / f"{name}.svg")
    compressed(share / "man" / "man1" / f"{name}.1.gz", (parts / "uidscope.1").read_text("utf-8"))
    documents = share / "doc" / name
    _write(documents / "copyright", (parts / "licences" / "notices.txt").read_text("utf-8"))
    _copy(project.ROOT / "README.md", documents / "README.md")
    _set_modes(root)


def metainfo() -> str:
    """Return what software centres show (AppStream)."""
    words = {
        "ID": project.APPLICATION_ID,
        "PUBLISHER": project.publisher(),
        "VERSION": project.version(),
        "DATE": project.build_time().date().isoformat(),
    }
    text = (HERE / "metainfo.xml.in").read_text("utf-8")
    for word, meaning in words.items():
        text = text.replace(f"@{word}@", meaning)
    return text


def compressed(file: Path, text: str) -> None:
    """Write a text as Debian wants it: gzip at its best, without a time stamp."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _set_modes(root: Path) -> None:
    """What is to be run may be run by everybody, all else read; whatever the builder's umask is."""
    root.chmod(0o755)
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.parent == root / PROGRAM_FOLDER
        path.chmod(0o755 if runs else 0o644)

"""The packages for Linux from the frozen program: ``build.py PROGRAM PARTS FOLDER``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import deb  # noqa: E402 - the folders above
import installed_tree  # noqa: E402
import rpm  # noqa: E402
import shared_libraries  # noqa: E402


def main(program: Path, parts: Path, packages: Path) -> None:
    needs = shared_libraries.needs_of(program)
    for tool, builder in (("rpmbuild", rpm), ("dpkg-deb", deb)):
        if shutil.which(tool) is None:
            print(f"{tool} is not installed: no .{builder.__name__}")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            tree = Path(scratch) / "tree"
            installed_tree.make(tree, program, parts)
            package = builder.build(tree, needs, packages)
            print(f"{package.name}: {package.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:4]))

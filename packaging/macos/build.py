"""The disk image for macOS from the frozen .app: ``build.py PROGRAM PARTS FOLDER``.

UIDSCOPE_SIGNED_BY names the identity that PyInstaller signed with. NOTARY_PROFILE, where given, names what
``xcrun notarytool store-credentials`` keeps, and the image is notarized and stapled.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import project  # noqa: E402 - the folder above


def main(program: Path, _parts: Path, packages: Path) -> None:
    _run("codesign", "--verify", "--deep", "--strict", program)
    package = packages / f"{project.name()}-{project.version()}-macos-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / project.TITLE
        folder.mkdir()
        # Keeps links and signatures as they are, which a plain copy may not.
        _run("ditto", program, folder / program.name)
        (folder / "Applications").symlink_to("/Applications")
        _run(
            "hdiutil", "create", "-volname", f"{project.TITLE} {project.version()}", "-srcfolder", folder,
            "-format", "UDZO", "-ov", package,
        )  # fmt: skip
    identity = os.environ.get("UIDSCOPE_SIGNED_BY")
    if identity:
        _run("codesign", "--sign", identity, "--timestamp", package)
    profile = os.environ.get("NOTARY_PROFILE")
    if identity and profile:
        _run("xcrun", "notarytool", "submit", package, "--keychain-profile", profile, "--wait")
        _run("xcrun", "stapler", "staple", package)
        _run("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", package)
    print(f"{package.name}: {package.stat().st_size / 1e6:.0f} MB")


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True)


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:4]))

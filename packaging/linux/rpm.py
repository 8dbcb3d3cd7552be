"""The package for Fedora, RHEL, openSUSE and their kin; without scriptlets, like the other."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import installed_tree
import project
from shared_libraries import Needs

_SPEC = """\
%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global _binary_payload w6T2.xzdio
Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: MIT AND LGPL-3.0-only
{homepage}Vendor: {publisher}
Packager: {maintainer}
# Python and Qt come along and must not be offered to other packages.
AutoReqProv: no
{requires}
%description
UIDscope loads folders of DICOM files into a tree of patients, studies, series
and instances, judges every UID in every file, shows which object refers to
which, and gives derived or faulty objects new identifiers without breaking a
reference. The originals are never changed.

%install
cp -a {tree}/. %{{buildroot}}/

%files
/{program}
{files}
"""


def build(tree: Path, needs: Needs, packages: Path) -> Path:
    """Build from a tree of installed files; return the package."""
    # Libraries are asked for by name, so that it does not matter how a distribution calls its packages.
    requires = [f"Requires: {library}()(64bit)" for library in sorted(needs.required)]
    requires += [
        f"Recommends: {library}()(64bit)" for library in sorted(needs.optional) if "wayland" in library
    ]
    requires.append(f"Requires: libc.so.6(GLIBC_{needs.glibc})(64bit)")
    spec = _SPEC.format(
        name=project.name(),
        version=project.version(),
        summary=project.description().rstrip("."),
        homepage=f"URL: {project.homepage()}\n" if project.homepage() else "",
        publisher=project.publisher(),
        maintainer=project.MAINTAINER,
        requires="\n".join(requires),
        tree=tree,
        program=installed_tree.PROGRAM_FOLDER,
        files="\n".join(_files(tree)),
    )
    with tempfile.TemporaryDirectory() as top:
        file = Path(top) / f"{project.name()}.spec"
        file.write_text(spec, "utf-8")
        command = ["rpmbuild", "-bb", "--quiet", "--define", f"_topdir {top}", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (built,) = Path(top, "RPMS").rglob("*.rpm")
        return Path(shutil.move(built, packages / built.name))


def _files(tree: Path) -> list[str]:
    """Every file outside the program's own folder, by its kind; the folders there belong to others."""
    listed = []
    for file in sorted((tree / "usr").rglob("*")):
        if file.is_symlink() or file.is_file():
            path = f"/{file.relative_to(tree)}"
            kind = "%doc " if path.startswith("/usr/share/doc/") else ""
            # rpm compresses manual pages as it likes.
            listed.append(kind + (path.removesuffix(".gz") + "*" if "/man/" in path else path))
    return listed

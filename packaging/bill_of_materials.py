"""Writes the bill of materials (SBOM, CycloneDX 1.6): every part that is shipped, with version and licence.

``python packaging/bill_of_materials.py FOLDER``, in the environment of the build.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import notices
import project

_SPDX_EXPRESSION = re.compile(r"[\w.+-]+( (OR|AND|WITH) [\w.+-]+)*")


def bill() -> dict[str, Any]:
    """Return the bill for this system and Python."""
    parts = [*map(_package, notices.locked_packages()), *map(_bundled, notices.bundled_parts())]
    # The same parts give the same number, so that a build can be repeated.
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([project.version(), parts], sort_keys=True))
    program = {
        "type": "application",
        "bom-ref": project.name(),
        "name": project.name(),
        "version": project.version(),
        "description": project.description(),
        "licenses": [{"expression": project.metadata()["license"]}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": program, "properties": [{"name": "platform", "value": sys.platform}]},
        "components": parts,
        "dependencies": [{"ref": project.name(), "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def _package(package: Distribution) -> dict[str, Any]:
    name = re.sub(r"[-_.]+", "-", package.name).lower()
    url = f"pkg:pypi/{name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": package.name,
        "version": package.version,
        "purl": url,
        "licenses": [_licence(notices.licence_of(package))],
    }


def _bundled(part: notices.BundledPart) -> dict[str, Any]:
    component = {
        "type": "library",
        "bom-ref": f"bundled:{part.name}",
        "name": part.name,
        "licenses": [_licence(part.licence)],
        "copyright": part.copyright,
        "externalReferences": [{"type": "distribution", "url": part.source}],
    }
    return component | ({"version": part.version} if part.version else {})


def _licence(said: str) -> dict[str, Any]:
    """An SPDX expression where it is one, else the words that the package uses."""
    is_expression = _SPDX_EXPRESSION.fullmatch(said) and not said.startswith("LicenseRef")
    return {"expression": said} if is_expression else {"license": {"name": said}}


if __name__ == "__main__":
    target = Path(sys.argv[1]) / f"{project.name()}-{project.version()}-{sys.platform}.cdx.json"
    target.write_text(json.dumps(bill(), indent=1) + "\n", "utf-8")

"""What macOS is told of the program (Info.plist)."""

from __future__ import annotations

from typing import Any

import project


def entries() -> dict[str, Any]:
    """Return the entries beside those that PyInstaller writes by itself."""
    return {
        "CFBundleDisplayName": project.TITLE,
        "CFBundleShortVersionString": project.version(),
        "CFBundleVersion": project.version(),
        "LSApplicationCategoryType": "public.app-category.medical",
        # What Qt 6.11 asks for.
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{project.publisher()}, MIT licence",
        # Light or dark as the system is.
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            _opens("DICOM file or folder", ["org.nema.dicom", "public.folder"], "Viewer", "Alternate"),
            _opens("UIDscope project", [f"{project.APPLICATION_ID}.project"], "Editor", "Owner"),
        ],
        "UTImportedTypeDeclarations": [
            _type("org.nema.dicom", "DICOM file", ["public.data"], ["dcm", "dicom"], "application/dicom")
        ],
        "UTExportedTypeDeclarations": [
            _type(
                f"{project.APPLICATION_ID}.project",
                "UIDscope project",
                ["public.data"],
                ["uidscope"],
                "application/x-uidscope-project",
            )
        ],
    }


def _opens(name: str, types: list[str], role: str, rank: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": role,
        "LSHandlerRank": rank,
        "LSItemContentTypes": types,
    }


def _type(
    identifier: str, name: str, conforms: list[str], extensions: list[str], mime: str
) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": identifier,
        "UTTypeDescription": name,
        "UTTypeConformsTo": conforms,
        "UTTypeTagSpecification": {
            "public.filename-extension": extensions,
            "public.mime-type": [mime],
        },
    }

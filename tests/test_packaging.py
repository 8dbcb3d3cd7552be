"""What the packages are made of: read, not built. The builds prove the rest (packaging/README.md)."""

from __future__ import annotations

import importlib.util
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

import uidscope
from tests.test_project import PROJECT, normal_name, pins

PACKAGING = PROJECT / "packaging"
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def packaging_module(path: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of ``packaging``, which is no package: its files find each other by their folder."""
    file = PACKAGING / path
    for folder in {PACKAGING, file.parent}:
        monkeypatch.syspath_prepend(str(folder))
    name = file.stem
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return packaging_module("project.py", monkeypatch)


def run_tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_name_and_version_come_from_pyproject(project: ModuleType) -> None:
    assert project.name() == "uidscope"
    assert project.version() == uidscope.__version__
    assert project.release_notes().strip()


def test_the_frozen_program_states_no_version_of_its_own() -> None:
    for file in (PACKAGING / "pyinstaller").iterdir():
        if file.is_file():
            assert uidscope.__version__ not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("target", "source", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "wheel", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", "wheel", True),
        ("PySide6/Qt/plugins/platforms/libqlinuxfb.so", "wheel", False),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", "wheel", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", "wheel", False),
        ("PySide6/plugins/platforms/qwindows.dll", "wheel", True),
        ("PySide6/plugins/tls/qopensslbackend.dll", "wheel", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "wheel", True),
        ("PySide6/Qt/lib/libQt6OpenGL.so.6", "wheel", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", "wheel", True),
        ("PySide6/Qt/lib/libQt6Qml.so.6", "wheel", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "wheel", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", "wheel", False),
        ("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6", False),
        ("libstdc++.so.6", "/usr/lib64/libstdc++.so.6", False),
        ("libffi.so.8", "/usr/lib/x86_64-linux-gnu/libffi.so.8", True),
        ("uidscope/resources/words/findings.en.json", "checkout", True),
    ],
)
def test_only_what_is_used_of_qt_and_the_system_is_shipped(
    target: str, source: str, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_parts = packaging_module("pyinstaller/kept_parts.py", monkeypatch)
    assert kept_parts.is_kept(target, source, {"de"}) is kept


def test_the_lock_of_the_build_holds_the_program_as_it_is_locked() -> None:
    lock = pins(PROJECT / "requirements" / "packaging.txt")
    for name in ("runtime", "build"):
        for package, pin in pins(PROJECT / "requirements" / f"{name}.txt").items():
            assert lock[package] == pin
    asked = (PROJECT / "requirements" / "packaging.in").read_text("utf-8").splitlines()
    assert {normal_name(line) for line in asked if not line.startswith("#")} <= lock.keys()


@pytest.mark.skipif(os.name != "posix", reason="for systems with bash")
def test_the_build_command_is_executable_and_bash_understands_it() -> None:
    assert os.access(PACKAGING / "build", os.X_OK)
    subprocess.run(["bash", "-n", PACKAGING / "build"], check=True)


def test_desktop_entry_is_valid() -> None:
    ended = run_tool("desktop-file-validate", PACKAGING / "linux" / "uidscope.desktop")
    assert (ended.returncode, ended.stdout) == (0, "")


def test_desktop_entry_opens_what_the_packages_declare() -> None:
    entry = (PACKAGING / "linux" / "uidscope.desktop").read_text("utf-8")
    types = re.search(r"^MimeType=(.*)$", entry, re.MULTILINE)
    assert types is not None
    declared = ET.parse(PACKAGING / "linux" / "uidscope-mime.xml").getroot()
    own = {element.get("type") for element in declared.iter() if element.tag.endswith("mime-type")}
    assert set(types.group(1).strip(";").split(";")) == own | {"application/dicom"}
    assert "Exec=uidscope %F\n" in entry


def test_metainfo_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: ModuleType) -> None:
    tree = packaging_module("linux/installed_tree.py", monkeypatch)
    file = tmp_path / f"{project.APPLICATION_ID}.metainfo.xml"
    file.write_text(tree.metainfo(), "utf-8")
    root = ET.parse(file).getroot()
    assert root.findtext("id") == project.APPLICATION_ID
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == uidscope.__version__
    assert "@" not in file.read_text("utf-8")
    ended = run_tool("appstreamcli", "validate", "--no-net", file)
    assert ended.returncode == 0, ended.stdout


def test_manual_page_tells_every_command_and_option(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = packaging_module("manual_page.py", monkeypatch).text()
    plain = page.replace("\\-", "-")
    for word in ("inspect", "regenerate", "--fail-on", "--into-study", "--selftest"):
        assert word in plain
    assert "--help" not in plain
    file = tmp_path / "uidscope.1"
    file.write_text(page, "utf-8")
    ended = run_tool("man", "--warnings", "-l", file)
    assert ended.stderr == ""


def test_notices_name_every_locked_package_with_a_licence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notices = packaging_module("notices.py", monkeypatch)
    notices.write(tmp_path / "licences")
    told = (tmp_path / "licences" / "notices.txt").read_text("utf-8")
    packages = notices.locked_packages()
    assert {"pydicom", "click"} <= {package.name.lower() for package in packages}
    for package in packages:
        assert f"{package.name} {package.version}" in told
        assert notices.licence_of(package) != "see its text" or notices.texts_of(package)
    for part in notices.bundled_parts():
        assert part.copyright in told
    replacing = (tmp_path / "licences" / "replacing-qt.txt").read_text("utf-8")
    assert "VERSION" not in replacing
    assert (tmp_path / "licences" / "LGPL-3.0.txt").is_file()


def test_bill_of_materials_lists_what_is_shipped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bill = packaging_module("bill_of_materials.py", monkeypatch).bill()
    names = [part["bom-ref"] for part in bill["components"]]
    assert len(names) == len(set(names))
    assert {part["name"] for part in bill["components"]} >= {"Qt", "CPython", "SQLite", "pydicom"}
    assert all(part["licenses"] for part in bill["components"])


def test_windows_installer_takes_its_version_and_program_from_the_build() -> None:
    script = (PACKAGING / "windows" / "uidscope.nsi").read_text("utf-8")
    assert uidscope.__version__ not in script
    for word in ("VERSION", "PROGRAM", "OUTPUT"):
        assert f"${{{word}}}" in script


@pytest.fixture
def msi(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return packaging_module("windows/msi.py", monkeypatch)


@pytest.fixture
def frozen_for_windows(tmp_path: Path) -> Path:
    """A folder as the frozen program has it: two programs, and all else below one folder."""
    program = tmp_path / "frozen program"
    for path in (
        "uidscope.exe",
        "uidscope-window.exe",
        "_internal/base_library.zip",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        "_internal/uidscope/resources/tables/uids & more.csv",
        "_internal/again/base_library.zip",
        "_internal/uidscope.exe",
    ):
        file = program / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, "utf-8")
    return program


def wxs_elements(root: ET.Element, name: str) -> list[ET.Element]:
    return list(root.iter(f"{{http://schemas.microsoft.com/wix/2006/wi}}{name}"))


def test_windows_package_is_well_formed_and_is_given_every_word(msi: ModuleType, tmp_path: Path) -> None:
    text = (PACKAGING / "windows" / "uidscope.wxs").read_text("utf-8")
    ET.fromstring(text)
    given = msi.definitions(tmp_path, tmp_path)
    assert set(re.findall(r"\$\(var\.(\w+)\)", text)) == set(given)
    assert all(given.values())
    assert uidscope.__version__ not in text


def test_codes_of_the_windows_package_stay_as_long_as_the_application_id(
    msi: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(msi.project, "APPLICATION_ID", "org.example.uidscope")
    assert msi.code(msi.UPGRADE) == "9B720D98-7EFA-5351-B28A-3511251F575B"
    assert msi.code("_internal/base_library.zip") == "5D0B8B99-5851-51E3-8AFE-C888282562D7"
    monkeypatch.setattr(msi.project, "version", lambda: "9.8.7")
    assert msi.definitions(PACKAGING, PACKAGING)["UPGRADE_CODE"] == msi.code(msi.UPGRADE)


@pytest.mark.parametrize("version", ["0.1", "0.1.0rc1", "256.0.0", "0.256.0", "0.0.65535", "1.2.3.4"])
def test_a_version_that_windows_cannot_compare_is_refused(
    msi: ModuleType, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(msi.project, "version", lambda: version)
    with pytest.raises(SystemExit, match=re.escape(version)):
        msi.definitions(PACKAGING, PACKAGING)


def test_windows_package_lists_every_file_once(msi: ModuleType, frozen_for_windows: Path) -> None:
    root = ET.fromstring(msi.internal_files(frozen_for_windows))
    listed = [element.get("Source", "") for element in wxs_elements(root, "File")]
    there = {
        file.relative_to(frozen_for_windows).as_posix()
        for file in frozen_for_windows.rglob("*")
        if file.is_file()
    }
    assert sorted(listed) == sorted(there - {"uidscope.exe", "uidscope-window.exe"})
    components = wxs_elements(root, "Component")
    codes = {component.get("Guid") for component in components} | {
        code for word, code in msi.definitions(PACKAGING, PACKAGING).items() if word.endswith("_CODE")
    }
    assert len(codes) == len(components) + 4
    grouped = [element.get("Id") for element in wxs_elements(root, "ComponentRef")]
    assert grouped == [component.get("Id") for component in components]


def test_windows_package_puts_each_file_where_the_frozen_program_has_it(
    msi: ModuleType, frozen_for_windows: Path
) -> None:
    def check(element: ET.Element, path: str) -> None:
        for child in element:
            if child.tag.endswith("}Directory"):
                check(child, f"{path}{child.get('Name')}/")
            else:
                (file,) = child
                assert file.get("Source", "").rpartition("/")[0] == path.rstrip("/")

    (top,) = wxs_elements(ET.fromstring(msi.internal_files(frozen_for_windows)), "DirectoryRef")
    check(top, "")


def test_both_installers_of_windows_offer_the_program_for_the_same_things() -> None:
    script = (PACKAGING / "windows" / "uidscope.nsi").read_text("utf-8")
    by_setup = set(re.findall(r'^ *WriteRegStr SHCTX "\$\{CLASSES\}\\(\S+)" (\S+) ', script, re.MULTILINE))
    package = ET.parse(PACKAGING / "windows" / "uidscope.wxs").getroot()
    values = [element.attrib for element in wxs_elements(package, "RegistryValue")]
    classes = "Software\\Classes\\"
    by_package = {
        (value["Key"].removeprefix(classes), value.get("Name"))
        for value in values
        if value["Key"].startswith(classes)
    }
    assert by_package == {
        (
            key.replace("${", "$(var.").replace("}", ")"),
            name.strip('"').replace("${TITLE}", "$(var.TITLE)") or None,
        )
        for key, name in by_setup
    }


def test_windows_package_can_be_built_and_holds_the_program(
    msi: ModuleType, frozen_for_windows: Path, tmp_path: Path
) -> None:
    for tool in ("wixl", "msiextract"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    (tmp_path / "uidscope.ico").write_bytes(b"icon")
    package = msi.build(frozen_for_windows, tmp_path, tmp_path)
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    subprocess.run(["msiextract", "-C", unpacked, package], check=True, capture_output=True)
    (installed,) = (file.parent for file in unpacked.rglob("uidscope-window.exe"))
    for file in frozen_for_windows.rglob("*"):
        if file.is_file():
            assert (installed / file.relative_to(frozen_for_windows)).read_bytes() == file.read_bytes()


def test_property_list_of_macos_can_be_written(monkeypatch: pytest.MonkeyPatch, project: ModuleType) -> None:
    entries = packaging_module("macos/property_list.py", monkeypatch).entries()
    assert plistlib.loads(plistlib.dumps(entries))["CFBundleShortVersionString"] == uidscope.__version__
    own = entries["UTExportedTypeDeclarations"][0]["UTTypeIdentifier"]
    assert own.startswith(project.APPLICATION_ID)
    assert plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_pinned_and_rights_are_least(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used)
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_workflows_name_files_that_are_there(workflow: Path) -> None:
    named = re.findall(r"(?<![\w/.-])(?:packaging|requirements)/[\w./-]+\w", workflow.read_text("utf-8"))
    assert [path for path in named if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_workflows_are_valid(workflow: Path) -> None:
    ended = run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow)
    assert ended.returncode == 0, ended.stdout


def test_build_and_tests_run_on_every_python_that_is_supported() -> None:
    least = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    tests = (PROJECT / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    assert f'"{least.removeprefix(">=")}"' in tests
    for system in ("ubuntu", "windows", "macos"):
        assert system in tests

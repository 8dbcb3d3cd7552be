"""The project itself: the README's commands, the locks, the wheel, the import contracts."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling import build

import uidscope

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = [PROJECT / "requirements" / f"{name}.txt" for name in ("build", "development", "runtime")]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "packaging/README.md"]

# Written so that no pattern matches its own line.
FORBIDDEN = {
    "a folder of one machine": r"(?<![\w.])/(wor[k]|hom[e]|roo[t]|tm[p]|User[s])/\w",
    "an environment of one machine": r"/op[t]/(?!uidscope\b(?!-))",
    "a package index": r"\b(pyp[i]\.org|pythonhoste[d]|deb\.debia[n]\.org|npmj[s]\.org)|-inde[x]-url",
}


def project_files() -> list[str]:
    """Every file that is, or is about to be, in version control; the paths are relative to the project."""
    if not (PROJECT / ".git").exists():
        pytest.skip("this is not a git checkout, so nothing says which files belong to the project")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


def commands_of_readme() -> list[str]:
    blocks = re.findall(
        r"^```sh\n(.*?)^```", (PROJECT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return re.findall(r"^packaging/linux/\S+", "".join(blocks), re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    """``name -> all that is locked of it`` (versions, markers and hashes, comments left out)."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.read_text("utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            name = line.partition("==")[0]
        found[name] = found.get(name, "") + line.rstrip("\\ ") + "\n"
    return found


def normal_name(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match.group()).lower()


def test_readme_names_the_two_commands_and_they_are_there() -> None:
    assert commands_of_readme() == ["packaging/linux/start", "packaging/linux/check"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts are for systems with bash")
@pytest.mark.parametrize(
    "script",
    [
        "packaging/linux/start",
        "packaging/linux/check",
        "packaging/linux/set-up",
        "requirements/compile",
        ".ci/run",
    ],
)
def test_scripts_are_executable_and_bash_understands_them(script: str) -> None:
    path = PROJECT / script
    if os.name == "posix":
        assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", script], cwd=PROJECT, check=True)


@pytest.mark.skipif(os.name != "posix", reason="a script for Linux")
def test_start_without_a_display_and_without_a_folder_says_what_to_do() -> None:
    quiet = {
        name: value
        for name, value in os.environ.items()
        if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"
    }
    ended = subprocess.run(
        ["packaging/linux/start"], cwd=PROJECT, env=quiet, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "packaging/linux/start FOLDER" in ended.stderr


def test_build_server_runs_the_test_command_of_the_readme() -> None:
    assert "exec packaging/linux/check\n" in (PROJECT / ".ci" / "run").read_text("utf-8")


def test_no_file_names_a_machine_or_a_package_index() -> None:
    hits = []
    for name in project_files():
        text = (PROJECT / name).read_bytes().decode("utf-8", "replace")
        for what, pattern in FORBIDDEN.items():
            hits += [f"{name}: {what}: {match.group()}" for match in re.finditer(pattern, text)]
    assert hits == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a folder of one machine", "open /" + "home/alpha/x"),
        ("an environment of one machine", "/" + "opt/uidscope-venv"),
        ("a package index", "https://pyp" + "i.org/simple"),
        ("a package index", "--index" + "-url x"),
    ],
)
def test_forbidden_words_would_be_found(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = PROJECT / page
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (path.parent / target).exists()] == []


def test_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## \[?([^\]\s]+)", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == uidscope.__version__


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_requirement_is_one_version_with_hashes(lock: Path) -> None:
    locked = pins(lock)
    assert locked
    hashes = r"( +--hash=sha256:[0-9a-f]{64}\n)+"
    for name, pin in locked.items():
        # More than one where the version depends on the Python.
        for one in re.split(r"(?m)^(?=\S)", pin)[1:]:
            assert re.fullmatch(rf"{re.escape(name)}==\S+( ; [^\n]+)?\n{hashes}", one)


def test_the_locks_agree_with_each_other() -> None:
    build_lock, development, runtime = (pins(lock) for lock in LOCKS)
    for name, pin in (build_lock | runtime).items():
        assert development[name] == pin


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    asked = {normal_name(requirement) for requirement in project["project"]["dependencies"]}
    assert asked <= pins(PROJECT / "requirements" / "runtime.txt").keys()
    builders = {normal_name(requirement) for requirement in project["build-system"]["requires"]}
    assert builders <= pins(PROJECT / "requirements" / "build.txt").keys()


def test_wheel_carries_the_resources_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    with zipfile.ZipFile(tmp_path / build.build_wheel(str(tmp_path))) as wheel:
        names = wheel.namelist()
    assert len(names) == len(set(names))
    carried = {name for name in names if name.startswith("uidscope/")}
    files = project_files()
    package = {name.removeprefix("gui/") for name in files if name.startswith("gui/uidscope/")}
    resources = {f"uidscope/{name}" for name in files if name.startswith("resources/")}
    assert carried == package | resources
    assert {name.split("/")[0] for name in names} == {
        "uidscope",
        f"uidscope-{uidscope.__version__}.dist-info",
    }


def test_editable_install_reads_the_checkout_and_copies_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    with zipfile.ZipFile(tmp_path / build.build_editable(str(tmp_path))) as wheel:
        contents = {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
    assert [name.endswith(".pth") for name in contents] == [True]
    assert [Path(pth.decode().strip()) for pth in contents.values()] == [PROJECT / "gui"]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Judge the package in ``folder/gui`` by the contracts of ``folder/pyproject.toml``."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "gui"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_import_contracts_are_kept() -> None:
    ended = lint_imports(PROJECT)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/errors.py", "import PySide6.QtCore", "Only qt/ imports Qt"),
        ("cli/__init__.py", "import uidscope.qt", "do not know each other"),
        ("core/uid/__init__.py", "import uidscope.core.read", "only the stages before it"),
        ("core/progress.py", "import uidscope.cli", "two faces of the core"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "gui", tmp_path / "gui", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "gui" / "uidscope" / module).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    ended = lint_imports(tmp_path)
    assert ended.returncode == 1, ended.stderr
    assert any(contract in verdict and "BROKEN" in verdict for verdict in ended.stdout.splitlines()), (
        ended.stdout
    )

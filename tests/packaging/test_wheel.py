# SPDX-License-Identifier: Apache-2.0
"""Wheel and sdist have what they need and nothing else; what is installed from the wheel runs without the checkout."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
NEEDED = (
    "desktop/translations/showtell_de.qm",
    "desktop/translations/showtell_fr.qm",
    "learner/assets/icon.svg",
    "learner/assets/predict.py",
    "learner/assets/showtell_v3s.json",
    "learner/assets/showtell_v3s.keras",
    "learner/assets/showtell_v3s.tflite",
    "learner/interchange/report.html.jinja",
    "learner/serve/static/page.css",
    "learner/serve/static/page.html",
    "learner/serve/static/page.js",
)
WORK_FILES = (".github", ".ci", ".venv", "uv.lock", ".hypothesis", "dist", "build")


def build(*arguments: str | Path) -> None:
    """Run uv's builder; skip where what builds cannot be had."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on the PATH")
    done = subprocess.run([uv, "build", "--quiet", *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode and any(word in done.stderr for word in ("Failed to fetch", "error sending request", "dns")):
        pytest.skip("no package index can be reached, from which hatchling comes")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("made")
    build(ROOT, "--out-dir", folder)
    return folder


@pytest.fixture(scope="module")
def wheel(made: Path) -> Path:
    (path,) = made.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment with the wheel, and with the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=False)
    programs = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    uv = shutil.which("uv")
    assert uv is not None
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel],
        check=True,
        capture_output=True,
    )
    asked: list[str | Path] = [python, "-c", "import site; print(site.getsitepackages()[-1])"]
    packages = Path(subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.strip())
    # Libraries only: a .pth file of that folder, which is how a checkout is installed, is not read from here.
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return programs


def run(programs: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "UV_"))}
    home = {
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "XDG_DATA_HOME": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.run(
        [str(programs / command[0]), *command[1:]],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=kept | home,
    )


def test_the_wheel_has_what_the_app_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith("METADATA"))
        metadata = archive.read(about).decode()
    assert set(NEEDED) <= set(names)
    assert {name.partition("/")[0] for name in names} == {"desktop", "learner", about.partition("/")[0]}
    assert not [name for name in names if name.endswith((".pyc", ".showtell", ".keras~"))]
    assert "License-Expression: Apache-2.0" in metadata
    extras = {line.partition(": ")[2] for line in metadata.splitlines() if line.startswith("Provides-Extra")}
    assert {"gpu", "serve", "bench", "onnx", "sklearn", "map"} <= extras


def test_every_module_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "learner", "desktop"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    left_out = {name for name in listed.stdout.split() if (ROOT / name).exists()} - inside
    assert {Path(name).suffix for name in left_out} <= {".ts"}, "what translators work on"


def test_the_sdist_has_what_it_takes_to_build_and_test(made: Path) -> None:
    (path,) = made.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in ("pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "tests/conftest.py", "packaging/audit.py"):
        assert needed in names
    assert not [name for name in names if name.startswith(WORK_FILES)]


def test_the_checkout_makes_the_wheel_that_its_sdist_makes(wheel: Path, tmp_path: Path) -> None:
    build(ROOT, "--wheel", "--out-dir", tmp_path)
    (direct,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(direct) as one, zipfile.ZipFile(wheel) as other:
        assert {entry.filename: entry.CRC for entry in one.infolist()} == {
            entry.filename: entry.CRC for entry in other.infolist()
        }


def test_what_is_installed_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shown = run(
        installed, tmp_path, "python", "-c", "import desktop, learner; print(desktop.__file__, learner.__file__)"
    )
    assert shown.returncode == 0, shown.stderr
    assert all(str(installed.parent) in path for path in shown.stdout.split())


def test_the_command_explains_itself_and_says_what_works(installed: Path, tmp_path: Path) -> None:
    helped = run(installed, tmp_path, "showtell", "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "demo" in helped.stdout
    doctor = run(installed, tmp_path, "showtell", "doctor", "--json")
    assert doctor.returncode == 0, doctor.stderr
    assert '"backbone"' in doctor.stdout


def test_the_demo_learns(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "showtell", "demo", "--headless")
    assert done.returncode == 0, done.stderr
    assert "of 4 objects" in done.stdout

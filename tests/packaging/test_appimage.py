# SPDX-License-Identifier: Apache-2.0
"""The AppImage, made of a program that stands for the app and of a header that stands for AppImage's runtime."""

from __future__ import annotations

import os
import platform
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "packaging" / "appimage.py"
APP = "org.showtell.Showtell"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1767225600"}
MACHINES = {"x86_64": 62, "aarch64": 183}
HERE = platform.machine()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or platform.machine() not in MACHINES, reason="AppImages are Linux's"),
    pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="mksquashfs is not installed"),
]


def runtime(mark: bytes = b"AI\x02", machine: str = HERE, table_is_last: bool = True) -> bytes:
    """Return an ELF header, eight bytes that are its only section, and the table with that section."""
    table, section = (72, 64) if table_is_last else (64, 128)
    header = struct.pack(
        "<4s4B3s5xHHIQQQIHHHHHH",
        *(b"\x7fELF", 2, 1, 1, 0, mark, 2, MACHINES[machine], 1, 0, 0, table, 0, 64, 0, 0, 64, 1, 0),
    )
    parts = [b"contents", struct.pack("<IIQQQQIIQQ", 0, 1, 0, 0, section, 8, 0, 0, 1, 0)]
    return header + b"".join(parts if table_is_last else reversed(parts))


def make(frozen: Path, out: Path, content: bytes, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    out.mkdir(exist_ok=True)
    file = out.with_suffix(".runtime")
    file.write_bytes(content)
    command: list[str | Path] = [sys.executable, SCRIPT, "--frozen", frozen, "--runtime", file, "--out", out]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, umask=umask)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    (folder / "_internal").mkdir()
    shutil.copy2("/bin/true", folder / "showtell")
    (folder / "_internal" / "data").write_text("of the app")
    (folder / "_internal" / "same").symlink_to("data")
    return folder


@pytest.fixture(scope="module")
def image(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="the manual is made with Sphinx")
    out = tmp_path_factory.mktemp("appimage") / "out"
    done = make(frozen, out, runtime())
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def tree(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the runtime would mount."""
    folder = tmp_path_factory.mktemp("mounted") / "tree"
    command: list[str | Path] = ["unsquashfs", "-q", "-n", "-offset", str(len(runtime())), "-dest", folder, image]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_an_appimage_is_a_program_with_a_squashfs_where_it_ends(image: Path) -> None:
    assert image.name == f"Showtell-{PROJECT['version']}-{platform.machine()}.AppImage"
    assert image.stat().st_mode & 0o777 == 0o755
    content = image.read_bytes()
    assert content.startswith(runtime() + b"hsqs")


def test_its_top_has_what_is_started_and_what_a_desktop_shows(tree: Path) -> None:
    assert (tree / "AppRun").resolve() == tree / "usr" / "lib" / "showtell" / "showtell"
    assert os.access(tree / "AppRun", os.X_OK)
    assert (tree / "usr" / "lib" / "showtell" / "_internal" / "same").read_text() == "of the app"
    entry = (tree / f"{APP}.desktop").read_text(encoding="utf-8")
    assert f"Icon={APP}\n" in entry
    assert entry.endswith(f"\nX-AppImage-Version={PROJECT['version']}\n")
    icon = (tree / f"{APP}.png").read_bytes()
    assert icon.startswith(b"\x89PNG")
    assert (tree / ".DirIcon").read_bytes() == icon
    assert not [path for path in tree.rglob("*") if path.is_symlink() and path.readlink().is_absolute()]
    store = (tree / "usr" / "share" / "metainfo" / f"{APP}.metainfo.xml").read_text(encoding="utf-8")
    assert f'<release version="{PROJECT["version"]}" date="2026-01-01"/>' in store


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed")
def test_the_desktop_s_own_checker_finds_nothing(tree: Path) -> None:
    done = subprocess.run(
        ["desktop-file-validate", tree / f"{APP}.desktop"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_same_app_makes_the_same_appimage_whatever_the_umask(frozen: Path, image: Path, tmp_path: Path) -> None:
    done = make(frozen, tmp_path / "out", runtime(), umask=0o077)
    assert done.returncode == 0, done.stderr
    (again,) = (tmp_path / "out").iterdir()
    assert again.read_bytes() == image.read_bytes()
    assert again.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"#!/bin/sh\n", "not a runtime"),
        (b"", "not a runtime"),
        (runtime(mark=bytes(3)), "not a runtime"),
        (runtime() + b"hsqs", "not a runtime alone"),
        (runtime()[:-1], "not a runtime alone"),
        (runtime(machine="x86_64" if platform.machine() == "aarch64" else "aarch64"), "another machine"),
    ],
    ids=["script", "empty", "other program", "whole AppImage", "cut off", "other machine"],
)
def test_what_is_no_runtime_is_not_taken(content: bytes, told: str, frozen: Path, tmp_path: Path) -> None:
    done = make(frozen, tmp_path / "out", content)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("table_is_last", [True, False])
def test_without_a_frozen_app_there_is_no_appimage(table_is_last: bool, tmp_path: Path) -> None:
    done = make(tmp_path, tmp_path / "out", runtime(table_is_last=table_is_last))
    assert done.returncode == 1
    assert "no app" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").iterdir())

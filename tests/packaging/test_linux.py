# SPDX-License-Identifier: Apache-2.0
"""What a Linux desktop is told of the app, and the Debian package, made of a program that stands for the app."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent.parent
PACKAGING = ROOT / "packaging"
APP = "org.showtell.Showtell"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1767225600"}


def needs(*tools: str) -> pytest.MarkDecorator:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed")


def run(*words: str | Path) -> str:
    done = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entry() -> configparser.SectionProxy:
    file = configparser.ConfigParser(interpolation=None)
    file.optionxform = str  # type: ignore[assignment,method-assign]  # keys have capitals
    file.read(PACKAGING / "linux" / f"{APP}.desktop", encoding="utf-8")
    return file["Desktop Entry"]


def test_the_desktop_is_told_the_same_as_everybody() -> None:
    told = entry()
    assert told["Name"] == "Showtell"
    assert told["Comment"] == PROJECT["description"]
    assert told["Icon"] == APP
    assert told["MimeType"] == "application/vnd.showtell;"
    store = ET.parse(PACKAGING / "linux" / f"{APP}.metainfo.xml").getroot()
    assert store.findtext("id") == APP
    assert store.findtext("project_license") == PROJECT["license"]
    assert PROJECT["description"].startswith(str(store.findtext("summary")))
    kind = ET.parse(PACKAGING / "linux" / f"{APP}.xml").getroot()[0]
    assert told["MimeType"].startswith(kind.attrib["type"])
    assert any(part.attrib.get("pattern") == "*.showtell" for part in kind)


def test_its_words_are_there_in_each_language_of_the_window() -> None:
    languages = {path.stem.removeprefix("showtell_") for path in (ROOT / "desktop" / "translations").glob("*.ts")}
    told = entry()
    for key in ("Comment", "GenericName", "Keywords"):
        assert {name.partition("[")[2].rstrip("]") for name in told if name.startswith(f"{key}[")} == languages


@pytest.mark.slow
def test_icons_have_the_sizes_that_systems_ask_for(tmp_path: Path) -> None:
    run(sys.executable, PACKAGING / "icons.py", tmp_path)
    for name in ("showtell", "project"):
        with Image.open(tmp_path / f"{name}.ico") as icon:
            assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
        with Image.open(tmp_path / f"{name}.icns") as icon:
            assert {size[0] * size[2] for size in icon.info["sizes"]} >= {32, 128, 256, 512, 1024}
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(tmp_path / "hicolor" / f"{size}x{size}" / "apps" / f"{APP}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((0, 0))[3] < 255  # type: ignore[index]  # a corner is round
            middle = picture.getpixel((size // 2, size // 8))
            assert middle[2] > middle[0]  # type: ignore[index]  # the accent's blue
    with Image.open(tmp_path / "social-preview.png") as picture:
        assert picture.size == (1280, 640)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="the manual is made with Sphinx")
    folder = tmp_path_factory.mktemp("deb")
    frozen = folder / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    shutil.copy2("/bin/true", frozen / "showtell")
    (frozen / "_internal" / "data").write_text("of the app")
    (frozen / "_internal" / "same").symlink_to("data")
    run(sys.executable, PACKAGING / "deb.py", "--frozen", frozen, "--out", folder / "out")
    (made,) = (folder / "out").iterdir()
    return made


@pytest.mark.slow
@needs("dpkg-deb", "dpkg-architecture", "readelf")
def test_a_package_has_all_that_a_desktop_needs(package: Path, tmp_path: Path) -> None:
    assert package.name.startswith(f"showtell_{PROJECT['version']}_")
    run("dpkg-deb", "--extract", package, tmp_path)
    usr = tmp_path / "usr"
    assert (usr / "bin" / "showtell").resolve() == usr / "lib" / "showtell" / "showtell"
    assert os.access(usr / "lib" / "showtell" / "showtell", os.X_OK)
    assert (usr / "lib" / "showtell" / "_internal" / "same").read_text() == "of the app"
    share = usr / "share"
    for name in (
        f"applications/{APP}.desktop",
        f"metainfo/{APP}.metainfo.xml",
        f"mime/packages/{APP}.xml",
        f"icons/hicolor/48x48/apps/{APP}.png",
        f"icons/hicolor/scalable/apps/{APP}.svg",
        "icons/hicolor/48x48/mimetypes/application-vnd.showtell.png",
        "man/man1/showtell.1.gz",
        "doc/showtell/copyright",
        "doc/showtell/changelog.gz",
    ):
        assert (share / name).stat().st_mode & 0o777 == 0o644, name
    assert (usr.stat().st_mode & 0o777) == 0o755
    everything = "".join(path.read_text(encoding="utf-8") for path in share.rglob(f"{APP}.*") if path.suffix != ".png")
    assert "@" not in everything.replace("@import", "")
    assert f'version="{PROJECT["version"]}" date="2026-01-01"' in everything
    assert 'value="0x5368546c"' in everything


@pytest.mark.slow
@needs("dpkg-deb", "dpkg-architecture", "readelf")
def test_a_package_says_what_it_needs_of_the_system(package: Path) -> None:
    needed = run("dpkg-deb", "--field", package, "Depends").strip().split(", ")
    assert needed[0].startswith("libc6 (>= 2.")
    assert {"libegl1", "libgl1", "libfontconfig1"} <= set(needed)
    assert run("dpkg-deb", "--field", package, "Version").strip() == PROJECT["version"]


@pytest.mark.slow
@needs("dpkg-deb", "dpkg-architecture", "readelf")
def test_the_same_app_makes_the_same_package(package: Path) -> None:
    before = package.read_bytes()
    run(sys.executable, PACKAGING / "deb.py", "--frozen", package.parent.parent / "frozen", "--out", package.parent)
    assert package.read_bytes() == before


@pytest.mark.slow
@needs("desktop-file-validate", "appstreamcli", "dpkg-deb", "dpkg-architecture", "readelf")
def test_the_desktop_s_own_checkers_find_nothing(package: Path, tmp_path: Path) -> None:
    run("dpkg-deb", "--extract", package, tmp_path)
    share = tmp_path / "usr" / "share"
    run("desktop-file-validate", share / "applications" / f"{APP}.desktop")
    run("appstreamcli", "validate", "--no-net", share / "metainfo" / f"{APP}.metainfo.xml")


def test_without_a_frozen_app_there_is_no_package(tmp_path: Path) -> None:
    command: list[str | Path] = [sys.executable, PACKAGING / "deb.py", "--frozen", tmp_path, "--out", tmp_path / "out"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no app" in done.stderr or "not installed" in done.stderr
    assert "Traceback" not in done.stderr

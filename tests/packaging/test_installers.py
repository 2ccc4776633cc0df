# SPDX-License-Identifier: Apache-2.0
"""What can be said of the installers for Windows and macOS where neither system is."""

from __future__ import annotations

import plistlib
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
MACOS, WINDOWS = ROOT / "packaging" / "macos", ROOT / "packaging" / "windows"
LANGUAGES = ("en", "de", "fr")


def plist(name: str) -> Any:
    return plistlib.loads((MACOS / name).read_bytes())


def strings(language: str) -> dict[str, str]:
    text = (MACOS / f"{language}.lproj" / "InfoPlist.strings").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("/*")]
    found = [re.fullmatch(r'"([^"]+)" = "([^"]+)";', line) for line in lines]
    assert all(found), language
    return {one[1]: one[2] for one in found if one}


@pytest.fixture(scope="module")
def installer() -> dict[str, Any]:
    return runpy.run_path(str(WINDOWS / "installer.py"), run_name="installer")


@pytest.fixture(scope="module")
def script() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {"": []}
    current = ""
    for line in (WINDOWS / "showtell.iss").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\[(\w+)\]", line):
            current = found[1]
            sections[current] = []
        elif line and not line.startswith((";", "#")):
            sections[current].append(line)
    return sections


def test_macos_is_told_why_the_camera_is_wanted_in_each_language() -> None:
    info = plist("Info.plist")
    assert tuple(info["CFBundleLocalizations"]) == LANGUAGES
    wanted = {key for key in info if key.endswith("UsageDescription")} | {"Showtell project"}
    assert "NSCameraUsageDescription" in wanted
    for language in LANGUAGES:
        assert set(strings(language)) == wanted
    assert strings("en")["NSCameraUsageDescription"] == info["NSCameraUsageDescription"]
    assert len({strings(language)["NSCameraUsageDescription"] for language in LANGUAGES}) == 3


def test_macos_is_told_which_files_are_ours() -> None:
    info = plist("Info.plist")
    (document,), (kind,) = info["CFBundleDocumentTypes"], info["UTExportedTypeDeclarations"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    tags = kind["UTTypeTagSpecification"]
    assert tags == {"public.filename-extension": ["showtell"], "public.mime-type": ["application/vnd.showtell"]}
    assert not {key for key in info if "Version" in key} - {"LSMinimumSystemVersion"}, "it is added from pyproject.toml"


def test_a_signed_app_may_do_no_more_than_it_has_to() -> None:
    allowed = plist("entitlements.plist")
    assert set(allowed.values()) == {True}
    assert set(allowed) == {
        "com.apple.security.device.camera",
        "com.apple.security.cs.allow-jit",
        "com.apple.security.cs.allow-unsigned-executable-memory",
    }


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("path", [*MACOS.glob("*.sh"), ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_scripts_of_the_shell(path: Path) -> None:
    done = subprocess.run(["shellcheck", path], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bit")
def test_scripts_of_the_shell_can_be_run() -> None:
    assert {path.name for path in MACOS.glob("*.sh") if not path.stat().st_mode & 0o100} == set()


def test_windows_needs_no_administrator_and_keeps_peoples_projects(script: dict[str, list[str]]) -> None:
    setup = dict(line.split("=", 1) for line in script["Setup"])
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["MinVersion"] == "10.0.17763"
    assert setup["CloseApplications"] == "yes"
    assert setup["AppId"] == "{{9EF2CCB1-A68F-4DC5-BF11-0C3CE67AFFF1}", "another one would be another app"
    assert "UninstallDelete" not in script
    assert all('Name: "{app}\\_internal"' in line for line in script["InstallDelete"])


def test_windows_speaks_each_language(script: dict[str, list[str]]) -> None:
    assert [line.split('"')[1] for line in script["Languages"]] == list(LANGUAGES)
    for section in ("Messages", "CustomMessages"):
        keys = [line.partition("=")[0].split(".") for line in script[section]]
        names = {name for _, name in keys}
        assert sorted((language, name) for language, name in keys) == sorted(
            (language, name) for language in LANGUAGES for name in names
        )


def test_windows_opens_our_files_with_the_window(script: dict[str, list[str]]) -> None:
    text = "\n".join(script["Registry"])
    assert r"Software\Classes\.showtell" in text
    assert r'"""{app}\showtellw.exe"" ""%1"""' in text
    assert all("Root: HKA;" in line for line in script["Registry"])


def test_the_script_is_given_all_that_it_asks_for(installer: dict[str, Any], tmp_path: Path) -> None:
    text = (WINDOWS / "showtell.iss").read_text(encoding="utf-8")
    asked = set(re.findall(r"\{#(\w+)\}", text)) - set(re.findall(r"^#define (\w+)", text, re.MULTILINE))
    plain = installer["arguments"](tmp_path, tmp_path, tmp_path, "")
    assert {one.removeprefix("/D").partition("=")[0] for one in plain if one.startswith("/D")} == asked
    signed = installer["arguments"](tmp_path, tmp_path, tmp_path, "sign $f")
    assert "/DSigned" in signed
    assert "/Ssigner=sign $f" in signed
    assert "/DSigning= signonce" in signed
    assert Path(plain[-1]).name == "showtell.iss"


def test_what_is_missing_or_too_long_is_said(installer: dict[str, Any], tmp_path: Path) -> None:
    assert len(list(installer["missing"](tmp_path, tmp_path))) == 4
    for name in ("showtell.exe", "showtellw.exe", "showtell.ico", "project.ico"):
        (tmp_path / name).touch()
    assert list(installer["missing"](tmp_path, tmp_path)) == []
    assert list(installer["too_long"](tmp_path)) == []
    room = installer["LONGEST"] - installer["WHERE"]
    (tmp_path / ("a" * 99)).mkdir()
    (tmp_path / ("a" * 99) / ("b" * (room - 100))).touch()
    assert list(installer["too_long"](tmp_path)) == []
    (tmp_path / ("a" * 99) / ("b" * (room - 99))).touch()
    (finding,) = installer["too_long"](tmp_path)
    assert finding.endswith("is 1 characters too long.")

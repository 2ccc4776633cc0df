# SPDX-License-Identifier: Apache-2.0
"""A tag becomes a release when version, changelog and news agree; the version stands in one place."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "packaging" / "release.py"
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
LOG = """# Changelog

## [0.3.0] - 2026-01-02

### Added

- News.

## [0.2.0] - unreleased

- Old.
"""


@pytest.fixture(scope="module")
def release() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT), run_name="release")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "README.md").write_text("How.")
    (tmp_path / "CHANGELOG.md").write_text(LOG)
    (tmp_path / "pyproject.toml").write_text("[project]\nversion = '0.3.0'\n")
    return tmp_path


def test_what_agrees_gives_the_notes(checkout: Path) -> None:
    notes = checkout / "notes.md"
    command: list[str | Path] = [sys.executable, SCRIPT, "v0.3.0", "--root", checkout, "--notes", notes]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0.3.0\n", "")
    assert notes.read_text() == "### Added\n\n- News.\n"


@pytest.mark.parametrize(
    ("version", "tag", "what"),
    [
        ("0.3.0", "v0.3", "The tag is v0.3"),
        ("0.3.0", "0.3.0", "The tag is 0.3.0"),
        ("0.4.0", "v0.4.0", "has no section of 0.4.0"),
        ("0.2.0", "v0.2.0", "says “unreleased” of 0.2.0"),
    ],
)
def test_what_does_not_is_said(checkout: Path, release: dict[str, Any], version: str, tag: str, what: str) -> None:
    (checkout / "pyproject.toml").write_text(f"[project]\nversion = '{version}'\n")
    (finding,) = release["findings"](checkout, tag)
    assert what in finding


def test_news_that_waits_is_found(checkout: Path, release: dict[str, Any]) -> None:
    (checkout / "changes" / "+thing.added.md").write_text("A thing.")
    (finding,) = release["findings"](checkout, "v0.3.0")
    assert "+thing.added.md" in finding


def test_the_changelog_has_a_section_of_this_version(release: dict[str, Any]) -> None:
    found = release["section"](ROOT, VERSION)
    assert found is not None
    assert found[1].startswith("### ")


def test_what_is_installed_has_the_version() -> None:
    assert metadata.version("showtell") == VERSION


def test_the_version_stands_in_one_place() -> None:
    """It is written in no other file that is ours, but in the changelog, which tells of all of them."""
    told = re.compile(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.])")
    # Only what names itself ours: a library's version in a text may happen to be the same.
    named = re.compile(r"version|showtell", re.IGNORECASE)
    candidates = [
        ROOT / "CITATION.cff",
        *(ROOT / name for name in ("desktop", "learner", "packaging", ".github", "docs")),
    ]
    files = [file for one in candidates for file in ([one] if one.is_file() else sorted(one.rglob("*")))]
    texts = {".py", ".md", ".toml", ".yml", ".cff", ".iss", ".plist", ".spec", ".xml", ".desktop", ".sh", ".in"}
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        if file.suffix in texts
        for line in file.read_text(encoding="utf-8").splitlines()
        if told.search(line) and named.search(line) and "The first release" not in line
    ]
    assert found == []

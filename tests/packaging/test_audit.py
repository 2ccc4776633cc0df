# SPDX-License-Identifier: Apache-2.0
"""The audit of what Showtell brings along: it passes here, and finds each thing that can be amiss."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "packaging" / "audit.py"

FLOORS = """
[[floor]]
package = "Safe_Lib"
minimum = "2.1"
advisories = ["CVE-1-1", "CVE-1-2"]
why = "It was not."
source = "Its makers"
"""


@pytest.fixture(scope="module")
def audit() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT), run_name="audit")


def project(*pins: str, needs: str = "safe-lib>=2.1") -> dict[str, Any]:
    return {"project": {"dependencies": [needs]}, "tool": {"uv": {"constraint-dependencies": list(pins)}}}


def run(folder: Path, pins: str, needs: str = "safe-lib>=2.1") -> subprocess.CompletedProcess[str]:
    (folder / "floors.toml").write_text(FLOORS, encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        f"[project]\ndependencies = ['{needs}']\n[tool.uv]\nconstraint-dependencies = [{pins}]\n", encoding="utf-8"
    )
    options = ["--files-only", f"--project={folder / 'pyproject.toml'}", f"--floors={folder / 'floors.toml'}"]
    return subprocess.run([sys.executable, str(SCRIPT), *options], capture_output=True, encoding="utf-8", check=False)


def test_nothing_is_amiss_here() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--files-only"], capture_output=True, encoding="utf-8", check=False, cwd=ROOT.parent
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(" 0 findings\n")


def test_the_exit_code_and_the_words_tell_of_an_old_pin(tmp_path: Path) -> None:
    good = run(tmp_path, "'safe-lib==2.1', 'other==1'")
    assert (good.returncode, good.stdout) == (0, "2 pins, 0 installed, 2 advisories: 0 findings\n")
    bad = run(tmp_path, "'safe-lib==2.0.9'")
    assert bad.returncode == 1
    assert bad.stdout.splitlines() == [
        "safe-lib: pinned at 2.0.9; CVE-1-1, CVE-1-2 ask for 2.1 or newer (Its makers)",
        "1 pins, 0 installed, 2 advisories: 1 findings",
    ]


@pytest.mark.parametrize("pin", ["safe-lib>=2.1", "safe-lib", "safe-lib==2.*", "safe-lib>=2.1,==2.2"])
def test_what_is_no_exact_pin_is_found(audit: dict[str, Any], pin: str) -> None:
    pins, findings = audit["read_pins"](project(pin))
    assert pins == {}
    assert findings == [f"safe-lib: “{pin}” is no exact pin"]


@pytest.mark.parametrize("needs", ["safe-lib", "safe-lib>=2.0", "safe-lib<3", "Safe.Lib[extra]>=1; python_version>'3'"])
def test_what_lets_in_an_old_version_is_found(audit: dict[str, Any], tmp_path: Path, needs: str) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS, encoding="utf-8")
    floors = list(audit["read_floors"](tmp_path / "floors.toml"))
    assert list(audit["unsafe_bounds"](floors, project())) == []
    (finding,) = audit["unsafe_bounds"](floors, project(needs=needs))
    assert "lets in what is older" in finding


def test_what_is_installed_is_compared_as_well(audit: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS, encoding="utf-8")
    (floor,) = audit["read_floors"](tmp_path / "floors.toml")
    version = type(floor.minimum)
    old = {"safe-lib": version("2.0")}
    assert "2.0 is installed" in next(audit["unsafe_installed"]([floor], old))
    assert list(audit["unsafe_installed"]([floor], {"safe-lib": version("2.1.1")})) == []
    assert list(audit["unpinned"]({}, old)) == ["safe-lib: 2.0 is installed, and not pinned"]
    assert list(audit["unpinned"]({"safe-lib": version("2.1")}, old)) == [
        "safe-lib: 2.0 is installed, and 2.1 is pinned"
    ]
    assert list(audit["unpinned"](old, old)) == []
    assert list(audit["unsafe_pins"]([floor], {})) == ["safe-lib: not pinned"]


def test_all_that_is_needed_is_looked_at(audit: dict[str, Any]) -> None:
    needed = audit["needed"]("showtell")
    assert {"keras", "tensorflow", "h5py", "pillow", "requests", "urllib3", "starlette"} <= set(needed)
    assert "showtell" not in needed


def test_a_floor_says_why(audit: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS.replace('"CVE-1-1", "CVE-1-2"', ""), encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be reviewed"):
        list(audit["read_floors"](tmp_path / "floors.toml"))

# SPDX-License-Identifier: Apache-2.0
"""The bill of materials: CycloneDX by its own validator, all that is installed, and nothing of this machine."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from learner.backbones import EMBEDDED

pytest.importorskip("cyclonedx", reason="the extra sbom is not installed")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "packaging" / "sbom.py"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("bill") / "showtell.cdx.json"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    texts = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, SCRIPT, out], capture_output=True, encoding="utf-8", check=False, env=environment
        )
        assert (done.returncode, done.stderr) == (0, "")
        texts.append(out.read_text(encoding="utf-8"))
    assert texts[0] == texts[1], "the same environment makes the same bill"
    return texts[0]


@pytest.fixture(scope="module")
def bill(written: str) -> Any:
    return json.loads(written)


def test_it_lists_what_is_installed_with_versions_and_licences(bill: Any) -> None:
    parts = {part["name"]: part for part in bill["components"]}
    for name in ("keras", "tensorflow", "numpy", "pillow", "pyside6-essentials", "starlette", "onnx"):
        assert parts[name]["version"] == metadata.version(name)
        assert parts[name]["purl"] == f"pkg:pypi/{name}@{metadata.version(name)}"
        assert parts[name]["licenses"]
    assert parts["numpy"]["licenses"][0]["expression"]
    assert not {"pytest", "ruff", "mypy", "selenium", "cyclonedx-python-lib", "showtell"} & set(parts)


def test_it_says_who_needs_whom(bill: Any) -> None:
    needs = {entry["ref"].partition("@")[0]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert f"tensorflow@{metadata.version('tensorflow')}" in needs["showtell"]
    assert f"requests@{metadata.version('requests')}" in needs["tensorflow"]
    assert f"urllib3@{metadata.version('urllib3')}" in needs["requests"]
    assert {part["bom-ref"] for part in bill["components"]} == {
        entry["ref"] for entry in bill["dependencies"] if not entry["ref"].startswith("showtell@")
    }


def test_the_app_and_its_backbone_are_in_it(bill: Any) -> None:
    app = bill["metadata"]["component"]
    assert (app["name"], app["licenses"][0]["license"]["id"]) == ("showtell", "Apache-2.0")
    (backbone,) = [part for part in bill["components"] if part["type"] == "machine-learning-model"]
    assert backbone["name"] == EMBEDDED
    assert backbone["licenses"][0]["license"]["id"] == "Apache-2.0"
    (checksum,) = backbone["hashes"]
    assert re.fullmatch(r"[0-9a-f]{64}", checksum["content"])


def test_nothing_of_this_machine_or_of_where_it_came_from_is_in_it(written: str) -> None:
    for private in (str(ROOT), sys.prefix, str(Path.home()), "pythonhosted", "pypi.org", "file:"):
        assert private not in written or len(private) < 2


def test_hashes_are_those_of_the_wheels_that_this_system_gets(tmp_path: Path) -> None:
    names = runpy.run_path(str(SCRIPT), run_name="sbom")
    ours = next(tag for tag in names["sys_tags"]() if tag.platform != "any")
    other = "cp399-cp399-other_1_0"
    lock = tmp_path / "uv.lock"
    lock.write_text(
        "[[package]]\nname = 'Some.Lib'\nversion = '1.0'\nwheels = [\n"
        f"  {{ url = 'https://example.org/some_lib-1.0-{other}.whl', hash = 'sha256:{'a' * 64}' }},\n"
        f"  {{ url = 'https://example.org/some_lib-1.0-{ours}.whl', hash = 'sha256:{'b' * 64}' }},\n"
        f"  {{ url = 'https://example.org/some_lib-1.0-py3-none-any.whl', hash = 'sha256:{'c' * 64}' }},\n]\n"
        "[[package]]\nname = 'source-alone'\nversion = '1.0'\n",
        encoding="utf-8",
    )
    assert names["wheel_hashes"](lock) == {"some-lib": "b" * 64}

# SPDX-License-Identifier: Apache-2.0
"""Workflows, forms and papers of the repository are what the site that hosts it takes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

yaml: Any = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
FIELDS = {
    "markdown": {"value"},
    "textarea": {"label"},
    "input": {"label"},
    "dropdown": {"label", "options"},
    "checkboxes": {"label", "options"},
}
"""What a form may be made of, and what each of these has to say."""


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job.get("steps", [])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_little_and_uses_the_hosts_own_actions(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for name, job in workflow["jobs"].items():
        writes = {scope for scope, may in job.get("permissions", {}).items() if may == "write"}
        assert not writes or name == "draft"
        assert "uses" in job or "timeout-minutes" in job
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
            if "checkout" in step["uses"]:
                assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", ""), "what is put into a script is run by it"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_is_there(path: Path) -> None:
    runs = "\n".join(step.get("run", "") for step in steps(read(path)))
    files = set(re.findall(r"(?:packaging|\.ci)/[\w./-]+", runs))
    assert files
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []


def test_a_release_is_tested_first_and_published_by_hand() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert jobs["tests"]["uses"] == "./.github/workflows/ci.yml"
    for made in ("linux", "windows", "macos"):
        assert jobs[made]["needs"] == "tests"
        text = "\n".join(step.get("run", "") for step in jobs[made]["steps"])
        assert "packaging/smoke_test.py" in text
        assert "packaging/sbom.py" in text
    assert set(jobs["draft"]["needs"]) == {"version", "linux", "windows", "macos"}
    assert "--draft" in jobs["draft"]["steps"][-1]["run"]


@pytest.mark.skipif(shutil.which("zizmor") is None, reason="zizmor is not installed")
def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(
        ["zizmor", "--offline", "--quiet", ROOT / ".github"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("actionlint") is None, reason="actionlint is not installed")
def test_actionlint_finds_nothing() -> None:
    done = subprocess.run(["actionlint", *WORKFLOWS], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one(path: Path) -> None:
    form = read(path)
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert len(form["name"]) > 3
    assert form["description"]
    assert all(isinstance(label, str) for label in form["labels"])
    identities = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(identities)) == len(identities) > 0
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert set(part["attributes"]) >= FIELDS[part["type"]]
        assert set(part.get("validations", {})) <= {"required"}
    labels = [part["attributes"].get("label") for part in form["body"]]
    assert len(set(labels)) == len(labels)


def test_there_are_forms_for_what_people_come_with() -> None:
    assert [path.stem for path in FORMS] == ["accuracy", "bug", "idea"]
    assert "showtell doctor" in (ROOT / ".github" / "ISSUE_TEMPLATE" / "bug.yml").read_text(encoding="utf-8")


def test_the_papers_name_no_address_that_nobody_knows() -> None:
    for name in ("CODE_OF_CONDUCT.md", "CITATION.cff", "CONTRIBUTING.md", "SECURITY.md", "packaging/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", text), name
        assert "[INSERT" not in text, name


def test_it_can_be_cited() -> None:
    citation = read(ROOT / "CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert (citation["title"], citation["license"]) == ("Showtell", "Apache-2.0")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "packaging/README.md", "CODE_OF_CONDUCT.md", "changes/README.md"])
def test_files_that_are_named_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:learner|desktop|tests|packaging|docs|assets|benchmarks)/[\w./-]+)`", text)
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
    missing = [one for one in named if "NAME" not in one and not (ROOT / one).exists()]
    missing += [one for one in linked if not ((ROOT / name).parent / one).exists()]
    assert missing == []

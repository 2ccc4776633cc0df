# SPDX-License-Identifier: Apache-2.0
"""The real command in processes of its own: what reaches stdout and stderr, and with which exit code it leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from learner.buffer import Buffer
from learner.cv import cv2
from tests.learner.buffer.making import head, increment, record
from tests.learner.fakes import picture

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 180

no_screen = pytest.mark.skipif(sys.platform != "linux", reason="this system always has a screen")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A person's machine without a screen, whose home is a folder of the test's."""
    home = tmp_path / "home"
    home.mkdir()
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {key: value for key, value in os.environ.items() if key not in screens and not key.startswith("XDG_")}
    folders = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "APPDATA": str(home)}
    return {**kept, **folders, "PYTHONPATH": str(ROOT)}


def showtell(environment: Mapping[str, str], *argv: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *argv],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def put(path: Path, kind: int, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())
    return path


def result(done: subprocess.CompletedProcess[str]) -> Any:
    """Return the JSON of a run that went well and had nothing to complain of."""
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture
def project(tmp_path: Path, environment: Mapping[str, str]) -> Path:
    for number in range(8):
        put(tmp_path / "pictures" / "mug" / f"{number}.png", 1, number)
        put(tmp_path / "pictures" / "Schlüssel" / f"{number}.png", 2, number)
    project = tmp_path / "desk.showtell"
    report = result(showtell(environment, "import", project, tmp_path / "pictures", "--json"))
    assert (report["added"], report["duplicates"], report["skipped"]) == (16, 0, [])
    assert report["classes"] == {"mug": 8, "Schlüssel": 8}
    return project


def test_from_folders_to_answers(project: Path, tmp_path: Path, environment: Mapping[str, str]) -> None:
    picked = [put(tmp_path / "test" / "mug" / "a.png", 1, 90), put(tmp_path / "test" / "Schlüssel" / "b.png", 2, 90)]
    before = showtell(environment, "predict", project, *picked, "--json")
    assert (before.returncode, before.stdout) == (1, "")
    assert "Nothing has been learned yet" in before.stderr

    learned = result(showtell(environment, "learn", project, "--json"))
    assert (learned["increments"], learned["samples"], learned["device"]) == (2, 16, "CPU")

    answered = showtell(environment, "predict", project, *picked, "--json")
    assert answered.returncode == 0
    assert [json.loads(line)["label"] for line in answered.stdout.splitlines()] == ["mug", "Schlüssel"]
    assert answered.stderr == ""

    measured = result(showtell(environment, "evaluate", project, tmp_path / "test", "--json"))
    assert (measured["n"], measured["accuracy"], measured["labels"]) == (2, 1.0, ["Schlüssel", "mug"])


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_project_grows_is_looked_back_on_and_forgets(
    project: Path, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    learned = result(showtell(environment, "learn", project, "--quick", "--json"))
    assert (learned["increments"], learned["version"]) == (1, 1)
    for number in range(8):
        put(tmp_path / "more" / "pen" / f"{number}.png", 3, number)
    result(showtell(environment, "import", project, tmp_path / "more", "--json"))
    assert result(showtell(environment, "learn", project, "--json"))["version"] == 3
    history = result(showtell(environment, "history", project, "--json"))
    assert [increment["kind"] for increment in history["increments"]] == ["wake", "wake", "sleep"]
    assert history["in_use"] == 3
    pen = next(int(class_id) for class_id, name in history["classes"].items() if name == "pen")
    assert result(showtell(environment, "compare", project, "1", "3", "--json"))["differ_on"] == [pen]
    assert result(showtell(environment, "pin", project, "3", "--json")) == {"version": 3, "pinned": True}
    assert result(showtell(environment, "restore", project, "1", "--json")) == {"in_use": 1, "was_in_use": 3}
    assert result(showtell(environment, "suggest", project, "--json")) == {"mislabelled": [], "to_label": []}

    with Buffer.open(project) as buffer:
        buffer.archive_class(pen)
    refused = showtell(environment, "forget", project, "--json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--yes" in refused.stderr
    forgotten = showtell(environment, "forget", project, "--yes", "--json")
    assert forgotten.returncode == 0, forgotten.stderr
    report = json.loads(forgotten.stdout)
    assert (report["samples"], report["classes"]) == (8, 1)
    assert report["bytes"] > 0
    kept = result(showtell(environment, "versions", project, "--json"))
    assert 3 not in [version["id"] for version in kept["versions"]], "it was pinned, but knew what was forgotten"
    asked = put(tmp_path / "asked.png", 3, 99)
    assert set(result(showtell(environment, "predict", project, asked, "--json"))["probabilities"]) == {
        "mug",
        "Schlüssel",
    }


@pytest.mark.parametrize(
    "argv", [["history"], ["versions"], ["compare", "1", "1"], ["pin", "1"]], ids=lambda argv: str(argv[0])
)
def test_looking_back_loads_no_learner(argv: list[str], tmp_path: Path, environment: Mapping[str, str]) -> None:
    project = tmp_path / "desk.showtell"
    with Buffer.open(project) as buffer:
        buffer.publish(increment(buffer, record(buffer, "mug")), head())
    script = (
        f"import sys; from learner.cli import run; code = run({[argv[0], str(project), *argv[1:]]}); "
        "print(code, [name for name in ('tensorflow', 'keras', 'ai_edge_litert') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["0 []"], done.stderr


def test_wrong_usage(tmp_path: Path, environment: Mapping[str, str]) -> None:
    done = showtell(environment, "import", tmp_path / "desk.showtell")
    assert (done.returncode, done.stdout) == (2, "")
    assert "SOURCE" in done.stderr
    assert "Traceback" not in done.stderr


@no_screen
def test_no_screen_for_the_window(tmp_path: Path, environment: Mapping[str, str]) -> None:
    done = showtell(environment, tmp_path / "desk.showtell", "--camera", "demo")
    assert done.returncode == 1
    assert "showtell demo" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="broken pipes are POSIX's")
def test_a_reader_that_goes_away(environment: Mapping[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--help"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    with process.stderr as stderr:
        assert stderr.read() == ""
    assert process.wait(PATIENCE) == 1


@pytest.mark.slow
def test_doctor(environment: Mapping[str, str]) -> None:
    found = result(showtell(environment, "doctor", "--json"))
    assert {"python", "platform", "tensorflow", "keras", "devices", "cameras", "qt", "backbone", "checks"} == set(found)
    assert {check["name"] for check in found["checks"]} >= {"prediction", "training", "data folder", "screen"}
    assert all(check["ok"] for check in found["checks"])
    assert found["devices"][0]["kind"] in {"CPU", "GPU"}
    assert found["backbone"]["sha256"]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_demo(tmp_path: Path, environment: Mapping[str, str]) -> None:
    project = tmp_path / "desk.showtell"
    done = showtell(environment, "demo", project, "--headless", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert len(report["increments"]) == 4
    for row in report["increments"]:
        assert set(row) == {"class", "samples", "seconds", "steps", "accuracy_before", "accuracy_after"}
        assert row["samples"] == 30
        assert row["accuracy_after"] >= row["accuracy_before"]
    assert report["increments"][0]["accuracy_before"] == 0
    assert report["accuracy"] == report["increments"][-1]["accuracy_after"] > 0.8
    with Buffer.open(project) as buffer:
        assert {info.name: info.count for info in buffer.classes()} == {
            row["class"]: 30 for row in report["increments"]
        }
        assert all(member.learned for member in buffer.members())
    kept = result(showtell(environment, "learn", project, "--quick", "--json"))
    assert kept["increments"] == 0


@pytest.mark.slow
@pytest.mark.timeout(400)
@no_screen
def test_demo_where_there_is_no_screen(environment: Mapping[str, str]) -> None:
    done = showtell(environment, "demo")
    assert done.returncode == 0, done.stderr
    assert "taught" in done.stdout
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_interrupted_demo_keeps_what_was_recorded(tmp_path: Path, environment: Mapping[str, str]) -> None:
    project = tmp_path / "desk.showtell"
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "demo", str(project), "--headless", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # Whoever started the tests in the background has had Ctrl+C ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert process.stderr
    assert process.stdout
    recorded = 0
    for line in process.stderr:
        if line.startswith("Learning"):
            recorded += 30
            if recorded == 60:
                break
    os.killpg(process.pid, signal.SIGINT)
    with process.stdout as stdout, process.stderr as stderr:
        assert stdout.read() == ""
        assert "Traceback" not in stderr.read()
    assert process.wait(PATIENCE) == 130
    with Buffer.open(project) as buffer:
        assert buffer.integrity_check() == []
        # The next object may have been recorded before the signal came.
        assert len(buffer.samples()) in {recorded, recorded + 30}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
def test_output_that_cannot_be_written_is_the_environments_fault(environment: Mapping[str, str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--help"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_backbone_of_ones_own_from_the_first_use_on(tmp_path: Path, environment: Mapping[str, str]) -> None:
    made = tmp_path / "tiny.keras"
    build = (
        "import learner.nn, keras; keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Rescaling(1 / 255), "
        f"keras.layers.Conv2D(16, 5, strides=3, activation='relu')]).save({str(made)!r})"
    )
    subprocess.run([sys.executable, "-c", build], env=environment, check=True, capture_output=True, timeout=PATIENCE)
    project = tmp_path / "desk.showtell"
    for number in range(5):
        put(tmp_path / "pictures" / "mug" / f"{number}.png", 1, number)
        put(tmp_path / "pictures" / "key" / f"{number}.png", 2, number)
    result(showtell(environment, "import", project, tmp_path / "pictures", "--json"))
    learned = result(showtell(environment, "learn", project, "--backbone", made, "--json"))
    assert learned["increments"] == 2
    asked = put(tmp_path / "asked.png", 2, 99)
    assert result(showtell(environment, "predict", project, asked, "--json"))["label"] == "key"
    assert not (tmp_path / "home" / ".keras").exists(), "Keras wrote into the person's home"

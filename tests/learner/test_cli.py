# SPDX-License-Identifier: Apache-2.0
"""The verbs in this process; `tests/integration/test_cli.py` runs the real command."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from learner import cli
from learner.buffer import Buffer
from learner.cli import DemoRequest, OpenRequest, run
from learner.config import LearnerConfig
from learner.cv import cv2
from learner.demo import DemoReport, Taught
from learner.errors import DisplayFault
from learner.evaluation import evaluate
from learner.types import BurstScore, IncrementKind, Prediction, Vectors
from tests.learner.buffer.making import head, increment, record
from tests.learner.fakes import NumPyHead, picture

Capture = pytest.CaptureFixture[str]


def put(path: Path, kind: int, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())
    return path


@pytest.fixture(scope="module", autouse=True)
def configs() -> Iterator[list[LearnerConfig]]:
    """Train in NumPy, so that nobody waits for TensorFlow here; yields the settings that training was asked for."""
    asked: list[LearnerConfig] = []

    def load_model(config: LearnerConfig, embedding_size: int) -> NumPyHead:
        asked.append(config)
        return NumPyHead()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("learner.project.load_model", load_model)
        yield asked


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has learned two classes, and gone over everything after it."""
    folder = tmp_path_factory.mktemp("taught")
    for number in range(6):
        put(folder / "pictures" / "mug" / f"{number}.png", 1, number)
        put(folder / "pictures" / "Schlüssel [2]" / f"{number}.png", 2, number)
    project = folder / "desk.showtell"
    assert run(["import", str(project), str(folder / "pictures"), "--json"]) == 0
    assert run(["learn", str(project), "--json"]) == 0
    return project


def as_json(capsys: Capture) -> Any:
    return json.loads(capsys.readouterr().out)


def recorder(answer: int, asked: list[Any]) -> Callable[[Any], int]:
    def open_it(request: Any) -> int:
        asked.append(request)
        return answer

    return open_it


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ([], OpenRequest(None, None, None)),
        (["desk.showtell"], OpenRequest(Path("desk.showtell"), None, None)),
        (["--camera", "demo"], OpenRequest(None, "demo", None)),
        (
            ["desk.showtell", "--camera", "1", "--backbone", "b.keras"],
            OpenRequest(Path("desk.showtell"), "1", Path("b.keras")),
        ),
        (["./import"], OpenRequest(Path("import"), None, None)),
        (["open", "desk.showtell"], OpenRequest(Path("desk.showtell"), None, None)),
    ],
)
def test_without_a_verb_the_window_opens(argv: list[str], request_: OpenRequest) -> None:
    asked: list[Any] = []
    assert run(argv, open_window=recorder(7, asked)) == 7
    assert asked == [request_]


def test_a_verb_in_the_place_of_a_project(capsys: Capture) -> None:
    asked: list[Any] = []
    assert run(["--camera", "demo", "import"], open_window=recorder(0, asked)) == 2
    assert asked == []
    assert "import for a project of that name" in capsys.readouterr().err


def test_no_window_to_open(capsys: Capture) -> None:
    assert run([]) == 1
    assert "no window" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [[], *([verb] for verb in cli.VERBS)])
def test_every_verb_helps(verb: list[str], capsys: Capture) -> None:
    assert run([*verb, "--help"]) == 0
    assert "showtell" in capsys.readouterr().out


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_has_an_example(verb: str, capsys: Capture) -> None:
    run([verb, "--help"])
    assert "Example: showtell" in capsys.readouterr().out


def test_there_are_no_other_verbs() -> None:
    assert tuple(command.name for command in cli._app.registered_commands) == cli.VERBS


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("showtell 0.")


@pytest.mark.parametrize(
    "argv",
    [
        ["--nonsense"],
        ["import"],
        ["learn"],
        ["predict", "p"],
        ["learn", "p", "--device", "tpu"],
        ["compare", "p", "1"],
        ["restore", "p", "newest"],
        ["suggest", "p", "--count", "0"],
        ["doctor", "x"],
    ],
)
def test_wrong_usage(argv: list[str], capsys: Capture) -> None:
    assert run(argv, open_window=recorder(0, [])) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err


@pytest.mark.parametrize(
    "verb",
    [
        ["learn"],
        ["predict", "a.png"],
        ["evaluate", "."],
        ["suggest"],
        ["history"],
        ["versions"],
        ["compare", "1", "2"],
        ["restore", "1"],
        ["pin", "1"],
        ["forget", "--yes"],
    ],
)
def test_a_project_that_is_not_there_is_not_made(verb: list[str], tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    put(tmp_path / "mug" / "1.png", 1)
    arguments = [str(tmp_path) if argument == "." else argument for argument in verb[1:]]
    assert run([verb[0], str(project), *arguments, "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "desk.showtell" in told.err
    assert not project.exists()


def test_import(tmp_path: Path, capsys: Capture) -> None:
    for number in range(3):
        put(tmp_path / "pictures" / "mug" / f"{number}.png", 1, number)
    put(tmp_path / "pictures" / "mug" / "copy.png", 1, 0)
    bad = tmp_path / "pictures" / "mug" / "bad.jpg"
    bad.write_text("not a picture")
    argv = ["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures")]
    assert run([*argv, "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"added", "duplicates", "skipped", "classes"}
    assert (report["added"], report["duplicates"], report["classes"]) == (3, 1, {"mug": 3})
    assert [set(item) for item in report["skipped"]] == [{"path", "why"}]
    assert str(bad) in told.err
    assert run(argv) == 0
    assert "Added 0 samples; 4 were there already." in capsys.readouterr().out


def test_an_import_of_nothing(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pictures" / "mug").mkdir(parents=True)
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "pictures"), "--json"]) == 1
    assert as_json(capsys)["added"] == 0


def test_a_mistyped_folder_leaves_no_project_behind(tmp_path: Path, capsys: Capture) -> None:
    assert run(["import", str(tmp_path / "desk.showtell"), str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_learn_says_what_it_did(configs: list[LearnerConfig], tmp_path: Path, capsys: Capture) -> None:
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project, "--device", "cpu", "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"increments", "steps", "samples", "seconds", "device", "version"}
    assert (report["increments"], report["samples"], report["device"]) == (2, 2, "CPU")
    assert report["steps"] > configs[-1].sleep_steps
    assert report["version"] == 2
    assert told.err == ""
    assert configs[-1].device == "cpu"
    assert run(["learn", project, "--json"]) == 0
    assert as_json(capsys)["increments"] == 0
    assert run(["learn", project]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_learn_quickly_and_go_over_everything_later(
    configs: list[LearnerConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project, "--quick"]) == 0
    told = capsys.readouterr().out
    assert "Learned 2 samples" in told
    assert "everything" not in told
    assert "Version 1 is in use." in told
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert run(["learn", project]) == 0
    steps = configs[-1].sleep_steps
    out, err = capsys.readouterr()
    assert f"({steps} steps)" in out
    assert "Version 2 is in use." in out
    assert f"Going over everything {steps}/{steps}" in err


def test_going_over_everything_may_come_to_nothing_better(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class RestlessHead(NumPyHead):
        def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
            self.poison = len(x) == LearnerConfig().sleep_batch_size
            return super().train_on_batch(x, y, learning_rate)

    monkeypatch.setattr("learner.project.load_model", lambda config, size: RestlessHead())
    for kind, name in enumerate(["mug", "key"]):
        put(tmp_path / "pictures" / name / "1.png", kind)
    project = str(tmp_path / "desk.showtell")
    run(["import", project, str(tmp_path / "pictures")])
    capsys.readouterr()
    assert run(["learn", project]) == 0
    learned = capsys.readouterr().out
    assert "kept what was there before: Training gave weights that are not finite" in learned
    assert "Version 1 is in use." in learned
    assert run(["history", project]) == 0
    told = capsys.readouterr().out
    assert "not accepted" in told
    assert "not finite numbers" in told.splitlines()[-1]


def test_predict_answers_one_a_line(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    mug, key = put(tmp_path / "1.png", 1, 99), put(tmp_path / "2.png", 2, 99)
    assert run(["predict", str(taught), str(mug), str(key), "--json"]) == 0
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["path"] for line in lines] == [str(mug), str(key)]
    assert [line["label"] for line in lines] == ["mug", "Schlüssel [2]"]
    for line in lines:
        assert set(line) == {"path", "label", "confidence", "probabilities", "unknown", "novelty"}
        assert line["unknown"] == (line["novelty"] > 1)
        assert sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-5)
        assert line["confidence"] == max(line["probabilities"].values())
    assert told.err == ""


def test_predict_says_when_it_was_never_taught_the_like(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    seen, ufo = taught.parent / "pictures" / "mug" / "0.png", put(tmp_path / "ufo.png", 3)
    assert run(["predict", str(taught), str(seen), str(ufo), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["unknown"] for line in lines] == [False, True]
    assert run(["predict", str(taught), str(seen), str(ufo)]) == 0
    shares = [f"{line['confidence']:.0%}" for line in lines]
    assert capsys.readouterr().out.splitlines() == [
        f"{seen}: mug ({shares[0]})",
        f"{ufo}: unknown (looks most like {lines[1]['label']}, {shares[1]})",
    ]


def test_predict_goes_on_past_what_it_cannot_read(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("not a picture")
    good = put(tmp_path / "1.png", 1, 99)
    missing = tmp_path / "nowhere.png"
    assert run(["predict", str(taught), str(bad), str(good), str(missing), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["path"] == str(good)
    assert str(bad) in told.err
    assert str(missing) in told.err


def test_predict_before_anything_was_learned(tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    Buffer.open(project).close()
    assert run(["predict", str(project), str(put(tmp_path / "1.png", 1)), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Nothing has been learned yet" in told.err


def test_evaluate(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    for number in range(4):
        put(tmp_path / "MUG" / f"{number}.png", 1, number)  # as it was taught, so that none of them is unknown
    put(tmp_path / "ufo" / "1.png", 3)
    (tmp_path / "mugs.txt").write_text("x")
    assert run(["evaluate", str(taught), str(tmp_path), "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"n", "accuracy", "macro_accuracy", "ece", "per_class", "labels", "confusion", "unknown"}
    assert report["unknown"] == {"known": 0.0, "never_taught": 1.0}
    assert (report["n"], report["accuracy"], report["macro_accuracy"]) == (5, 0.8, 0.5)
    assert report["per_class"]["mug"] == {"n": 4, "recall": 1.0, "precision": report["per_class"]["mug"]["precision"]}
    assert report["per_class"]["ufo"] == {"n": 1, "recall": 0.0, "precision": None}
    assert len(report["confusion"]) == len(report["labels"])
    assert '"ufo"' in told.err
    assert "mugs.txt" in told.err
    assert run(["evaluate", str(taught), str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("80% of 5 pictures right")
    assert lines[1] == (
        "Called unknown: 0% of the pictures of classes it has; 100% of those of classes it was never taught."
    )


def test_an_unknown_answer_counts_by_its_nearest_guess(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    put(tmp_path / "mug" / "1.png", 3)
    assert run(["predict", str(taught), str(tmp_path / "mug" / "1.png"), "--json"]) == 0
    guess = as_json(capsys)["label"]
    (tmp_path / "mug").rename(tmp_path / guess)
    assert run(["evaluate", str(taught), str(tmp_path), "--json"]) == 0
    report = as_json(capsys)
    assert (report["accuracy"], report["unknown"]) == (1.0, {"known": 1.0, "never_taught": None})
    assert run(["evaluate", str(taught), str(tmp_path)]) == 0
    assert "Called unknown: 100% of the pictures of classes it has." in capsys.readouterr().out


def test_evaluate_on_nothing(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mug").mkdir()
    assert run(["evaluate", str(taught), str(tmp_path)]) == 1
    assert "nothing to evaluate on" in capsys.readouterr().err


def measured(accuracy: float, recall: dict[int, float], forgetting: dict[int, float]) -> dict[str, Any]:
    """Return what is measured of a version, as far as people are told of it."""
    return {
        "measured": True,
        "recordings": 10,
        "accuracy": accuracy,
        "recall": recall,
        "forgetting": forgetting,
        "worst_forgetting": max(forgetting.values()),
    }


@pytest.fixture
def lived(tmp_path: Path) -> Path:
    """A project with a life behind it: two versions that were measured after one that was not, and one refused."""
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        mug, key = (buffer.add_class(name).id for name in ("mug", "key"))
        gone = buffer.add_class("gone").id
        ids = record(buffer, "mug")
        first = increment(buffer, ids)
        twos = replace(head(2), class_ids=(mug, key))
        buffer.publish(replace(first, evaluation={"measured": False, "accuracy": None}, before=BurstScore()), twos)
        wake = measured(0.9, {mug: 1.0, key: 0.8}, {mug: 0.0, key: 0.0})
        buffer.publish(replace(first, evaluation=wake), twos)
        sleep = measured(0.8, {mug: 1.0, key: 0.6, gone: 0.5}, {mug: 0.0, key: 0.2, gone: 0.0})
        threes = replace(head(3), class_ids=(mug, key, gone))
        buffer.publish(replace(first, evaluation=sleep, kind=IncrementKind.SLEEP, before=BurstScore()), threes)
        buffer.publish(increment(buffer, ids, accepted=False), None)
        buffer.archive_class(gone)
        buffer.pin(2)
    return path


def cells(line: str) -> list[str]:
    """Return the cells of a row, which lie two spaces or more apart."""
    return re.split(" {2,}", line.strip())


def test_history(lived: Path, capsys: Capture) -> None:
    assert run(["history", str(lived)]) == 0
    headings, *rows, why = capsys.readouterr().out.splitlines()
    assert cells(headings) == ["when", "what", "new", "took", "before", "held out", "forgot", "version"]
    assert [cells(row)[1:] for row in rows] == [
        ["learned", "3/3", "0.5 s", "–", "not measurable yet", "–", "1"],
        ["learned", "3/3", "0.5 s", "2/3", "90%", "0%", "2, pinned"],
        ["went over everything", "3/3", "0.5 s", "–", "80%", "20%", "3, in use"],
        ["learned", "3/3", "0.5 s", "2/3", "–", "–", "not accepted"],
    ]
    assert why.startswith("Not accepted at ")
    assert why.endswith(": It was worse.")

    assert run(["history", str(lived), "--json"]) == 0
    history = as_json(capsys)
    assert set(history) == {"increments", "versions", "in_use", "measurable", "classes"}
    assert (history["in_use"], history["measurable"], history["classes"]) == (3, True, {"1": "mug", "2": "key"})
    assert [version["id"] for version in history["versions"]] == [1, 2, 3]
    assert [increment["accepted"] for increment in history["increments"]] == [True, True, True, False]
    assert history["increments"][2]["kind"] == "sleep"
    assert history["increments"][2]["evaluation"]["recall"] == {"1": 1.0, "2": 0.6, "3": 0.5}
    assert history["increments"][1]["before"] == {"right": 2, "bursts": 3}


def test_history_breaks_no_word_on_a_terminal(lived: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["history", str(lived)]) == 0
    words = capsys.readouterr().out.split()
    assert {"measurable", "everything", "accepted"} <= set(words)
    assert sum(bool(re.fullmatch(r"\d{4}-\d\d-\d\d", word)) for word in words) == 5


def test_a_long_history_ends_with_what_was_last(lived: Path, capsys: Capture) -> None:
    with Buffer.open(lived) as buffer:
        for _ in range(21):
            buffer.publish(increment(buffer, []), head())
    assert run(["history", str(lived)]) == 0
    _, *rows, last = capsys.readouterr().out.splitlines()
    assert len(rows) == 20
    assert "24, in use" in rows[-1]
    assert last == "These are the last 20 of 25; --all shows them all."
    assert run(["history", str(lived), "--all"]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 27
    assert "no longer kept" in told
    assert run(["history", str(lived), "--json"]) == 0
    assert len(as_json(capsys)["increments"]) == 25


def test_versions(lived: Path, capsys: Capture) -> None:
    assert run(["versions", str(lived)]) == 0
    _, *rows = capsys.readouterr().out.splitlines()
    assert [[cells(row)[0], *cells(row)[2:]] for row in rows] == [
        ["1", "learned", "3", "2", "not measurable yet"],
        ["2", "learned", "3", "2", "90%", "pinned"],
        ["3", "went over everything", "3", "3", "80%", "in use"],
    ]
    assert run(["versions", str(lived), "--json"]) == 0
    listed = as_json(capsys)
    assert listed["in_use"] == 3
    assert [version["held_out_accuracy"] for version in listed["versions"]] == [None, 0.9, 0.8]
    assert [version["pinned"] for version in listed["versions"]] == [False, True, False]


@pytest.mark.parametrize("verb", ["history", "versions"])
def test_there_is_nothing_to_look_back_on(verb: str, tmp_path: Path, capsys: Capture) -> None:
    project = tmp_path / "desk.showtell"
    Buffer.open(project).close()
    assert run([verb, str(project)]) == 0
    assert "othing has been learned" in capsys.readouterr().out
    assert run([verb, str(project), "--json"]) == 0
    listed = as_json(capsys)
    assert (listed["versions"], listed["in_use"]) == ([], None)


def test_compare(lived: Path, capsys: Capture) -> None:
    assert run(["compare", str(lived), "2", "3"]) == 0
    told = capsys.readouterr().out
    rows = [cells(line) for line in told.splitlines()]
    assert ["held out", "90%", "80%"] in rows
    assert ["forgot", "0%", "20%"] in rows
    assert ["mug", "100%", "100%", "0%", "0%"] in rows
    assert ["key", "80%", "60%", "0%", "20%"] in rows
    assert ["class 3, which is gone", "not learned", "50%", "not learned", "0%"] in rows
    assert told.endswith("They differ on key, class 3, which is gone.\n")
    assert run(["compare", str(lived), "2", "3", "--json"]) == 0
    compared = as_json(capsys)
    assert compared["differ_on"] == [2, 3]
    assert [version["version"] for version in compared["versions"]] == [2, 3]
    assert [version["accuracy"] for version in compared["versions"]] == [0.9, 0.8]
    assert compared["versions"][1]["recall"] == {"1": 1.0, "2": 0.6, "3": 0.5}


def test_compare_what_cannot_be_compared(lived: Path, capsys: Capture) -> None:
    assert run(["compare", str(lived), "1", "2"]) == 0
    told = capsys.readouterr().out
    assert "not measurable yet" in told
    assert "record each class several times" in told
    assert "differ" not in told
    assert run(["compare", str(lived), "2", "2"]) == 0
    assert "They do not differ on any class." in capsys.readouterr().out


@pytest.fixture
def desk(taught: Path, tmp_path: Path) -> Path:
    """A project of one's own that has learned two classes and gone over everything."""
    return Path(shutil.copy(taught, tmp_path / "desk.showtell"))


@pytest.mark.parametrize("number", ["4", "99999999999999999999"])
@pytest.mark.parametrize("verb", [["restore"], ["pin"], ["compare", "1"]])
def test_a_version_that_is_not_there(verb: list[str], number: str, desk: Path, capsys: Capture) -> None:
    assert run([verb[0], str(desk), *verb[1:], number, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"has no version {number}" in told.err
    assert f"showtell versions {desk}" in told.err


def test_restore(desk: Path, capsys: Capture) -> None:
    assert run(["restore", str(desk), "1"]) == 0
    assert capsys.readouterr().out == "Version 1 is in use.\n"
    assert run(["restore", str(desk), "1"]) == 0
    assert "already" in capsys.readouterr().out
    assert run(["restore", str(desk), "2", "--json"]) == 0
    assert as_json(capsys) == {"in_use": 2, "was_in_use": 1}
    with Buffer.open(desk) as buffer:
        assert buffer.champion_id() == 2


def test_restore_a_version_of_another_backbone(lived: Path, capsys: Capture) -> None:
    with Buffer.open(lived) as buffer:
        buffer.set_setting("champion", None)  # so that the project opens on this machine's own backbone
    assert run(["restore", str(lived), "1"]) == 1
    assert "another backbone" in capsys.readouterr().err


def test_pin(lived: Path, capsys: Capture) -> None:
    assert run(["pin", str(lived), "1", "--json"]) == 0
    assert as_json(capsys) == {"version": 1, "pinned": True}
    assert run(["pin", str(lived), "2", "--off"]) == 0
    assert capsys.readouterr().out == "Version 2 goes when its time comes.\n"
    with Buffer.open(lived) as buffer:
        assert [version.pinned for version in buffer.versions()] == [True, False, False]


def remove_a_class(path: Path) -> None:
    """Delete a sample and a class, which two versions know."""
    with Buffer.open(path) as buffer:
        mug, key = buffer.classes()
        buffer.delete([buffer.samples(class_id=mug.id)[0].id])
        buffer.archive_class(key.id)
        buffer.pin(1)


def test_forgetting_without_a_terminal_takes_a_yes(desk: Path, capsys: Capture) -> None:
    remove_a_class(desk)
    assert run(["forget", str(desk), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "7 samples and 1 class (Schlüssel [2])" in told.err
    assert "at most 2, 1 of them pinned" in told.err
    assert "--yes" in told.err
    assert run(["forget", str(desk), "--yes", "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert {key: report[key] for key in ("samples", "classes", "versions")} == {
        "samples": 7,
        "classes": 1,
        "versions": 2,
    }
    assert report["bytes"] > 0
    assert "7 samples" in told.err, "what went is told although nobody was asked"
    with Buffer.open(desk) as buffer:
        assert [info.name for info in buffer.classes(archived=True)] == ["mug"]
        assert buffer.samples(deleted=True) == []
        assert [version.id for version in buffer.versions()] == [3]


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "forgets"), [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_forgetting_asks_on_a_terminal(
    answer: str, forgets: bool, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    remove_a_class(desk)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert run(["forget", str(desk)]) == 0
    out, err = capsys.readouterr()
    assert "Forget it for good? [y/N]" in err
    if forgets:
        assert "Forgotten for good: 7 samples, 1 class, 2 versions. The file is " in out
    else:
        assert "Nothing was forgotten." in out
    with Buffer.open(desk) as buffer:
        assert (buffer.samples(deleted=True) == []) == forgets


def test_there_is_nothing_to_forget(desk: Path, capsys: Capture) -> None:
    assert run(["forget", str(desk)]) == 0, "there is nothing to ask about"
    assert "There was nothing to forget." in capsys.readouterr().out


def test_versions_that_never_knew_what_goes_are_not_announced(desk: Path, capsys: Capture) -> None:
    with Buffer.open(desk) as buffer:
        buffer.pin(2)
        buffer.delete(record(buffer, "pen"))
        buffer.archive_class(buffer.classes()[-1].id)
    assert run(["forget", str(desk)]) == 2
    told = capsys.readouterr().err
    assert "3 samples and 1 class (pen)" in told
    assert "versions that knew" not in told
    assert run(["forget", str(desk), "--yes"]) == 0
    assert "Forgotten for good: 3 samples, 1 class. " in capsys.readouterr().out


def test_versions_made_after_it_was_unlearned_are_not_announced(desk: Path, capsys: Capture) -> None:
    with Buffer.open(desk) as buffer:
        buffer.delete([buffer.samples()[0].id])
    assert run(["learn", str(desk), "--json"]) == 0
    assert run(["forget", str(desk)]) == 2
    told = capsys.readouterr().err
    assert "1 sample." in told
    assert "versions that knew" not in told
    assert run(["forget", str(desk), "--yes"]) == 0
    assert "Forgotten for good: 1 sample. " in capsys.readouterr().out


def test_suggest(desk: Path, capsys: Capture) -> None:
    assert run(["suggest", str(desk)]) == 0
    assert "nothing to suggest" in capsys.readouterr().out
    with Buffer.open(desk) as buffer:
        mug, key = buffer.classes()
        for number in range(3):
            burst = buffer.start_burst("test")
            for kind, info in ((1, mug), (2, key)):
                buffer.add_samples([(picture(kind, 20 + 5 * number + place), info.id, burst.id) for place in range(5)])
        burst = buffer.start_burst("test")
        wrong = buffer.add_sample(picture(2, 70), mug.id, burst.id)
        waiting = [buffer.add_sample(picture(kind), None, burst.id) for kind in (3, 4)]
    assert run(["suggest", str(desk), "--json"]) == 0
    told = capsys.readouterr()
    suggested = json.loads(told.out)
    assert told.err == ""
    (doubt,) = suggested["mislabelled"]
    assert 0 < doubt.pop("disagreement") <= 1
    assert doubt == {"sample": wrong.id, "class": "mug", "suggested": "Schlüssel [2]"}
    assert {frame["sample"] for frame in suggested["to_label"]} == {sample.id for sample in waiting}
    assert suggested["to_label"][0]["burst"] == burst.id
    assert run(["suggest", str(desk), "--count", "1"]) == 0
    rows = [cells(line) for line in capsys.readouterr().out.splitlines()]
    assert [str(wrong.id), "mug", "Schlüssel [2]"] in [row[:3] for row in rows]
    assert len(rows) == 6


def test_the_demo_opens_the_window_where_there_is_a_screen(tmp_path: Path) -> None:
    asked: list[Any] = []
    assert run(["demo"], demo_window=recorder(0, asked)) == 0
    assert run(["demo", str(tmp_path / "desk.showtell")], demo_window=recorder(5, asked)) == 5
    assert asked == [DemoRequest(None), DemoRequest(tmp_path / "desk.showtell")]


def test_the_demo_falls_back_to_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    projects: list[Path] = []

    def teach(project: Path, config: LearnerConfig, **listeners: Callable[..., None]) -> DemoReport:
        projects.append(project)
        taught = Taught("mug", 30, 1.5, 30, 0.0, 1.0)
        listeners["on_step"]("Recording: mug.")
        listeners["on_taught"](taught)
        return DemoReport((taught,), evaluate(["mug"], [Prediction("mug", 1.0)]))

    def demo_window(request: DemoRequest) -> int:
        raise DisplayFault("There is no screen", "Nothing answers.", "Try showtell demo.")

    monkeypatch.setattr("learner.demo.run_demo", teach)
    assert run(["demo"], demo_window=demo_window) == 0
    told = capsys.readouterr()
    assert "Nothing answers. So here it is in the terminal." in told.err
    assert "100% of 1 frames" in told.out

    assert run(["demo", "--json"], demo_window=demo_window) == 0
    assert as_json(capsys) == {
        "increments": [
            {
                "class": "mug",
                "samples": 30,
                "seconds": 1.5,
                "steps": 30,
                "accuracy_before": 0.0,
                "accuracy_after": 1.0,
            }
        ],
        "accuracy": 1.0,
    }
    assert not any(project.parent.exists() for project in projects)


def test_no_screen_is_told_in_a_sentence(capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise DisplayFault("There is no screen", "Nothing answers.", "Try showtell demo.")

    assert run([], open_window=open_window) == 1
    assert capsys.readouterr().err.splitlines() == ["There is no screen", "Nothing answers. Try showtell demo."]


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_of_ours(debug: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise ZeroDivisionError("a bug for the test")

    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_, **__: str(tmp_path / "log"))
    assert run(["desk.showtell", *(["--debug"] if debug else [])], open_window=open_window) == 3
    told = capsys.readouterr().err
    assert "A bug of ours" in told
    assert ("ZeroDivisionError" in told) == debug
    if not debug:
        assert "a bug for the test" in (tmp_path / "log" / "last-error.txt").read_text(encoding="utf-8")


def test_interrupted(capsys: Capture) -> None:
    def open_window(request: OpenRequest) -> int:
        raise KeyboardInterrupt

    assert run([], open_window=open_window) == 130


def test_what_may_not_be_read_is_the_inputs_fault(
    taught: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = put(taught.parent / "more" / "closed.png", 1, 50)
    seen = put(taught.parent / "more" / "open.png", 1, 51)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != closed)
    assert run(["predict", str(taught), str(closed), str(seen), "--json"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["path"] for line in out.splitlines()] == [str(seen)]
    assert "Permission denied" in err

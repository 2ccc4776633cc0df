# SPDX-License-Identifier: Apache-2.0
"""The verbs in this process; `tests/integration/test_cli.py` runs the real command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from learner import cli
from learner.buffer import Buffer
from learner.cli import DemoRequest, OpenRequest, run
from learner.config import LearnerConfig
from learner.cv import cv2
from learner.demo import DemoReport, Taught
from learner.errors import DisplayFault
from learner.evaluation import evaluate
from learner.types import Prediction
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
    """A project that has learned two classes."""
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


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("showtell 0.")


@pytest.mark.parametrize(
    "argv",
    [["--nonsense"], ["import"], ["learn"], ["predict", "p"], ["learn", "p", "--device", "tpu"], ["doctor", "x"]],
)
def test_wrong_usage(argv: list[str], capsys: Capture) -> None:
    assert run(argv, open_window=recorder(0, [])) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err


@pytest.mark.parametrize("verb", [["learn"], ["predict", "a.png"], ["evaluate", "."]])
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
    assert (report["increments"], report["samples"], report["device"]) == (1, 2, "CPU")
    assert report["steps"] > 0
    assert told.err == ""
    assert configs[-1].device == "cpu"
    assert run(["learn", project, "--json"]) == 0
    assert as_json(capsys)["increments"] == 0
    assert run(["learn", project]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_predict_answers_one_a_line(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    mug, key = put(tmp_path / "1.png", 1, 99), put(tmp_path / "2.png", 2, 99)
    assert run(["predict", str(taught), str(mug), str(key), "--json"]) == 0
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["path"] for line in lines] == [str(mug), str(key)]
    assert [line["label"] for line in lines] == ["mug", "Schlüssel [2]"]
    for line in lines:
        assert set(line) == {"path", "label", "confidence", "probabilities"}
        assert sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-5)
        assert line["confidence"] == max(line["probabilities"].values())
    assert told.err == ""
    assert run(["predict", str(taught), str(key)]) == 0
    assert f"{key}: Schlüssel [2] (" in capsys.readouterr().out


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
        put(tmp_path / "MUG" / f"{number}.png", 1, 50 + number)
    put(tmp_path / "ufo" / "1.png", 3)
    (tmp_path / "mugs.txt").write_text("x")
    assert run(["evaluate", str(taught), str(tmp_path), "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert set(report) == {"n", "accuracy", "macro_accuracy", "ece", "per_class", "labels", "confusion"}
    assert (report["n"], report["accuracy"], report["macro_accuracy"]) == (5, 0.8, 0.5)
    assert report["per_class"]["mug"] == {"n": 4, "recall": 1.0, "precision": report["per_class"]["mug"]["precision"]}
    assert report["per_class"]["ufo"] == {"n": 1, "recall": 0.0, "precision": None}
    assert len(report["confusion"]) == len(report["labels"])
    assert '"ufo"' in told.err
    assert "mugs.txt" in told.err
    assert run(["evaluate", str(taught), str(tmp_path)]) == 0
    assert "80% of 5 pictures right" in capsys.readouterr().out


def test_evaluate_on_nothing(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mug").mkdir()
    assert run(["evaluate", str(taught), str(tmp_path)]) == 1
    assert "nothing to evaluate on" in capsys.readouterr().err


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

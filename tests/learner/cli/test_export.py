# SPDX-License-Identifier: Apache-2.0
"""`showtell export`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.cli import run
from learner.interchange import models
from learner.interchange.wishes import ExportWish
from tests.learner.cli.helpers import Capture, as_json


@pytest.fixture(autouse=True)
def converter(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Take the place of TensorFlow: a small file that answers as the app does, unless it `lies`."""
    told = {"lies": False}

    def converted(served: models.Served, wish: ExportWish, path: Path, content: object) -> models.Answerer:
        path.write_bytes(f"{wish.format} {wish.precision}".encode())

        def answer(picture: NDArray[np.float32]) -> NDArray[np.float32]:
            shares = served.serving.predict(np.ascontiguousarray(picture[:, :, ::-1]).astype(np.uint8)).probabilities
            said = np.array([shares[label] for label in served.labels], np.float32)
            return said[::-1] if told["lies"] else said

        return answer

    monkeypatch.setattr(models, "_converted", converted)
    return told


def test_a_model_and_its_figures(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["export", str(desk), str(tmp_path / "desk.tflite"), "--quantize", "int8", "--json"]) == 0
    told = as_json(capsys)
    assert (told["format"], told["precision"], told["bytes"]) == ("tflite", "int8", len("tflite int8"))
    assert (told["parity"]["pictures"], told["parity"]["agreement"]) == (12, 1.0)
    assert (tmp_path / "desk.tflite").read_bytes() == b"tflite int8"
    assert run(["export", str(desk), str(tmp_path / "model"), "--format", "saved_model"]) == 0
    told = capsys.readouterr()
    assert "for 100.0% of 12 pictures" in told.out
    assert told.err == ""


def test_the_samples(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["export", str(desk), str(tmp_path / "pictures"), "--format", "dataset"]) == 0
    assert "It has 12 samples of 2 classes." in capsys.readouterr().out
    assert len(list((tmp_path / "pictures").rglob("*.jpg"))) == 12


def test_a_model_that_answers_otherwise(
    desk: Path, tmp_path: Path, converter: dict[str, bool], capsys: Capture
) -> None:
    converter["lies"] = True
    arguments = ["export", str(desk), str(tmp_path / "desk.onnx")]
    before = sorted(tmp_path.iterdir())
    assert run(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "for 0.0% of 12 pictures" in told.err
    assert "--force" in told.err
    assert sorted(tmp_path.iterdir()) == before
    assert run([*arguments, "--force"]) == 0
    assert "because you forced it" in capsys.readouterr().out
    assert (tmp_path / "desk.onnx").exists()


def test_the_version_that_was_asked_for(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["versions", str(desk), "--json"]) == 0
    first = as_json(capsys)["versions"][0]["id"]
    assert run(["export", str(desk), str(tmp_path / "old.keras"), "--version", str(first)]) == 0
    assert f'"version": {first},' in (tmp_path / "old.keras.signature.json").read_text(encoding="utf-8")
    assert run(["export", str(desk), str(tmp_path / "new.keras"), "--version", "99"]) == 2
    assert "99" in capsys.readouterr().err


def test_nothing_is_written_over(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "desk.html").write_text("mine")
    assert run(["export", str(desk), str(tmp_path / "desk.html")]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "desk.html").read_text() == "mine"


def test_nothing_learned_yet(tmp_path: Path, capsys: Capture) -> None:
    from learner.buffer import Buffer

    Buffer.open(tmp_path / "new.showtell").close()
    assert run(["export", str(tmp_path / "new.showtell"), str(tmp_path / "new.keras")]) == 1
    told = capsys.readouterr().err
    assert "Nothing has been learned yet" in told
    assert "showtell learn" in told


@pytest.mark.parametrize(
    "arguments",
    [["desk"], ["desk.keras", "--quantize", "int8"], ["desk.npz", "--version", "1"], ["a", "--format", "pickle"]],
)
def test_wrong_usage(arguments: list[str], desk: Path, tmp_path: Path, capsys: Capture) -> None:
    out, *options = arguments
    assert run(["export", str(desk), str(tmp_path / out), *options]) == 2
    assert capsys.readouterr().err

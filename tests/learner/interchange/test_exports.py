# SPDX-License-Identifier: Apache-2.0
"""From a wish to files that are there whole or not at all."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.errors import EnvironmentFault, LabelFault, NothingLearned, UsageFault
from learner.interchange import models
from learner.interchange.exports import export
from learner.interchange.wishes import Exported, ExportFormat, ExportWish, Precision, format_for
from learner.preprocessing import model_input
from learner.project import Project, open_project
from tests.learner.desk import look
from tests.learner.exports import NAMES, SIZE, rgb, tiny_backbone, tiny_project

pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("project") / "my desk.showtell", *tiny_backbone())


@pytest.fixture
def project(made: Path) -> Iterator[Project]:
    with open_project(made, create=False) as project:
        yield project


def carry_out(project: Project, wish: ExportWish) -> Exported:
    work = export(project, wish)
    while True:
        try:
            next(work)
        except StopIteration as done:
            exported: Exported = done.value
            return exported


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Take the place of TensorFlow: a file of eleven bytes, which answers as the app does but for what is in here.

    Each number is the share of the pictures, from the first on, for which another class comes out.
    """
    wrong = [0.0]

    def converted(served: models.Served, wish: ExportWish, path: Path, content: object) -> models.Answerer:
        if wish.format is ExportFormat.SAVED_MODEL:
            path.mkdir()
            path = path / "saved_model.pb"
        path.write_bytes(b"the network")
        asked = -1  # the first question warms it up

        def answer(picture: NDArray[np.float32]) -> NDArray[np.float32]:
            nonlocal asked
            asked += 1
            seen = np.ascontiguousarray(picture[:, :, ::-1]).astype(np.uint8)
            shares = served.serving.predict(seen).probabilities
            said = np.array([shares[label] for label in served.labels], np.float32)
            return np.roll(said, 1) if 1 <= asked <= wrong[0] * 36 else said

        return answer

    monkeypatch.setattr(models, "_converted", converted)
    return wrong


def test_a_model_comes_with_its_figures_and_its_signature(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "desk.tflite"
    exported = carry_out(project, ExportWish(out, ExportFormat.TFLITE))
    assert exported.parity is not None
    assert exported.parity.pictures == 36
    assert 0 < exported.parity.held_out < 36
    assert exported.bytes == out.stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "desk.tflite",
        "desk.tflite.parity.json",
        "desk.tflite.signature.json",
    ]
    assert json.loads((tmp_path / "desk.tflite.parity.json").read_text())["agreement"] == 1
    signature = json.loads((tmp_path / "desk.tflite.signature.json").read_text(encoding="utf-8"))
    assert signature["input"]["shape"] == [1, SIZE, SIZE, 3]
    assert sorted(signature["classes"]) == sorted(NAMES)
    assert signature["version"] == project.version_id
    assert signature["backbone"]["sha256"] == project.backbone.sha256

    # As a stranger would use it, by what is written beside it.
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(out))
    interpreter.allocate_tensors()
    picture = look(1, 70)
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], rgb(model_input(picture, SIZE))[None])
    interpreter.invoke()
    [said] = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    wanted = project.predict(picture)
    assert signature["classes"][int(said.argmax())] == wanted.label
    assert said.max() == pytest.approx(wanted.confidence, abs=1e-4)


def test_a_model_that_answers_otherwise_is_not_kept_unless_forced(
    project: Project, tmp_path: Path, converter: list[float]
) -> None:
    converter[0] = 0.25
    wish = ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS)
    with pytest.raises(EnvironmentFault, match=r"75\.0% of 36"):
        carry_out(project, wish)
    assert not list(tmp_path.iterdir())
    exported = carry_out(project, ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS, force=True))
    assert exported.parity is not None
    assert not exported.parity.is_enough
    assert json.loads((tmp_path / "desk.keras.parity.json").read_text())["agreement"] == 0.75


def test_int8_may_differ_a_little(project: Project, tmp_path: Path, converter: list[float]) -> None:
    converter[0] = 1 / 36
    carry_out(project, ExportWish(tmp_path / "8.tflite", ExportFormat.TFLITE, Precision.INT8))
    with pytest.raises(EnvironmentFault):
        carry_out(project, ExportWish(tmp_path / "16.tflite", ExportFormat.TFLITE, Precision.FLOAT16))


@pytest.mark.parametrize("format_", [ExportFormat.ONNX, ExportFormat.SAVED_MODEL])
@pytest.mark.parametrize("taken", ["model", "model.parity.json"])
def test_nothing_is_written_over(
    format_: ExportFormat, taken: str, project: Project, tmp_path: Path, converter: list[float]
) -> None:
    (tmp_path / taken).write_text("mine")
    with pytest.raises(EnvironmentFault, match="is there already"):
        carry_out(project, ExportWish(tmp_path / "model", format_))
    assert [path.name for path in tmp_path.iterdir()] == [taken]
    assert (tmp_path / taken).read_text() == "mine"


def test_what_appears_meanwhile_is_not_written_over_either(
    project: Project, tmp_path: Path, converter: list[float]
) -> None:
    work = export(project, ExportWish(tmp_path / "model", ExportFormat.SAVED_MODEL))
    next(work)
    (tmp_path / "model.signature.json").write_text("mine")
    with pytest.raises(EnvironmentFault, match="is there already"):
        for _ in work:
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["model.signature.json"]


@pytest.mark.parametrize("format_", list(ExportFormat))
def test_an_export_that_is_given_up_leaves_nothing(
    format_: ExportFormat, project: Project, tmp_path: Path, converter: list[float]
) -> None:
    work = export(project, ExportWish(tmp_path / "desk.keras", format_))
    next(work)
    assert list(tmp_path.iterdir())
    work.close()
    assert not list(tmp_path.iterdir())


def test_progress_counts_up_to_all(project: Project, tmp_path: Path, converter: list[float]) -> None:
    told = list(export(project, ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS)))
    assert [progress.done for progress in told] == list(range(1, 73))
    assert {progress.total for progress in told} == {72}


def test_samples_embeddings_and_the_report(project: Project, tmp_path: Path) -> None:
    dataset = carry_out(project, ExportWish(tmp_path / "pictures", ExportFormat.DATASET))
    assert (dataset.samples, dataset.classes) == (36, 3)
    assert len(list((tmp_path / "pictures").rglob("*.jpg"))) == 36
    embeddings = carry_out(project, ExportWish(tmp_path / "desk.npz", ExportFormat.EMBEDDINGS))
    assert (embeddings.samples, embeddings.classes) == (36, 3)
    report = carry_out(project, ExportWish(tmp_path / "desk.html", ExportFormat.REPORT))
    assert report.bytes == (tmp_path / "desk.html").stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.html", "desk.npz", "pictures"]


def test_a_bundle_has_all_that_it_takes_and_no_picture(
    project: Project, tmp_path: Path, converter: list[float]
) -> None:
    carry_out(project, ExportWish(tmp_path / "desk.zip", ExportFormat.BUNDLE))
    assert [path.name for path in tmp_path.iterdir()] == ["desk.zip"]
    with zipfile.ZipFile(tmp_path / "desk.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(texts) == {"model.tflite", "labels.txt", "signature.json", "parity.json", "predict.py", "README.md"}
    labels = texts["labels.txt"].splitlines()
    assert labels == json.loads(texts["signature.json"])["classes"]
    assert sorted(labels) == sorted(NAMES)
    compile(texts["predict.py"], "predict.py", "exec")
    assert "learner" not in texts["predict.py"]


def test_the_card_says_what_it_is_and_what_it_is_not(project: Project, tmp_path: Path, converter: list[float]) -> None:
    carry_out(project, ExportWish(tmp_path / "desk.zip", ExportFormat.BUNDLE))
    with zipfile.ZipFile(tmp_path / "desk.zip") as archive:
        card = archive.read("README.md").decode()
    assert card.startswith("# my desk\n")
    assert r"| Schlüssel \| \[2\] | 12 | 3 |" in card
    assert "100.0% of 36 pictures" in card
    assert "unknown; this file cannot" in card
    assert ("recordings that were held out" in card) != ("Not measurable yet" in card)


def test_a_class_that_was_removed_is_no_answer(made: Path, tmp_path: Path, converter: list[float]) -> None:
    path = tmp_path / "copy.showtell"
    path.write_bytes(made.read_bytes())
    with Buffer.open(path) as buffer:
        pen = buffer.class_named("pen")
        assert pen is not None
        buffer.archive_class(pen.id)
    with open_project(path, create=False) as project:
        carry_out(project, ExportWish(tmp_path / "desk.onnx", ExportFormat.ONNX))
    assert "pen" not in json.loads((tmp_path / "desk.onnx.signature.json").read_text(encoding="utf-8"))["classes"]


def test_nothing_learned_and_no_such_version(project: Project, tmp_path: Path, converter: list[float]) -> None:
    with pytest.raises(LabelFault, match="Version 99"):
        carry_out(project, ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS, version_id=99))
    with open_project(tmp_path / "empty.showtell") as empty, pytest.raises(NothingLearned):
        carry_out(empty, ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS))
    assert not list(tmp_path.glob("*desk*"))


def test_where_nothing_can_be_written(project: Project, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        carry_out(project, ExportWish(tmp_path / "no folder" / "desk.keras", ExportFormat.KERAS))


def test_without_the_extra_onnx(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    with pytest.raises(EnvironmentFault, match=r"showtell\[onnx\]"):
        carry_out(project, ExportWish(tmp_path / "desk.onnx", ExportFormat.ONNX))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.keras", "keras"), ("a.TFLITE", "tflite"), ("a.onnx", "onnx"), ("a.npz", "embeddings"), ("a.html", "report")],
)
def test_what_a_name_stands_for(name: str, wanted: str) -> None:
    assert format_for(Path(name)) == wanted


def test_wishes_that_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="--format"):
        format_for(Path("desk"))
    with pytest.raises(UsageFault, match="no int8"):
        ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS, Precision.INT8)
    with pytest.raises(UsageFault, match=r"\.keras"):
        ExportWish(tmp_path / "desk.h5", ExportFormat.KERAS)
    with pytest.raises(UsageFault):
        ExportWish(tmp_path, ExportFormat.DATASET, version_id=1)

# SPDX-License-Identifier: Apache-2.0
"""Exporting, by the controls a person has."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desktop.exporter import Exporter
from desktop.views.use.export_card import ANSWERS_OTHERWISE, ExportCard, ending_in, free
from desktop.views.use.export_kinds import kinds
from learner.config import LearnerConfig
from learner.errors import EnvironmentFault
from learner.exporting import ExportEvent, ExportRun
from learner.interchange.dataset import ExportProgress
from learner.interchange.parity import Parity
from learner.interchange.wishes import Exported, ExportFormat, ExportWish, Precision
from learner.messages import CommandFailed
from tests.desktop.conftest import Desk
from tests.desktop.use_room import Use
from tests.learner.exporting_processes import takes_for_ever

PARITY = Parity(200, 80, 0.995, 0.995, 0.01, 1.44, 1.2)


class FakeRun:
    """An export that says what it is told to say."""

    def __init__(self, wish: ExportWish) -> None:
        self.wish = wish
        self.events: list[ExportEvent] = []
        self.is_cancelled = False
        self.is_done = False

    def poll(self) -> list[ExportEvent]:
        events, self.events = self.events, []
        self.is_done = self.is_done or any(not isinstance(event, ExportProgress) for event in events)
        return events

    def cancel(self) -> None:
        self.is_cancelled = self.is_done = True


class Exporting:
    """The card, and the runs that it began."""

    def __init__(self, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
        self.use = use
        self.card = use.card(ExportCard)
        self.runs: list[FakeRun] = []
        self._monkeypatch = monkeypatch
        monkeypatch.setattr("desktop.exporter.begin", self._begin)

    def _begin(self, _project: Path, wish: ExportWish, _config: LearnerConfig) -> FakeRun:
        self.runs.append(FakeRun(wish))
        return self.runs[-1]

    @property
    def run(self) -> FakeRun:
        return self.runs[-1]

    def choose(self, format_: ExportFormat) -> None:
        place = [kind.format for kind in kinds()].index(format_)
        self.card.kinds.setCurrentIndex(place)

    def answer(self, path: Path) -> list[str]:
        """Have the person choose this file or folder; returns what the dialogs offered."""
        offered: list[str] = []

        def save(_parent: object, _title: str, name: str, *_: object, **__: object) -> tuple[str, str]:
            offered.append(Path(name).name)
            return str(path), ""

        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(path))
        return offered

    def begin(self, format_: ExportFormat, path: Path) -> None:
        self.choose(format_)
        self.answer(path)
        self.use.click(self.card.begin)

    def says(self, words: str) -> Callable[[], bool]:
        return lambda: words in self.card.state.text()


@pytest.fixture
def use(desk: Desk) -> Use:
    return Use(desk)


@pytest.fixture
def exporting(use: Use, monkeypatch: pytest.MonkeyPatch) -> Exporting:
    use.learn()
    return Exporting(use, monkeypatch)


def test_samples_are_written_as_folders_by_a_process(use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use.teach(3)
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path / "out"))
    card = use.card(ExportCard)
    card.kinds.setCurrentIndex([kind.format for kind in kinds()].index(ExportFormat.DATASET))
    use.click(card.begin)
    use.desk.qtbot.waitUntil(lambda: not card.show_folder.isHidden(), timeout=30_000)
    assert "3 samples" in card.state.text()
    written = tmp_path / "out" / "desk samples"
    assert len(list((written / "mug").glob("*.jpg"))) == 3
    assert (written / "samples.csv").exists()
    opened: list[str] = []
    monkeypatch.setattr(
        "desktop.views.use.export_card.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    use.click(card.show_folder)
    assert [Path(name) for name in opened] == [written]


def test_a_model_is_written_where_the_person_says(exporting: Exporting, tmp_path: Path) -> None:
    card = exporting.card
    exporting.choose(ExportFormat.TFLITE)
    offered = exporting.answer(tmp_path / "signs")
    exporting.use.click(card.sizes.findChildren(QAbstractButton)[2])
    exporting.use.click(card.begin)
    assert offered == ["desk.tflite"]
    assert exporting.run.wish == ExportWish(tmp_path / "signs.tflite", ExportFormat.TFLITE, Precision.INT8)
    assert not card.kinds.isEnabled()
    assert card.begin.isHidden()
    for done, words in ((20, "20 of 100"), (100, "Making the model"), (150, "50 of 100")):
        exporting.run.events.append(ExportProgress(done, 200))
        exporting.use.desk.until(exporting.says(words))
        assert card.progress.isVisible()
    exporting.run.events.append(Exported(tmp_path / "signs.tflite", 4_200_000, PARITY))
    exporting.use.desk.until(exporting.says("199 of 200 pictures; 1.4 ms"))
    assert exporting.says("4.2 MB")()
    assert str(tmp_path / "signs.tflite") in card.state.text()
    assert card.state.property("role") == "good"
    assert not card.begin.isHidden()
    assert card.kinds.isEnabled()


def test_a_model_that_answers_otherwise_is_written_all_the_same(exporting: Exporting, tmp_path: Path) -> None:
    card = exporting.card
    worse = replace(PARITY, agreement=0.5)
    exporting.begin(ExportFormat.KERAS, tmp_path / "desk.keras")
    with pytest.raises(EnvironmentFault) as refused:
        worse.require()
    assert refused.value.title == ANSWERS_OTHERWISE
    exporting.run.events.append(CommandFailed(refused.value.title, refused.value.message))
    exporting.use.desk.until(lambda: not card.anyway.isHidden())
    assert "50.0%" in card.state.text()
    exporting.use.click(card.anyway)
    assert exporting.run.wish == ExportWish(tmp_path / "desk.keras", ExportFormat.KERAS, force=True)
    exporting.run.events.append(Exported(tmp_path / "desk.keras", 1000, worse))
    exporting.use.desk.until(lambda: not card.show_folder.isHidden())
    assert card.state.property("role") == "warning"
    assert card.anyway.isHidden()


def test_another_fault_cannot_be_overruled(exporting: Exporting, tmp_path: Path) -> None:
    card = exporting.card
    exporting.begin(ExportFormat.REPORT, tmp_path / "desk.html")
    exporting.run.events.append(CommandFailed("The disk is full", "Make room."))
    exporting.use.desk.until(exporting.says("The disk is full"))
    assert card.state.property("role") == "bad"
    assert card.anyway.isHidden()
    assert not card.begin.isHidden()
    exporting.choose(ExportFormat.EMBEDDINGS)
    assert card.state.isHidden()


def test_cancelling_leaves_nothing_behind(use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "desktop.exporter.begin",
        lambda project, wish, config: ExportRun(project, wish, config, process=takes_for_ever),
    )
    (tmp_path / "out").mkdir()
    card = use.card(ExportCard)
    card.choose(ExportFormat.REPORT)
    card.export(tmp_path / "out" / "desk.html")
    use.desk.qtbot.waitUntil(lambda: "1 of 2" in card.state.text(), timeout=30_000)
    assert len(list((tmp_path / "out").iterdir())) == 1
    use.click(card.give_up)
    use.desk.until(lambda: "Cancelled" in card.state.text())
    assert list((tmp_path / "out").iterdir()) == []
    assert not card.begin.isHidden()
    assert card.begin.hasFocus()
    card.export(tmp_path / "out" / "desk.html")  # and once more
    assert card.exporter.is_busy


def test_an_export_ends_with_the_project(exporting: Exporting, tmp_path: Path) -> None:
    exporting.begin(ExportFormat.DATASET, tmp_path)
    exporting.use.desk.session.stopping.emit()
    assert exporting.run.is_cancelled
    assert not exporting.card.exporter.is_busy


def test_no_process_is_to_be_had(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def none(*_: object) -> FakeRun:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("desktop.exporter.begin", none)
    exporter = Exporter(desk.path, LearnerConfig())
    with desk.qtbot.waitSignal(exporter.failed) as failed:
        exporter.start(ExportWish(tmp_path / "desk.npz", ExportFormat.EMBEDDINGS))
    assert failed.args
    assert "Cannot allocate memory" in failed.args[1]
    assert not exporter.is_busy


def test_what_is_not_learned_is_no_model(use: Use) -> None:
    card = use.card(ExportCard)
    for kind in kinds():
        card.choose(kind.format)
        assert card.begin.isEnabled() is not kind.is_model
        assert card.hindrance.isHidden() is card.begin.isEnabled()
    card.choose(ExportFormat.KERAS)
    use.learn()
    assert card.begin.isEnabled()
    assert card.hindrance.isHidden()


def test_what_is_not_installed_is_said(exporting: Exporting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.extras.find_spec", lambda name: None if name == "tf2onnx" else object())
    card = exporting.card
    exporting.choose(ExportFormat.ONNX)
    assert not card.begin.isEnabled()
    exporting.use.click(card.install.copy)
    assert QGuiApplication.clipboard().text() == 'pip install "showtell[onnx]"'
    exporting.choose(ExportFormat.KERAS)
    assert card.begin.isEnabled()
    assert card.install.isHidden()


@pytest.mark.parametrize(
    ("format_", "rest"),
    [
        (ExportFormat.BUNDLE, ["desk.zip"]),
        (ExportFormat.DATASET, ["desk samples", "--format", "dataset"]),
        (ExportFormat.SAVED_MODEL, ["desk model", "--format", "saved_model"]),
    ],
)
def test_the_command_line_does_the_same(exporting: Exporting, format_: ExportFormat, rest: list[str]) -> None:
    exporting.choose(format_)
    exporting.use.click(exporting.card.command.copy)
    words = shlex.split(QGuiApplication.clipboard().text().replace("\\", "/"))
    assert words == ["showtell", "export", exporting.use.desk.path.as_posix(), *rest]


def test_the_command_line_makes_it_as_small(exporting: Exporting) -> None:
    exporting.choose(ExportFormat.TFLITE)
    exporting.use.click(exporting.card.sizes.findChildren(QAbstractButton)[1])
    assert exporting.card.command.code.text().endswith("desk.tflite --quantize float16")
    exporting.choose(ExportFormat.KERAS)
    assert "quantize" not in exporting.card.command.code.text()


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ("a.keras", "a.keras"),
        ("a.KERAS", "a.keras"),
        ("a", "a.keras"),
        ("a.b", "a.b.keras"),
        (".keras", ".keras.keras"),
    ],
)
def test_a_name_ends_as_it_has_to(tmp_path: Path, chosen: str, name: str) -> None:
    out = ending_in(tmp_path / chosen, ".keras")
    assert out == tmp_path / name
    assert ExportWish(out, ExportFormat.KERAS)


def test_a_name_that_is_free(tmp_path: Path) -> None:
    assert free(tmp_path / "desk.zip") == tmp_path / "desk.zip"
    (tmp_path / "desk.zip").touch()
    (tmp_path / "desk 2.zip").touch()
    assert free(tmp_path / "desk.zip") == tmp_path / "desk 3.zip"

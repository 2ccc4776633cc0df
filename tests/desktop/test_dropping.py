# SPDX-License-Identifier: Apache-2.0
"""Pictures, folders and clips dropped on class cards become samples."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.import_reading import Report, class_folders, files_in
from desktop.views.teach.file_drops import report_words
from learner.buffer import Buffer, read_image
from learner.cv import cv2
from learner.errors import DiskFull
from tests.desktop.conftest import Desk
from tests.desktop.test_teaching import press, tap


def write_picture(path: Path, seed: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = np.random.default_rng(seed).integers(0, 255, (32, 40, 3)).astype(np.uint8)
    path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    return path


def write_folder(folder: Path, count: int, seed: int = 0) -> Path:
    for number in range(count):
        write_picture(folder / f"{number}.png", 1000 * seed + number)
    return folder


def write_clip(path: Path, shades: list[int]) -> Path:
    """A clip of 30 frames a second, each shade a third of a second long, in a pattern that moves with it."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 30.0, (64, 48))
    assert writer.isOpened()
    for shade in shades:
        frame = np.full((48, 64, 3), 20, np.uint8)
        frame[:, shade % 64 :] = shade
        for _ in range(10):
            writer.write(frame)
    writer.release()
    return path


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files on a widget; return whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    return enter.isAccepted()


def drop_and_wait(desk: Desk, widget: QWidget, *paths: Path) -> Report:
    with desk.qtbot.waitSignal(desk.session.importer.finished, timeout=20_000) as finished:
        assert drop(widget, *paths)
    (report,) = finished.args
    assert isinstance(report, Report)
    desk.until(lambda: not desk.session.importer.is_busy)
    return report


def bursts(desk: Desk) -> list[tuple[str, int]]:
    """What recordings there are: where each comes from, and how many samples it has."""
    with Buffer.open(desk.path, read_only=True) as buffer:
        samples = buffer.samples()
        return [(burst.source, sum(sample.burst_id == burst.id for sample in samples)) for burst in buffer.bursts()]


@pytest.fixture
def mug(desk: Desk) -> Desk:
    desk.name("mug")
    desk.until(lambda: desk.session.undo_text == "new class mug")
    return desk


def test_pictures_dropped_on_a_card_are_its_samples_and_taken_back_as_one(mug: Desk, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "photos", 12)
    (folder / "notes.txt").write_text("no picture")
    loose = write_picture(tmp_path / "loose.png", 99)
    report = drop_and_wait(mug, mug.teach.classes.cards[1], folder, loose)
    assert (len(report.added), [path.name for path in report.unreadable]) == (13, ["notes.txt"])
    assert mug.counts() == {"mug": 13}
    assert mug.notices.panel.title.text() == "mug: 13 samples added, 1 could not be read"
    assert "notes.txt" in mug.notices.panel.message.text()
    assert mug.learner.calls[-1] == "learn: added to mug"
    mug.until(lambda: mug.session.undo_text == "add 13 samples to mug")
    with mug.qtbot.waitSignal(mug.session.model.changed):
        mug.session.undo()
    assert mug.counts() == {"mug": 0}
    mug.until(lambda: mug.session.redo_text is not None)
    with mug.qtbot.waitSignal(mug.session.model.changed):
        mug.session.redo()
    assert mug.counts() == {"mug": 13}


def test_pictures_count_thirty_to_a_recording_as_from_class_folders(mug: Desk, tmp_path: Path) -> None:
    drop_and_wait(mug, mug.teach.classes.cards[1], write_folder(tmp_path / "photos", 65))
    assert bursts(mug) == [("import: mug", 30), ("import: mug", 30), ("import: mug", 5)]


def test_what_is_there_already_is_not_added_again(mug: Desk, tmp_path: Path) -> None:
    mug.name("key")
    folder = write_folder(tmp_path / "photos", 3)
    drop_and_wait(mug, mug.teach.classes.cards[1], folder)
    again = drop_and_wait(mug, mug.teach.classes.cards[1], folder)
    assert (again.added, again.there, again.elsewhere) == ([], 3, 0)
    other = drop_and_wait(mug, mug.teach.classes.cards[2], folder)
    assert (other.added, other.there, other.elsewhere) == ([], 0, 3)
    assert mug.session.undo_text == "add 3 samples to mug", "nothing happened that could be taken back"


def test_a_clip_is_one_recording_without_frames_that_are_alike(mug: Desk, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "turn.mp4", [40, 90, 150, 230])
    report = drop_and_wait(mug, mug.teach.classes.cards[1], clip)
    assert len(report.added) == 4, "of forty frames, ten a shade"
    assert bursts(mug) == [("import: turn.mp4", 4)]
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no clip")
    assert drop_and_wait(mug, mug.teach.classes.cards[1], broken).unreadable == [broken]


def test_a_folder_dropped_beside_the_cards_becomes_a_class(mug: Desk, tmp_path: Path) -> None:
    report = drop_and_wait(mug, mug.teach.classes, write_folder(tmp_path / "duck", 4))
    assert report.made
    assert mug.counts() == {"mug": 0, "duck": 4}
    mug.until(lambda: mug.session.undo_text == "add 4 samples to duck")
    with mug.qtbot.waitSignal(mug.session.model.changed):
        mug.session.undo()
        mug.until(lambda: mug.session.redo_text is not None)
    assert mug.counts() == {"mug": 0}, "the class went with it"
    mug.session.redo()
    mug.until(lambda: mug.counts() == {"mug": 0, "duck": 4})


def test_a_folder_of_folders_is_several_classes(desk: Desk, tmp_path: Path) -> None:
    for seed, name in enumerate(("duck", "key", ".cache"), start=1):
        write_folder(tmp_path / "things" / name, 2, seed)
    assert [name for name, _ in class_folders([tmp_path / "things"])] == ["duck", "key"]
    assert drop(desk.teach.classes, tmp_path / "things")
    desk.until(lambda: desk.counts() == {"duck": 2, "key": 2} and not desk.session.importer.is_busy)
    assert list(class_folders([tmp_path / "gone"])) == [("gone", [tmp_path / "gone"])]


def test_an_empty_folder_makes_no_class(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = drop_and_wait(desk, desk.teach.classes, tmp_path / "empty")
    assert report.added == []
    assert desk.counts() == {}
    assert desk.session.undo_text is None


def test_loose_files_dropped_beside_the_cards_are_named_first(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    assert drop(desk.teach.classes, write_picture(tmp_path / "duck.png", 1))
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    assert editor.text() == "duck"
    with qtbot.waitSignal(desk.session.importer.finished):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert desk.counts() == {"duck": 1}
    desk.until(lambda: not desk.session.importer.is_busy)


def test_words_are_no_files(mug: Desk) -> None:
    data = QMimeData()
    data.setText("mug")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(mug.teach.classes.cards[1], event)
    assert not event.isAccepted()


@pytest.mark.parametrize("by", ["Esc", "button", "closing"])
def test_an_import_is_stopped_and_what_was_added_stays(
    mug: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    go = threading.Event()

    def slowly(path: Path) -> object:
        if path.name == "20.png":
            assert go.wait(10)
        return read_image(path)

    monkeypatch.setattr("desktop.import_reading.read_image", slowly)
    card = mug.teach.classes.cards[1]
    assert drop(card, write_folder(tmp_path / "photos", 40))
    mug.until(lambda: mug.counts()["mug"] == 16 and not card._progress.isHidden())
    assert not card.stop.isHidden()
    assert card._progress.value() > 0
    mug.show()
    tap(mug, Qt.Key.Key_1, "1")
    assert mug.counts()["mug"] == 17, "recording goes on meanwhile"
    if by == "closing":
        threading.Timer(0.05, go.set).start()
        mug.app.window.close()
        assert mug.counts()["mug"] >= 17
        return
    with mug.qtbot.waitSignal(mug.session.importer.finished) as finished:
        if by == "Esc":
            press(mug, Qt.Key.Key_Escape, "\x1b")
        else:
            card.stop.click()
        go.set()
    (report,) = finished.args
    assert report.stopped
    assert mug.counts()["mug"] == 1 + len(report.added) < 40
    assert "you stopped it" in mug.teach.strip.said.text()
    assert card.stop.isHidden()
    mug.until(lambda: mug.session.undo_text == f"add {len(report.added)} samples to mug")
    mug.until(lambda: not mug.session.importer.is_busy)


def test_a_full_disk_ends_an_import_and_is_said_once(
    mug: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    monkeypatch.setattr(Buffer, "add_samples", full)
    said: list[str] = []
    mug.session.failed.connect(lambda title, _: said.append(title))
    report = drop_and_wait(mug, mug.teach.classes.cards[1], write_folder(tmp_path / "photos", 40))
    assert said == ["The disk is full"]
    assert report.added == []
    assert mug.session.undo_text == "new class mug"


def test_files_come_in_natural_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("10.png", "2.png", ".hidden.png", "below/1.png", ".git/3.png"):
        write_picture(tmp_path / "photos" / name, 1)
    loose = tmp_path / "gone.png"
    names = [str(path.relative_to(tmp_path)) for path in files_in([tmp_path / "photos", loose])]
    assert names == ["photos/2.png", "photos/10.png", "photos/below/1.png", "gone.png"]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            Report("mug", None, added=list(range(28)), unreadable=[Path("a"), Path("b")]),
            "28 samples added, 2 could not",
        ),
        (Report("mug", None, added=[1], there=1, elsewhere=1), "1 sample added, 1 was there already, 1 is in another"),
        (Report("mug", None, stopped=True), "0 samples added, then you stopped it"),
    ],
)
def test_what_came_of_an_import_in_words(report: Report, words: str) -> None:
    assert words in report_words(report)

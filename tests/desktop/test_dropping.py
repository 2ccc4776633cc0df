# SPDX-License-Identifier: Apache-2.0
"""Pictures, folders and clips dropped on class cards become samples."""

from __future__ import annotations

import shutil
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.importing import Imported
from desktop.views.teach.file_drops import report_words
from learner.buffer import Buffer
from learner.cv import cv2
from learner.errors import DiskFull
from learner.interchange.importing import Report
from learner.interchange.items import Skipped
from learner.pictures import read_file
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
    (imported,) = finished.args
    assert isinstance(imported, Imported)
    desk.until(lambda: not desk.session.importer.is_busy)
    return imported.report


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
    assert (report.added, [path.name for path in report.unreadable]) == (13, ["notes.txt"])
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
    assert (again.added, again.duplicates, again.kinds["elsewhere"]) == (0, 3, 0)
    other = drop_and_wait(mug, mug.teach.classes.cards[2], folder)
    assert (other.added, other.duplicates, other.kinds["elsewhere"]) == (0, 0, 3)
    assert mug.session.undo_text == "add 3 samples to mug", "nothing happened that could be taken back"


def test_a_clip_is_one_recording_without_frames_that_are_alike(mug: Desk, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "turn.mp4", [40, 90, 150, 230])
    report = drop_and_wait(mug, mug.teach.classes.cards[1], clip)
    assert (report.added, report.still) == (4, 10), "of forty frames, ten a shade"
    assert bursts(mug) == [("import: turn.mp4", 4)]
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no clip")
    assert drop_and_wait(mug, mug.teach.classes.cards[1], broken).unreadable == [broken]


def test_a_folder_dropped_beside_the_cards_becomes_a_class(mug: Desk, tmp_path: Path) -> None:
    report = drop_and_wait(mug, mug.teach.classes, write_folder(tmp_path / "duck", 4))
    assert [info.name for info in report.made] == ["duck"]
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
    assert drop(desk.teach.classes, tmp_path / "things")
    desk.until(lambda: desk.counts() == {"duck": 2, "key": 2} and not desk.session.importer.is_busy)
    desk.until(lambda: desk.session.undo_text == "add 4 samples to 2 classes")
    with desk.qtbot.waitSignal(desk.session.model.changed):
        desk.session.undo()
    assert desk.counts() == {}, "one import is one act"


def test_an_empty_folder_makes_no_class(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = drop_and_wait(desk, desk.teach.classes, tmp_path / "empty")
    assert report.added == 0
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
    mug: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, by: str
) -> None:
    go = threading.Event()
    request.addfinalizer(go.set)  # nobody is to wait for it when something fails

    def slowly(path: Path) -> bytes:
        if path.name == "20.png":
            assert go.wait(10)
        return read_file(path)

    monkeypatch.setattr("learner.interchange.tree.read_file", slowly)
    card = mug.teach.classes.cards[1]
    assert drop(card, write_folder(tmp_path / "photos", 40))
    # The file has them before the card is told.
    mug.until(lambda: mug.counts()["mug"] == 16 and not card._progress.isHidden() and card._progress.value() > 0)
    assert not card.stop.isHidden()
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
    report = finished.args[0].report
    assert report.stopped
    assert mug.counts()["mug"] == 1 + report.added < 40
    assert "you stopped it" in mug.teach.strip.said.text()
    assert card.stop.isHidden()
    mug.until(lambda: mug.session.undo_text == f"add {report.added} samples to mug")
    mug.until(lambda: not mug.session.importer.is_busy)


def test_a_full_disk_ends_an_import_and_is_said_once(
    mug: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full", "There is no room.", "Free some space.")

    monkeypatch.setattr(Buffer, "add_new", full)
    said: list[str] = []
    mug.session.failed.connect(lambda title, _: said.append(title))
    report = drop_and_wait(mug, mug.teach.classes.cards[1], write_folder(tmp_path / "photos", 40))
    assert said == ["The disk is full"]
    assert report.added == 0
    assert mug.session.undo_text == "new class mug"


def pack(path: Path, folder: Path) -> Path:
    """Pack what is in a folder."""
    return Path(shutil.make_archive(str(path.with_suffix("")), "zip", folder)).rename(path)


def test_an_archive_of_class_folders_says_itself_what_it_shows(desk: Desk, tmp_path: Path) -> None:
    for seed, name in enumerate(("duck", "key"), start=1):
        write_folder(tmp_path / "things" / name, 2, seed)
    report = drop_and_wait(desk, desk.teach.classes, pack(tmp_path / "things.zip", tmp_path / "things"))
    assert report.classes == {"duck": 2, "key": 2}
    desk.until(lambda: desk.session.undo_text == "add 4 samples to 2 classes")
    assert desk.learner.calls[-1] == "learn: added to 2 classes"
    assert "things.zip: 4 samples added" in desk.teach.strip.said.text()


def test_an_archive_of_loose_pictures_is_named_first(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    archive = pack(tmp_path / "duck.zip", write_folder(tmp_path / "photos", 3))
    with qtbot.waitSignal(desk.session.importer.label_wanted):
        assert drop(desk.teach.classes, archive)
    editor = desk.teach.classes.findChild(QLineEdit, "")
    assert editor
    assert editor.text() == "duck"
    with qtbot.waitSignal(desk.session.importer.finished):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert desk.counts() == {"duck": 3}
    desk.until(lambda: not desk.session.importer.is_busy)


def test_an_archive_dropped_on_a_card_is_of_that_class(mug: Desk, tmp_path: Path) -> None:
    archive = pack(tmp_path / "duck.zip", write_folder(tmp_path / "photos", 3))
    assert drop_and_wait(mug, mug.teach.classes.cards[1], archive).classes == {"mug": 3}


@pytest.mark.parametrize("on_card", [True, False])
def test_what_has_labels_of_its_own_keeps_them_wherever_it_is_dropped(mug: Desk, tmp_path: Path, on_card: bool) -> None:
    write_folder(tmp_path / "photos", 4)
    table = tmp_path / "photos" / "labels.csv"
    table.write_text("path,label\n0.png,duck\n1.png,Mug\n")
    with zipfile.ZipFile(tmp_path / "project.tm", "w") as project:
        project.writestr("manifest.json", '{"type": "image"}')
        project.write(tmp_path / "photos" / "2.png", "key-!-0.png")
    with Buffer.open(tmp_path / "other.showtell") as other:
        info, burst = other.add_class("cup"), other.start_burst("camera 7")
        other.add_sample(np.full((32, 32, 3), 90, np.uint8), info.id, burst.id)
    place = mug.teach.classes.cards[1] if on_card else mug.teach.classes
    assert drop(place, table, tmp_path / "project.tm", tmp_path / "other.showtell")
    mug.until(lambda: not mug.session.importer.is_busy)
    assert mug.counts() == {"mug": 1, "duck": 1, "key": 1, "cup": 1}
    assert ("camera 7", 1) in bursts(mug)


def test_what_cannot_be_imported_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "song.tm", "w") as project:
        project.writestr("manifest.json", '{"type": "audio"}')
    said: list[str] = []
    desk.session.failed.connect(lambda _, message: said.append(message))
    drop_and_wait(desk, desk.teach.classes, tmp_path / "song.tm")
    assert "project of sounds" in said[0]
    assert "image project" in said[0]


def test_files_may_be_dropped_anywhere_in_the_window(desk: Desk, tmp_path: Path) -> None:
    window = desk.app.window
    assert window.review
    window.open_room(window.review)
    drop_and_wait(desk, window, write_folder(tmp_path / "duck", 2))
    assert window.room is window.teach
    assert desk.counts() == {"duck": 2}


def test_the_menu_imports_files_and_folders(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "duck", 2)
    files, folders = desk.app.window.menus.imports
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with desk.qtbot.waitSignal(desk.session.importer.finished):
        folders.trigger()
    desk.until(lambda: not desk.session.importer.is_busy)
    assert desk.counts() == {"duck": 2}
    archive = pack(tmp_path / "key-samples.zip", write_folder(tmp_path / "photos", 1, 7))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(archive)], ""))
    with desk.qtbot.waitSignal(desk.session.importer.finished):
        files.trigger()
    desk.until(lambda: not desk.session.importer.is_busy)
    assert desk.counts() == {"duck": 2, "key": 1}
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    files.trigger()
    assert not desk.session.importer.is_busy


def told(**counts: int) -> Report:
    """A report of so much that was left out."""
    report = Report(added=counts.pop("added", 0), duplicates=counts.pop("there", 0))
    for kind, count in counts.items():
        for _ in range(count):
            report.skip(Skipped(Path(kind), "It is.", kind))  # type: ignore[arg-type]
    return report


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (told(added=28, unreadable=2, hidden=5), "mug: 28 samples added, 2 could not be read"),
        (told(added=1, there=1, elsewhere=1), "1 sample added, 1 was there already, 1 is in another"),
        (Report(stopped=True), "0 samples added, then you stopped it"),
    ],
)
def test_what_came_of_an_import_in_words(report: Report, words: str) -> None:
    assert words in report_words(Imported("mug", report))

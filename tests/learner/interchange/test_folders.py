# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.buffer.codec import encode
from learner.camera.folder import natural_key
from learner.errors import EnvironmentFault
from learner.interchange.folders import class_folders
from learner.interchange.formats import source_of
from learner.interchange.importing import Progress, import_source
from tests.learner.fakes import picture
from tests.learner.interchange.making import bring_in, counts, put, watched, whys


def test_each_folder_becomes_a_class(buffer: Buffer, folder: Path) -> None:
    for number in range(3):
        put(folder, f"mug/{number}.png", 1, number)
    put(folder, "key/a.png", 2)
    report = bring_in(buffer, folder)
    assert (report.added, report.duplicates, report.skipped) == (4, 0, [])
    assert report.classes == {"key": 1, "mug": 3}
    assert counts(buffer) == {"key": 1, "mug": 3}
    assert {burst.source for burst in buffer.bursts()} == {"import: key", "import: mug"}


def test_the_originals_are_not_touched(buffer: Buffer, folder: Path) -> None:
    path = put(folder, "mug/a.png", 1)
    content, before = path.read_bytes(), path.stat().st_mtime_ns
    bring_in(buffer, folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, before)


def test_bad_files_are_listed_and_the_rest_goes_on(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    (folder / "mug" / "2.jpg").write_text("not a picture")
    (folder / "mug" / "3.png").write_bytes(b"")
    (folder / "mug" / "4.png").write_bytes((folder / "mug" / "1.png").read_bytes()[:200])
    (folder / "mug" / ".DS_Store").write_text("x")
    (folder / ".cache").mkdir()
    (folder / "readme.txt").write_text("x")
    put(folder, "mug/5.png", 1, 5)
    report = bring_in(buffer, folder)
    assert report.added == 2
    listed = {item.path.relative_to(folder).as_posix(): item.why for item in report.skipped}
    assert set(listed) == {"mug/2.jpg", "mug/3.png", "mug/4.png", "mug/.DS_Store", ".cache", "readme.txt"}
    assert "hidden" in listed["mug/.DS_Store"]
    assert "not in a class folder" in listed["readme.txt"]
    assert "picture" in listed["mug/2.jpg"]
    assert all(text.endswith(".") for text in listed.values())
    assert report.left_out == 6


def test_a_class_of_bad_files_alone_is_not_made(buffer: Buffer, folder: Path) -> None:
    (folder / "mug").mkdir()
    (folder / "mug" / "1.jpg").write_text("not a picture")
    assert bring_in(buffer, folder).added == 0
    assert buffer.classes() == []
    assert buffer.bursts() == []


def test_the_same_picture_twice_is_one_sample(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    put(folder, "mug/copy of 1.png", 1)
    report = bring_in(buffer, folder)
    assert (report.added, report.duplicates) == (1, 1)
    again = bring_in(buffer, folder)
    assert (again.added, again.duplicates, again.skipped) == (0, 2, [])
    assert len(buffer.samples()) == 1


def test_the_same_picture_in_two_classes_is_kept_where_it_came_first(buffer: Buffer, folder: Path) -> None:
    put(folder, "a/1.png", 1)
    put(folder, "b/1.png", 1)
    put(folder, "b/2.png", 2)
    report = bring_in(buffer, folder)
    assert report.classes == {"a": 1, "b": 1}
    assert [(item.path.name, '"a"' in item.why) for item in report.skipped] == [("1.png", True)]


def test_a_deleted_picture_can_be_imported_again(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    bring_in(buffer, folder)
    buffer.delete([sample.id for sample in buffer.samples()])
    assert bring_in(buffer, folder).added == 1


def test_names_are_matched_with_the_classes_there_are(buffer: Buffer, folder: Path) -> None:
    glass = buffer.add_class("Glas für Tee")
    put(folder, unicodedata.normalize("NFD", "glas für tee") + "/1.png", 1)
    put(folder, "ガラス 🥛/1.png", 2)
    report = bring_in(buffer, folder)
    assert report.classes == {"Glas für Tee": 1, "ガラス 🥛": 1}
    assert len(buffer.samples(class_id=glass.id)) == 1


def test_a_name_that_is_slightly_off_is_put_right(buffer: Buffer, folder: Path) -> None:
    put(folder, "x" * 81 + "/1.png", 1)
    put(folder, "big\nmug\t/1.png", 2)
    put(folder, "\x07/1.png", 3)
    report = bring_in(buffer, folder)
    assert report.classes == {"x" * 80: 1, "big mug": 1}
    assert "Its name" in whys(report)["\x07"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
def test_names_that_are_no_text(buffer: Buffer, folder: Path) -> None:
    no_text = os.fsdecode(b"\xff")
    put(folder, f"mug/{no_text}.png", 1)
    put(folder, f"{no_text}/1.png", 2)
    report = bring_in(buffer, folder)
    assert report.classes == {"mug": 1}
    assert [item.path for item in report.skipped] == [folder / no_text]


def test_natural_order_and_short_bursts(buffer: Buffer, folder: Path) -> None:
    for number in range(100):
        put(folder, f"mug/{number}.png", 1, number)
    bring_in(buffer, folder)
    samples = buffer.samples()
    sizes = Counter(sample.burst_id for sample in samples)
    assert list(sizes.values()) == [30, 30, 30, 10]
    assert [sample.sha256 for sample in samples] == [encode(picture(1, number)).sha256 for number in range(100)]


def test_progress_counts_every_file(buffer: Buffer, folder: Path) -> None:
    for number in range(70):
        put(folder, f"mug/{number}.png", 1, number)
    put(folder, "mug/more/70.png", 1, 70)
    put(folder, "zoo/1.png", 2)
    (folder / "zoo" / "2.png").write_text("no picture")
    said, _ = watched(buffer, folder)
    assert said == [Progress(64, 73, 64, "mug"), Progress(73, 73, 72, "zoo")]


def test_what_was_imported_before_an_interruption_stays(buffer: Buffer, folder: Path) -> None:
    for number in range(100):
        put(folder, f"mug/{number}.png", 1, number)
    work = import_source(buffer, source_of(folder))
    assert next(work).added == 64
    work.close()
    assert len(buffer.samples()) == 64
    report = bring_in(buffer, folder)
    assert (report.added, report.duplicates) == (36, 64)


def test_a_folder_without_class_folders(buffer: Buffer, folder: Path) -> None:
    put(folder, "1.png", 1)
    with pytest.raises(EnvironmentFault, match="What do they show"):
        bring_in(buffer, folder)


def test_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        class_folders(folder / "nowhere")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    os.mkfifo(folder / "mug" / "2.png")
    (folder / "mug" / "3.png").symlink_to(folder / "nowhere")
    report = bring_in(buffer, folder)
    assert report.added == 1
    assert [item.why for item in report.skipped] == ["It is not a file."] * 2


def test_natural_key() -> None:
    names = ["b1", "a10", "A2", "a", "10", "9", "a2b10", "a2b9", "²"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "A2", "a2b9", "a2b10", "a10", "b1", "²"]


def test_a_class_folder_that_cannot_be_read_does_not_stop_the_others(
    buffer: Buffer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "closed/a.png", 1)
    put(folder, "open/a.png", 2)
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = bring_in(buffer, folder)
    assert report.classes == {"open": 1}
    assert [item.path.name for item in report.skipped] == ["closed"]
    assert "Permission denied" in report.skipped[0].why


def test_pictures_of_a_class_that_was_removed_come_in_again(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/a.png", 1)
    bring_in(buffer, folder)
    buffer.archive_class(buffer.classes()[0].id)
    report = bring_in(buffer, folder)
    assert (report.added, report.duplicates, report.skipped) == (1, 0, [])
    assert counts(buffer) == {"mug": 1}


def test_no_class_comes_of_pictures_that_are_all_in_another(buffer: Buffer, folder: Path) -> None:
    put(folder, "a/1.png", 1)
    put(folder, "b/1.png", 1)
    report = bring_in(buffer, folder)
    assert [info.name for info in buffer.classes()] == ["a"]
    assert len(report.skipped) == 1


def test_what_lies_deeper_belongs_to_the_class(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/a/b/1.png", 1)
    put(folder, "mug/.git/2.png", 1, 2)
    (folder / "mug" / "round").symlink_to(folder, target_is_directory=True)
    report = bring_in(buffer, folder)
    assert report.classes == {"mug": 1}
    assert whys(report) == {".git": "It is hidden.", "round": "It is a link to a folder."}


def test_folders_that_say_what_pictures_are_for(buffer: Buffer, folder: Path) -> None:
    for number, split in enumerate(("Train", "val", "test", "valid", "validation")):
        put(folder, f"{split}/mug/1.png", 1, number)
        put(folder, f"{split}/key/1.png", 2, number)
    put(folder, "test/mug/again.png", 1, 0)
    (folder / "data.yaml").write_text("names: [mug, key]")
    report = bring_in(buffer, folder)
    assert counts(buffer) == {"key": 5, "mug": 5}
    assert {info.name: info.held_out for info in buffer.classes()} == {"key": 4, "mug": 4}
    assert report.duplicates == 1, "what is learned from is not measured with"
    assert list(whys(report)) == ["data.yaml"]


def test_classes_may_be_called_train_and_test(buffer: Buffer, folder: Path) -> None:
    put(folder, "train/1.png", 1)
    put(folder, "test/1.png", 2)
    bring_in(buffer, folder)
    assert counts(buffer) == {"test": 1, "train": 1}
    assert all(info.held_out == 0 for info in buffer.classes())


def test_with_a_label_all_of_a_folder_shows_that(buffer: Buffer, folder: Path) -> None:
    put(folder, "1.png", 1)
    put(folder, "below/2.png", 1, 2)
    assert bring_in(buffer, folder, label="mug").classes == {"mug": 2}


def test_a_long_list_of_what_was_left_out_is_counted_and_not_kept(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/good.png", 1)
    for number in range(150):
        (folder / "mug" / f"{number}.txt").write_text("no picture")
    report = bring_in(buffer, folder)
    assert len(report.skipped) == 100
    assert report.left_out == 150
    assert list(report.reasons.values()) == [150]

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.buffer.codec import encode
from learner.camera.folder import natural_key
from learner.cv import cv2
from learner.errors import EnvironmentFault
from learner.interchange.folders import class_folders, import_folder
from tests.learner.fakes import picture


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        yield buffer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, kind: int, number: int = 0) -> Path:
    """Write a picture, whatever characters its name has."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())
    return path


def why(skipped: list[tuple[str, str]], name: str) -> str:
    return dict(skipped)[name]


def test_each_folder_becomes_a_class(buffer: Buffer, folder: Path) -> None:
    for number in range(3):
        put(folder, f"mug/{number}.png", 1, number)
    put(folder, "key/a.png", 2)
    report = import_folder(buffer, folder)
    assert (report.added, report.duplicates, report.skipped) == (4, 0, [])
    assert report.classes == {"key": 1, "mug": 3}
    assert {info.name: info.count for info in buffer.classes()} == {"key": 1, "mug": 3}
    assert {burst.source for burst in buffer.bursts()} == {"import: key", "import: mug"}


def test_the_originals_are_not_touched(buffer: Buffer, folder: Path) -> None:
    path = put(folder, "mug/a.png", 1)
    content, before = path.read_bytes(), path.stat().st_mtime_ns
    import_folder(buffer, folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, before)


def test_bad_files_are_listed_and_the_rest_goes_on(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    (folder / "mug" / "2.jpg").write_text("not a picture")
    (folder / "mug" / "3.png").write_bytes(b"")
    (folder / "mug" / "4.png").write_bytes((folder / "mug" / "1.png").read_bytes()[:200])
    (folder / "mug" / ".DS_Store").write_text("x")
    (folder / "mug" / "more").mkdir()
    (folder / ".cache").mkdir()
    (folder / "readme.txt").write_text("x")
    put(folder, "mug/5.png", 1, 5)
    report = import_folder(buffer, folder)
    assert report.added == 2
    listed = [(item.path.relative_to(folder).as_posix(), item.why) for item in report.skipped]
    assert {name for name, _ in listed} == {
        "mug/2.jpg", "mug/3.png", "mug/4.png", "mug/.DS_Store", "mug/more", ".cache", "readme.txt",
    }  # fmt: skip
    assert "hidden" in why(listed, "mug/.DS_Store")
    assert "folder" in why(listed, "mug/more")
    assert "not in a class folder" in why(listed, "readme.txt")
    assert "picture" in why(listed, "mug/2.jpg")
    assert all(text.endswith(".") for _, text in listed)


def test_a_class_of_bad_files_alone_is_not_made(buffer: Buffer, folder: Path) -> None:
    (folder / "mug").mkdir()
    (folder / "mug" / "1.jpg").write_text("not a picture")
    assert import_folder(buffer, folder).added == 0
    assert buffer.classes() == []
    assert buffer.bursts() == []


def test_the_same_picture_twice_is_one_sample(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    put(folder, "mug/copy of 1.png", 1)
    report = import_folder(buffer, folder)
    assert (report.added, report.duplicates) == (1, 1)
    again = import_folder(buffer, folder)
    assert (again.added, again.duplicates, again.skipped) == (0, 2, [])
    assert len(buffer.samples()) == 1


def test_the_same_picture_in_two_classes_is_kept_where_it_came_first(buffer: Buffer, folder: Path) -> None:
    put(folder, "a/1.png", 1)
    put(folder, "b/1.png", 1)
    put(folder, "b/2.png", 2)
    report = import_folder(buffer, folder)
    assert report.classes == {"a": 1, "b": 1}
    assert [(item.path.name, '"a"' in item.why) for item in report.skipped] == [("1.png", True)]


def test_a_deleted_picture_can_be_imported_again(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    import_folder(buffer, folder)
    buffer.delete([sample.id for sample in buffer.samples()])
    assert import_folder(buffer, folder).added == 1


def test_names_are_matched_with_the_classes_there_are(buffer: Buffer, folder: Path) -> None:
    glass = buffer.add_class("Glas für Tee")
    put(folder, unicodedata.normalize("NFD", "glas für tee") + "/1.png", 1)
    put(folder, "ガラス 🥛/1.png", 2)
    report = import_folder(buffer, folder)
    assert report.classes == {"Glas für Tee": 1, "ガラス 🥛": 1}
    assert len(buffer.samples(class_id=glass.id)) == 1


def test_a_name_no_class_can_have(buffer: Buffer, folder: Path) -> None:
    path = put(folder, "x" * 81 + "/1.png", 1)
    put(folder, "mug/1.png", 2)
    report = import_folder(buffer, folder)
    assert report.added == 1
    assert [item.path for item in report.skipped] == [path]
    assert "80" in report.skipped[0].why


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
def test_names_that_are_no_text(buffer: Buffer, folder: Path) -> None:
    no_text = os.fsdecode(b"\xff")
    put(folder, f"mug/{no_text}.png", 1)
    path = put(folder, f"{no_text}/1.png", 2)
    report = import_folder(buffer, folder)
    assert report.classes == {"mug": 1}
    assert [item.path for item in report.skipped] == [path]


def test_natural_order_and_short_bursts(buffer: Buffer, folder: Path) -> None:
    for number in range(100):
        put(folder, f"mug/{number}.png", 1, number)
    import_folder(buffer, folder)
    samples = buffer.samples()
    sizes = Counter(sample.burst_id for sample in samples)
    assert list(sizes.values()) == [30, 30, 30, 10]
    assert [sample.sha256 for sample in samples] == [encode(picture(1, number)).sha256 for number in range(100)]


def test_progress_counts_every_file(buffer: Buffer, folder: Path) -> None:
    for number in range(70):
        put(folder, f"mug/{number}.png", 1, number)
    put(folder, "key/1.png", 2)
    told: list[tuple[int, int]] = []
    import_folder(buffer, folder, lambda done, total: told.append((done, total)))
    assert told == [(1, 71), (65, 71), (71, 71)]


def test_what_was_imported_before_an_interruption_stays(tmp_path: Path, folder: Path) -> None:
    for number in range(100):
        put(folder, f"mug/{number}.png", 1, number)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Buffer.open(tmp_path / "desk.showtell") as buffer, pytest.raises(KeyboardInterrupt):
        import_folder(buffer, folder, interrupt)
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        assert len(buffer.samples()) == 64
        report = import_folder(buffer, folder)
        assert (report.added, report.duplicates) == (36, 64)


def test_a_folder_without_class_folders(buffer: Buffer, folder: Path) -> None:
    put(folder, "1.png", 1)
    with pytest.raises(EnvironmentFault, match="no folders in it"):
        import_folder(buffer, folder)


def test_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        class_folders(folder / "nowhere")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/1.png", 1)
    os.mkfifo(folder / "mug" / "2.png")
    (folder / "mug" / "3.png").symlink_to(folder / "nowhere")
    report = import_folder(buffer, folder)
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
    iterdir = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    report = import_folder(buffer, folder)
    assert report.classes == {"open": 1}
    assert [item.path.name for item in report.skipped] == ["closed"]
    assert "Permission denied" in report.skipped[0].why


def test_pictures_of_a_class_that_was_removed_come_in_again(buffer: Buffer, folder: Path) -> None:
    put(folder, "mug/a.png", 1)
    import_folder(buffer, folder)
    buffer.archive_class(buffer.classes()[0].id)
    report = import_folder(buffer, folder)
    assert (report.added, report.duplicates, report.skipped) == (1, 0, [])
    assert {info.name: info.count for info in buffer.classes()} == {"mug": 1}


def test_no_class_comes_of_pictures_that_are_all_in_another(buffer: Buffer, folder: Path) -> None:
    put(folder, "a/1.png", 1)
    put(folder, "b/1.png", 1)
    report = import_folder(buffer, folder)
    assert [info.name for info in buffer.classes()] == ["a"]
    assert len(report.skipped) == 1

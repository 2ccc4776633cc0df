# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import errno
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.buffer import Buffer
from learner.errors import DiskFull, EnvironmentFault
from learner.interchange.dataset import (
    COLUMNS,
    ExportProgress,
    ExportReport,
    clean,
    export_folders,
    folder_names,
)
from learner.interchange.table import TABLE
from tests.learner.fakes import picture
from tests.learner.interchange.making import bring_in, finish


def teach(buffer: Buffer, name: str, kind: int, count: int) -> list[int]:
    info = buffer.class_named(name) or buffer.add_class(name)
    burst = buffer.start_burst("camera")
    return [sample.id for sample in buffer.add_samples((picture(kind, n), info.id, burst.id) for n in range(count))]


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / TABLE).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_class_has_its_folder_and_every_picture_its_row(buffer: Buffer, folder: Path) -> None:
    mugs, keys = teach(buffer, "mug", 1, 3), teach(buffer, "key", 2, 2)
    said, report = finish(export_folders(buffer, folder, "desk"))
    assert report == ExportReport(folder / "desk", 5, 2)
    assert said[0] == ExportProgress(0, 5)
    assert said[-1] == ExportProgress(5, 5)
    found = rows(report.folder)
    assert tuple(found[0]) == COLUMNS
    stored = buffer.pictures([*mugs, *keys])
    assert [(report.folder / row["path"]).read_bytes() for row in found] == [stored[one] for one in (*mugs, *keys)]
    assert [row["label"] for row in found] == ["mug"] * 3 + ["key"] * 2
    assert len({row["recording"] for row in found}) == 2
    assert all(datetime.fromisoformat(row["captured_at"]).tzinfo for row in found)
    assert sorted(entry.name for entry in report.folder.iterdir()) == ["key", "mug", TABLE]


def test_what_was_exported_can_be_imported(buffer: Buffer, folder: Path) -> None:
    teach(buffer, "mug", 1, 3)
    teach(buffer, "clé à molette", 2, 2)
    _, report = finish(export_folders(buffer, folder, "desk"))
    with Buffer.open(folder / "again.showtell") as again:
        bring_in(again, report.folder)
        assert {info.name: info.count for info in again.classes()} == {"mug": 3, "clé à molette": 2}


def test_tests_are_marked_and_what_is_not_there_is_left_out(buffer: Buffer, folder: Path) -> None:
    mugs = teach(buffer, "mug", 1, 4)
    teach(buffer, "gone", 2, 2)
    gone = buffer.class_named("gone")
    assert gone
    buffer.archive_class(gone.id)
    buffer.hold_out(mugs[:1])
    buffer.delete(mugs[1:2])
    buffer.relabel(mugs[2:3], None)
    _, report = finish(export_folders(buffer, folder, "desk"))
    assert [(row["path"], row["held_out"]) for row in rows(report.folder)] == [
        (f"mug/{mugs[0]:06d}.jpg", "true"),
        (f"mug/{mugs[3]:06d}.jpg", "false"),
    ]
    assert not (report.folder / "gone").exists()


def test_nothing_is_written_over(buffer: Buffer, folder: Path) -> None:
    teach(buffer, "mug", 1, 1)
    (folder / "desk").mkdir()
    (folder / "desk (2)").write_text("a file")
    _, report = finish(export_folders(buffer, folder, "desk"))
    assert report.folder == folder / "desk (3)"
    assert list((folder / "desk").iterdir()) == []
    assert (folder / "desk (2)").read_text() == "a file"


def test_one_that_is_given_up_leaves_nothing(buffer: Buffer, folder: Path) -> None:
    teach(buffer, "mug", 1, 70)
    work = export_folders(buffer, folder, "desk")
    next(work)
    assert next(work).done == 64
    assert [entry.name for entry in folder.iterdir()] == ["desk.part"]
    work.close()
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(buffer: Buffer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(buffer, "mug", 1, 1)

    def full(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiskFull):
        finish(export_folders(buffer, folder, "desk"))
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(buffer: Buffer, folder: Path) -> None:
    teach(buffer, "mug", 1, 1)
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        finish(export_folders(buffer, folder / "nowhere", "desk"))


def test_an_empty_project_has_nothing_to_export(buffer: Buffer, folder: Path) -> None:
    buffer.add_class("mug")
    with pytest.raises(EnvironmentFault, match="nothing to export"):
        finish(export_folders(buffer, folder, "desk"))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("mug", "mug"),
        ("Schraubenschlüssel 12 mm", "Schraubenschlüssel 12 mm"),
        ("a/b\\c:d", "a_b_c_d"),
        ("../../etc", "_._.._etc"),
        (".hidden", "_hidden"),
        ("NUL", "_NUL"),
        ("com1.txt", "_com1.txt"),
        ("dot. ", "dot"),
        ("...", "_"),
        ("", "_"),
        ("line\nbreak", "line_break"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    assert clean(name) == cleaned


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=8))
def test_any_names_give_folders_that_differ(names: list[str]) -> None:
    found = folder_names(dict(enumerate(names)))
    assert len({name.casefold() for name in found.values()}) == len(names)
    for name in found.values():
        assert name not in {"", ".", "..", TABLE}
        assert len(name.encode()) < 200
        assert not set(name) & set('<>:"/\\|?*\0')
        assert name == name.rstrip(". ")

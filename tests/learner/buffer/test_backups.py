# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from learner.buffer import Buffer, backups
from learner.buffer.backups import backup, dated_name, restore
from learner.buffer.checking import verify
from learner.errors import DamagedProject, EnvironmentFault, NotAProject, ProjectBusy, ProjectMissing, UsageFault
from tests.learner.buffer.making import embed, head, increment, record


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        ids = record(buffer, "mug", 4)
        embed(buffer, ids)
        buffer.publish(increment(buffer, ids), replace(head(1), class_ids=(buffer.classes()[0].id,)))
        buffer.delete(ids[:1])
    return path


def samples(path: Path) -> int:
    with Buffer.open(path) as buffer:
        return len(buffer.samples())


def damage(path: Path) -> None:
    """Break the pages of a project, and leave its header as it is."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_backup_is_a_project_like_any_other(desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.showtell"
    told: list[tuple[int, int]] = []
    with Buffer.open(desk) as buffer:  # what it holds is in its log for the most part
        record(buffer, "key", 2)
        done = backup(desk, target, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert (done.contents.samples, done.contents.deleted, done.contents.classes) == (5, 1, 2)
    assert (done.contents.versions, done.contents.embeddings) == (1, 12)
    assert done.bytes == target.stat().st_size
    assert names(tmp_path) == ["copy.showtell", "desk.showtell"], "a copy is one file"
    assert verify(target).is_well
    assert samples(target) == 5
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0, "others must not see the pictures"


def test_a_project_that_is_written_to_is_copied_as_it_was_at_one_moment(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learner.buffer.backups._PAGES", 1)
    with Buffer.open(desk) as buffer:
        left = 20

        def on_progress(done: int, total: int) -> None:
            nonlocal left
            if left:
                left -= 1
                record(buffer, "mug", 1)

        done = backup(desk, tmp_path / "copy.showtell", on_progress)
        assert left < 20, "nobody wrote meanwhile"
        assert len(buffer.samples()) > 3
    assert done.contents.samples == 3 == samples(tmp_path / "copy.showtell")


def test_nothing_is_written_over_and_nothing_is_left_of_what_was_given_up(desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.showtell"
    target.write_text("mine")
    with pytest.raises(EnvironmentFault, match="there already"):
        backup(desk, target)
    assert target.read_text() == "mine"

    def give_up(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(desk, tmp_path / "other.showtell", give_up)
    assert names(tmp_path) == ["copy.showtell", "desk.showtell"]


def test_there_is_no_backup_of_what_is_damaged_or_something_else(desk: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.showtell"
    damage(desk)
    with pytest.raises(DamagedProject):
        backup(desk, target)
    (tmp_path / "notes.txt").write_text("not a project, but long enough to have a header of a hundred bytes" * 9)
    with pytest.raises(NotAProject):
        backup(tmp_path / "notes.txt", target)
    with pytest.raises(ProjectMissing):
        backup(tmp_path / "none.showtell", target)
    (tmp_path / "empty.showtell").touch()
    with pytest.raises(NotAProject):
        backup(tmp_path / "empty.showtell", target)
    assert names(tmp_path) == ["desk.showtell", "empty.showtell", "notes.txt"]


def test_what_was_there_is_set_aside(desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "desk.showtell"
    copy.parent.mkdir()
    backup(desk, copy)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 3)
    done = restore(copy, desk)
    assert done.path == desk
    assert done.set_aside is not None
    assert done.set_aside.name.startswith("desk.before-restore-")
    assert done.set_aside.suffix == ".showtell"
    assert (samples(desk), samples(done.set_aside), samples(copy)) == (3, 6, 3)
    again = restore(copy, desk)
    assert again.set_aside not in {None, done.set_aside}, "what was set aside once is not written over"
    assert len(names(tmp_path)) == 4


def test_there_is_a_project_of_that_name_at_every_moment(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed in between has changed nothing that a person would miss."""
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    before = verify(desk).contents
    seen: list[object] = []

    def broken(part: Path, path: Path, *, instead: bool = False) -> None:
        seen.append(verify(path).contents)
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(backups, "name_whole", broken)
    with pytest.raises(EnvironmentFault):
        restore(copy, desk)
    assert seen == [before]
    assert names(tmp_path) == sorted([desk.name, copy.name])
    assert verify(desk).contents == before


def test_a_file_system_without_links(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 3)

    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", none)
    done = restore(copy, desk)
    assert done.set_aside is not None
    assert (samples(desk), samples(done.set_aside)) == (3, 6)


def test_a_backup_of_a_project_that_is_gone(desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    desk.unlink()
    assert restore(copy, desk).set_aside is None
    assert samples(desk) == 3


def test_a_log_that_was_left_behind_is_not_taken_for_the_backups_own(desk: Path, tmp_path: Path) -> None:
    copy, log = tmp_path / "copy.showtell", tmp_path / "desk.showtell-wal"
    backup(desk, copy)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 3)
        kept = log.read_bytes()
    desk.unlink()
    log.write_bytes(kept)
    restore(copy, desk)
    assert not log.exists()
    assert samples(desk) == 3
    assert verify(desk).is_well


def test_what_a_killed_process_left_in_the_log_is_set_aside_with_the_rest(desk: Path, tmp_path: Path) -> None:
    copy, killed = tmp_path / "copy.showtell", tmp_path / "killed.showtell"
    backup(desk, copy)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 3)
        shutil.copy(desk, killed)
        shutil.copy(f"{desk}-wal", f"{killed}-wal")
    aside = restore(copy, killed).set_aside
    assert aside is not None
    assert (samples(killed), samples(aside)) == (3, 6)


def test_a_damaged_project_is_set_aside_as_it_is(desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    desk.write_bytes(b"\0" * 5000)
    (tmp_path / "desk.showtell-wal").write_bytes(b"what is left of it")
    aside = restore(copy, desk).set_aside
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 5000
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"what is left of it"
    assert samples(desk) == 3


def test_a_project_that_is_open_is_left_alone(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.buffer.connection._ALONE_MILLISECONDS", 10)
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 1)
        with pytest.raises(ProjectBusy, match="open"):
            restore(copy, desk)
        assert len(buffer.samples()) == 4
        record(buffer, "key", 1)
    assert samples(desk) == 5
    assert names(tmp_path) == ["copy.showtell", "desk.showtell"]


def test_a_damaged_backup_is_not_put_back(desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.showtell"
    backup(desk, copy)
    damage(copy)
    with pytest.raises(DamagedProject, match=r"copy\.showtell"):
        restore(copy, desk)
    assert samples(desk) == 3
    assert names(tmp_path) == ["copy.showtell", "desk.showtell"]


def test_a_project_is_no_backup_of_itself(desk: Path) -> None:
    with pytest.raises(UsageFault):
        restore(desk, desk)
    assert samples(desk) == 3


def test_a_backup_can_be_read_where_nothing_can_be_written(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disc"
    folder.mkdir()
    copy = folder / "copy.showtell"
    backup(desk, copy)
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert verify(copy).is_well
    assert names(folder) == ["copy.showtell"]


def test_names_are_dated_and_free(tmp_path: Path) -> None:
    first = dated_name(tmp_path / "my desk.showtell", "backup")
    assert first.name.startswith("my desk.backup-20")
    assert first.suffix == ".showtell"
    first.touch()
    second = dated_name(tmp_path / "my desk.showtell", "backup")
    assert not second.exists()

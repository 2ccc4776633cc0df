# SPDX-License-Identifier: Apache-2.0
"""Files that cannot be used: one clear error each, and the file is as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from learner.buffer import Buffer, connection
from learner.buffer.schema import APPLICATION_ID, USER_VERSION
from learner.errors import (
    DamagedProject,
    DiskFull,
    NewerProject,
    NotAProject,
    ProjectBusy,
    ProjectFault,
    ProjectMissing,
    ReadOnlyProject,
)
from tests.learner.fakes import picture


def project(path: Path, samples: int = 20) -> Path:
    with Buffer.open(path) as buffer:
        info, burst = buffer.add_class("a"), buffer.start_burst("test")
        buffer.add_samples([(picture(1, n), info.id, burst.id) for n in range(samples)])
    return path


def newer(path: Path) -> None:
    content = bytearray(project(path).read_bytes())
    content[60:64] = struct.pack(">I", USER_VERSION + 1)
    path.write_bytes(content)


def other_database(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE recipes (name)")
    database.close()


def truncated(path: Path) -> None:
    content = project(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def scribbled_on(path: Path) -> None:
    content = bytearray(project(path).read_bytes())
    for page in range(1, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = os.urandom(200)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (newer, NewerProject),
        (other_database, NotAProject),
        (lambda path: path.write_text("a shopping list " * 100), NotAProject),
        (lambda path: path.write_bytes(b"SQLite format 3\x00 and then nothing"), NotAProject),
        (truncated, DamagedProject),
        (scribbled_on, DamagedProject),
    ],
    ids=["newer", "another program's", "text", "a header only", "truncated", "scribbled on"],
)
def test_a_file_that_cannot_be_used_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None], fault: type[ProjectFault]
) -> None:
    path = tmp_path / "desk.showtell"
    make(path)
    before = path.read_bytes()
    with pytest.raises(fault) as caught:
        Buffer.open(path)
    assert caught.value.title
    assert caught.value.remedy
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["desk.showtell"]


def test_a_newer_format_that_is_still_in_the_log_is_refused(tmp_path: Path) -> None:
    path = project(tmp_path / "desk.showtell")
    later = sqlite3.connect(path)
    later.execute(f"PRAGMA user_version = {USER_VERSION + 1}")
    with pytest.raises(NewerProject):
        Buffer.open(path)
    later.close()


def killed_after(path: Path, statement: str) -> None:
    """Leave a project as a killed process does: what it wrote last is in the log and not in the file."""
    program = (
        "import os, sys; from pathlib import Path; from learner.buffer import Buffer; "
        "buffer = Buffer.open(Path(sys.argv[1])); buffer._db.execute(sys.argv[2]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(path), statement], check=True)
    assert path.with_name(path.name + "-wal").stat().st_size > 0


def test_what_a_killed_process_left_in_the_log_is_there(tmp_path: Path) -> None:
    path = project(tmp_path / "desk.showtell")
    killed_after(path, "UPDATE classes SET name = 'b'")
    (tmp_path / "link").symlink_to(path)
    for name in ("link", "desk.showtell"):
        with Buffer.open(tmp_path / name) as buffer:
            assert [info.name for info in buffer.classes()] == ["b"]


@pytest.mark.parametrize("fault", [NewerProject, DamagedProject])
def test_a_log_beside_a_refused_file_is_left_alone(tmp_path: Path, fault: type[ProjectFault]) -> None:
    path = project(tmp_path / "desk.showtell")
    if fault is NewerProject:
        killed_after(path, f"PRAGMA user_version = {USER_VERSION + 1}")
    else:
        content = path.read_bytes()
        killed_after(path, "UPDATE classes SET name = 'b'")
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes(len(content) - middle))
    before = {name: (tmp_path / name).read_bytes() for name in ("desk.showtell", "desk.showtell-wal")}
    with pytest.raises(fault):
        Buffer.open(path)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotAProject):
        Buffer.open(tmp_path)
    with pytest.raises(ProjectMissing):
        Buffer.open(tmp_path / "desk.showtell", create=False)
    with pytest.raises(ProjectMissing):
        Buffer.open(tmp_path / "nowhere" / "desk.showtell")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "desk.showtell")
    with pytest.raises(NotAProject):
        Buffer.open(tmp_path / "desk.showtell")


def test_a_name_the_system_does_not_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectFault):
        Buffer.open(tmp_path / ("x" * 300 + ".showtell"))


def test_a_link_to_nowhere_is_left_alone(tmp_path: Path) -> None:
    link = tmp_path / "desk.showtell"
    link.symlink_to(tmp_path / "gone" / "desk.showtell")
    with pytest.raises(ProjectMissing):
        Buffer.open(link)
    assert link.is_symlink()


@pytest.mark.parametrize("turn", range(5))  # who comes first differs from turn to turn
def test_a_project_made_by_several_at_once_is_one_project(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "desk.showtell"
    together = threading.Barrier(4)
    failed: list[BaseException] = []

    def make(name: str) -> None:
        together.wait()
        try:
            with Buffer.open(path) as buffer:
                buffer.add_class(name)
        except BaseException as error:
            failed.append(error)

    makers = [threading.Thread(target=make, args=(name,)) for name in "abcd"]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failed == []
    with Buffer.open(path) as buffer:
        assert sorted(info.name for info in buffer.classes()) == [*"abcd"]


def test_a_file_that_another_program_is_filling_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_MILLISECONDS", 50)
    path = tmp_path / "desk.showtell"
    make_empty = connection._touch

    def overtaken(place: Path) -> bool:
        made = make_empty(place)
        other.append(sqlite3.connect(place, isolation_level=None))
        other[0].execute("BEGIN EXCLUSIVE")
        return made

    other: list[sqlite3.Connection] = []
    monkeypatch.setattr(connection, "_touch", overtaken)
    with pytest.raises(ProjectBusy):
        Buffer.open(path)
    other[0].close()
    assert path.exists()


def test_an_empty_file_becomes_a_project(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    path.touch()
    with Buffer.open(project(path)) as buffer:
        assert buffer.classes()[0].count == 20


def test_a_new_file_says_what_it_is_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "désk 日本.showtell"
    with Buffer.open(path):
        header = path.read_bytes()[:100]
        assert struct.unpack(">I", header[68:72]) == (APPLICATION_ID,)
        assert struct.unpack(">I", header[60:64]) == (USER_VERSION,)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_commit_is_durable(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        assert buffer._value("PRAGMA synchronous") == 2
        assert buffer._value("PRAGMA journal_mode") == "wal"


def test_read_only_reads_and_refuses_to_write(tmp_path: Path) -> None:
    path = project(tmp_path / "desk.showtell")
    before = path.read_bytes()
    with Buffer.open(path, read_only=True) as buffer:
        assert buffer.classes()[0].count == 20
        with pytest.raises(ReadOnlyProject):
            buffer.add_class("b")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_SHMSIZE, DiskFull),
        (sqlite3.SQLITE_BUSY, ProjectBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ProjectBusy),
        (sqlite3.SQLITE_READONLY_DBMOVED, ReadOnlyProject),
        (sqlite3.SQLITE_CANTOPEN, ReadOnlyProject),
        (sqlite3.SQLITE_CORRUPT, DamagedProject),
        (sqlite3.SQLITE_NOTADB, DamagedProject),
        (sqlite3.SQLITE_IOERR_WRITE, ProjectFault),
    ],
)
def test_what_goes_wrong_later_is_said_in_our_words(tmp_path: Path, code: int, fault: type[ProjectFault]) -> None:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    with Buffer.open(tmp_path / "desk.showtell") as buffer:

        def go_wrong() -> None:
            with buffer._writing() as db:
                db.execute("INSERT INTO settings VALUES ('half', 'done')")
                raise error

        with pytest.raises(ProjectFault) as caught:
            go_wrong()
        assert type(caught.value) is fault
        assert caught.value.__cause__ is error
        assert all((caught.value.title, caught.value.happened, caught.value.remedy))
        assert buffer.setting("half") is None
        buffer.set_setting("next", "works")


def test_a_mistake_in_our_own_sql_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer, pytest.raises(sqlite3.OperationalError):
        buffer._rows("SELECT nothing FROM nowhere")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    path = project(tmp_path / "desk.showtell")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ReadOnlyProject):
            Buffer.open(path)
        with pytest.raises(ReadOnlyProject):
            Buffer.open(tmp_path / "new.showtell")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project(tmp_path / "desk.showtell")
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    with pytest.raises(ReadOnlyProject):
        Buffer.open(path)


def test_a_full_disk_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = project(tmp_path / "desk.showtell")
    with Buffer.open(path) as buffer:
        info, burst = buffer.classes()[0], buffer.start_burst("test")
        pages = buffer._value("PRAGMA page_count")
        buffer._value(f"PRAGMA max_page_count = {pages}")

        def fill() -> None:
            for n in range(100):
                buffer.add_samples([(picture(2, n), info.id, burst.id)] * 20)

        with pytest.raises(DiskFull):
            fill()
        count = buffer.classes()[0].count
        assert buffer.integrity_check() == []
        buffer._value("PRAGMA max_page_count = 1000000")
        buffer.add_sample(picture(2), info.id, burst.id)
        assert buffer.classes()[0].count == count + 1


def test_a_disk_too_full_for_a_new_project_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(database: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("learner.buffer.connection.migrations.apply", full)
    with pytest.raises(DiskFull):
        Buffer.open(tmp_path / "desk.showtell")
    assert os.listdir(tmp_path) == []


def test_a_file_locked_for_long_is_said_to_be_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_MILLISECONDS", 50)
    path = project(tmp_path / "desk.showtell")
    with Buffer.open(path) as buffer, Buffer.open(path) as other, other._writing(), pytest.raises(ProjectBusy):
        buffer.add_class("b")
    with Buffer.open(path) as buffer:
        buffer.add_class("b")


def test_another_process_that_leaves_takes_nothing_from_one_with_several_connections(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    leave = f"from pathlib import Path; from learner.buffer import Buffer; Buffer.open(Path({str(path)!r})).close()"
    with Buffer.open(path) as writer:
        writer.add_class("before")
        with Buffer.open(path, read_only=True) as reader:
            reader.classes()
            subprocess.run([sys.executable, "-c", leave], check=True)
            assert Path(f"{path}-wal").exists()
            writer.add_class("after")
    with Buffer.open(path) as again:
        assert [info.name for info in again.classes()] == ["before", "after"]

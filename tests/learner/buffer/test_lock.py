# SPDX-License-Identifier: Apache-2.0
"""One session writes to a project; who comes second is told of the first, and a dead one holds up nobody."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learner.buffer import Buffer, ProjectLock
from learner.buffer import lock as locking
from learner.errors import Holder, NotAProject, OpenElsewhere, ProjectMissing

_PROGRAM = """
import sys
from pathlib import Path
from learner.buffer import ProjectLock

with ProjectLock(Path(sys.argv[1]), create=True):
    print("mine", flush=True)
    sys.stdin.read()
"""

_WITH_A_CHILD = """
import multiprocessing, sys, time
from pathlib import Path
from learner.buffer import ProjectLock

if __name__ == "__main__":
    with ProjectLock(Path(sys.argv[1]), create=True):
        child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,))
        child.start()
        print(child.pid, flush=True)
        sys.stdin.read()
"""


@contextmanager
def holding(path: Path, program: str = _PROGRAM) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Have another process hold the lock; yields it and the line that it said then."""
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        if process.poll() is None:
            process.communicate("")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.showtell"


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_WAIT_SECONDS", 0)


def refused(path: Path) -> OpenElsewhere:
    with pytest.raises(OpenElsewhere) as caught:
        ProjectLock(path, create=True).take()
    return caught.value


@pytest.mark.slow
def test_who_comes_second_is_told_who_has_it(path: Path) -> None:
    before = datetime.now(UTC)
    with holding(path) as (process, _):
        fault = refused(path)
        assert fault.holder is not None
        assert (fault.holder.process, fault.holder.host) == (process.pid, socket.gethostname())
        assert fault.holder.since is not None
        assert before <= fault.holder.since <= datetime.now(UTC)
        assert f"process {process.pid} on {socket.gethostname()}, since " in fault.happened
        assert "desk.showtell-lock" not in fault.remedy, "it goes by itself on this machine"
    assert os.listdir(path.parent) == [], "nothing is left behind"
    with ProjectLock(path, create=True):
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_a_holder_that_is_killed_holds_nobody_up(path: Path) -> None:
    with holding(path) as (process, _):
        process.kill()
        process.wait()
        said = json.loads(locking.lock_file(path).read_bytes()[1:])
        assert said["process"] == process.pid, "what it said is still there, and is not believed"
        with ProjectLock(path, create=True):
            found = locking.holder(path)
            assert found is not None
            assert found.process == os.getpid()
    assert os.listdir(path.parent) == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")
def test_a_child_that_outlives_its_killed_parent_does_not_hold_the_lock(path: Path) -> None:
    with holding(path, _WITH_A_CHILD) as (process, child):
        refused(path)
        process.kill()
        process.wait()
        try:
            os.kill(int(child), 0)  # it lives
            with ProjectLock(path, create=True):
                pass
        finally:
            os.kill(int(child), signal.SIGKILL)


def test_the_file_says_nothing_to_other_people(path: Path) -> None:
    with ProjectLock(path, create=True):
        assert stat.S_IMODE(locking.lock_file(path).stat().st_mode) == 0o600


def test_a_second_session_in_this_process_is_refused_as_well(path: Path) -> None:
    with ProjectLock(path, create=True) as first:
        assert first.take() is first, "who has it has it"
        fault = refused(path)
        assert fault.holder is not None
        assert fault.holder.process == os.getpid()
    with ProjectLock(path, create=True):
        pass


def test_it_is_given_back_by_another_thread_than_took_it(path: Path) -> None:
    lock = ProjectLock(path, create=True)
    thread = threading.Thread(target=lock.take)
    thread.start()
    thread.join()
    refused(path)
    lock.release()
    lock.release()
    with ProjectLock(path, create=True):
        pass


def test_a_link_and_the_file_are_one_project(path: Path) -> None:
    Buffer.open(path).close()
    link = path.with_name("link.showtell")
    link.symlink_to(path)
    with ProjectLock(link):
        refused(path)


def test_who_reads_needs_no_lock_and_leaves_none(path: Path) -> None:
    Buffer.open(path).close()
    with ProjectLock(path), Buffer.open(path) as writer, Buffer.open(path, read_only=True) as reader:
        writer.add_class("mug")
        assert [info.name for info in reader.classes()] == ["mug"]
    assert os.listdir(path.parent) == [path.name]


def test_what_is_no_place_for_a_project_is_refused_as_by_opening_it(path: Path) -> None:
    with pytest.raises(ProjectMissing):
        ProjectLock(path).take()
    with pytest.raises(ProjectMissing):
        ProjectLock(path / "nowhere" / "desk.showtell", create=True).take()
    with pytest.raises(NotAProject):
        ProjectLock(path.parent, create=True).take()
    assert os.listdir(path.parent) == []


@pytest.mark.parametrize("said", [b"", b"\xff" * 40, b" {}", b' {"process": "x"}', b" [" * 9000])
def test_nonsense_in_the_file_is_no_holder(path: Path, said: bytes) -> None:
    with ProjectLock(path, create=True):
        locking.lock_file(path).write_bytes(said)
        assert refused(path).holder is None
    locking.lock_file(path).write_bytes(said)
    with ProjectLock(path, create=True):
        pass


def test_of_another_machine_that_is_gone_a_person_is_told_what_to_delete(path: Path) -> None:
    with ProjectLock(path, create=True):
        elsewhere = {"process": 1, "host": "attic", "program": "showtell", "since": datetime.now(UTC).isoformat()}
        locking.lock_file(path).write_bytes(b" " + json.dumps(elsewhere).encode())
        fault = refused(path)
        assert fault.holder is not None
        assert fault.holder.host == "attic"
        assert "delete desk.showtell-lock" in fault.remedy


def test_a_file_system_without_locks_gets_a_marker(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def nothing_of_the_kind(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", nothing_of_the_kind)
    with ProjectLock(path, create=True):
        assert "desk.showtell-open" in os.listdir(path.parent)
        fault = refused(path)
        assert fault.holder is not None
        assert (fault.holder.process, fault.holder.since) == (os.getpid(), None)
    assert os.listdir(path.parent) == []
    marker = path.with_name("desk.showtell-open")
    # That of a process of this machine which is gone does not count; that of another machine does.
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as gone:
        gone.wait()
    marker.write_text(f"{gone.pid}\n{socket.gethostname()}\n")
    with ProjectLock(path, create=True):
        pass
    marker.write_text("1\nattic\n")
    assert "delete desk.showtell-open" in refused(path).remedy


def test_the_fault_goes_through_a_pipe_whole(path: Path) -> None:
    fault = locking.open_elsewhere(path, Holder(7, "attic", "showtell", None))
    again = pickle.loads(pickle.dumps(fault))
    assert (again.happened, again.holder) == (fault.happened, fault.holder)


def test_many_who_want_it_at_once_have_it_one_after_another(path: Path) -> None:
    inside, most, done = 0, 0, 0
    counted = threading.Lock()

    def work() -> None:
        nonlocal inside, most, done
        for _ in range(20):
            try:
                with ProjectLock(path, create=True):
                    with counted:
                        inside += 1
                        most = max(most, inside)
                    with counted:
                        inside -= 1
                        done += 1
            except OpenElsewhere:
                pass

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert done > 20


def test_since_another_day_is_told_with_the_day(tmp_path: Path) -> None:
    path = tmp_path / "desk.showtell"
    said = locking.open_elsewhere(
        path, Holder(7, socket.gethostname(), "showtell", datetime(2025, 3, 1, 12, tzinfo=UTC))
    )
    assert ", since 2025-03-0" in said.happened
    said = locking.open_elsewhere(path, Holder(7, socket.gethostname(), "showtell", datetime.now(UTC)))
    assert "since 20" not in said.happened.replace("since 20:", "")

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from learner.errors import DiskFull, EnvironmentFault
from learner.files import new_file, private_folder, private_opener, write_whole


def test_a_new_file_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    wanted = tmp_path / "page.html"
    with new_file(wanted) as part:
        part.write_bytes(b"half")
        assert not wanted.exists()
        part.write_bytes(b"whole")
    assert wanted.read_bytes() == b"whole"
    assert os.listdir(tmp_path) == ["page.html"]


def test_what_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    def give_up() -> None:
        with new_file(tmp_path / "page.html") as part:
            part.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
def test_nothing_is_written_over(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "This file system has no links")

    if not links:
        monkeypatch.setattr("os.link", link)
    wanted = tmp_path / "page.html"
    with new_file(wanted) as part:
        part.write_bytes(b"first")
    with pytest.raises(EnvironmentFault, match="there already"), new_file(wanted) as part:
        pytest.fail("it was begun all the same")
    other = tmp_path / "other.html"

    def write_beside_another() -> None:
        with new_file(other) as part:
            part.write_bytes(b"second")
            other.write_bytes(b"came meanwhile")

    with pytest.raises(EnvironmentFault, match="there already"):
        write_beside_another()
    assert wanted.read_bytes() == b"first"
    assert other.read_bytes() == b"came meanwhile"
    assert sorted(os.listdir(tmp_path)) == ["other.html", "page.html"]


def test_a_folder_that_is_not_there_and_a_disk_that_is_full(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="No such file"), new_file(tmp_path / "none" / "page.html"):
        pytest.fail("there is no such folder")
    with pytest.raises(DiskFull), new_file(tmp_path / "page.html"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert os.listdir(tmp_path) == []


@pytest.fixture
def generous() -> Iterator[None]:
    """A umask that keeps nothing from anybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_folders_and_files_are_their_owners_alone_whatever_the_umask(generous: None, tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b" / "c")
    assert [mode(path) for path in (folder, folder.parent, folder.parent.parent)] == [0o700] * 3
    write_whole(folder / "whole", b"content")
    with new_file(folder / "new") as part:
        part.write_bytes(b"content")
    with open(folder / "log", "a", encoding="utf-8", opener=private_opener) as file:
        file.write("line")
    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(("whole", "new", "log"), 0o600)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_folder_of_before_is_closed_and_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir(mode=0o755)
    assert mode(private_folder(tmp_path / "before")) == 0o700
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "file")

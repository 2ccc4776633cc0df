# SPDX-License-Identifier: Apache-2.0
"""What was forgotten for good is in no file any more that Showtell made of the project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer, keeping
from learner.buffer.backups import backup, restore
from learner.buffer.checking import check
from learner.buffer.forgetting import Cleaned, forget_in_copies
from learner.buffer.salvaging import salvage
from learner.files import data_folder
from learner.types import Image
from tests.learner.buffer.earlier import made_by
from tests.learner.buffer.making import embed, head, increment


def noise(seed: int, side: int = 128) -> Image:
    """A picture whose JPEG is no part of any other's, and too long for one page."""
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3)).astype(np.uint8)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("learner.buffer.copies.data_folder", lambda: tmp_path / "data")
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / "desk.showtell"
    with Buffer.open(path) as buffer:
        info, secret = buffer.add_class("mug"), buffer.add_class("a secret class")
        burst = buffer.start_burst("camera")
        ids = [buffer.add_sample(noise(number), info.id, burst.id).id for number in range(3)]
        ids.append(buffer.add_sample(noise(3), secret.id, burst.id).id)
        embed(buffer, ids)
        buffer.publish(increment(buffer, ids[:2]), replace(head(1), class_ids=(info.id,)))
        buffer.publish(increment(buffer, ids), replace(head(2), class_ids=(info.id, secret.id)))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "chosen"


def slices(path: Path, sample_ids: tuple[int, ...]) -> list[bytes]:
    """Return pieces of the JPEGs of samples, each short enough to lie within one page."""
    with Buffer.open(path) as buffer:
        blobs = [buffer._value("SELECT image FROM samples WHERE id = ?", (id_,)) for id_ in sample_ids]
    return [blob[at : at + 32] for blob in blobs for at in range(700, len(blob) - 32, 1000)]


def holding(root: Path, pieces: list[bytes]) -> list[str]:
    """Return the names of the files, wherever under a folder, that have one of the pieces."""
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if any(piece in content for piece in pieces):
                found.append(path.name)
    return found


def forget(path: Path, folder: Path) -> Cleaned:
    """Forget samples 2 and 4, and the class of the latter."""
    with Buffer.open(path) as buffer:
        buffer.delete([2])
        secret = buffer.class_named("a secret class")
        if secret is not None:
            buffer.archive_class(secret.id)
        buffer.publish(
            increment(buffer, []), replace(head(1), class_ids=(buffer.classes()[0].id,)), forget=buffer.unlearnable()
        )
        buffer.erase()
        return forget_in_copies(buffer, folder)


def daily(path: Path, folder: Path) -> None:
    keeping.keep(path, folder)


def explicit(path: Path, folder: Path) -> None:
    backup(path, folder.parent / "somewhere else.showtell")


def before_restore(path: Path, folder: Path) -> None:
    backup(path, folder.parent / "of before.showtell")
    restore(folder.parent / "of before.showtell", path)


def damaged(path: Path, folder: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40:44] = b"\xff" * 4  # a number in the header that SQLite does not believe
    content[4096 * 3 : 4096 * 3 + 8] = bytes(8)
    path.write_bytes(content)
    salvage(path)


def left_by_a_kill(path: Path, folder: Path) -> None:
    shutil.copy(path, path.with_name("desk.showtell.abc123.part"))
    daily(path, folder)
    (copy,) = keeping.kept(path, folder)
    shutil.copy(copy.path, copy.path.with_name(copy.path.name + ".xyz789.part"))


@pytest.mark.parametrize("made", [daily, explicit, before_restore, damaged, left_by_a_kill])
def test_no_piece_of_a_picture_is_left_in_any_file(
    desk: Path, folder: Path, tmp_path: Path, made: Callable[[Path, Path], None]
) -> None:
    gone, stays = slices(desk, (2, 4)), slices(desk, (1, 3))
    made(desk, folder)
    assert len(holding(tmp_path, gone)) >= 2
    before = holding(tmp_path, stays)
    done = forget(desk, folder)
    assert done.unreached == ()
    assert holding(tmp_path, gone) == []
    assert holding(tmp_path, [b"a secret class"]) == []
    # The copies are there still, with all else in them.
    assert holding(tmp_path, stays) == [name for name in before if not name.endswith(".part")]
    for copy in done.copies:
        found = check(copy)
        assert found.is_well
        assert found.contents is not None
        assert found.contents.samples == 2
        assert copy.stat().st_mode & 0o077 == 0
    with Buffer.open(desk) as buffer:
        assert not buffer.going()
        assert forget_in_copies(buffer, folder) == Cleaned((), ())


def test_in_a_copy_go_the_versions_that_knew_it_and_no_others(desk: Path, folder: Path) -> None:
    with Buffer.open(desk) as buffer:
        buffer.delete([3, 4])
        buffer.publish(increment(buffer, [1]), replace(head(1), class_ids=(1,)), forget=[])
    copy = backup(desk, folder.parent / "copy.showtell").path
    with Buffer.open(desk) as buffer:
        buffer.publish(increment(buffer, []), replace(head(1), class_ids=(1,)), forget=buffer.unlearnable())
        buffer.erase()
        assert forget_in_copies(buffer).copies == (copy,)
    with Buffer.open(copy) as buffer:
        assert [version.id for version in buffer.versions()] == [1], "it had learned the first two alone"
        assert buffer.champion_id() == 1
        assert [sample.id for sample in buffer.samples()] == [1, 2]


@pytest.mark.parametrize("version", [1, 2])
def test_copies_of_older_formats_stay_of_theirs(desk: Path, tmp_path: Path, folder: Path, version: int) -> None:
    old = made_by(version, desk.with_name("old.showtell"))
    with Buffer.open(old, backups=folder) as buffer:
        pieces = [buffer._value("SELECT image FROM samples WHERE id = 3")[-300:-40]]
        (copy,) = keeping.kept(old, folder)
        assert copy.path.name in holding(tmp_path, pieces)
        buffer.delete([3])
        buffer.publish(increment(buffer, []), replace(head(1), class_ids=(1,)), forget=buffer.unlearnable())
        buffer.erase()
        assert forget_in_copies(buffer, folder).unreached == ()
    assert holding(tmp_path, pieces) == []
    assert check(copy.path).is_older
    restore(copy.path, old)
    with Buffer.open(old, backups=folder) as buffer:
        assert 3 not in [sample.id for sample in buffer.samples()]


def test_a_picture_that_is_there_twice_stays_where_it_is_not_deleted(desk: Path, folder: Path) -> None:
    copy = backup(desk, folder.parent / "copy.showtell").path
    with Buffer.open(desk) as buffer:
        again = buffer.add_sample(noise(1), buffer.classes()[0].id, buffer.bursts()[0].id)
    done = forget(desk, folder)
    with Buffer.open(desk) as buffer:
        assert buffer.has_picture(again.sha256) is not None
    assert done.copies == (copy,)
    with Buffer.open(copy) as buffer:
        assert [sample.id for sample in buffer.samples()] == [1, 2, 3], "the picture itself was not forgotten"


def test_an_id_that_was_given_twice_is_not_mistaken(desk: Path, folder: Path) -> None:
    early = backup(desk, folder.parent / "early.showtell").path
    with Buffer.open(desk) as buffer:
        first = buffer.add_sample(noise(50), 1, 1)
    restore(early, desk)
    with Buffer.open(desk) as buffer:
        second = buffer.add_sample(noise(51), 1, 1)
        assert second.id == first.id
        aside = next(path for path in desk.parent.iterdir() if "before-restore" in path.name)
        buffer.delete([second.id])
        buffer.erase()
        assert forget_in_copies(buffer, folder).copies == ()
    with Buffer.open(aside) as buffer:
        assert first.id in [sample.id for sample in buffer.samples()]


def test_a_drive_that_is_not_there_is_named_and_seen_to_the_next_time(desk: Path, folder: Path, tmp_path: Path) -> None:
    gone = slices(desk, (2, 4))
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = backup(desk, stick / "copy.showtell").path
    unplugged = stick.rename(tmp_path / "in a drawer")
    done = forget(desk, folder)
    assert [one.path for one in done.unreached] == [copy]
    assert "is not there" in done.unreached[0].why
    unplugged.rename(stick)
    with Buffer.open(desk) as buffer:
        assert forget_in_copies(buffer, folder) == Cleaned((copy,), ())
    assert holding(tmp_path, gone) == []


def test_a_copy_that_somebody_deleted_is_no_longer_looked_for(desk: Path, folder: Path) -> None:
    backup(desk, folder.parent / "copy.showtell").path.unlink()
    assert forget(desk, folder) == Cleaned((), ())


def test_a_copy_that_has_become_a_project_is_named_and_left(desk: Path, folder: Path) -> None:
    copy = backup(desk, folder.parent / "copy.showtell").path
    with Buffer.open(copy) as buffer:
        buffer.add_class("mine")
    done = forget(desk, folder)
    assert [one.path for one in done.unreached] == [copy]
    assert "worked on since" in done.unreached[0].why
    with Buffer.open(copy) as buffer:
        assert len(buffer.samples()) == 4


def test_a_kill_in_between_leaves_it_to_be_done(desk: Path, folder: Path, tmp_path: Path) -> None:
    gone = slices(desk, (2, 4))
    daily(desk, folder)
    with Buffer.open(desk) as buffer:
        buffer.delete([2, 4])
        buffer.publish(increment(buffer, []), replace(head(1), class_ids=(1,)), forget=buffer.unlearnable())
        buffer.erase()  # and here it is killed
    assert len(holding(tmp_path, gone)) == 1
    with Buffer.open(desk) as buffer:
        assert buffer.going()
        buffer.erase()
        forget_in_copies(buffer, folder)
    assert holding(tmp_path, gone) == []


def test_where_copies_lie_is_not_in_the_project(desk: Path, folder: Path) -> None:
    backup(desk, folder.parent / "a telling name.showtell")
    assert b"a telling name" not in desk.read_bytes()
    assert os.listdir(folder.parent / "data" / "copies")
    assert data_folder().name

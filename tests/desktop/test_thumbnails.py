# SPDX-License-Identifier: Apache-2.0
"""Pictures of samples: they come later, in the size asked for, and never take more memory than they may."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from desktop.thumbnails import SIDE, Thumbnails
from learner.buffer import Buffer
from tests.learner.buffer.making import record

COUNT = 30


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "mug", COUNT)
    return path


@pytest.fixture
def start(project: Path, qtbot: QtBot) -> Iterator[Callable[..., Thumbnails]]:
    started: list[Thumbnails] = []

    def make(**arguments: int) -> Thumbnails:
        started.append(Thumbnails(project, **arguments))
        started[-1].start()
        return started[-1]

    yield make
    for thumbnails in started:
        thumbnails.stop()


def come(qtbot: QtBot, look: Callable[[], QPixmap | None]) -> QPixmap:
    qtbot.waitUntil(lambda: look() is not None, timeout=10_000)
    picture = look()
    assert picture is not None
    return picture


def test_a_picture_comes_later_and_is_told_of(start: Callable[..., Thumbnails], qtbot: QtBot) -> None:
    thumbnails = start()
    with qtbot.waitSignal(thumbnails.ready) as told:
        assert thumbnails.get(3) is None
    assert told.args == [[3]]
    picture = thumbnails.get(3)
    assert picture is not None
    assert picture.width() == picture.height() == SIDE


def test_another_size_stands_in_until_the_right_one_has_come(start: Callable[..., Thumbnails], qtbot: QtBot) -> None:
    thumbnails = start()
    come(qtbot, lambda: thumbnails.get(1, 64))
    stand_in = thumbnails.get(1, 128)
    assert stand_in is not None
    assert stand_in.width() == 64
    qtbot.waitUntil(lambda: (thumbnails.get(1, 128) or stand_in).width() == 128, timeout=10_000)
    assert (thumbnails.get(1) or stand_in).width() == 128, "any size will do where none is asked for"
    told: list[list[int]] = []
    thumbnails.ready.connect(told.append)
    assert (thumbnails.get(1, 64) or stand_in).width() == 64, "both are kept, for two that show it at once"
    come(qtbot, lambda: thumbnails.get(2))
    assert told == [[2]]


def test_the_stored_picture_is_kept_apart(start: Callable[..., Thumbnails], qtbot: QtBot) -> None:
    thumbnails = start()
    small = come(qtbot, lambda: thumbnails.get(2, 16))
    large = come(qtbot, lambda: thumbnails.large(2))
    assert (small.width(), large.width()) == (16, 64), "as it was stored"
    assert (thumbnails.get(2, 16) or large).width() == 16


def test_no_more_memory_than_allowed_and_what_was_seen_last_stays(
    start: Callable[..., Thumbnails], qtbot: QtBot
) -> None:
    one = 64 * 64 * 4
    thumbnails = start(kept_bytes=4 * one)
    for sample_id in range(1, COUNT + 1):
        come(qtbot, lambda sample_id=sample_id: thumbnails.get(sample_id, 64))  # type: ignore[misc]
        assert thumbnails.kept_bytes <= 4 * one
    assert thumbnails.kept_bytes == 4 * one
    thumbnails.stop()
    assert [thumbnails.get(sample_id) is None for sample_id in (COUNT - 4, COUNT - 3, COUNT)] == [True, False, False]


def test_what_is_asked_for_last_comes_first_and_what_is_out_of_sight_not_at_all(project: Path, qtbot: QtBot) -> None:
    thumbnails = Thumbnails(project)
    come_: list[int] = []
    thumbnails.ready.connect(come_.extend)
    for sample_id in range(1, COUNT + 1):
        assert thumbnails.get(sample_id) is None  # nobody reads yet
    thumbnails.only(range(10, COUNT + 1))
    thumbnails.get(20)
    thumbnails.start()
    qtbot.waitUntil(lambda: len(come_) == COUNT - 9, timeout=10_000)
    thumbnails.stop()
    assert come_[:3] == [20, COUNT, COUNT - 1]
    assert min(come_) == 10


def test_a_picture_that_cannot_be_read_is_null_and_is_not_asked_for_again(
    project: Path, start: Callable[..., Thumbnails], qtbot: QtBot
) -> None:
    with sqlite3.connect(project) as connection:
        connection.execute("UPDATE samples SET image = x'00' WHERE id = 5")
    connection.close()
    thumbnails = start()
    assert come(qtbot, lambda: thumbnails.get(5)).isNull()
    assert come(qtbot, lambda: thumbnails.get(999)).isNull()
    told: list[list[int]] = []
    thumbnails.ready.connect(told.append)
    thumbnails.get(5, 64)
    come(qtbot, lambda: thumbnails.get(6))
    assert told == [[6]]

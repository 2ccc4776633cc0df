# SPDX-License-Identifier: Apache-2.0
"""While nothing moves before the camera, few frames are asked about and painted, and nobody notices."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from desktop.framing import Framing
from learner.camera import Frame, Stillness
from learner.messages import CommandFailed, Restored
from learner.types import Image
from tests.desktop.conftest import Desk

RATE = 30
PICTURE = np.kron(np.random.default_rng(1).integers(60, 200, (12, 16, 3)), np.ones((10, 10, 1))).astype(np.uint8)


class Still:
    """A desk whose camera has seen the same for a while."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._now, self.number = 50.0, 0
        desk.session.learner._stillness = Stillness(3, lambda: self._now)
        desk.teach.camera._stillness = Stillness(10, lambda: self._now)
        self.look(3.0)
        while self.look():
            pass

    def look(self, seconds: float = 1 / RATE, picture: Image = PICTURE) -> int:
        """Show frames for so long; return how many of them were asked about."""
        before = self.desk.learner.frames
        for _ in range(round(seconds * RATE)):
            self.number += 1
            self._now += 1 / RATE
            self.desk.app._show_frame(Frame(picture, self.number, math.inf))
        return self.desk.learner.frames - before


@pytest.fixture
def still(desk: Desk) -> Still:
    desk.name("mug")
    desk.until(lambda: "refresh" in desk.learner.calls)  # which is another answer
    return Still(desk)


def test_few_frames_are_asked_about_until_one_differs_and_the_newest_can_be_recorded(still: Still) -> None:
    assert still.look(1.0) == pytest.approx(3, abs=1)
    newest = still.desk.session.recorder.newest
    assert newest is not None
    assert newest.number == still.number
    picture = PICTURE.copy()
    picture[60:80, 70:90] = 0
    assert still.look(1.0, picture) == RATE


def test_what_changes_the_answer_to_the_same_picture_has_it_asked_about_at_once(still: Still) -> None:
    desk = still.desk
    changes: dict[str, Callable[[], object]] = {
        "another version answers": lambda: desk.learner.say(Restored(1)),
        "the version before answers again": lambda: desk.learner.say(CommandFailed("", "")),
        "a class has another name": desk.session.learner.refresh,
        "another square is looked at": lambda: setattr(desk.app.settings, "framing", Framing(0.1, 0.5)),
    }
    for what, change in changes.items():
        assert still.look(1.0) < 5
        change()
        desk.qtbot.wait(1)  # the learner speaks from another thread
        assert still.look(1.0) == RATE, what
        still.look(2.0)


def test_the_picture_that_stands_still_is_painted_seldom_and_at_once_when_it_changes(
    still: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[None] = []
    monkeypatch.setattr(still.desk.teach.camera, "update", lambda: painted.append(None))
    still.look(1.0)
    assert len(painted) == pytest.approx(10, abs=3)
    painted.clear()
    still.look(1.0, 255 - PICTURE)
    assert len(painted) == RATE
    seen = still.desk.teach.camera._pixels
    assert seen is not None
    assert np.array_equal(seen, 255 - PICTURE)

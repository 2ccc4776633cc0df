# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import numpy as np
import pytest

from learner.camera import DemoScene, Stillness
from learner.types import Image

RATE = 10
SCENE = DemoScene(seed=3)
SCENE.show(DemoScene.OBJECTS[0])
PICTURE = SCENE.render(1.0)[::2, ::2]
NOISES = cycle(np.random.default_rng(5).normal(0, 1, (7, *PICTURE.shape)).astype(np.float32))


def noisy(picture: Image, deviation: float) -> Image:
    return np.asarray(np.clip(picture + deviation * next(NOISES), 0, 255), np.uint8)


class Watch:
    """Looks at ten frames a second."""

    def __init__(self) -> None:
        self.now = 50.0
        self.stillness = Stillness(2, lambda: self.now)

    def frames(self, seconds: float, frame: Callable[[], Image]) -> list[bool]:
        """Show so many seconds of frames; return which of them were worth it."""
        worth = []
        for _ in range(round(seconds * RATE)):
            worth.append(self.stillness.is_worth(frame()))
            self.now += 1 / RATE
        return worth


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize("deviation", [0.0, 2.5, 10.0])
def test_a_few_a_second_are_enough_while_nothing_but_noise_changes(watch: Watch, deviation: float) -> None:
    assert all(watch.frames(1.9, lambda: noisy(PICTURE, deviation)))
    watch.frames(0.2, lambda: noisy(PICTURE, deviation))
    assert sum(watch.frames(2.0, lambda: noisy(PICTURE, deviation))) == pytest.approx(4, abs=1)


def with_spot(picture: Image) -> Image:
    changed = picture.copy()
    changed[100:115, 150:165] = 255 - changed[100:115, 150:165]
    return changed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_spot, id="a finger's tip"),
        pytest.param(lambda picture: np.roll(picture, 3, axis=1), id="a push of the camera"),
        pytest.param(lambda picture: (picture * 0.9).astype(np.uint8), id="a lamp"),
        pytest.param(np.zeros_like, id="a hand before the lens"),
    ],
)
def test_the_first_frame_that_differs_counts_and_so_do_those_after_it(
    watch: Watch, change: Callable[[Image], Image]
) -> None:
    watch.frames(2.5, lambda: noisy(PICTURE, 2.5))
    while watch.frames(1 / RATE, lambda: noisy(PICTURE, 2.5))[0]:
        pass
    changed = change(PICTURE)
    assert all(watch.frames(1.9, lambda: noisy(changed, 2.5)))
    watch.frames(0.2, lambda: noisy(changed, 2.5))
    assert sum(watch.frames(1.0, lambda: noisy(changed, 2.5))) < 5, "it stands still again"


def test_what_moves_too_slowly_to_be_seen_from_one_frame_to_the_next_moves(watch: Watch) -> None:
    # Within any two seconds the light falls by more than noise, though not by one step from a frame to the next.
    levels = iter(np.linspace(1, 0.4, 10 * RATE))
    assert all(watch.frames(8, lambda: (PICTURE * next(levels)).astype(np.uint8)))


def test_other_things_than_the_picture_may_change_the_answer(watch: Watch) -> None:
    watch.frames(3, lambda: PICTURE)
    while watch.frames(1 / RATE, lambda: PICTURE)[0]:
        pass
    watch.stillness.stir()
    assert all(watch.frames(1.9, lambda: PICTURE))


def test_a_picture_of_another_shape_is_another_one(watch: Watch) -> None:
    watch.frames(3, lambda: PICTURE)
    while watch.frames(1 / RATE, lambda: PICTURE)[0]:
        pass
    assert watch.stillness.is_worth(PICTURE[:, 40:280])

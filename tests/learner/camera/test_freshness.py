# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from learner.camera.frames import bgr
from learner.camera.freshness import Freshness, Rhythm, is_flat
from learner.cv import MAX_PIXELS
from learner.types import Image
from tests.learner.camera.faulty import stamped


def test_what_repeats_the_picture_before_is_not_new() -> None:
    fresh = Freshness()
    assert fresh.is_new(stamped(1))
    assert not fresh.is_new(stamped(1))
    assert fresh.is_new(stamped(2))
    assert fresh.is_new(stamped(1)), "a drawn scene may come to look as it did before"


def test_a_bit_of_difference_is_a_new_picture() -> None:
    fresh = Freshness()
    image = stamped(1)
    assert fresh.is_new(image)
    other = image.copy()
    other[-1, -1, -1] ^= 1
    assert fresh.is_new(other)


@pytest.mark.parametrize("size", [(64, 48), (640, 480), (63, 47)])
def test_after_an_interruption_what_there_was_before_is_not_new(size: tuple[int, int]) -> None:
    fresh = Freshness()
    for number in range(1, 10):
        assert fresh.is_new(stamped(number, size))
    fresh.interrupted()
    assert [fresh.is_new(stamped(number, size)) for number in (5, 9, 8, 10, 7)] == [False, False, False, True, True]


def of_before(rhythm: Rhythm, pauses: list[float], now: float = 0.0) -> list[bool]:
    seen = []
    for pause in pauses:
        now += pause
        rhythm.note(now)
        seen.append(rhythm.is_of_before)
    return seen


STEADY = [0.03] * 10


def test_what_comes_at_once_after_a_pause_was_kept_from_before_it() -> None:
    rhythm = Rhythm()
    assert of_before(rhythm, [1.0, *STEADY, 0.8, 0.0, 0.001, 0.0, 0.0, 0.03, 0.0, 0.03]) == (
        [False] * 11 + [True] * 5 + [False] * 3
    )


def test_after_it_was_opened_anew_there_may_be_some_that_were_kept_as_well() -> None:
    rhythm = Rhythm()
    assert not any(of_before(rhythm, [3.0, *STEADY])), "of the first time nobody knows what is usual"
    rhythm.opened(0.0)
    assert of_before(rhythm, [0.8, 0.0, 0.03]) == [True, True, False]
    rhythm.opened(0.0)
    assert of_before(rhythm, [0.1, 0.0, 0.03]) == [False] * 3


def test_a_slow_camera_is_not_one_that_pauses() -> None:
    assert not any(of_before(Rhythm(), [1.0] * 10))


def test_a_camera_that_becomes_slow_in_the_dark_loses_few_pictures() -> None:
    seen = of_before(Rhythm(), [*STEADY, *[0.5] * 20])
    assert sum(seen) < 5
    assert not any(seen[-10:])


def test_a_camera_that_becomes_fast_after_a_pause_is_not_one_that_kept_its_pictures() -> None:
    seen = of_before(Rhythm(), [*[0.4] * 10, 3.0, *[0.016] * 60])
    assert any(seen)
    assert not any(seen[-20:])


def test_how_long_a_picture_took_is_known_but_of_the_first() -> None:
    rhythm = Rhythm()
    rhythm.opened(10.0)
    assert [rhythm.note(now) for now in (13.0, 13.5, 15.5)] == [0.0, 0.5, 2.0]


def test_another_size_is_another_picture() -> None:
    fresh = Freshness()
    assert fresh.is_new(stamped(1, (64, 48)))
    assert fresh.is_new(stamped(1, (48, 64)))


@pytest.mark.parametrize("colour", [0, 255, (0, 135, 0)])
def test_one_colour_is_no_picture(colour: int | tuple[int, int, int]) -> None:
    image = np.full((48, 64, 3), colour, np.uint8)
    assert is_flat(image)
    assert not Freshness().is_new(image)
    image[-1, -1, 0] ^= 1
    assert Freshness().is_new(image)


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((15, 64, 3), np.uint8),
        np.zeros((48, 64, 2), np.uint8),
        np.zeros((48, 64, 3), np.uint16),
        np.zeros((48,), np.uint8),
        np.lib.stride_tricks.as_strided(np.zeros(3, np.uint8), (MAX_PIXELS, 16, 3), (0, 0, 1)),
    ],
)
def test_what_is_no_picture(frame: Image) -> None:
    assert bgr(frame) is None


def test_grey_pictures_and_those_with_alpha_are_pictures() -> None:
    grey = stamped(1)[:, :, 0].copy()
    for frame in (grey, grey[:, :, None], np.dstack([grey] * 4)):
        image = bgr(frame)
        assert image is not None
        assert np.array_equal(image, np.dstack([grey] * 3))
    assert bgr(stamped(1)) is not None

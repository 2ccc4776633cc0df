# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from learner.camera import DemoScene, DemoSource, open_source
from learner.camera.objects import REACH, SIDE, sprite
from learner.types import Image
from tests.learner.camera.helpers import Watcher

NAMES = DemoScene.OBJECTS


def render(name: str | None, seconds: float = 1.0, seed: int = 0, size: tuple[int, int] = (320, 240)) -> Image:
    scene = DemoScene(seed, size)
    scene.show(name)
    return scene.render(seconds)


def difference(one: Image, other: Image) -> float:
    """Return the mean difference of two frames in grey levels."""
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


def colours(image: Image) -> NDArray[np.float64]:
    """Return how frequent each coarse colour is, whatever the light: nothing that turning or moving changes."""
    desk = np.median(image.reshape(-1, 3), axis=0)
    codes = np.clip(image / desk * 4, 0, 7).astype(int).reshape(-1, 3) @ np.array([64, 8, 1])
    return np.sqrt(np.bincount(codes, minlength=512) / len(codes))


def test_there_are_enough_things_with_plain_names() -> None:
    assert len(NAMES) >= 6
    assert all(name.isalpha() and name.islower() for name in NAMES)


@settings(max_examples=10, deadline=None)
@given(
    name=st.sampled_from([*NAMES, None]),
    seed=st.integers(0, 2**31),
    seconds=st.floats(0, 1e5, allow_nan=False),
    size=st.sampled_from([(320, 240), (160, 160), (120, 200)]),
)
def test_a_frame_follows_from_seed_thing_and_moment_alone(
    name: str | None, seed: int, seconds: float, size: tuple[int, int]
) -> None:
    scene = DemoScene(seed, size)
    scene.show(name)
    scene.render(seconds + 1)
    frame = scene.render(seconds)
    assert frame.shape == (size[1], size[0], 3)
    assert frame.dtype == np.uint8
    assert np.array_equal(frame, render(name, seconds, seed, size))


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_moves_and_other_seeds_show_it_otherwise(name: str) -> None:
    first = render(name)
    still = difference(render(None), render(None, seconds=1.03))
    assert difference(first, render(name, seconds=3.0)) > 1.5 * still
    assert difference(first, render(name, seed=1)) > 1.5 * still
    assert difference(first, render(name, seed=2)) > 1.5 * still


def test_things_and_the_empty_desk_can_be_told_apart_on_recordings_never_seen() -> None:
    """By colours alone, which is far less than the learner has to go by."""
    names = [*NAMES, None]
    means = [np.mean([colours(render(name, 2.0 * seed, seed)) for seed in range(5)], axis=0) for name in names]
    answers = [
        (name, names[int(np.argmin([np.abs(colours(render(name, 1.3 * seed, seed)) - mean).sum() for mean in means]))])
        for name in names
        for seed in range(100, 103)
    ]
    assert sum(name == answer for name, answer in answers) >= 0.9 * len(answers), answers


def test_light_changes_on_an_empty_desk() -> None:
    brightness = [float(render(None, seconds).mean()) for seconds in np.arange(0, 20, 1.0)]
    warmth = [float(np.subtract(*render(None, seconds).mean(axis=(0, 1))[[2, 0]])) for seconds in np.arange(0, 20, 1.0)]
    assert max(brightness) - min(brightness) > 10
    assert max(warmth) - min(warmth) > 5


def test_even_an_empty_desk_is_never_the_same_to_the_last_bit() -> None:
    assert not np.array_equal(render(None, 1.0), render(None, 1.0333))


@pytest.mark.parametrize("name", NAMES)
def test_no_thing_is_cut_off_by_the_square_it_is_drawn_into(name: str) -> None:
    ink, shadow = sprite(name)
    rows, columns = np.nonzero((ink[:, :, 3] > 0) | (shadow > 3))
    middle = (SIDE - 1) / 2
    assert np.hypot(rows - middle, columns - middle).max() < REACH * SIDE
    assert (ink[:, :, :3] <= ink[:, :, 3:].astype(int) + 1).all(), "colours are weighed by alpha"


def test_what_is_on_the_desk_is_told_and_changed() -> None:
    scene = DemoScene()
    before = scene.showing
    scene.show("mug")
    assert (before, scene.showing) == (None, "mug")
    assert difference(scene.render(1.0), render(None, size=(640, 480))) > 5
    scene.show(None)
    assert np.array_equal(scene.render(1.0), render(None, size=(640, 480)))


@pytest.mark.parametrize("shown", [DemoScene(), DemoSource()])
def test_an_unknown_thing_is_refused(shown: DemoScene | DemoSource) -> None:
    with pytest.raises(ValueError, match="elephant"):
        shown.show("elephant")
    assert shown.showing is None


def test_the_source_shows_one_thing_after_another_with_an_empty_desk_between(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 500.0
    monkeypatch.setattr("learner.camera.demo.time.monotonic", lambda: now)
    monkeypatch.setattr("learner.camera.demo.Pace.wait", lambda pace: 0)
    source = DemoSource()
    source.open()
    seen: list[str | None] = []
    for _ in range(len(NAMES) * 10 + 2):
        source.read()
        if not seen or seen[-1] != source.showing:
            seen.append(source.showing)
        now += 0.57
    source.close()
    assert [name for name in seen if name][: len(NAMES)] == list(NAMES)
    assert [name for name in seen if name][len(NAMES)] == NAMES[0], "and then from the beginning"
    assert all(one is None or other is None for one, other in pairwise(seen))


def test_a_pinned_thing_stays_until_it_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 500.0
    monkeypatch.setattr("learner.camera.demo.time.monotonic", lambda: now)
    monkeypatch.setattr("learner.camera.demo.Pace.wait", lambda pace: 0)
    source = DemoSource()
    source.open()
    for name in ("duck", None, "ball"):
        source.show(name)
        for _ in range(3):
            now += 4.0
            source.read()
            assert source.showing == name
    source.cycle()
    now = 500.0
    source.read()
    assert source.showing == NAMES[0]


def test_the_demo_runs_as_a_camera() -> None:
    source = open_source("demo")
    with Watcher(source) as watcher:
        frames = watcher.until_frames(3)
    assert frames[0].image.shape == (480, 640, 3)

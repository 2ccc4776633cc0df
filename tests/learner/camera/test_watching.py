# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learner.camera.watching import watched
from learner.cv import cv2
from learner.errors import CameraFault
from tests.learner.camera.helpers import Script, grey, which, write_clip


def no_one(sentence: str) -> None:
    pytest.fail(sentence)


@pytest.mark.parametrize(
    ("every", "frames"), [(0, [1, 2, 3, 4, 5, 6, 7, 8]), (0.1, [1, 4, 7]), (1 / 30, [1, 2, 3, 4, 5, 6, 7, 8]), (9, [1])]
)
def test_every_frame_of_a_clip_by_its_own_clock(every: float, frames: list[int], tmp_path: Path) -> None:
    seen = list(watched(str(write_clip(tmp_path / "clip.mp4")), every, no_one))
    assert [one.number for one in seen] == frames == [which(one.image) + 1 for one in seen]
    assert [one.position for one in seen] == [pytest.approx((number - 1) / 30) for number in frames]


def test_every_picture_of_a_folder(tmp_path: Path) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"{number}.png"), grey(20 + 25 * number))
    seen = list(watched(str(tmp_path), 5, no_one))
    assert [(one.number, which(one.image), one.position) for one in seen] == [(1, 0, None), (2, 1, None), (3, 2, None)]


def test_a_clip_is_let_go_of_when_nobody_wants_more(tmp_path: Path) -> None:
    with closing(watched(str(write_clip(tmp_path / "clip.mp4")), 0, no_one)) as frames:
        assert next(frames).number == 1
    assert list(frames) == []


def live(monkeypatch: pytest.MonkeyPatch, script: Script) -> None:
    monkeypatch.setattr("learner.camera.watching.open_source", lambda spec, **_: script)


def test_the_newest_frame_of_a_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, Script([grey(20), grey(45), grey(70), None], reopens=False))
    before = datetime.now(UTC)
    seen = list(watched("0", 0, no_one))
    numbers = [one.number for one in seen]
    assert numbers == sorted(set(numbers))
    assert 0 < len(seen) <= 3
    assert seen[-1].number == 3, "the last one is not lost"
    assert all(before - timedelta(seconds=1) <= one.time <= datetime.now(UTC) for one in seen)


def test_a_camera_that_is_not_there_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script([CameraFault("No camera found", "It is not there.", "Plug one in.")])
    live(monkeypatch, script)
    with pytest.raises(CameraFault, match="not there"):
        next(watched("0", 0, no_one))
    assert not script.is_open


def test_a_camera_that_goes_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = CameraFault("The camera is gone", "It was unplugged.", "Plug it in.")
    # Opened once to see whether it is there.
    script = Script([], [grey(20), gone], [grey(45), None])
    live(monkeypatch, script)
    told: list[str] = []
    seen = list(watched("0", 0, told.append))
    assert which(seen[-1].image) == 1
    assert told == ["The camera is gone: It was unplugged. Plug it in.", "The picture is back."]
    assert not script.is_open


def test_a_source_that_fails_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, Script([CameraFault("That is over", "It is broken.", "Mend it.")], reopens=False))
    with pytest.raises(CameraFault, match="broken"):
        list(watched("demo", 0, no_one))

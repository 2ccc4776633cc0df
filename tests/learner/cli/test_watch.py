# SPDX-License-Identifier: Apache-2.0
"""`showtell watch`; `tests/integration/test_watch.py` runs it as people do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.camera.watching import Seen
from learner.cli import run
from learner.cv import cv2
from tests.learner.cli.helpers import Capture, put
from tests.learner.fakes import picture


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A second of mug, then one of keys, at ten frames each."""
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (64, 64))
    for kind in (1, 2):
        for number in range(10):
            writer.write(picture(kind, 100 + number))
    writer.release()
    return path


def lines(capsys: Capture) -> list[dict[str, Any]]:
    told = capsys.readouterr()
    assert told.err == ""
    return [json.loads(line) for line in told.out.splitlines()]


def test_a_clip_is_answered_frame_by_frame(taught: Path, clip: Path, capsys: Capture) -> None:
    assert run(["watch", str(taught), "--camera", str(clip)]) == 0
    answers = lines(capsys)
    assert [answer["label"] for answer in answers] == ["mug"] * 10 + ["Schlüssel [2]"] * 10
    assert [answer["frame"] for answer in answers] == list(range(1, 21))
    assert [answer["position"] for answer in answers] == [pytest.approx(number / 10) for number in range(20)]
    first = answers[0]
    assert set(first) == {
        "time",
        "frame",
        "position",
        "label",
        "confidence",
        "unknown",
        "novelty",
        "probabilities",
        "version",
    }
    assert first["confidence"] == first["probabilities"]["mug"] == max(first["probabilities"].values())
    assert datetime.fromisoformat(first["time"]).tzinfo is not None
    assert first["unknown"] is False
    assert first["version"] == 2


def test_fewer_lines(taught: Path, clip: Path, capsys: Capture) -> None:
    assert run(["watch", str(taught), "--camera", str(clip), "--changes"]) == 0
    assert [(answer["label"], answer["frame"]) for answer in lines(capsys)] == [("mug", 1), ("Schlüssel [2]", 11)]
    assert run(["watch", str(taught), "--camera", str(clip), "--every", "0.5"]) == 0
    assert [answer["frame"] for answer in lines(capsys)] == [1, 6, 11, 16]
    assert run(["watch", str(taught), "--camera", str(clip), "--count", "3"]) == 0
    assert [answer["frame"] for answer in lines(capsys)] == [1, 2, 3]


def test_a_folder_of_pictures(taught: Path, tmp_path: Path, capsys: Capture) -> None:
    put(tmp_path / "shown" / "1.png", 2, 50)
    put(tmp_path / "shown" / "2.png", 1, 50)
    assert run(["watch", str(taught), "--camera", str(tmp_path / "shown")]) == 0
    assert [(answer["label"], answer["position"]) for answer in lines(capsys)] == [
        ("Schlüssel [2]", None),
        ("mug", None),
    ]


def test_what_changes_meanwhile_answers_from_then_on(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def watched(*_: object) -> Iterator[Seen]:
        def seen(number: int) -> Seen:
            return Seen(picture(1, 99), number, datetime.now(UTC))

        yield seen(1)
        yield seen(2)
        with Buffer.open(desk) as buffer:
            mug = buffer.class_named("mug")
            assert mug is not None
            buffer.rename_class(mug.id, "cup")
        yield seen(3)  # was under way already
        yield seen(4)
        with Buffer.open(desk) as buffer:
            buffer.set_champion(1)
        yield seen(5)
        yield seen(6)

    monkeypatch.setattr("learner.camera.watching.watched", watched)
    assert run(["watch", str(desk), "--camera", "demo"]) == 0
    answers = lines(capsys)
    assert [answer["frame"] for answer in answers] == [1, 2, 3, 4, 5, 6]
    assert [(answer["label"], answer["version"]) for answer in answers[:2]] == [("mug", 2)] * 2
    assert (answers[3]["label"], answers[3]["version"]) == ("cup", 2)
    assert (answers[5]["label"], answers[5]["version"]) == ("cup", 1)


def test_there_has_to_be_something_to_answer_with_and_to_look_through(
    lived: Path, taught: Path, tmp_path: Path, capsys: Capture
) -> None:
    empty = tmp_path / "empty.showtell"
    Buffer.open(empty).close()
    assert run(["watch", str(empty), "--camera", "demo"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "showtell learn" in told.err
    assert run(["watch", str(taught), "--camera", "no such thing"]) == 1
    assert "no such thing" in capsys.readouterr().err
    np.save(tmp_path / "clip.npy", np.zeros(3))
    assert run(["watch", str(taught), "--camera", str(tmp_path / "clip.npy")]) == 1
    assert "cannot be played" in capsys.readouterr().err

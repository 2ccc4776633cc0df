# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer
from learner.cv import cv2
from learner.errors import EnvironmentFault, NoLabels
from learner.interchange.formats import source_of
from tests.learner.interchange.making import bring_in, put, watched


def write_clip(path: Path, shades: list[int], rate: float = 10.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (64, 64))
    assert writer.isOpened()
    for number, shade in enumerate(shades):
        frame = np.full((64, 64, 3), 20, np.uint8)
        frame[:, shade // 4 :] = shade
        frame[0, number % 64] = 255  # no two frames are the very same
        writer.write(frame)
    writer.release()
    return path


def test_a_clip_is_one_recording_of_what_differs(buffer: Buffer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "mug.avi", [20, 20, 20, 120, 120, 220])
    report = bring_in(buffer, clip, label="mug")
    assert (report.added, report.still, report.alike) == (3, 3, 0)
    assert [burst.source for burst in buffer.bursts()] == ["import: mug.avi"]
    again = bring_in(buffer, clip, label="mug")
    assert (again.added, again.duplicates) == (0, 3)


def test_every_so_many_frames_are_taken_whatever_they_show(buffer: Buffer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "mug.avi", [20] * 4 + [120] * 4 + [220] * 4)
    report = bring_in(buffer, clip, label="mug", every=2)
    assert (report.added, report.alike, report.still) == (6, 3, 0)


def test_about_ten_frames_a_second_are_looked_at(buffer: Buffer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "mug.avi", list(range(20, 220, 10)), rate=30.0)
    said, report = watched(buffer, clip, label="mug")
    assert report.added + report.still == 7
    assert said[-1].total == 20


def test_a_clip_in_a_class_folder(buffer: Buffer, folder: Path) -> None:
    write_clip(folder / "mug" / "a.avi", [20, 220])
    put(folder, "mug/b.png", 1)
    (folder / "mug" / "c.mp4").write_text("no clip")
    report = bring_in(buffer, folder)
    assert report.classes == {"mug": 3}
    assert [one.path.name for one in report.skipped] == ["c.mp4"]


def test_a_clip_without_a_label_and_one_that_is_broken(tmp_path: Path) -> None:
    with pytest.raises(NoLabels, match="--label"):
        source_of(write_clip(tmp_path / "a.avi", [20]))
    (tmp_path / "b.mp4").write_text("no clip")
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        source_of(tmp_path / "b.mp4", label="mug")

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop import engine_words
from desktop.studio_faults import GONE, NO_CAMERA, REFUSED, TAKEN
from learner.cv import cv2
from learner.errors import CameraFault

ROOT = Path(__file__).parents[2]


def test_what_is_not_a_room_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    done = _run(str(out), "--only", "kitchen")
    assert done.returncode == 2
    assert "teach" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("fault", [NO_CAMERA, TAKEN, REFUSED, GONE], ids=lambda fault: fault.title)
def test_cameras_in_pictures_say_what_real_ones_say(fault: CameraFault) -> None:
    texts = [re.escape(str(text)) for text in engine_words.TEXTS]
    known = re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".+", text) for text in texts))
    assert known.fullmatch(fault.title)
    assert known.fullmatch(fault.message)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_command_takes_pictures_without_a_screen(tmp_path: Path) -> None:
    done = _run(str(tmp_path / "pictures"), "--quick", "--only", "review")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    (taken,) = (tmp_path / "pictures").iterdir()
    assert taken.name == "review-light-1280x800-100.png"
    picture = cv2.imread(str(taken))
    assert picture is not None
    assert picture.shape == (800, 1280, 3)
    # Thumbnails of a desk of wood have many colours; an empty grid has a few.
    grid = picture[200:700, 20:800].reshape(-1, 3)
    assert len(np.unique(grid, axis=0)) > 1000


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    return subprocess.run(
        [sys.executable, "-m", "desktop.screenshots", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=580,
        check=False,
    )

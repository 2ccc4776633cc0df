# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPixmap

from desktop import docs_pictures
from desktop.docs_pictures import FOLDER, MOST_BYTES, PICTURES
from desktop.studio import Studio
from desktop.studio_faults import Faults
from learner.cv import cv2

ROOT = Path(__file__).parents[2]
COLOUR_TYPE, PALETTE = 25, 3
"""Of a PNG file: where its header says which kind of colours it has, and which it says for a palette."""


def on_pages() -> set[str]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    found = [re.findall(r"\((?:docs/)?images/([^)]+)\)", page.read_text(encoding="utf-8")) for page in pages]
    return {name for names in found for name in names}


def test_pages_show_what_the_command_makes_and_nothing_else() -> None:
    assert on_pages() == set(PICTURES)
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)


def test_each_picture_is_of_a_view_that_there_is() -> None:
    there = {*Studio.views(MagicMock()), *Faults.views(MagicMock())}
    assert {shown.view for shown in PICTURES.values()} <= there
    assert len(set(PICTURES.values())) == len(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_small_and_as_large_as_the_window(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert len(content) <= MOST_BYTES
    assert content[COLOUR_TYPE] == PALETTE
    assert (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")) == (1280, 800)


@pytest.mark.usefixtures("qapp")
def test_what_is_saved_is_small_and_keeps_the_windows_colours(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    noise = random.integers(0, 256, (60, 120, 3), np.uint8)  # as the camera's picture, which has every colour
    image = QImage(noise.tobytes(), 120, 60, 3 * 120, QImage.Format.Format_RGB888).copy()
    for place, colour in enumerate(("#f6f6f2", "#0072b2", "#e69f00")):
        for x in range(40 * place, 40 * place + 40):
            for y in range(10):
                image.setPixelColor(x, y, QColor(colour))
    docs_pictures.save(QPixmap.fromImage(image), tmp_path / "some.png")
    saved = cv2.imread(str(tmp_path / "some.png"))
    assert saved is not None
    assert saved.shape == (60, 120, 3)
    assert [saved[5, 40 * place + 20].tolist() for place in range(3)] == [
        [0xF2, 0xF6, 0xF6],
        [0xB2, 0x72, 0x00],
        [0x00, 0x9F, 0xE6],
    ]
    assert np.abs(saved[20:, :, ::-1].astype(int) - noise[20:]).mean() < 24
    assert (tmp_path / "some.png").read_bytes()[COLOUR_TYPE] == PALETTE

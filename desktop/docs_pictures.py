# SPDX-License-Identifier: Apache-2.0
"""The pictures of the documentation: which view each shows, and how it is made small."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap

from desktop.theme import Mode

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
"""Of the checkout this lies in."""

MOST_BYTES = 150_000
"""Of one picture."""

_COLOURS = (256, 192, 128, 96, 80, 64)
_PLAIN = 4
"""One colour in so many is for the largest areas, which are those of the window; it is kept as it is."""
_FAIRNESS = 0.6
"""Of the others. 1 would count a colour by its area, 0 as much as any other."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows: a view of the studio's, and in which colours."""

    view: str
    mode: Mode = "light"


_FAULTS = (
    "camera-refused",
    "camera-taken",
    "camera-unplugged",
    "damaged-file",
    "disk-full",
    "learning-paused",
    "newer-project",
    "no-camera",
    "open-elsewhere",
)

PICTURES: Mapping[str, Shown] = {
    "welcome.png": Shown("welcome"),
    "first-class.png": Shown("begin"),
    "teach.png": Shown("teach"),
    "question.png": Shown("teach-question"),
    "unknown.png": Shown("teach-unknown"),
    "recording.png": Shown("teach-recording"),
    "review.png": Shown("review"),
    "insight.png": Shown("insight-progress"),
    "use-dark.png": Shown("use", "dark"),
    "action.png": Shown("use-action"),
    "fleet.png": Shown("use-fleet"),
    **{f"fault-{name}.png": Shown(f"faults-{name}") for name in _FAULTS},
}
"""By the name of the file. Every one of them is on a page, and no page has another; a test looks."""


def save(picture: QPixmap, path: Path) -> None:
    """Write a picture with a palette of as many colours as its file may be large.

    Args:
        picture: of a window.
        path: a PNG file; one that is there is replaced.
    """
    from PIL import Image as Pictures

    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = np.ascontiguousarray(rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3))
    seen, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    for colours in _COLOURS:
        plain, rest = seen[order[: colours // _PLAIN]], order[colours // _PLAIN :]
        # By their areas alone, the wood of the desk would take every colour, and none be left for a class's small mark.
        fair = np.repeat(seen[rest], np.ceil(counts[rest] ** _FAIRNESS).astype(np.int64), axis=0)
        mixed = Pictures.fromarray(fair[None]).quantize(colours - len(plain), kmeans=2).getpalette() or []
        palette = np.concatenate([plain, np.array(mixed, np.uint8).reshape(-1, 3)])
        small = Pictures.fromarray(_nearest(seen, palette)[places].reshape(pixels.shape[:2]), "P")
        small.putpalette(palette.ravel().tolist())
        written = io.BytesIO()
        small.save(written, "PNG", optimize=True)
        if written.tell() <= MOST_BYTES:
            break
    path.write_bytes(written.getvalue())


def _nearest(colours: NDArray[np.uint8], palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return which of a palette's colours (k, 3) is nearest to each colour (n, 3). Pillow's own search is rougher."""
    wanted, there = colours.astype(np.float32), palette.astype(np.float32)
    places: NDArray[np.intp] = np.argmin((there**2).sum(1) - 2 * wanted @ there.T, axis=1)
    return places.astype(np.uint8)

# SPDX-License-Identifier: Apache-2.0
"""Which square of the picture is learned from: where it lies, and how near it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learner.types import Image

NEAREST = 4.0
"""The largest zoom."""


@dataclass(frozen=True, slots=True)
class Framing:
    """A square within pictures of any shape.

    `across` and `down` say where it lies in the room that there is for it: 0 at the left or top edge, 1 at the other
    one. Its side is the picture's shorter one divided by `zoom` (1 to NEAREST).
    """

    across: float = 0.5
    down: float = 0.5
    zoom: float = 1.0

    def __post_init__(self) -> None:
        """Bring every number into its range."""
        object.__setattr__(self, "across", min(1.0, max(0.0, self.across)))
        object.__setattr__(self, "down", min(1.0, max(0.0, self.down)))
        object.__setattr__(self, "zoom", min(NEAREST, max(1.0, self.zoom)))

    def square(self, width: int, height: int) -> tuple[int, int, int]:
        """Return left, top and side of the square in a picture of this size, in pixels."""
        side = max(1, int(min(width, height) / self.zoom))
        return int(self.across * (width - side)), int(self.down * (height - side)), side

    def moved(self, right: float, down: float, width: int, height: int) -> Framing:
        """Return the framing whose square lies so many pixels further in a picture of this size, as far as it can."""
        _, _, side = self.square(width, height)
        return Framing(
            self.across + right / (width - side) if width > side else self.across,
            self.down + down / (height - side) if height > side else self.down,
            self.zoom,
        )

    def zoomed(self, factor: float) -> Framing:
        """Return the framing that looks so many times nearer at the same place."""
        return Framing(self.across, self.down, self.zoom * factor)


def crop(image: Image, framing: Framing) -> Image:
    """Return the square of a BGR picture (h, w, 3), as a view of it; by default its centre square."""
    height, width = image.shape[:2]
    left, top, side = framing.square(width, height)
    return image[top : top + side, left : left + side]

# SPDX-License-Identifier: Apache-2.0
"""Where lives are lived."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.torture.aim import Sight
from tests.torture.driven import LIGHT
from tests.torture.driving import ROOT
from tests.torture.nursery import Nursery


@dataclass(frozen=True)
class Place:
    """Where lives are lived: folders, the environment of their processes, and what can be aimed at them."""

    folder: Path
    library: Path | None
    light: bool = True

    @cached_property
    def nursery(self) -> Nursery:
        """What processes come from that have loaded everything."""
        return Nursery(self.folder, self.environment)

    def close(self) -> None:
        """End the nursery."""
        if "nursery" in self.__dict__:
            self.nursery.close()

    @property
    def sight(self) -> Sight:
        """What aims at all processes that change files in the folder of projects."""
        return Sight(self.folder / "aim", self.projects, self.library)

    @property
    def projects(self) -> Path:
        """The folder of projects."""
        return self.folder / "projects"

    @property
    def environment(self) -> dict[str, str]:
        """A machine of its own, without a screen, a GPU and a person's settings."""
        dropped = {"DISPLAY", "WAYLAND_DISPLAY", LIGHT}
        kept = {key: value for key, value in os.environ.items() if key not in dropped and not key.startswith("XDG_")}
        ours = {"HOME": str(self.folder / "home"), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        light = {LIGHT: "1"} if self.light else {}
        return {**kept, **ours, **light, **self.sight.environment, "CUDA_VISIBLE_DEVICES": ""}

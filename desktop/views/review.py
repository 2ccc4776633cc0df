# SPDX-License-Identifier: Apache-2.0
"""The room in which samples are looked through and put right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop.session import Session
from desktop.theme import Theme
from desktop.views.room import Room


class ReviewRoom(Room):
    """The room in which samples are looked through and put right."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session

    def show_samples(self, title: str, sample_ids: NDArray[np.int64]) -> None:
        """Show just these samples, under a title that says which they are."""

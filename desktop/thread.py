# SPDX-License-Identifier: Apache-2.0
"""A thread of Qt's that runs one function."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QThread


class Thread(QThread):
    """Runs a function; who starts it waits for it.

    Args:
        body: called in the thread.
    """

    def __init__(self, body: Callable[[], None]) -> None:
        super().__init__()
        self._body = body

    def run(self) -> None:
        """Run it; Qt calls this in the thread."""
        self._body()

# SPDX-License-Identifier: Apache-2.0
"""The label set as the views see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from learner.types import ClassInfo


class ClassModel(QObject):
    """The classes of the open project, in their order."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._classes: list[ClassInfo] = []

    @property
    def classes(self) -> list[ClassInfo]:
        """The classes with their counts."""
        return list(self._classes)

    @property
    def total(self) -> int:
        """How many samples there are."""
        return sum(info.count for info in self._classes)

    @property
    def to_learn(self) -> int:
        """How many samples are learned from: all but those that are held out."""
        return sum(info.count - info.held_out for info in self._classes)

    def set_classes(self, classes: Sequence[ClassInfo]) -> None:
        """Show these from now on."""
        if list(classes) != self._classes:
            self._classes = list(classes)
            self.changed.emit()

    def with_shortcut(self, key: str) -> ClassInfo | None:
        """Return the class that a key stands for."""
        return next((info for info in self._classes if info.shortcut == key), None)

    def with_id(self, class_id: int) -> ClassInfo | None:
        """Return the class with an id."""
        return next((info for info in self._classes if info.id == class_id), None)

    def named(self, name: str) -> ClassInfo | None:
        """Return the class with exactly this name."""
        return next((info for info in self._classes if info.name == name), None)

# SPDX-License-Identifier: Apache-2.0
"""What every room of the window has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.shortcuts import Shortcuts

if TYPE_CHECKING:
    from learner.camera import Frame


class Room(QWidget):
    """One of the rooms of a project. Only the open one is told of keys."""

    shows_picture = False
    """Whether the camera's picture is in it, so that its trouble is to be told here."""
    held_key: str | None = None
    """The key that does something for as long as it is down."""

    @property
    def notices_lie_over(self) -> QWidget:
        """The part of the room that notices are put over."""
        return self

    def enter(self) -> None:
        """The room has been opened."""

    def leave(self) -> None:
        """Another room is about to be opened, or the window is no longer in front: whatever was held is over."""

    def show_frame(self, frame: Frame) -> None:
        """A frame has come while the room is open."""

    def press_key(self, key: str) -> bool:
        """A key went down that no focused widget wanted; return whether it means something here.

        Args:
            key: what was meant (see `desktop.keys.meant`).
        """
        return False

    def release_key(self, key: str) -> None:
        """The held key came up."""

    def keys(self) -> list[tuple[str, str]]:
        """Return keys of this room and what they do, beside those of `desktop.shortcuts`: digits, arrows, the mouse."""
        return []

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Say in tooltips which key does what; called once the room is made, and when a person has chosen others."""

    def finish_editing(self) -> None:
        """Keep what is being edited, before the room goes away."""

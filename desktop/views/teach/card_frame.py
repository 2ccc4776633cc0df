# SPDX-License-Identifier: Apache-2.0
"""What a class card does as a whole: it is marked, it is dragged to another place, and files are dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame

from desktop import theme
from desktop.theme import Theme, mix

if TYPE_CHECKING:
    from learner.types import ClassInfo


class CardFrame(QFrame):
    """The frame of a class card."""

    dragged = Signal(int, QPoint)
    """It is being dragged (class id, where on the screen)."""
    let_fall = Signal(int)
    """It was dragged and let go."""
    dropped = Signal(object, object)
    """Files were dropped on it (class id, list of Path)."""

    def __init__(self, appearance: Theme, info: ClassInfo) -> None:
        super().__init__()
        self._theme = appearance
        self.info = info
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self._offered = False
        self._answered = False
        self._recording = False
        self.setProperty("role", "card")
        self.setAcceptDrops(True)

    def set_answered(self, answered: bool) -> None:
        """Show whether this class is the present answer."""
        if answered != self._answered:
            self._answered = answered
            self.update()

    def set_recording(self, recording: bool) -> None:
        """Show whether this class is being recorded."""
        if recording != self._recording:
            self._recording = recording
            self.update()

    @property
    def is_dragged(self) -> bool:
        """Whether it is being dragged to another place."""
        return self._dragging

    def let_go(self) -> None:
        """Drag it no further, and leave it where it was."""
        self._pressed_at, self._dragging = None, False
        self.unsetCursor()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag it, once it has been moved far enough to be meant."""
        if self._pressed_at is None:
            return
        moved = event.position().toPoint() - self._pressed_at
        if not self._dragging and moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        if self._dragging:
            self.dragged.emit(self.info.id, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let it fall."""
        was_dragged = self._dragging
        self.let_go()
        if was_dragged:
            self.let_fall.emit(self.info.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files."""
        if dropped_files(event):
            event.acceptProposedAction()
            self._offer(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """They went elsewhere."""
        self._offer(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand on what was dropped."""
        self._offer(False)
        event.acceptProposedAction()
        self.dropped.emit(self.info.id, dropped_files(event))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card, with a border while it is answered, recorded, dragged, or files hang over it."""
        super().paintEvent(event)
        tokens = self._theme.tokens
        meant = self._dragging or self._offered
        if not (self._answered or self._recording or meant):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._recording:
            painter.setBrush(QColor(mix(tokens.surface, self.info.colour, 0.18)))
        elif meant:
            painter.setBrush(QColor(mix(tokens.surface, tokens.accent, 0.1)))
        painter.setPen(QPen(QColor(tokens.accent if meant else self.info.colour), theme.RING))
        painter.drawRoundedRect(edge, theme.CARD_RADIUS - 1, theme.CARD_RADIUS - 1)

    def _offer(self, offered: bool) -> None:
        self._offered = offered
        self.update()


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this machine that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

# SPDX-License-Identifier: Apache-2.0
"""What a class card shows beside words: its last pictures, and how many of its recordings are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.theme import Theme, mix

PICTURES = 4
BLOCKS = 5


class LastPictures(QWidget):
    """The last pictures of a class in a row, the newest first; quiet outlines where there is none.

    Args:
        appearance: light or dark.
        picture: returns the picture of a sample, or None while it is not there yet.
    """

    def __init__(self, appearance: Theme, picture: Callable[[int], QPixmap | None]) -> None:
        super().__init__()
        self._theme = appearance
        self._picture = picture
        self.sample_ids: list[int] = []
        """What is shown."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for all of them."""
        return QSize(PICTURES * theme.SMALL_PICTURE + (PICTURES - 1) * theme.XS, theme.SMALL_PICTURE)

    def show_samples(self, sample_ids: Sequence[int]) -> None:
        """Show these, the newest first."""
        if list(sample_ids) != self.sample_ids:
            self.sample_ids = list(sample_ids)
            self.update()

    @property
    def newest(self) -> QRectF:
        """Where the newest one is."""
        return QRectF(0, 0, theme.SMALL_PICTURE, theme.SMALL_PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint them."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for place in range(PICTURES):
            square = self.newest.translated(place * (theme.SMALL_PICTURE + theme.XS), 0)
            outline = QPainterPath()
            outline.addRoundedRect(square, theme.XS, theme.XS)
            picture = self._picture(self.sample_ids[place]) if place < len(self.sample_ids) else None
            if picture is None or picture.isNull():
                painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
                painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), theme.XS, theme.XS)
            else:
                painter.setClipPath(outline)
                painter.drawPixmap(square, picture, QRectF(picture.rect()))
                painter.setClipping(False)


class RecallBar(QWidget):
    """Five blocks: how many of the held-out recordings of a class are found."""

    def __init__(self, appearance: Theme) -> None:
        super().__init__()
        self._theme = appearance
        self._recall: float | None = None
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(BLOCKS * theme.BLOCK + (BLOCKS - 1) * 2, theme.BLOCK_HEIGHT)
        appearance.changed.connect(self.update)

    def show_recall(self, name: str, recall: float | None) -> None:
        """Show a share of 0 to 1, None where it is not measurable yet."""
        if (name, recall) == (self._name, self._recall) and self.toolTip():
            return
        self._name, self._recall = name, recall
        words = recall_words(name, recall)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint as many full blocks as there are fifths."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        full = 0 if self._recall is None else round(self._recall * BLOCKS)
        for place in range(BLOCKS):
            block = QRectF(place * (theme.BLOCK + 2), 0, theme.BLOCK, theme.BLOCK_HEIGHT)
            if self._recall is None:
                painter.setPen(QPen(QColor(tokens.line), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(block.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.muted if place < full else mix(tokens.surface, tokens.muted, 0.25)))
                painter.drawRoundedRect(block, 1.5, 1.5)


def recall_of(evaluation: Mapping[str, Any], class_id: int) -> float | None:
    """Return the recall that was measured of a class, None where there is none.

    The keys are numbers as the learner tells them, and texts as the file keeps them.
    """
    recall = evaluation.get("recall")
    if not isinstance(recall, Mapping):
        return None
    found = recall.get(class_id, recall.get(str(class_id)))
    return float(found) if isinstance(found, int | float) else None


def recall_words(name: str, recall: float | None) -> str:
    """Return what a recall says, in words."""
    if recall is None:
        text = QCoreApplication.translate("RecallBar", "How much of {name} it finds is not measurable yet")
        return text.format(name=name)
    if recall > 0.995:
        return QCoreApplication.translate("RecallBar", "It finds all held-out recordings of {name}").format(name=name)
    if recall < 0.005:
        return QCoreApplication.translate("RecallBar", "It finds no held-out recording of {name}").format(name=name)
    text = QCoreApplication.translate("RecallBar", "It finds {count} in 10 held-out recordings of {name}")
    return text.format(count=min(9, max(1, round(10 * recall))), name=name)

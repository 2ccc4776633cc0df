# SPDX-License-Identifier: Apache-2.0
"""The samples that look most like one, each a button that leads to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.text import tooltip
from desktop.theme import Theme
from desktop.thumbnails import Thumbnails
from desktop.views.answer_bars import initial, percent
from desktop.views.review.sample_cell import class_chip
from learner.types import Neighbour

SHOWN = 6
_COLUMNS = 3
_SIDE = 84


class Neighbours(QWidget):
    """Shows up to six samples, the most similar first.

    Args:
        appearance: light or dark.
        model: the classes.
        thumbnails: the pictures.
    """

    wanted = Signal(int)
    """A sample is to be looked at (its id)."""

    def __init__(self, appearance: Theme, model: ClassModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._model = model
        self._thumbnails = thumbnails
        self._shown: tuple[Neighbour, ...] = ()
        self.buttons = [QToolButton() for _ in range(SHOWN)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.S)
        grid.setColumnStretch(_COLUMNS, 1)
        for place, button in enumerate(self.buttons):
            button.setProperty("role", "picture")
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _, place=place: self.wanted.emit(self._shown[place].sample_id))
            button.hide()
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        thumbnails.ready.connect(self._show_ready)
        appearance.changed.connect(self._show)
        model.changed.connect(self._show)

    def show_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        """Show these, the nearest first."""
        self._shown = tuple(neighbours[:SHOWN])
        self._show()

    def _show(self) -> None:
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._shown))
        for place in range(len(self._shown)):
            self._show_one(place)

    def _show_one(self, place: int) -> None:
        one, button = self._shown[place], self.buttons[place]
        info = self._model.with_id(one.class_id)
        name = info.name if info else self.tr("without a label")
        said = self.tr("{name}, {share} alike").format(name=name, share=percent(max(0.0, one.similarity)))
        button.setAccessibleName(said)
        button.setToolTip(tooltip(self.tr("{sample}: show this sample").format(sample=said)))
        ratio = self.devicePixelRatioF()
        picture = self._thumbnails.get(one.sample_id)
        canvas = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(canvas)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if picture is not None and not picture.isNull():
            painter.drawPixmap(0, 0, _SIDE, _SIDE, picture)
        if info is not None:
            painter.drawPixmap(0, _SIDE - theme.THUMBNAIL_CHIP, class_chip(initial(info.name), info.colour, ratio))
        painter.end()
        button.setIcon(QIcon(canvas))

    def _show_ready(self, sample_ids: list[int]) -> None:
        if self.isVisible():
            come = set(sample_ids)
            for place, one in enumerate(self._shown):
                if one.sample_id in come:
                    self._show_one(place)

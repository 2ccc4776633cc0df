# SPDX-License-Identifier: Apache-2.0
"""What is taken for what, on recordings that were kept aside."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop import theme
from desktop.insight import marks
from desktop.models import ClassModel
from desktop.text import count_text
from desktop.theme import Theme, ink_on, mix
from learner.figures import Figures

_SMALLEST, _LARGEST = 18, 120
"""Sides of a cell."""
_READABLE = 22
"""From this side on there is room for a number."""
_CHIP = 24
_HEAD = 34
"""Height of the row of marks on top."""
_NAME = 132
_GAP = 1.0
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class ConfusionMatrix(QAbstractScrollArea):
    """One row a class with what it was taken for, counted in looks; the marks stay in sight while it is scrolled.

    The arrow keys go from cell to cell, Enter shows a cell's samples.

    Args:
        appearance: light or dark.
        model: the classes.
    """

    cell_chosen = Signal(int, int)
    """The samples of a cell are to be looked at: the class they show, and the one they were taken for."""
    described = Signal(str)
    """What the cell under the mouse, or the current one, says."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._figures = Figures()
        self.class_ids: list[int] = []
        """The classes it shows, in their order."""
        self.counts = np.zeros((0, 0), np.int64)
        """What it shows (n, n): a row's looks by what they were taken for."""
        self.current = (0, 0)
        self._over: tuple[int, int] | None = None
        self.setProperty("role", "chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("What is taken for what"))
        self.setToolTip(self.tr("Click a cell to see its samples, or go there with the arrow keys and press Enter"))
        appearance.changed.connect(self.viewport().update)
        model.changed.connect(self._show)

    def show_figures(self, figures: Figures) -> None:
        """Show what was measured."""
        self._figures = figures
        self._show()

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """Return the row and column at a place in the viewport."""
        cells = self._cells()
        if not cells.contains(at):
            return None
        side = self._side
        row = int((at.y() - cells.top() + self.verticalScrollBar().value()) // side)
        column = int((at.x() - cells.left() + self.horizontalScrollBar().value()) // side)
        return (row, column) if max(row, column) < len(self.class_ids) else None

    def place_of(self, row: int, column: int) -> QRectF:
        """Return where a cell is in the viewport."""
        cells, side = self._cells(), self._side
        left = cells.left() + column * side - self.horizontalScrollBar().value()
        return QRectF(left, cells.top() + row * side - self.verticalScrollBar().value(), side, side)

    def words(self, row: int, column: int) -> str:
        """Return what a cell says."""
        shown, said = (self._name(self.class_ids[place]) for place in (row, column))
        count, total = int(self.counts[row, column]), int(self.counts[row].sum())
        if row == column and not total:
            return self.tr("{name}: not measured yet").format(name=shown)
        if row == column:
            return self.tr("{name}: {count} of {total} looks were right").format(name=shown, count=count, total=total)
        text = self.tr("{shown} taken for {said}: {count} of {total} looks")
        return text.format(shown=shown, said=said, count=count, total=total)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cells in sight, then the marks."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells, side = self._cells(), self._side
        first_row, first_column = (
            int(self.verticalScrollBar().value() // side),
            int(self.horizontalScrollBar().value() // side),
        )
        count = len(self.class_ids)
        rows = range(first_row, min(first_row + int(cells.height() // side) + 2, count))
        columns = range(first_column, min(first_column + int(cells.width() // side) + 2, count))
        painter.save()
        painter.setClipRect(cells)
        self._paint_grid(painter, rows, columns)
        # Most cells are empty where there are many classes, and the grid is all there is of them.
        for row, column in np.argwhere(self.counts[rows.start : rows.stop, columns.start : columns.stop]):
            self._paint_cell(painter, int(row) + rows.start, int(column) + columns.start)
        for cell in (self._over, self.current if self.hasFocus() else None):
            if cell is not None and count:
                self._paint_ring(painter, cell)
        painter.restore()
        signs = marks(self._model.classes)
        painter.setPen(QColor(self._theme.tokens.muted))
        painter.setFont(self._font(theme.SMALL))
        corner = QRectF(0, 0, cells.left() - theme.S, _HEAD)
        painter.drawText(corner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.tr("taken for →"))
        painter.save()
        painter.setClipRect(QRectF(cells.left(), 0, cells.width(), _HEAD))
        for column in columns:
            place = self.place_of(0, column)
            self._paint_mark(painter, place.center().x(), _HEAD / 2, self.class_ids[column], signs)
        painter.setClipRect(QRectF(0, cells.top(), cells.left(), cells.height()))
        for row in rows:
            place = self.place_of(row, 0)
            self._paint_mark(
                painter, cells.left() - theme.XS - self._chip / 2, place.center().y(), self.class_ids[row], signs
            )
            self._paint_name(painter, place, self.class_ids[row])
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make the cells as large as there is room for."""
        super().resizeEvent(event)
        self._measure()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what the cell under the mouse means."""
        self._hover(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """None is under the mouse."""
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose a cell."""
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(cell)
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from cell to cell, or choose one."""
        key, last = event.key(), len(self.class_ids) - 1
        if last < 0:
            event.ignore()
        elif key in _STEPS:
            down, right = _STEPS[Qt.Key(key)]
            row, column = self.current
            self._go_to((min(max(row + down, 0), last), min(max(column + right, 0), last)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.current)
        else:
            event.ignore()

    @property
    def _side(self) -> float:
        """The side of a cell."""
        room, count = self.viewport().size(), max(len(self.class_ids), 1)
        fits = min((room.width() - self._left) / count, (room.height() - _HEAD) / count)
        return float(min(max(fits, _SMALLEST), _LARGEST))

    @property
    def _left(self) -> float:
        """Where the cells begin."""
        return float(min(_NAME, self.viewport().width() * 0.3) + _CHIP + theme.S)

    @property
    def _chip(self) -> float:
        return min(_CHIP, self._side - 2)

    def _cells(self) -> QRectF:
        """The part of the viewport that the cells are in."""
        side = self._side * len(self.class_ids)
        room = self.viewport().size()
        return QRectF(self._left, _HEAD, min(side, room.width() - self._left), min(side, room.height() - _HEAD))

    def _show(self) -> None:
        figures = self._figures
        place = {class_id: row for row, class_id in enumerate(figures.class_ids)}
        self.class_ids = [info.id for info in self._model.classes if info.id in place]
        rows = [place[class_id] for class_id in self.class_ids]
        self.counts = figures.confusion[np.ix_(rows, rows)]
        last = max(len(rows) - 1, 0)
        self.current = (min(self.current[0], last), min(self.current[1], last))
        self._over = None
        self._measure()
        self._describe()
        self.viewport().update()

    def _measure(self) -> None:
        whole, cells = self._side * len(self.class_ids), self._cells()
        for bar, room in ((self.verticalScrollBar(), cells.height()), (self.horizontalScrollBar(), cells.width())):
            bar.setRange(0, max(round(whole - room), 0))
            bar.setPageStep(round(room))
            bar.setSingleStep(round(self._side))

    def _go_to(self, cell: tuple[int, int]) -> None:
        self.current = cell
        place, cells = self.place_of(*cell), self._cells()
        for bar, before, after in (
            (self.verticalScrollBar(), cells.top() - place.top(), place.bottom() - cells.bottom()),
            (self.horizontalScrollBar(), cells.left() - place.left(), place.right() - cells.right()),
        ):
            if before > 0:
                bar.setValue(bar.value() - round(before))
            elif after > 0:
                bar.setValue(bar.value() + round(after))
        self._describe()
        self.viewport().update()

    def _choose(self, cell: tuple[int, int]) -> None:
        self.cell_chosen.emit(self.class_ids[cell[0]], self.class_ids[cell[1]])

    def _hover(self, cell: tuple[int, int] | None) -> None:
        if cell != self._over:
            self._over = cell
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor)
            self._describe()
            self.viewport().update()

    def _describe(self) -> None:
        said = self.words(*(self._over or self.current)) if self.class_ids else ""
        self.setAccessibleDescription(said)
        self.described.emit(said)

    def _name(self, class_id: int) -> str:
        info = self._model.with_id(class_id)
        return info.name if info else ""

    def _colour(self, class_id: int) -> str:
        info = self._model.with_id(class_id)
        return info.colour if info else self._theme.tokens.muted

    def _paint_grid(self, painter: QPainter, rows: range, columns: range) -> None:
        tokens, cells = self._theme.tokens, self._cells()
        painter.fillRect(cells, QColor(tokens.background))
        painter.setPen(QPen(QColor(tokens.surface), 2 * _GAP))
        for row in (*rows, rows.stop):
            y = self.place_of(row, 0).top()
            painter.drawLine(QPointF(cells.left(), y), QPointF(cells.right(), y))
        for column in (*columns, columns.stop):
            x = self.place_of(0, column).left()
            painter.drawLine(QPointF(x, cells.top()), QPointF(x, cells.bottom()))

    def _paint_ring(self, painter: QPainter, cell: tuple[int, int]) -> None:
        place = self.place_of(*cell).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.tokens.accent), theme.RING))
        painter.drawRoundedRect(place, theme.XS, theme.XS)

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        tokens, count = self._theme.tokens, int(self.counts[row, column])
        share = count / max(int(self.counts[row].sum()), 1)
        hue = tokens.good if row == column else tokens.bad
        paper = mix(tokens.background, hue, 0.12 + 0.78 * share)
        place = self.place_of(row, column).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        radius = min(theme.XS, place.width() / 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper))
        painter.drawRoundedRect(place, radius, radius)
        if self._side >= _READABLE:
            painter.setPen(QColor(ink_on(paper)))
            painter.setFont(
                self._font(theme.TITLE if self._side >= 56 else theme.BODY if self._side >= 32 else theme.SMALL - 1)
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, count_text(count) if count < 10000 else "…")

    def _paint_mark(self, painter: QPainter, x: float, y: float, class_id: int, signs: dict[int, str]) -> None:
        chip = QRectF(x - self._chip / 2, y - self._chip / 2, self._chip, self._chip)
        colour = self._colour(class_id)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(chip, chip.width() / 4, chip.width() / 4)
        painter.setPen(QColor(ink_on(colour)))
        painter.setFont(self._font(theme.SMALL if self._chip >= 20 else theme.SMALL - 3, bold=True))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, signs.get(class_id, ""))

    def _paint_name(self, painter: QPainter, row: QRectF, class_id: int) -> None:
        place = QRectF(0, row.top(), self._left - _CHIP - theme.S - theme.XS, row.height())
        painter.setPen(QColor(self._theme.tokens.text))
        painter.setFont(self._font(theme.BODY if self._side >= _READABLE else theme.SMALL - 1))
        name = self._name(class_id)
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

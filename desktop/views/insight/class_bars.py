# SPDX-License-Identifier: Apache-2.0
"""How well each class does: how much of it is found, and how much of what is called so is so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme
from desktop.insight import marks
from desktop.models import ClassModel
from desktop.text import tooltip
from desktop.theme import Theme, ink_on, mix
from desktop.views.answer_bars import percent
from learner.figures import Figures
from learner.types import ClassInfo

_ROW, _CHIP = 52, 28
_BAR = 6.0
_NUMBER = 44.0
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ClassBars(QWidget):
    """Two bars a class: the filled one says how much is found, the outlined one how often its name is right.

    One stop of Tab; up and down go from class to class, Enter shows the samples it is measured on.

    Args:
        appearance: light or dark.
        model: the classes.
    """

    class_chosen = Signal(int)
    """The samples of a class are to be looked at (its id)."""
    current_moved = Signal(int)
    """The current row is another; it is there (pixels from the top)."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._figures = Figures()
        self.shown: list[ClassInfo] = []
        """The classes that were measured, in their order."""
        self._at = 0
        self._over = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Class by class"))
        self.setToolTip(self.tr("How well each class does. Click one to see the samples it is measured on (Enter)"))
        appearance.changed.connect(self.update)
        model.changed.connect(self._show)

    def show_figures(self, figures: Figures) -> None:
        """Show what was measured."""
        self._figures = figures
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as all rows."""
        return QSize(theme.LIST_WIDTH, _ROW * len(self.shown))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All rows: what is around it scrolls."""
        return QSize(160, _ROW * len(self.shown))

    def words(self, info: ClassInfo) -> str:
        """Return in words how well a class does."""
        recall, precision = self._figures.recall.get(info.id), self._figures.precision.get(info.id)
        said = self.tr("{name}: {share} of it is found").format(name=info.name, share=percent(recall or 0.0))
        if precision is None:
            return f"{said}; " + self.tr("nothing was called so")
        return f"{said}; " + self.tr("of what was called so, {share} was so").format(share=percent(precision))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows that are in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signs = marks(self._model.classes)
        first = max(event.rect().top() // _ROW, 0)
        for place in range(first, min(event.rect().bottom() // _ROW + 1, len(self.shown))):
            self._paint_row(painter, place, signs[self.shown[place].id])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show which row a click would choose."""
        self._hover(self._row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """None."""
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose a class."""
        place = self._row_at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._at = place
            self.update()
            self.class_chosen.emit(self.shown[place].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from class to class, or choose one."""
        key = event.key()
        if key in _STEPS and self.shown:
            self._at = min(max(self._at + _STEPS[Qt.Key(key)], 0), len(self.shown) - 1)
            self.current_moved.emit(self._at * _ROW + _ROW // 2)
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.shown:
            self.class_chosen.emit(self.shown[self._at].id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say of each class how it does."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._row_at(QPointF(event.pos()))
            text = f"{self.words(self.shown[place])}\n" if place >= 0 else ""
            QToolTip.showText(event.globalPos(), tooltip(text + self.toolTip()), self)
            return True
        return super().event(event)

    def _show(self) -> None:
        self.shown = [info for info in self._model.classes if info.id in self._figures.recall]
        self._at = min(self._at, max(len(self.shown) - 1, 0))
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        if self.shown:
            first = self.words(self.shown[self._at])
            self.setAccessibleDescription(f"{first}. " + "; ".join(self.words(info) for info in self.shown[:20]))

    def _paint_row(self, painter: QPainter, place: int, sign: str) -> None:
        tokens, info = self._theme.tokens, self.shown[place]
        row = QRectF(0, place * _ROW, self.width(), _ROW)
        card = row.adjusted(1, 1, -1, -1)
        if place == self._over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(tokens.background, tokens.text, 0.06)))
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if self.hasFocus() and place == self._at:
            painter.setPen(QPen(QColor(tokens.accent), theme.RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        chip = QRectF(theme.S, row.center().y() - _CHIP / 2, _CHIP, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(info.colour))
        painter.drawRoundedRect(chip, theme.RADIUS, theme.RADIUS)
        painter.setPen(QColor(ink_on(info.colour)))
        painter.setFont(_font(self, theme.BODY, bold=True))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, sign)

        left = chip.right() + theme.M
        name = QRectF(left, row.top() + theme.XS, row.right() - theme.S - left, 20)
        painter.setPen(QColor(tokens.text))
        painter.setFont(_font(self, theme.BODY))
        text = painter.fontMetrics().elidedText(info.name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        line = QRectF(left, name.bottom(), name.width(), 14)
        self._paint_bar(painter, line, self._figures.recall[info.id], info.colour, filled=True)
        self._paint_bar(
            painter, line.translated(0, 13), self._figures.precision.get(info.id), info.colour, filled=False
        )

    def _paint_bar(self, painter: QPainter, line: QRectF, share: float | None, colour: str, *, filled: bool) -> None:
        tokens = self._theme.tokens
        number = QRectF(line.right() - _NUMBER, line.top(), _NUMBER, line.height())
        painter.setFont(_font(self, theme.SMALL))
        painter.setPen(QColor(tokens.text if filled else tokens.muted))
        text = "–" if share is None else percent(share)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        bar = QRectF(line.left(), line.center().y() - _BAR / 2, line.width() - _NUMBER - theme.XS, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if not share:
            return
        bar.setWidth(max(_BAR, bar.width() * share))
        if filled:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        else:
            painter.setBrush(QColor(tokens.background))
            painter.setPen(QPen(QColor(colour), 1.5))
            painter.drawRoundedRect(bar.adjusted(0.75, 0.75, -0.75, -0.75), _BAR / 2, _BAR / 2)

    def _hover(self, place: int) -> None:
        if place != self._over:
            self._over = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _row_at(self, at: QPointF) -> int:
        place = int(at.y() // _ROW)
        return place if 0 <= place < len(self.shown) else -1


def _font(widget: QWidget, size: int, *, bold: bool = False) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font

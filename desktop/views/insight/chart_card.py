# SPDX-License-Identifier: Apache-2.0
"""A card around a chart: what it shows, how to read it, and a sentence in its place while there is nothing to show."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop import theme


class ChartCard(QFrame):
    """Title and key above, the chart below.

    Args:
        title: what the chart shows.
        chart: the chart.
    """

    def __init__(self, title: str, chart: QWidget) -> None:
        super().__init__()
        self.chart = chart
        self.setProperty("role", "card")
        self.title = QLabel(title)
        self.title.setProperty("role", "heading")
        self.key = QLabel()
        self.key.setProperty("role", "small")
        self.key.setWordWrap(True)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.S)
        self.head.addWidget(self.title, 1)
        self._nothing = plain_label("muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(chart)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(self.head)
        column.addWidget(self.key)
        column.addWidget(body, 1)

    def show_chart(self) -> None:
        """Show the chart."""
        self._stack.setCurrentWidget(self.chart)
        self.key.setVisible(bool(self.key.text()))

    def say(self, nothing: str) -> None:
        """Say this in place of the chart."""
        self._nothing.setText(nothing)
        self._stack.setCurrentWidget(self._nothing)
        self.key.hide()

    @property
    def said(self) -> str:
        """What is said in place of the chart, or nothing."""
        return self._nothing.text() if self._stack.currentWidget() is self._nothing else ""

    def explain(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Say what the marks mean: for each its glyph, its colour and what it is."""
        parts = (
            f'<span style="color: {colour};">{html.escape(glyph)}</span>&nbsp;{html.escape(text)}'
            for glyph, colour, text in entries
        )
        self.key.setText("&nbsp;&nbsp; ".join(parts))


def put_beside(card: QWidget, at: QPointF, room: QWidget) -> None:
    """Put a card that lies over `room` beside a place in it, on the side where it fits."""
    right, left = at.x() + theme.L, at.x() - theme.L - card.width()
    x = right if right + card.width() <= room.width() else left
    y = min(at.y() - card.height() / 2, room.height() - card.height())
    card.move(round(max(x, 0.0)), round(max(y, 0.0)))
    card.show()
    card.raise_()


def plain_label(role: str = "", text: str = "") -> QLabel:
    """Return a label that shows a text as it is, in as many lines as it takes."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label

# SPDX-License-Identifier: Apache-2.0
"""What came of one increment, in a few lines over the curve that it is a dot of."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine_words import spoken
from desktop.icons import icon
from desktop.insight_words import increment_words
from desktop.theme import Theme
from desktop.views.insight.chart_card import plain_label, put_beside
from desktop.views.learner_words import age
from learner.figures import Figures
from learner.types import Increment

_WIDTH = 280


class IncrementCard(QFrame):
    """Lies over a chart, beside the dot it belongs to."""

    samples_wanted = Signal(int)
    """The samples that an increment learned are to be looked at (its id)."""
    closed = Signal()

    def __init__(self, appearance: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = appearance
        self._room = over
        self._increment: Increment | None = None
        self.setProperty("role", "panel")
        self.setFixedWidth(_WIDTH)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._when = plain_label("small")
        self.words = plain_label("small")
        self._samples = QPushButton(self.tr("Look at its samples"))
        self._samples.setAccessibleName(self._samples.text())
        self._samples.setToolTip(self.tr("Show in Review what was learned then (Enter on the curve)"))
        self._samples.clicked.connect(self._show_samples)
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.S, theme.M)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self._when)
        column.addWidget(self.words)
        column.addSpacing(theme.XS)
        column.addWidget(self._samples, 0, Qt.AlignmentFlag.AlignLeft)
        appearance.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def increment(self) -> Increment | None:
        """Of which it tells."""
        return None if self.isHidden() else self._increment

    def tell(self, increment: Increment, figures: Figures, at: QPointF) -> None:
        """Tell of an increment, beside a place of the parent in pixels."""
        self._increment = increment
        title, lines = increment_words(increment, figures)
        self._title.setText(title)
        self._when.setText(f"{age(time.time() - increment.started_at.timestamp())} · {spoken(increment.reason)}")
        self.words.setText("\n".join(f"· {line}" for line in lines))
        self._samples.setVisible(increment.accepted and increment.new_samples > 0)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.words.text())
        self._column.activate()
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        put_beside(self, at, self._room)

    def dismiss(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _show_samples(self) -> None:
        if self._increment is not None:
            self.samples_wanted.emit(self._increment.id)

    def _dress(self) -> None:
        self._close.setIcon(icon("close", self._theme.tokens.muted))

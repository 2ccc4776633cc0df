# SPDX-License-Identifier: Apache-2.0
"""How good the model is, in words and class by class; while too little is known, what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.insight import Past
from desktop.insight_words import besides, further, missing, sentence
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.insight.chart_card import plain_label
from desktop.views.insight.class_bars import ClassBars


class Verdict(QWidget):
    """One sentence, which stays in sight, and what there is to say beside it.

    Args:
        appearance: light or dark.
        model: the classes.
    """

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._model = model
        self.sentence = plain_label("large")
        self.sentence.setAccessibleName(self.tr("How good it is"))
        self.further = plain_label("muted")
        self.bars = ClassBars(appearance, model)
        self._key = plain_label(
            "small", self.tr("Filled: how much of it is found. Outlined: how often its name is right.")
        )
        self.besides = plain_label("muted")
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, theme.S, 0)
        column.setSpacing(theme.M)
        for widget in (self.further, self._key, self.bars, self.besides):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(below)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bars.current_moved.connect(lambda y: area.ensureVisible(0, self.bars.y() + y, 0, theme.XXL))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(self.sentence)
        whole.addWidget(area, 1)

    def show_past(self, past: Past, recordings: Mapping[int, int]) -> None:
        """Say how good the version in use is.

        Args:
            past: everything learned so far.
            recordings: how many there are of each class, as far as they have been counted.
        """
        classes, figures = self._model.classes, past.present
        self.bars.show_figures(figures)
        for widget in (self._key, self.bars, self.besides):
            widget.setVisible(figures.measured)
        if figures.measured:
            names = {info.id: info.name for info in classes}
            self.sentence.setText(sentence(figures, names))
            self.further.setText(" ".join(further(figures, names)))
            self.besides.setText("\n\n".join(besides(figures)))
        else:
            what, do = missing(past, classes, recordings)
            self.sentence.setText(what)
            self.further.setText(do)

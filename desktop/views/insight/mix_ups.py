# SPDX-License-Identifier: Apache-2.0
"""The section that shows what is taken for what."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.theme import Theme
from desktop.views.insight.chart_card import ChartCard, plain_label
from desktop.views.insight.confusion_matrix import ConfusionMatrix
from learner.figures import Figures


class MixUps(QWidget):
    """The matrix, and a line that says what the present cell means."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self.matrix = ConfusionMatrix(appearance, model)
        self.card = ChartCard(self.tr("What it takes for what"), self.matrix)
        self.card.key.setText(
            self.tr("One row for each thing shown, counted in looks: pictures that show the same count once.")
        )
        self.line = plain_label("muted")
        self.matrix.described.connect(self.line.setText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.card, 1)
        column.addWidget(self.line)

    def show_figures(self, figures: Figures) -> None:
        """Show what was measured."""
        self.matrix.show_figures(figures)
        if figures.measured and self.matrix.class_ids:
            self.card.show_chart()
        else:
            self.card.say(self.tr("What is mixed up shows once recordings of two things are kept aside."))

# SPDX-License-Identifier: Apache-2.0
"""What the model says to one sample, honestly, and the samples because of which it says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.models import ClassModel
from desktop.sample_facts import Facts
from desktop.theme import Theme
from desktop.thumbnails import Thumbnails
from desktop.views.review.neighbours import Neighbours
from desktop.views.review.share_rows import ShareRows
from learner.types import Explanation, Prediction


class ModelSays(QWidget):
    """An answer in words and bars, and what the sample looks like.

    Args:
        appearance: light or dark.
        model: the classes.
        thumbnails: the pictures.
    """

    def __init__(self, appearance: Theme, model: ClassModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._model = model
        self.words = QLabel()
        self.words.setProperty("role", "small")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.shares = ShareRows(appearance, model)
        self.neighbours = Neighbours(appearance, model, thumbnails)
        self._alike = _title(self.tr("Looks like these"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(_title(self.tr("The model says")))
        column.addWidget(self.shares)
        column.addWidget(self.words)
        column.addSpacing(theme.XS)
        column.addWidget(self._alike)
        column.addWidget(self.neighbours)

    def show_answer(self, facts: Facts, explanation: Explanation | None, *, answered: bool) -> None:
        """Show what is said to a sample.

        Args:
            facts: what is known of it.
            explanation: what the model says; None where it has nothing to say.
            answered: whether the model has answered at all.
        """
        prediction = explanation.prediction if explanation else None
        self.shares.show_prediction(prediction)
        self.shares.setVisible(bool(self.shares.shown))
        words = [self._of_the_answer(prediction, answered=answered), self._of_the_measure(facts, prediction)]
        self.words.setText(" ".join(text for text in words if text))
        self.words.setVisible(bool(self.words.text()))
        neighbours = explanation.neighbours if explanation else ()
        self.neighbours.show_neighbours(neighbours)
        self.neighbours.setVisible(bool(neighbours))
        self._alike.setVisible(bool(neighbours))

    def _of_the_answer(self, prediction: Prediction | None, *, answered: bool) -> str:
        if not answered:
            return "…"
        if prediction is None:
            return self.tr("The model has not looked at this sample yet.")
        if prediction.label is None:
            return self.tr("Nothing has been learned yet.")
        if prediction.unknown:
            return self.tr("Unknown: it looks like nothing that was taught. This is the nearest guess.")
        return ""

    def _of_the_measure(self, facts: Facts, prediction: Prediction | None) -> str:
        """Say what the answer is worth: who has learned a picture has no merit in knowing it."""
        measured = self._model.with_id(facts.measured)
        if measured is not None:
            text = self.tr("Measured without having learned from this recording, it says {name}.")
            return text.format(name=measured.name)
        if prediction is not None and prediction.label is not None and facts.learned_in >= 0:
            return self.tr("It has learned from this very sample, so it ought to know.")
        return ""


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label

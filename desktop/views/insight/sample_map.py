# SPDX-License-Identifier: Apache-2.0
"""The section with the map: which samples look alike to the model."""

from __future__ import annotations

import importlib.util

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.learner_status import LearnerStatus, Phase
from desktop.session import Session
from desktop.text import count_text, samples_text
from desktop.theme import Theme
from desktop.views.insight.chart_card import ChartCard, plain_label, put_beside
from desktop.views.insight.map_plot import MapPlot
from learner.messages import Drawn
from learner.types import Chart

_TOGETHER_MILLISECONDS = 400
_PICTURE = 112
_FINE = "t-SNE"


class SampleMap(QWidget):
    """A map of the samples; whoever draws a line around some of them sees them in Review."""

    samples_wanted = Signal(str, object)
    """Samples to be looked at: which they are, in words, and their ids (n,) int64."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._session = session
        self._chart: Chart | None = None
        self._classes: NDArray[np.int64] = np.zeros(0, np.int64)
        self._answers = self._classes
        self._number: int | None = None
        self._is_stale = True
        self._fine_under_way = False
        self.plot = MapPlot(appearance, self.tr("Map of the samples"))
        self.plot.setToolTip(
            self.tr("What looks alike lies together. Draw around points to see them, zoom with the wheel (+, −, 0)")
        )
        self.card = ChartCard(self.tr("What looks alike to it"), self.plot)
        self.finer = _button(self.tr("Finer map"), self.tr("Draw the map with more care; that takes a while"))
        self.finer.setCheckable(True)
        self.finer.clicked.connect(self._choose_method)
        self.whole = _button(self.tr("Whole map"), self.tr("Show all of the map again (0)"))
        self.whole.clicked.connect(self.plot.show_all)
        self.card.head.addWidget(self.finer)
        self.card.head.addWidget(self.whole)
        self.note = QLabel()
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.hover = _HoverCard(self.plot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.card, 1)
        column.addWidget(self.note)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MILLISECONDS)
        self._soon.timeout.connect(self._ask)
        self.plot.rows_chosen.connect(self._choose)
        self.plot.row_hovered.connect(self._hover)
        session.learner.drawn.connect(self._take)
        session.learner.status_changed.connect(self._take_status)
        session.versions_changed.connect(self._versions_changed)
        session.samples.changed.connect(self._show)
        session.model.changed.connect(self._show)
        session.thumbnails.ready.connect(self._show_picture)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Have it drawn if what there is of it is old."""
        super().showEvent(event)
        if self._is_stale:
            self._ask()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Let go of what is under the mouse."""
        super().hideEvent(event)
        self.hover.hide()

    def _versions_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def _take_status(self, status: LearnerStatus) -> None:
        if status.phase in (Phase.STARTING, Phase.RESTARTING, Phase.PAUSED):
            # Questions do not outlive the learner they were asked of.
            if self._number is not None:
                self._number, self._is_stale, self._fine_under_way = None, True, False
                self._explain()
        elif self._is_stale and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        if self._session.learner.status.phase in (Phase.READY, Phase.LEARNING):
            self._is_stale = False
            self._fine_under_way = self.finer.isChecked()
            self._number = self._session.learner.draw(finely=self._fine_under_way)
        self._explain()

    def _choose_method(self) -> None:
        # A look at what is installed here is one at what the learner has: they share an environment.
        if self.finer.isChecked() and importlib.util.find_spec("sklearn") is None:
            self.finer.setChecked(False)
            self.note.setText(self.tr("A finer map needs an addition: install showtell[map], and start again."))
        else:
            self._is_stale = True
            self._ask()

    def _take(self, event: Drawn) -> None:
        if event.number != self._number:
            return
        if event.chart.method == _FINE:
            self._fine_under_way = False
        elif self._fine_under_way and self._chart is not None and self._chart.method == _FINE:
            return  # the fine one that is there is nearer to the one that follows
        self._chart = event.chart
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        self.hover.hide()
        chart, catalogue = self._chart, self._session.samples.catalogue
        self._explain()
        labelled = (catalogue.class_ids >= 0) & ~catalogue.deleted
        if self._session.samples.is_read and labelled.sum() < 2:
            self.card.say(self.tr("There is nothing to draw yet: record a few things first."))
        elif chart is None:
            self.card.say(self.tr("The map is being drawn…"))
        elif len(chart.sample_ids) < 2:
            self.card.say(self.tr("There is nothing to draw yet: record a few things first."))
        elif self._session.samples.is_read and len(catalogue):
            self.card.show_chart()
            rows = np.minimum(np.searchsorted(catalogue.sample_ids, chart.sample_ids), len(catalogue) - 1)
            there = (catalogue.sample_ids[rows] == chart.sample_ids) & ~catalogue.deleted[rows]
            self._classes = np.where(there, catalogue.class_ids[rows], -1)
            self._answers = np.where(there, self._session.samples.judgement.measured[rows], -1)
            held_out = (self._answers >= 0) | catalogue.held_out[rows]
            self.plot.show_points(chart.places, self._classes, held_out, self._session.model.classes)
            self._explain()

    def _explain(self) -> None:
        has_map = self._chart is not None and len(self._chart.sample_ids) > 1
        self.finer.setEnabled(has_map)
        self.whole.setEnabled(has_map)
        if self._fine_under_way:
            self.note.setText(self.tr("A finer map is being drawn; with many samples that takes a minute or two."))
        elif not has_map or self._chart is None:
            self.note.setText("")
        else:
            text = self.tr("One mark a sample; those that are kept aside to measure with are ringed.")
            if self.plot.drawn < len(self._chart.sample_ids):
                text += " " + self.tr("{drawn} of {all} are drawn; a line around them takes in all.").format(
                    drawn=count_text(self.plot.drawn), all=count_text(len(self._chart.sample_ids))
                )
            self.note.setText(text)
            self.plot.setAccessibleDescription(samples_text(len(self._chart.sample_ids)))

    def _choose(self, rows: NDArray[np.int64]) -> None:
        if self._chart is None:
            return
        rows = rows[self._classes[rows] >= 0]
        if len(rows) == 1:
            self.samples_wanted.emit(self.tr("1 sample from the map"), self._chart.sample_ids[rows])
        elif len(rows):
            text = self.tr("{count} samples from the map").format(count=count_text(len(rows)))
            self.samples_wanted.emit(text, self._chart.sample_ids[rows])

    def _hover(self, row: int, at: QPointF) -> None:
        info = self._session.model.with_id(int(self._classes[row])) if 0 <= row < len(self._classes) else None
        if info is None or self._chart is None:
            self.hover.hide()
            return
        sample_id = int(self._chart.sample_ids[row])
        answer = self._session.model.with_id(int(self._answers[row]))
        if answer is None:
            said = ""
        elif answer.id == info.id:
            said = self.tr("kept aside, recognised")
        else:
            said = self.tr("kept aside, taken for {name}").format(name=answer.name)
        self.hover.tell(sample_id, info.name, said, at)
        self._show_picture([sample_id])

    def _show_picture(self, sample_ids: list[int]) -> None:
        if self.hover.isHidden() or self.hover.sample_id not in sample_ids:
            return
        picture = self._session.thumbnails.get(self.hover.sample_id)
        if picture is not None and not picture.isNull():
            self.hover.show_picture(picture)


class _HoverCard(QFrame):
    """The picture of the sample under the mouse."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._room = over
        self.sample_id = -1
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setMaximumWidth(_PICTURE)
        self.said = plain_label("small")
        self.said.setFixedWidth(_PICTURE)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self.picture)
        column.addWidget(self.name)
        column.addWidget(self.said)
        self.hide()

    def show_picture(self, picture: QPixmap) -> None:
        """Show the picture of the sample."""
        smooth = Qt.TransformationMode.SmoothTransformation
        self.picture.setPixmap(picture.scaled(_PICTURE, _PICTURE, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def tell(self, sample_id: int, name: str, said: str, at: QPointF) -> None:
        """Show a sample and what was said to it, beside a place of the map."""
        if sample_id != self.sample_id:
            self.sample_id = sample_id
            self.picture.clear()
        self.name.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _PICTURE))
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.adjustSize()
        put_beside(self, at, self._room)


def _button(text: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setProperty("role", "chip")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    return button

# SPDX-License-Identifier: Apache-2.0
"""The room that says how good the model is, and why."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.insight import Ids, Past, learned_in, measured_on, recordings_of, taken_for
from desktop.learner_status import LearnerStatus, Phase
from desktop.session import Session
from desktop.theme import Theme
from desktop.views.insight.chart_card import plain_label
from desktop.views.insight.heat_view import HeatPage
from desktop.views.insight.mix_ups import MixUps
from desktop.views.insight.verdict import Verdict
from desktop.views.insight.version_list import VersionList
from desktop.views.room import Room
from learner.camera import Frame

if TYPE_CHECKING:
    from desktop.views.insight.learning_curves import LearningCurves
    from desktop.views.insight.sample_map import SampleMap

_TOGETHER_MILLISECONDS = 200
_SAID_MILLISECONDS = 6000
_PROGRESS, _MIX_UPS, _MAP, _HEAT, _VERSIONS = range(5)
_HEAT_KEY = "W"
_PLOTTING = (
    "pyqtgraph",
    "numpy.ma",  # which some functions of NumPy import when they are called first
    "desktop.views.insight.learning_curves",
    "desktop.views.insight.sample_map",
)
"""What takes so long to import that a person would notice."""


class InsightRoom(Room):
    """The room that says how good the model is, and why.

    At the left it says so in words, and class by class; at the right, one section at a time, are the reasons. What is
    drawn with pyqtgraph is built when that has been imported, which the reader's thread does on first entering.
    """

    samples_wanted = Signal(str, object)
    """Samples to be looked at in Review: which they are, in words, and their ids (n,) int64."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
        self._past = Past()
        self._is_built = False
        self._is_stale = True
        self._was_learning = False
        self._can_plot = False
        self._unshown: set[int] = set()
        self._acts: deque[Callable[[], None]] = deque()
        self.curves: LearningCurves | None = None
        self.map: SampleMap | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MILLISECONDS)
        self._soon.timeout.connect(self._look)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._do_next)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_SAID_MILLISECONDS)
        self._quiet.timeout.connect(lambda: self._say(""))

    @property
    def past(self) -> Past:
        """What it shows."""
        return self._past

    def enter(self) -> None:
        """Show how things stand."""
        if not self._is_built:
            self._is_built = True
            self._build()
            self._look()
            self._session.reader.ask(_import_plots, lambda _: self._then(self._build_curves))
            self._session.samples.want()
        elif self._is_stale:
            self._look()

    def show_frame(self, frame: Frame) -> None:
        """Show it where the model looks."""
        if self._is_built and self.heat.isVisible():
            self.heat.show_frame(frame)

    def press_key(self, key: str) -> bool:
        """Digits open sections; W shows where the model looks."""
        if not self._is_built:
            return False
        if key == _HEAT_KEY:
            self.open_section(_HEAT)
            self.heat.button.toggle()
        elif key.isdigit() and 1 <= int(key) <= len(self.sections):
            self.open_section(int(key) - 1)
        else:
            return False
        return True

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys that are the room's own."""
        return [(f"1–{len(self.sections)}", ", ".join(one.text() for one in self.sections))] if self._is_built else []

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened while it was out of sight."""
        super().showEvent(event)
        if self._is_built and self._is_stale:
            self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the charts as much room as there is."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self._is_built:
            self.verdict.setFixedWidth(theme.LIST_WIDTH if self.width() >= theme.WIDE else theme.NARROW_LIST_WIDTH)

    def open_section(self, number: int) -> None:
        """Show one of the sections, counted from 0."""
        self.sections[number].setChecked(True)
        self._pages.setCurrentIndex(number)
        self._say("")
        self._show_section()

    def _build(self) -> None:
        appearance, session = self._theme, self._session
        self.verdict = Verdict(appearance, session.model)
        self.mix_ups = MixUps(appearance, session.model)
        self.heat = HeatPage(appearance, session.model, session.learner)
        self.versions = VersionList(appearance, session.model)
        self.note = plain_label("muted")
        self.note.hide()
        self._pages = QStackedWidget()
        for page in (QWidget(), self.mix_ups, QWidget(), self.heat, self.versions):
            self._pages.addWidget(page)
        self.sections = self._build_sections()
        self._lay_out()
        self._make_room()
        self.verdict.bars.class_chosen.connect(self._show_class)
        self.mix_ups.matrix.cell_chosen.connect(self._show_cell)
        self.versions.restore_wanted.connect(self._restore)
        self.versions.pin_wanted.connect(session.pin_version)
        session.versions_changed.connect(self._changed)
        session.model.changed.connect(self._show_words)
        session.samples.changed.connect(self._show_words)
        session.learner.status_changed.connect(self._take_status)

    def _build_sections(self) -> list[QToolButton]:
        names = (
            (self.tr("Progress"), self.tr("How it has become better")),
            (self.tr("Mix-ups"), self.tr("What it takes for what")),
            (self.tr("Map"), self.tr("Which samples look alike to it")),
            (self.tr("Where it looks"), self.tr("What in the picture makes it give its answer")),
            (self.tr("Versions"), self.tr("Compare what it was and is, and go back")),
        )
        buttons = []
        group = QButtonGroup(self)
        for number, (name, meaning) in enumerate(names):
            button = QToolButton()
            button.setProperty("role", "section")
            button.setText(name)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setAccessibleName(name)
            button.setToolTip(f"{meaning} ({number + 1})")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self.open_section, number))
            group.addButton(button)
            buttons.append(button)
        return buttons

    def _lay_out(self) -> None:
        doors = QHBoxLayout()
        doors.setSpacing(theme.XS)
        for button in self.sections:
            doors.addWidget(button)
        doors.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.M)
        right.addLayout(doors)
        right.addWidget(self._pages, 1)
        right.addWidget(self.note)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        whole.setSpacing(theme.XL)
        whole.addWidget(self.verdict)
        whole.addLayout(right, 1)

    def _build_curves(self) -> None:
        from desktop.views.insight.learning_curves import LearningCurves

        curves = self.curves = LearningCurves(self._theme, self._session.model)
        curves.increment_chosen.connect(self._show_increment)
        curves.class_chosen.connect(self._show_class)
        curves.setMinimumHeight(theme.CHARTS_HEIGHT)
        area = QScrollArea()
        area.setWidget(curves)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._put_in(_PROGRESS, area)
        for part in (curves.add_forgetting, curves.add_steps, self._finish_plots):
            self._then(part)

    def _finish_plots(self) -> None:
        self._can_plot = True
        self._show_section()

    def _build_map(self) -> None:
        from desktop.views.insight.sample_map import SampleMap

        self.map = SampleMap(self._theme, self._session)
        self.map.samples_wanted.connect(self.samples_wanted)
        self._put_in(_MAP, self.map)

    def _put_in(self, place: int, page: QWidget) -> None:
        """Put a page in its place, which was kept by an empty one."""
        empty, current = self._pages.widget(place), self._pages.currentIndex()
        self._pages.insertWidget(place, page)
        if empty is not None:
            self._pages.removeWidget(empty)
            empty.deleteLater()
        self._pages.setCurrentIndex(current)

    def _then(self, act: Callable[[], None]) -> None:
        """Do something when what waits to be painted is painted."""
        self._acts.append(act)
        self._next.start(0)

    def _do_next(self) -> None:
        if self._acts:
            self._acts.popleft()()
        if self._acts:
            self._next.start(0)

    def _changed(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        self._is_stale = False
        self._session.reader.ask(Past.look, self._take)

    def _take(self, past: Past) -> None:
        if past.in_use != self._past.in_use:
            self._say("")
        self._past = past
        self._show_past()

    def _take_status(self, status: LearnerStatus) -> None:
        is_learning = status.phase is Phase.LEARNING
        if self._was_learning and not is_learning:  # whether or not a version came of it
            self._changed()
        self._was_learning = is_learning
        if is_learning and status.step is not None and self.curves is not None:
            self.curves.add_step(status.step)

    def _show_past(self) -> None:
        self._unshown = set(range(len(self.sections)))
        self._show_words()
        self._show_section()

    def _show_section(self) -> None:
        """Bring the open section up to date; the others are when they are opened."""
        number = self._pages.currentIndex()
        if number == _MAP and self.map is None and self._can_plot:
            self._build_map()
        if number not in self._unshown or (number == _PROGRESS and not self._can_plot):
            return
        self._unshown.discard(number)
        if number == _PROGRESS and self.curves is not None:
            status = self._session.learner.status
            is_learning = status.phase is Phase.LEARNING and status.step is not None
            self.curves.show_past(self._past, is_learning=is_learning)
        elif number == _MIX_UPS:
            self.mix_ups.show_figures(self._past.present)
        elif number == _VERSIONS:
            self.versions.show_past(self._past)

    def _show_words(self) -> None:
        if not self.isVisible():  # while something is recorded, much changes that nobody sees here
            self._is_stale = True
            return
        samples = self._session.samples
        are_counted = samples.is_read and not self._past.present.measured
        self.verdict.show_past(self._past, recordings_of(samples.catalogue) if are_counted else {})

    def _show_cell(self, class_id: int, answer: int) -> None:
        info, other = (self._session.model.with_id(one) for one in (class_id, answer))
        if info is None or other is None:
            return
        if info is other:
            title = self.tr("{name}, recognised").format(name=info.name)
        else:
            title = self.tr("{shown} taken for {said}").format(shown=info.name, said=other.name)
        samples = self._session.samples
        self._want(title, taken_for(samples.catalogue, samples.judgement, class_id, answer))

    def _show_class(self, class_id: int) -> None:
        info = self._session.model.with_id(class_id)
        if info is not None:
            samples = self._session.samples
            title = self.tr("{name}, kept aside; wrong ones first").format(name=info.name)
            self._want(title, measured_on(samples.catalogue, samples.judgement, class_id))

    def _show_increment(self, increment_id: int) -> None:
        self._want(self.tr("Learned in one go"), learned_in(self._session.samples.catalogue, increment_id))

    def _want(self, title: str, sample_ids: Ids) -> None:
        samples = self._session.samples
        if len(sample_ids):
            self.samples_wanted.emit(title, sample_ids)
        elif not samples.is_read or not samples.is_judged:
            self._say(self.tr("The samples are still being looked through. Try again in a moment."))
        else:
            self._say(self.tr("{title}: there are no such samples.").format(title=title))

    def _restore(self, version_id: int) -> None:
        self._session.learner.restore(version_id)
        self._say(self.tr("Version {number} is being put in use…").format(number=version_id))

    def _say(self, text: str) -> None:
        """Say something below the section for a while."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        if text:
            self._quiet.start()


def _import_plots(_: object) -> None:
    for name in _PLOTTING:
        importlib.import_module(name)

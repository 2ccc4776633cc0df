# SPDX-License-Identifier: Apache-2.0
"""The chips over the grid: which samples are in view. Several together mean: all of it at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.models import ClassModel
from desktop.moments import day_text, moment_text
from desktop.sample_filter import JUDGED, Counts, Filter, Recording, Span, Trait, day_of
from desktop.text import caption, count_text
from desktop.theme import Theme
from desktop.views.answer_bars import initial
from desktop.views.chip import ICON, Chip
from desktop.views.flow_layout import FlowLayout
from desktop.views.review.sample_cell import class_chip

_NO_CLASS = -1


class FilterBar(QWidget):
    """Asks which samples are to be seen.

    Args:
        appearance: light or dark.
        model: the classes.
        days: returns the days of the samples that fit all but the date, and how many each has.
        recordings: returns the recordings of the samples that fit all but the recording.
    """

    changed = Signal()
    """Other samples are asked for."""

    def __init__(
        self,
        appearance: Theme,
        model: ClassModel,
        days: Callable[[], list[tuple[Span, int]]],
        recordings: Callable[[], list[Recording]],
    ) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._days = days
        self._recordings = recordings
        self._counts = Counts()
        self._judged = False
        self._only_name = self._recording_name = self._span_name = ""
        self.filter = Filter()
        """What is asked for."""
        self.only = Chip()
        self.by_class = Chip(self._fill_classes)
        self.by_recording = Chip(self._fill_recordings)
        self.by_date = Chip(self._fill_dates)
        self.traits = {trait: Chip() for trait in Trait}
        flow = FlowLayout(theme.S)
        self.setLayout(flow)
        for chip in (self.only, self.by_class, self.by_recording, self.by_date, *self.traits.values()):
            flow.addWidget(chip)
        self.only.clicked.connect(lambda _: self.ask(replace(self.filter, only=None)))
        for trait, chip in self.traits.items():
            chip.clicked.connect(lambda _, trait=trait: self.ask(self.filter.toggled(trait)))
        appearance.changed.connect(self._show)
        model.changed.connect(self._show)
        self._show()

    def ask(self, wanted: Filter) -> None:
        """Ask for other samples."""
        self.filter = wanted
        self._show()
        self.changed.emit()

    def ask_for(self, title: str, sample_ids: NDArray[np.int64]) -> None:
        """Ask for these samples and no others, under a title that says which they are."""
        self._only_name = title
        self.ask(Filter(only=np.asarray(sample_ids, np.int64)))

    def ask_for_recording(self, burst_id: int, started_at: float) -> None:
        """Ask for one recording, whole."""
        self._recording_name = moment_text(started_at)
        self.ask(Filter(burst_id=burst_id))

    def show_counts(self, counts: Counts, *, judged: bool) -> None:
        """Say how many samples each chip would leave; until the learner has judged, some cannot be asked for."""
        self._counts, self._judged = counts, judged
        self._show()

    def _show(self) -> None:
        wanted = self.filter
        on = wanted.only is not None
        self.only.setVisible(on)
        meaning = self.tr("Show all samples again, and not only: {title}").format(title=self._only_name)
        self.only.show_state(self._only_name, meaning, on=on, picture=self._icon("close", on))
        self._show_class()
        on = wanted.burst_id is not None
        text = self.tr("Recording of {when}").format(when=self._recording_name) if on else self.tr("Recording")
        meaning = self.tr("Only the samples of one recording")
        self.by_recording.show_state(text, meaning, on=on, picture=self._icon("recording", on))
        on = wanted.span is not None
        text = self._span_name if on else self.tr("Date")
        meaning = self.tr("Only the samples of a day, or of a week")
        self.by_date.show_state(text, meaning, on=on, picture=self._icon("calendar", on))
        for trait, chip in self.traits.items():
            self._show_trait(trait, chip)

    def _show_class(self) -> None:
        wanted = self.filter.class_id
        info = self._model.with_id(wanted) if wanted is not None else None
        meaning = self.tr("Only the samples of one class")
        if info is not None:
            self.by_class.show_state(info.name, meaning, on=True, picture=self._class_icon(info.id))
        elif wanted is not None:
            text = self.tr("Without a label")
            self.by_class.show_state(text, meaning, on=True, picture=self._icon("label", on=True))
        else:
            self.by_class.show_state(self.tr("Class"), meaning, on=False, picture=self._icon("label", on=False))

    def _show_trait(self, trait: Trait, chip: Chip) -> None:
        name, meaning = self._words(trait)
        known, on = trait not in JUDGED or self._judged, trait in self.filter.traits
        if known:
            count = self._counts.traits.get(trait, 0)
            said = self.tr("{name}: {count} samples").format(name=name, count=count_text(count))
            chip.show_state(f"{name}  {count_text(count)}", meaning, on=on, said=said)
        else:
            chip.show_state(name, self.tr("The model has not looked at the samples yet"), on=on)
        chip.setEnabled(known or on)

    def _words(self, trait: Trait) -> tuple[str, str]:
        return {
            Trait.WRONG: (self.tr("Wrong"), self.tr("Samples that the model calls something else")),
            Trait.UNCERTAIN: (self.tr("Uncertain"), self.tr("Samples that the model is not sure about")),
            Trait.SUSPECTED: (
                self.tr("Suspected"),
                self.tr("Samples that may have the wrong label: the other recordings would give them another"),
            ),
            Trait.DUPLICATE: (
                self.tr("Near-duplicates"),
                self.tr("Samples that look nearly the same as an earlier one of their recording"),
            ),
            Trait.HELD_OUT: (self.tr("Held out"), self.tr("Samples that are measured with and not learned from")),
            Trait.DELETED: (self.tr("Deleted"), self.tr("Deleted samples; they can be brought back")),
        }[trait]

    def _fill_classes(self, menu: QMenu) -> None:
        wanted, counts = self.filter, self._counts.classes
        self._add(menu, self.tr("Every class"), replace(wanted, class_id=None))
        menu.addSeparator()
        for info in self._model.classes:
            text = _counted(info.name, counts.get(info.id, 0))
            self._add(menu, text, replace(wanted, class_id=info.id), picture=self._class_icon(info.id))
        if count := counts.get(_NO_CLASS, 0):
            self._add(menu, _counted(self.tr("Without a label"), count), replace(wanted, class_id=_NO_CLASS))

    def _fill_recordings(self, menu: QMenu) -> None:
        self._add(menu, self.tr("Every recording"), replace(self.filter, burst_id=None))
        menu.addSeparator()
        recordings = self._recordings()
        begun = Counter(moment_text(one.started_at) for one in recordings)
        for one in recordings:
            info, when = self._model.with_id(one.class_id), moment_text(one.started_at)
            if begun[when] > 1:  # some were begun within a minute
                when = moment_text(one.started_at, exact=True)
            name = info.name if info else self.tr("without a label")

            def keep_name(when: str = when) -> None:
                self._recording_name = when

            text, wanted = _counted(f"{name}, {when}", one.count), replace(self.filter, burst_id=one.burst_id)
            self._add(menu, text, wanted, before=keep_name, picture=self._class_icon(one.class_id))

    def _fill_dates(self, menu: QMenu) -> None:
        now = time.time()
        self._add(menu, self.tr("Any day"), replace(self.filter, span=None))
        menu.addSeparator()
        self._add_span(menu, self.tr("Today"), day_of(now))
        self._add_span(menu, self.tr("The last seven days"), day_of(now, lasting=7))
        menu.addSeparator()
        for span, count in self._days():
            self._add_span(menu, day_text(span.since), span, count)

    def _add_span(self, menu: QMenu, name: str, span: Span, count: int | None = None) -> None:
        def keep_name() -> None:
            self._span_name = name

        text = name if count is None else _counted(name, count)
        self._add(menu, text, replace(self.filter, span=span), before=keep_name)

    def _add(
        self,
        menu: QMenu,
        text: str,
        wanted: Filter,
        *,
        before: Callable[[], None] = lambda: None,
        picture: QIcon | None = None,
    ) -> None:
        def choose() -> None:
            before()
            self.ask(wanted)

        action = menu.addAction(picture or QIcon(), caption(text))
        action.triggered.connect(lambda _: choose())

    def _icon(self, name: str, on: bool) -> QIcon:
        tokens = self._theme.tokens
        return icon(name, tokens.on_accent if on else tokens.muted)

    def _class_icon(self, class_id: int) -> QIcon:
        info = self._model.with_id(class_id)
        if info is None:
            return QIcon()
        return QIcon(class_chip(initial(info.name), info.colour, self.devicePixelRatioF(), ICON))


def _counted(name: str, count: int) -> str:
    return f"{name}  ({count_text(count)})"

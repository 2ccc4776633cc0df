# SPDX-License-Identifier: Apache-2.0
"""The room in which samples are looked through and put right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.sample_facts import facts_of
from desktop.sample_filter import Filter, Trait
from desktop.sample_view import SampleView
from desktop.session import Session
from desktop.shortcuts import Shortcuts
from desktop.text import count_text, samples_text
from desktop.theme import Theme
from desktop.views.message_panel import MessagePanel
from desktop.views.review.bulk_bar import BulkBar
from desktop.views.review.deeds import ReviewDeeds
from desktop.views.review.filter_bar import FilterBar
from desktop.views.review.header import ReviewHeader
from desktop.views.review.sample_grid import SampleGrid
from desktop.views.review.sample_preview import SamplePreview
from desktop.views.review.undo_list import UndoList
from desktop.views.room import Room

_DELETE_KEYS = {"\x7f", "\x08"}
_STEPS = {"A": -1, "D": 1}
_SIZES = {"+": 16, "-": -16}
_EMPTY_WIDTH = 420


class ReviewRoom(Room):
    """Filters, the grid, the sample that is looked at, and what can be done with those that are selected.

    Nothing is made before the room is entered for the first time.

    Args:
        appearance: light or dark.
        session: the project.
    """

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__()
        self._theme = appearance
        self._session = session
        self._built = False
        self._stale = False
        self._large = False
        self._shortcuts: Shortcuts | None = None

    def enter(self) -> None:
        """Read what there is, if it has not been read, and show it."""
        self._build()
        self._session.samples.want()
        if self._stale:
            self._refresh()
        self.grid.setFocus()

    def leave(self) -> None:
        """Close what lies in front."""
        if self._built:
            self.history.hide()

    def show_samples(self, title: str, sample_ids: NDArray[np.int64]) -> None:
        """Show just these samples, under a title that says which they are."""
        self._build()
        self._session.samples.want()
        self.filters.ask_for(title, sample_ids)

    def press_key(self, key: str) -> bool:
        """A key went down: step, relabel, delete, hold out, take the suggestion, larger or smaller."""
        key = key.upper()
        if not self._built:
            return False
        if key in _STEPS:
            self.grid.step(_STEPS[key])
        elif key in _SIZES:
            self.header.size_.setValue(self.grid.side + _SIZES[key])
        elif key == "H":
            self.deeds.hold_out()
        elif key == "Y" and self.preview.suggested is not None:
            self.deeds.relabel_current(self.preview.suggested)
        elif key in _DELETE_KEYS:
            self.deeds.delete()
        elif key.isdigit() and len(key) == 1:
            info = self._session.model.with_shortcut(key)
            if info is None:
                self.header.note(self.tr("No class has the key {key}.").format(key=key))
            else:
                self.deeds.relabel(info.id)
        else:
            return False
        return True

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys that are the room's own."""
        return [
            ("1–9, 0", self.tr("Relabel what is picked")),
            ("Y", self.tr("It shows what the other recordings would call it")),
            (self.tr("Enter"), self.tr("See the sample larger, or as before")),
            (self.tr("Arrows, Home, End, Page"), self.tr("Move; with Shift, select all on the way")),
            (self.tr("Space"), self.tr("Select one more, or one less")),
            (self.tr("Ctrl+A, Esc"), self.tr("Select all, or nothing")),
            ("+, −", self.tr("Larger or smaller pictures")),
        ]

    def show_keys(self, shortcuts: Shortcuts) -> None:
        """Name the keys that a person has chosen."""
        self._shortcuts = shortcuts
        if self._built:
            self.bulk.show_keys(shortcuts)
            self.preview.show_keys(shortcuts)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """A click on what takes no focus itself, such as a chip, gives it to the room: the keys are for the grid."""
        super().focusInEvent(event)
        if self._built and event.reason() == Qt.FocusReason.MouseFocusReason:
            self.grid.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the preview in proportion."""
        super().resizeEvent(event)
        self._fit_preview()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the bar in its place over the grid."""
        if event.type() == QEvent.Type.Resize:
            self.bulk.place()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        if self._built:
            return
        session, appearance = self._session, self._theme
        self._view = SampleView(session.samples)
        self.filters = FilterBar(
            appearance,
            session.model,
            lambda: self._view.days(self.filters.filter),
            lambda: self._view.recordings(self.filters.filter),
        )
        self.header = ReviewHeader(appearance)
        self.grid = SampleGrid(appearance, session.model, session.thumbnails)
        self.bulk = BulkBar(appearance, session.model, self.grid)
        self.preview = SamplePreview(appearance, session)
        self.deeds = ReviewDeeds(session, self.grid, self.bulk)
        self.history = UndoList(appearance, session, self)
        self.empty = MessagePanel()
        self._built = True
        self._lay_out()
        self._connect()
        self._class_ids = {info.id for info in session.model.classes}
        if self._shortcuts is not None:
            self.show_keys(self._shortcuts)
        self._refresh()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        middle = QWidget()
        around = QVBoxLayout(middle)
        self.empty.setFixedWidth(_EMPTY_WIDTH)
        around.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(middle)
        body = QHBoxLayout()
        body.setSpacing(theme.M)
        body.addWidget(self._stack, 1)
        body.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.filters)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self.grid.installEventFilter(self)
        self._fit_preview()

    def _connect(self) -> None:
        session = self._session
        session.samples.changed.connect(self._samples_changed)
        session.model.changed.connect(self._classes_changed)
        self.filters.changed.connect(self._filter)
        self.header.order_changed.connect(self._filter)
        self.header.cleared.connect(self._show_all)
        self.header.history_wanted.connect(lambda: self.history.open_under(self.header.history))
        self.header.size_.valueChanged.connect(self.grid.set_side)
        self.grid.side_changed.connect(self.header.size_.setValue)
        self.grid.selection_changed.connect(self._show_selection)
        self.grid.opened.connect(self._toggle_large)
        self.bulk.relabelled.connect(self.deeds.relabel)
        self.bulk.held_out.connect(lambda _: self.deeds.hold_out())
        self.bulk.deleted.connect(lambda _: self.deeds.delete())
        self.bulk.undone.connect(session.undo)
        self.bulk.closed.connect(self.grid.clear_selection)
        self.preview.stepped.connect(self.grid.step)
        self.preview.enlarged.connect(self._toggle_large)
        self.preview.relabelled.connect(self.deeds.relabel_current)
        self.preview.recording_wanted.connect(self._show_recording)
        self.preview.sample_wanted.connect(self._show_neighbour)

    def _samples_changed(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _classes_changed(self) -> None:
        # The samples of a class that was removed are in view no longer; counts change far more often.
        ids = {info.id for info in self._session.model.classes}
        if ids != self._class_ids:
            self._class_ids = ids
            self._session.samples.refresh()

    def _show_all(self) -> None:
        self.grid.setFocus()  # before the button that was pressed is hidden
        self.filters.ask(Filter())

    def _filter(self) -> None:
        self._refresh()
        self.grid.verticalScrollBar().setValue(0)
        if self.grid.picked.current >= 0:
            self.grid.scroll_to(self.grid.picked.current)

    def _refresh(self) -> None:
        self._stale = False
        index, wanted = self._session.samples, self.filters.filter
        cells, counts = self._view.look(wanted, self.header.order)
        self.filters.show_counts(counts, judged=index.is_judged)
        self.grid.show_cells(cells)
        count, total = len(cells), self._view.total
        if wanted.is_open or Trait.DELETED in wanted.traits:
            text = samples_text(count)
        else:
            text = self.tr("{count} of {total}").format(count=count_text(count), total=samples_text(total))
        self.header.say(text if index.is_read else "")
        self.header.clear.setVisible(not wanted.is_open)
        self._show_empty(count, total)

    def _show_empty(self, count: int, total: int) -> None:
        self.preview.setVisible(bool(total) or not self._session.samples.is_read or not self.filters.filter.is_open)
        if count or not self._session.samples.is_read:
            self._turn_to(self.grid)
            return
        self._turn_to(self.empty)
        if total or not self.filters.filter.is_open:
            self.empty.say(
                self.tr("No sample fits"),
                self.tr("There are samples, but none that is all of this at once."),
                [(self.tr("Clear the filters"), self.tr("Show all samples again"), self.header.cleared.emit)],
            )
        else:
            self.empty.say(
                self.tr("Nothing recorded yet"),
                self.tr("Go to Teach (Ctrl+1), name what you show, and hold its key for two seconds."),
            )

    def _turn_to(self, page: QWidget) -> None:
        """Show the grid, or what is said in its place; Qt would give the focus of what is hidden to anything."""
        focus = self.window().focusWidget()
        is_here = focus is self or (focus is not None and self._stack.isAncestorOf(focus))
        self._stack.setCurrentIndex(0 if page is self.grid else 1)
        if is_here:
            (self.grid if page is self.grid else self).setFocus()

    def _show_selection(self) -> None:
        cells, picked, index = self.grid.cells, self.grid.picked, self._session.samples
        chosen = picked.mask
        self.bulk.show_selection(
            picked.count, held_out=bool(cells.held_out[chosen].all()), deleted=bool(cells.deleted[chosen].all())
        )
        self.grid.set_space_below(self.bulk.height() + theme.M if self.bulk.is_open else 0)
        current = self.grid.current_id
        facts = None if current is None else facts_of(index.catalogue, index.judgement, current)
        place = self.tr("{number} of {count}").format(
            number=count_text(picked.current + 1), count=count_text(len(cells))
        )
        self.preview.show_sample(facts, place if facts else "")

    def _show_recording(self, burst_id: int) -> None:
        if self.preview.facts is not None:
            self.filters.ask_for_recording(burst_id, self.preview.facts.started_at)

    def _show_neighbour(self, sample_id: int) -> None:
        if not self.grid.show_sample(sample_id):
            ids = [one.sample_id for one in self.preview.neighbours]
            if self.preview.facts is not None:
                ids.append(self.preview.facts.sample_id)
            self.filters.ask_for(self.tr("Looks alike"), np.array(ids, np.int64))
            self.grid.show_sample(sample_id)
        self.grid.setFocus()

    def _toggle_large(self) -> None:
        self._large = not self._large
        self.preview.show_large(self._large)
        self._fit_preview()

    def _fit_preview(self) -> None:
        if self._built:
            large = min(theme.LARGE_PREVIEW_WIDTH, self.width() // 2)
            self.preview.setFixedWidth(large if self._large else theme.PREVIEW_WIDTH)

# SPDX-License-Identifier: Apache-2.0
"""The section with the versions that are kept: compare them, put one back in use, keep one for good."""

from __future__ import annotations

import time

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.insight import Past
from desktop.insight_words import kind_words
from desktop.models import ClassModel
from desktop.text import count_text
from desktop.theme import Theme
from desktop.views.insight.chart_card import ChartCard
from desktop.views.insight.version_comparison import VersionComparison
from desktop.views.learner_words import age
from learner.figures import in_a_hundred
from learner.types import Version

_ID = Qt.ItemDataRole.UserRole
_MADE, _HOW = 1, 2
_NARROW = 640
_SEEN_ROWS = 4
"""So many are in sight at least."""


class VersionList(QWidget):
    """A table of versions, the newest first, and what can be done with the chosen ones."""

    restore_wanted = Signal(int)
    """A version is to be put in use."""
    pin_wanted = Signal(int, bool)
    """A version is to be kept for good, or no longer."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._past = Past()
        self.table = QTableWidget(0, 6)
        self._build_table()
        self.card = ChartCard(self.tr("Versions"), self.table)
        self.restore = _button(self.tr("Restore"), self.tr("Put this version in use again"))
        self.pin = _button("", "")
        self.compare = _button(
            self.tr("Compare"), self.tr("Set two versions, or this one and that in use, side by side")
        )
        for button, deed in ((self.compare, self._compare), (self.pin, self._pin), (self.restore, self._restore)):
            button.clicked.connect(deed)
        self.comparison = VersionComparison(appearance, model)
        self.comparison.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for button in (self.restore, self.pin, self.compare):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self.card, 3)
        column.addLayout(buttons)
        column.addWidget(self.comparison, 2)
        self.table.selectionModel().selectionChanged.connect(self._show_choice)
        appearance.changed.connect(self._dress)
        self._show_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out how a version was learned where there is no room to say it."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self.table.setColumnHidden(_HOW, is_narrow)
        wide = _MADE if is_narrow else _HOW
        for column in (_MADE, _HOW):
            # No column is as wide as its contents by itself: each cell that is filled would measure all of them.
            mode = QHeaderView.ResizeMode.Stretch if column == wide else QHeaderView.ResizeMode.Interactive
            self.table.horizontalHeader().setSectionResizeMode(column, mode)
        self._fit_columns()

    def _dress(self) -> None:
        self.show_past(self._past)

    @property
    def chosen(self) -> list[Version]:
        """The versions that are chosen, the oldest first."""
        rows = sorted((index.row() for index in self.table.selectionModel().selectedRows()), reverse=True)
        by_id = {version.id: version for version in self._past.versions}
        return [by_id[version_id] for version_id in map(self._id_in, rows) if version_id in by_id]

    def choose(self, *version_ids: int) -> None:
        """Choose these."""
        self.table.clearSelection()
        whole_row = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in range(self.table.rowCount()):
            if self._id_in(row) in version_ids:
                # Not selectRow, which would scroll there.
                self.table.selectionModel().select(self.table.model().index(row, 0), whole_row)

    def show_past(self, past: Past) -> None:
        """Show the versions; those that were chosen stay so."""
        chosen = [version.id for version in self.chosen]
        self._past = past
        if not past.versions:
            self.card.say(self.tr("There is no version yet. Every time it learns, there is one more."))
        else:
            self.card.show_chart()
        self.table.setRowCount(len(past.versions))
        for row, version in enumerate(reversed(past.versions)):
            self._fill(row, version)
        self._fit_columns()
        self.choose(*chosen)
        self._show_choice()
        if not self.comparison.isHidden():
            self.comparison.refresh(past)

    def _build_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(
            [
                self.tr("Version"),
                self.tr("Made"),
                self.tr("How"),
                self.tr("Right in 100"),
                self.tr("Samples"),
                self.tr("Classes"),
            ]
        )
        table.setProperty("role", "table")
        table.setAccessibleName(self.tr("Versions that are kept"))
        table.setToolTip(self.tr("Choose one with the arrow keys or a click, a second one with Ctrl"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.XXL)
        table.setMinimumHeight(_SEEN_ROWS * theme.XXL)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _fit_columns(self) -> None:
        """Make each column as wide as its contents, but for the one that takes what room is left."""
        header = self.table.horizontalHeader()
        for column in range(self.table.columnCount()):
            if header.sectionResizeMode(column) is not QHeaderView.ResizeMode.Stretch:
                self.table.resizeColumnToContents(column)

    def _id_in(self, row: int) -> int:
        item = self.table.item(row, 0)
        return -1 if item is None else int(item.data(_ID))

    def _fill(self, row: int, version: Version) -> None:
        place = self._past.made(version.id)
        increment = None if place is None else self._past.increments[place]
        figures = self._past.figures_of(version.id)
        in_use = version.id == self._past.in_use
        marks = [self.tr("in use")] * in_use + [self.tr("pinned")] * version.pinned
        how = kind_words(version.kind)
        if self._past.backbone not in {"", version.backbone_sha256}:
            how = self.tr("{how}, with another backbone").format(how=how)
        texts = [
            " · ".join([str(version.id), *marks]),
            age(time.time() - version.created_at.timestamp()),
            how,
            "–" if figures.accuracy is None else str(in_a_hundred(figures.accuracy)),
            "–" if increment is None else count_text(increment.total_samples),
            str(len(version.class_ids)),
        ]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(_ID, version.id)
            if column == 0:
                font = item.font()
                font.setBold(in_use)
                item.setFont(font)
            self.table.setItem(row, column, item)

    def _show_choice(self, *_: QItemSelection) -> None:
        chosen = self.chosen
        one = chosen[0] if len(chosen) == 1 else None
        others_in_use = one is not None and one.id != self._past.in_use
        self.restore.setEnabled(others_in_use)
        self.pin.setEnabled(one is not None)
        is_pinned = one is not None and one.pinned
        self.pin.setText(self.tr("Unpin") if is_pinned else self.tr("Pin"))
        self.pin.setAccessibleName(self.pin.text())
        self.pin.setToolTip(
            self.tr("Let this version go when there are many newer ones")
            if is_pinned
            else self.tr("Keep this version however many newer ones there are")
        )
        self.compare.setEnabled(len(chosen) == 2 or (others_in_use and self._past.in_use is not None))

    def _restore(self) -> None:
        self.table.setFocus()  # the button is soon of no use, and would lose it to anything
        self.restore_wanted.emit(self.chosen[0].id)

    def _pin(self) -> None:
        self.pin_wanted.emit(self.chosen[0].id, not self.chosen[0].pinned)

    def _compare(self) -> None:
        ids = [version.id for version in self.chosen]
        if len(ids) == 1 and self._past.in_use is not None:
            ids = sorted([*ids, self._past.in_use])
        self.comparison.show()
        self.comparison.compare(self._past, ids[0], ids[1])


def _button(text: str, meaning: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setToolTip(meaning)
    return button

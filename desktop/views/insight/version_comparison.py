# SPDX-License-Identifier: Apache-2.0
"""Two versions side by side: in a sentence, and figure by figure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
)

from desktop import theme
from desktop.icons import icon
from desktop.insight import Past
from desktop.insight_words import comparison
from desktop.models import ClassModel
from desktop.text import count_text
from desktop.theme import Theme
from desktop.views.insight.chart_card import plain_label
from learner.figures import Figures, in_a_hundred


class VersionComparison(QFrame):
    """What differs between two versions; the later one is compared with the earlier."""

    def __init__(self, appearance: Theme, model: ClassModel) -> None:
        super().__init__()
        self._theme = appearance
        self._model = model
        self._pair = (0, 0)
        self.setProperty("role", "card")
        self.sentence = plain_label("heading")
        self.note = plain_label("small", self.tr("Each was measured on the recordings kept aside at its time."))
        self.table = QTableWidget(0, 4)
        self.table.setProperty("role", "table")
        self.table.setAccessibleName(self.tr("Two versions side by side"))
        self.table.setToolTip(self.tr("Figures of the two versions, in 100"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(26)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close the comparison"))
        self._close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self.sentence, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        appearance.changed.connect(self._dress)
        self._dress()

    def compare(self, past: Past, earlier: int, later: int) -> None:
        """Compare two versions."""
        self._pair = earlier, later
        self.refresh(past)

    def refresh(self, past: Past) -> None:
        """Compare the same two again; go away when one of them has."""
        kept = {version.id: version for version in past.versions}
        if not set(self._pair) <= kept.keys():
            self.hide()
            return
        earlier, later = self._pair
        before, after = past.figures_of(earlier), past.figures_of(later)
        names = {info.id: info.name for info in self._model.classes}
        self.sentence.setText(comparison((later, after), (earlier, before), names))
        self.note.setVisible(before.measured and after.measured)
        rows: list[tuple[str, str, str, str]] = []
        places = past.made(earlier), past.made(later)
        samples = [None if place is None else past.increments[place].total_samples for place in places]
        rows.append(_figures(self.tr("Right"), before.accuracy, after.accuracy))
        rows.append(_counts(self.tr("Samples"), *samples))
        rows.append(_counts(self.tr("Classes"), len(kept[earlier].class_ids), len(kept[later].class_ids)))
        rows += self._classes(before, after)
        self._fill(earlier, later, rows)

    def _classes(self, before: Figures, after: Figures) -> list[tuple[str, str, str, str]]:
        found = self.tr("{name}, found")
        return [
            _figures(found.format(name=info.name), before.recall.get(info.id), after.recall.get(info.id))
            for info in self._model.classes
            if info.id in before.recall or info.id in after.recall
        ]

    def _fill(self, earlier: int, later: int, rows: list[tuple[str, str, str, str]]) -> None:
        version = self.tr("version {number}")
        self.table.setHorizontalHeaderLabels(
            [self.tr("In 100"), version.format(number=earlier), version.format(number=later), self.tr("difference")]
        )
        self.table.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))

    def _dress(self) -> None:
        self._close.setIcon(icon("close", self._theme.tokens.muted))


def _figures(name: str, before: float | None, after: float | None) -> tuple[str, str, str, str]:
    texts = ["–" if share is None else str(in_a_hundred(share)) for share in (before, after)]
    difference = None if before is None or after is None else round(after * 100) - round(before * 100)
    return name, texts[0], texts[1], _signed(difference)


def _counts(name: str, before: int | None, after: int | None) -> tuple[str, str, str, str]:
    texts = ["–" if count is None else count_text(count) for count in (before, after)]
    return name, texts[0], texts[1], _signed(None if before is None or after is None else after - before)


def _signed(difference: int | None) -> str:
    if not difference:
        return "" if difference is None else "0"
    return f"{'+' if difference > 0 else '−'}{count_text(abs(difference))}"

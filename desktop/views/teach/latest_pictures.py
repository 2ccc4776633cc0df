# SPDX-License-Identifier: Apache-2.0
"""Keeps the last pictures on the class cards up to date, without a query on the way of anything."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.session import Session
from desktop.views.teach.class_list import ClassList
from desktop.views.teach.class_marks import PICTURES

_TOGETHER_MILLISECONDS = 150


class LatestPictures(QObject):
    """Asks the file which samples came last, and the cards to show them.

    Args:
        session: the project.
        classes: the cards.
    """

    def __init__(self, session: Session, classes: ClassList) -> None:
        super().__init__(classes)
        self._session = session
        self._classes = classes
        self._asked = False
        self._stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MILLISECONDS)
        self._soon.timeout.connect(self._ask)
        session.opened.connect(self.refresh)
        session.samples_changed.connect(self.refresh)
        session.model.changed.connect(self.refresh)
        session.thumbnails.ready.connect(self._show)

    def refresh(self) -> None:
        """Samples have come or gone."""
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        if self._asked:
            self._stale = True
            return
        self._asked, self._stale = True, False
        self._session.reader.ask(lambda buffer: buffer.latest_samples(PICTURES), self._take, lambda _: self._end())

    def _take(self, latest: dict[int, list[int]]) -> None:
        self._classes.show_latest(latest)
        self._end()

    def _end(self) -> None:
        self._asked = False
        if self._stale:
            self.refresh()

    def _show(self, sample_ids: list[int]) -> None:
        come = set(sample_ids)
        for card in self._classes.cards.values():
            if come.intersection(card.pictures.sample_ids):
                card.pictures.update()

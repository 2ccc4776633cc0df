# SPDX-License-Identifier: Apache-2.0
"""The room in which what was learned is put to use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.action_runner import ActionRunner
from desktop.actions import Action, FillScreen
from desktop.fleet import Fleet
from desktop.serving import Serving
from desktop.session import Session
from desktop.theme import Theme
from desktop.views.room import Room
from desktop.views.use.actions_card import ActionsCard
from desktop.views.use.backbone_card import BackboneCard
from desktop.views.use.export_card import ExportCard
from desktop.views.use.flash import Flash
from desktop.views.use.fleet_card import FleetCard
from desktop.views.use.live_answer import LiveAnswer
from desktop.views.use.script_card import ScriptCard
from desktop.views.use.serve_card import ServeCard
from desktop.views.use.use_card import UseCard
from learner.camera import Frame


@dataclass(frozen=True, slots=True)
class Parts:
    """What cards are made of: the open project, what carries out its actions, its server, and its part in a fleet."""

    session: Session
    runner: ActionRunner
    serving: Serving
    fleet: Fleet


Make = Callable[[Theme, Parts], UseCard]

CARDS: tuple[tuple[Make, ...], ...] = (
    (
        lambda appearance, parts: ActionsCard(appearance, parts.session, parts.runner),
        lambda appearance, parts: BackboneCard(appearance, parts.session),
        lambda appearance, parts: ScriptCard(appearance, parts.session),
    ),
    (
        lambda appearance, parts: ExportCard(appearance, parts.session),
        lambda appearance, parts: ServeCard(appearance, parts.session, parts.serving),
        lambda appearance, parts: FleetCard(appearance, parts.session, parts.fleet),
    ),
)
"""What makes the cards, column by column; in a narrow window the columns come one below the other."""


class UseRoom(Room):
    """The live answer, and cards that do something with it or with the samples.

    Args:
        appearance: light or dark.
        session: the open project.
        runner: carries out its actions; they may fill the screen while another room is open.
        serving: its server.
    """

    def __init__(self, appearance: Theme, session: Session, runner: ActionRunner, serving: Serving) -> None:
        super().__init__()
        self._theme = appearance
        self._runner = runner
        self._parts = Parts(session, runner, serving, Fleet(session))
        self.cards: list[UseCard] = []
        self.answer = LiveAnswer(appearance, session.model)
        self.flash: Flash | None = None
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, theme.S, 0)
        self._columns.setSpacing(theme.L)
        self._lay_out()
        runner.seen.connect(self.answer.show_sight)
        runner.screen_wanted.connect(self._fill_screen)
        runner.screen_over.connect(self._free_screen)

    def enter(self) -> None:
        """Make the cards, the first time."""
        if not self.cards:
            for makers in CARDS:
                self._columns.addLayout(self._column(makers), 1)
            self._arrange()

    def show_frame(self, frame: Frame) -> None:
        """Show a frame, small."""
        self.answer.show_frame(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the columns side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._columns)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout()
        whole.setSpacing(theme.L)
        whole.addWidget(self.answer)
        whole.addWidget(scroll, 1)
        middle = QWidget()
        middle.setMaximumWidth(theme.READABLE)
        middle.setLayout(whole)
        whole.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        row.addWidget(middle)

    def _column(self, makers: tuple[Make, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.L)
        for make in makers:
            card = make(self._theme, self._parts)
            self.cards.append(card)
            column.addWidget(card)
        column.addStretch(1)
        return column

    def _arrange(self) -> None:
        wide = self.width() >= theme.WIDE
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom,
        )
        for place, share in enumerate((3, 2)):
            self._columns.setStretch(place, share if wide else 0)

    def _fill_screen(self, action: Action, name: str) -> None:
        if isinstance(action.deed, FillScreen):
            if self.flash is None:
                self.flash = Flash()
                self.flash.closed.connect(self._runner.screen_closed)
            self.flash.fill(action.deed.colour, action.deed.text or name, self.window())

    def _free_screen(self) -> None:
        if self.flash is not None:
            self.flash.close()

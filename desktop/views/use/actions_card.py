# SPDX-License-Identifier: Apache-2.0
"""The card with the actions of a project."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop import theme
from desktop.action_runner import ActionRunner
from desktop.actions import Action, PlaySound
from desktop.icons import icon
from desktop.session import Session
from desktop.theme import Theme
from desktop.views.switch import Switch
from desktop.views.use.action_card import ActionCard
from desktop.views.use.action_editor import ActionEditor
from desktop.views.use.use_card import UseCard, sentence

_REFRESH_MILLISECONDS = 200


class ActionsCard(UseCard):
    """Lists the actions, lets them be made and changed, and says whether commands may run."""

    def __init__(self, appearance: Theme, session: Session, runner: ActionRunner) -> None:
        super().__init__(appearance, "action")
        self.describe(
            self.tr("Actions"),
            self.tr(
                "When something has been seen for a while, something happens, whichever room is open. "
                "A gesture can press a switch for you."
            ),
        )
        self._session = session
        self._runner = runner
        self.cards: dict[str, ActionCard] = {}
        self.editor: ActionEditor | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.S)
        self.add = QPushButton(self.tr("New action"))
        self.add.setProperty("role", "add")
        self.add.setIconSize(QSize(theme.ICON, theme.ICON))
        self.add.setAccessibleName(self.tr("New action"))
        self.add.setToolTip(self.tr("Say what is to happen when something is seen"))
        self.add.clicked.connect(self.make)
        self._example = sentence(
            self.tr("For instance: when a thumb has been up for 2 s, fill the screen with the words “Come in”."),
            "small",
        )
        self._strange = sentence(role="warning")
        self.allow = Switch(
            appearance,
            self.tr("Allow actions to run commands on this computer"),
            self.tr("While it is off, no command of any action runs"),
        )
        self.allow.clicked.connect(runner.allow_commands)
        self.body.addLayout(self._list)
        self.body.addWidget(self._example)
        self.body.addWidget(self.add)
        self.body.addWidget(self._strange)
        self._lay_out_permission()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self._show_news)
        runner.changed.connect(self._show)
        runner.reported.connect(self._show_one)
        appearance.changed.connect(self._show_add)
        self._show_add()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Follow what happens."""
        super().showEvent(event)
        self._timer.start()
        self._show_news()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Follow it no longer."""
        super().hideEvent(event)
        self._timer.stop()

    def make(self) -> None:
        """Ask for a new action."""
        classes = self._session.model.classes
        first = classes[0].id if classes else None
        self._ask(Action(first, PlaySound()), self.tr("New action"))

    def _ask(self, action: Action, title: str) -> None:
        self.editor = ActionEditor(self._theme, self._session.model, action, title, self.window())
        self.editor.made.connect(self._runner.keep)
        self.editor.open()

    def _edit(self, action_id: str) -> None:
        card = self.cards.get(action_id)
        if card is not None:
            self._ask(card.action, self.tr("Change action"))

    def _show(self) -> None:
        actions = {action.id: action for action in self._runner.actions}
        for action_id in [one for one in self.cards if one not in actions]:
            gone = self.cards.pop(action_id)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, action in enumerate(actions.values()):
            card = self.cards.get(action.id)
            if card is None:
                card = self.cards[action.id] = ActionCard(self._theme, self._runner, self._session.model, action)
                card.edit_wanted.connect(self._edit)
                self._list.insertWidget(place, card)
            else:
                card.show_action(action)
        self._example.setVisible(not actions)
        self.allow.setChecked(self._runner.rights.commands)
        strange = self._session.strange_actions
        self._strange.setVisible(strange > 0)
        if strange == 1:
            self._strange.setText(self.tr("One action in this file is not understood here. It is left as it is."))
        else:
            words = self.tr("{count} actions in this file are not understood here. They are left as they are.")
            self._strange.setText(words.format(count=strange))

    def _show_one(self, action_id: str) -> None:
        card = self.cards.get(action_id)
        if card is not None:
            card.show_news()

    def _show_news(self) -> None:
        for card in self.cards.values():
            card.show_news()

    def _show_add(self) -> None:
        self.add.setIcon(icon("add", self._theme.tokens.muted))

    def _lay_out_permission(self) -> None:
        title = QLabel(self.tr("Allow actions to run commands on this computer"))
        title.setWordWrap(True)
        title.setBuddy(self.allow)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(
            sentence(
                self.tr("This is kept on this computer, not in the project: nobody else's file can switch it on."),
                "small",
            )
        )
        row = QHBoxLayout()
        row.setContentsMargins(theme.M, theme.S, theme.S, 0)
        row.setSpacing(theme.M)
        row.addLayout(words, 1)
        row.addWidget(self.allow)
        self.body.addLayout(row)

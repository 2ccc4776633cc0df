# SPDX-License-Identifier: Apache-2.0
"""The card with which other programs on this computer may ask."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from desktop import theme
from desktop.engine_words import spoken
from desktop.extras import install_command, is_missing
from desktop.serving import Serving, ServingState
from desktop.session import Session
from desktop.text import count_text, samples_text
from desktop.theme import Theme
from desktop.views.flow_layout import FlowLayout
from desktop.views.use.code_lines import ask_command
from desktop.views.use.code_row import CodeRow
from desktop.views.use.use_card import UseCard, name_role, sentence


class ServeCard(UseCard):
    """Switches the server on and off, and says where it is reached and how it is asked."""

    def __init__(self, appearance: Theme, session: Session, serving: Serving) -> None:
        super().__init__(appearance, "serve")
        self.describe(
            self.tr("Let other programs ask"),
            self.tr(
                "For programs and browsers on this computer: they send a picture and get the answer, "
                "or teach it something, while this project is open."
            ),
        )
        self._serving = serving
        self.state, self.counts = sentence(role="small"), sentence(role="small")
        self.address = CodeRow(appearance, self.tr("Address, with the key"), self.tr("Copy the address with the key"))
        self.ask = CodeRow(appearance, self.tr("From a program"), self.tr("Copy the command that asks"))
        self.install = CodeRow(appearance, self.tr("To install it"), self.tr("Copy the command that installs it"))
        self.install.show_code(install_command("serve"))
        self.begin, self.browse, self.end = QPushButton(), QPushButton(), QPushButton()
        for button, text, meaning, act in (
            (
                self.begin,
                self.tr("Start"),
                self.tr("Let programs on this computer ask, until you stop it or close the project"),
                serving.start,
            ),
            (
                self.browse,
                self.tr("Open in browser"),
                self.tr("Show in the browser what the camera sees, and what it is taken for"),
                self._browse,
            ),
            (self.end, self.tr("Stop"), self.tr("Let no other program ask any more"), serving.stop),
        ):
            button.setText(text)
            button.setAccessibleName(self.tr("{act}: let other programs ask").format(act=text))
            button.setToolTip(meaning)
            button.clicked.connect(act)
        self.browse.setAccessibleName(self.browse.text())
        buttons = FlowLayout(theme.S)
        for button in (self.begin, self.browse, self.end):
            buttons.addWidget(button)
        for part in (self.state, self.counts, self.address, self.ask, self.install):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        serving.changed.connect(self._show)
        serving.counted.connect(self._say)
        session.opened.connect(self._show)
        self._show()

    def _browse(self) -> None:
        if self._serving.address is not None:
            QDesktopServices.openUrl(QUrl(self._serving.address.page))

    def _show(self) -> None:
        serving, address = self._serving, self._serving.address
        had_focus = self.begin.hasFocus() or self.end.hasFocus()
        is_on, lacks = serving.is_on, is_missing("serve")
        if address is not None:
            self.address.show_code(address.page)
            self.ask.show_code(ask_command(address.origin, address.token))
        for part in (self.address, self.ask, self.browse, self.end):
            part.setVisible(is_on)
        self.install.setVisible(lacks and not is_on)
        self.begin.setVisible(not is_on)
        self.begin.setEnabled(not lacks)  # while it starts or stops as well, or the focus would go elsewhere
        if had_focus:  # which would go to anything when its button is hidden
            (self.end if is_on else self.begin).setFocus()
        self._say()

    def _say(self) -> None:
        serving = self._serving
        role = "small"
        if serving.is_on:
            words = self.tr(
                "On. Only programs on this computer reach it, and only those that bring the key; nothing leaves "
                "this computer. A new start makes a new key."
            )
            role = "good"
        elif serving.state is ServingState.STARTING:
            words = self.tr("Starting…")
        elif serving.state is ServingState.STOPPING:
            words = self.tr("Stopping…")
        elif is_missing("serve"):
            words, role = (
                self.tr("What it takes is not installed here. Install it, and start Showtell again."),
                "warning",
            )
        elif serving.fault is not None:
            words, role = f"{spoken(serving.fault.title)}. {spoken(serving.fault.message)}", "bad"
        else:
            words = self.tr("Off. Nobody can ask.")
        name_role(self.state, role)
        self.state.setText(words)
        has_news = serving.answered > 0 or serving.taken > 0
        self.counts.setText(self._counts() if has_news else "")
        self.counts.setVisible(has_news)

    def _counts(self) -> str:
        answered = self._serving.answered
        if answered == 1:
            words = self.tr("Answered for 1 picture, took in {samples}.")
        else:
            words = self.tr("Answered for {count} pictures, took in {samples}.")
        return words.format(count=count_text(answered), samples=samples_text(self._serving.taken))

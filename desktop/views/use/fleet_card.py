# SPDX-License-Identifier: Apache-2.0
"""The card with which a project takes part in a fleet."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop import theme
from desktop.engine_words import spoken
from desktop.extras import install_command, is_missing
from desktop.fleet import Fleet, FleetState
from desktop.session import Session
from desktop.text import count_text, samples_text
from desktop.theme import Theme
from desktop.views.flow_layout import FlowLayout
from desktop.views.use.code_lines import serve_fleet_command
from desktop.views.use.code_row import CodeRow
from desktop.views.use.use_card import UseCard, name_role, sentence


class FleetCard(UseCard):
    """Joins and leaves, shows what would be sent before anything is, and says what has come."""

    def __init__(self, appearance: Theme, session: Session, fleet: Fleet) -> None:
        super().__init__(appearance, "learning")
        self.describe(
            self.tr("Learn from other laptops"),
            self.tr("For classrooms and workshops: laptops learn from each other, and no picture leaves any of them."),
        )
        self._fleet = fleet
        self.state, self.preview, self.came = sentence(role="small"), sentence(role="small"), sentence(role="small")
        self.address, self.code = QLineEdit(), QLineEdit()
        for field, name, hint in (
            (self.address, self.tr("Address of the laptop that serves"), "192.168.1.20:8471"),
            (self.code, self.tr("Join code"), "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setPlaceholderText(f"{name}: {hint}")
            field.textChanged.connect(self._show)
        self.serve = CodeRow(
            appearance, self.tr("On the laptop that serves"), self.tr("Copy the command that serves a fleet")
        )
        self.serve.show_code(serve_fleet_command(laptops=10))
        self.install = CodeRow(appearance, self.tr("To install it"), self.tr("Copy the command that installs it"))
        self.install.show_code(install_command("fleet"))
        self.look, self.join, self.leave, self.forget = (QPushButton() for _ in range(4))
        for button, text, meaning, act in (
            (
                self.look,
                self.tr("Show what would be sent"),
                self.tr("Sum up what the others would get. Nothing is sent yet"),
                lambda: fleet.look(self.address.text(), self.code.text()),
            ),
            (self.join, self.tr("Send it and join"), self.tr("Take part, until you leave or close it"), fleet.join),
            (self.leave, self.tr("Leave"), self.tr("Take part no longer; what has come stays"), fleet.leave),
            (
                self.forget,
                self.tr("Forget what has come"),
                self.tr("Learn without what the other laptops know"),
                fleet.forget,
            ),
        ):
            self._name(button, text)
            button.setToolTip(meaning)
            button.clicked.connect(act)
        buttons = FlowLayout(theme.S)
        for button in (self.look, self.join, self.leave, self.forget):
            buttons.addWidget(button)
        for part in (self.state, self.came, self.preview, self.serve, self.address, self.code, self.install):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        fleet.changed.connect(self._show)
        session.opened.connect(self._show)
        self._show()

    def _show(self) -> None:
        fleet, state, lacks = self._fleet, self._fleet.state, is_missing("fleet")
        had_focus = any(button.hasFocus() for button in (self.look, self.join, self.leave, self.forget))
        is_off = state in {FleetState.OFF, FleetState.LOOKING}
        self.install.setVisible(lacks)
        for part in (self.address, self.code, self.serve):
            part.setVisible(is_off and not lacks)
        self.look.setVisible(is_off)
        # A button stays enabled while what it asked for is done: whoever pressed it would be elsewhere then.
        self.look.setEnabled(not lacks and bool(self.address.text().strip() and self.code.text().strip()))
        self.join.setVisible(state is FleetState.ASKING)
        self.leave.setVisible(not is_off)
        self._name(self.leave, self.tr("Do not join") if state is FleetState.ASKING else self.tr("Leave"))
        self.forget.setVisible(is_off and fleet.laptops > 0)
        self.preview.setVisible(state is FleetState.ASKING)
        self.preview.setText(self._would_send() if state is FleetState.ASKING else "")
        self.came.setText(self._has_come())
        self.came.setVisible(bool(self.came.text()))
        if had_focus:  # which would go to anything when its button is hidden
            (self.join if state is FleetState.ASKING else self.look if is_off else self.leave).setFocus()
        self._say()

    def _name(self, button: QPushButton, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(self.tr("{act}: learn from other laptops").format(act=text))

    def _say(self) -> None:
        fleet = self._fleet
        words, role = self.tr("Off. Nothing is sent, and nothing comes."), "small"
        if is_missing("fleet"):
            words = self.tr("What it takes is not installed here. Install it, and start Showtell again.")
            role = "warning"
        elif fleet.state is FleetState.LOOKING:
            words = self.tr("Summing up what would be sent…")
        elif fleet.state is FleetState.ASKING:
            words = self.tr("Nothing has been sent yet.")
        elif fleet.state is FleetState.JOINING:
            words = self.tr("Joining…")
        elif fleet.state is FleetState.ON:
            words, role = self.tr("This laptop takes part. Sums are sent when the laptop that serves asks."), "good"
        elif fleet.state is FleetState.ALONE:
            words = self.tr("The laptop that serves has ended, or is out of reach. What has come stays.")
            role = "warning"
        elif fleet.state is FleetState.LEAVING:
            words = self.tr("Leaving…")
        elif fleet.fault:
            words, role = "\n".join(map(spoken, fleet.fault.splitlines())), "bad"
        name_role(self.state, role)
        self.state.setText(words)

    def _would_send(self) -> str:
        found = self._fleet.preview
        lines = [
            self.tr("{name}: its name, that it has {samples}, and the sum over them").format(
                name=one["class"], samples=samples_text(one["samples"])
            )
            for one in found["shared"]
        ]
        lines.append(
            self.tr("How all of them scatter around these sums; {size} MB in all").format(
                size=count_text(max(1, round(found["bytes"] / 1e6)))
            )
        )
        lines += [
            self.tr("{name} stays here: it has too few different samples").format(name=one["class"])
            for one in found["kept"]
        ]
        return "\n".join(lines)

    def _has_come(self) -> str:
        fleet = self._fleet
        laptops = (
            self.tr("one other laptop")
            if fleet.laptops == 1
            else self.tr("{count} other laptops").format(count=count_text(fleet.laptops))
        )
        if fleet.refused:
            return self.tr("What came from {laptops} was not taken: {why}").format(
                laptops=laptops, why=spoken(fleet.refused)
            )
        if fleet.version_id is not None:
            return self.tr("Version {version} has learned from {laptops}.").format(
                version=count_text(fleet.version_id), laptops=laptops
            )
        return self.tr("It learns with what came from {laptops}.").format(laptops=laptops) if fleet.laptops else ""

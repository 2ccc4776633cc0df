# SPDX-License-Identifier: Apache-2.0
"""The card that shows how a script asks the model: the very lines, to be copied."""

from __future__ import annotations

from desktop.session import Session
from desktop.theme import Theme
from desktop.views.use.code_lines import predict_command, predict_lines
from desktop.views.use.code_row import CodeRow
from desktop.views.use.use_card import UseCard


class ScriptCard(UseCard):
    """A command and a snippet, each with a button that copies it."""

    def __init__(self, appearance: Theme, session: Session) -> None:
        super().__init__(appearance, "terminal")
        self.describe(
            self.tr("In a script"),
            self.tr("For who writes programs: ask the model about a picture, on this computer, without this window."),
        )
        path = session.path.absolute()
        self.command = CodeRow(appearance, self.tr("On the command line"), self.tr("Copy the command"))
        self.command.show_code(predict_command(path))
        self.snippet = CodeRow(appearance, self.tr("In Python"), self.tr("Copy the lines of Python"))
        self.snippet.show_code(predict_lines(path))
        for row in (self.command, self.snippet):
            self.body.addWidget(row)

# SPDX-License-Identifier: Apache-2.0
"""Labelling acts that can be taken back, on Qt's undo stack.

Each command is pushed when its act is on the disk already, so the first `redo`, which Qt calls on pushing, does
nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from learner.buffer import Buffer

Act = Callable[[Buffer], object]


class Done(QUndoCommand):
    """An act that has been carried out, with how to take it back and how to do it again.

    Args:
        text: what it was, for the Edit menu: "record mug (30)".
        submit: carries out an act and lets the learner know.
        undo: takes it back.
        redo: does it again.
    """

    def __init__(self, text: str, submit: Callable[[Act, str], None], *, undo: Act, redo: Act) -> None:
        super().__init__(text)
        self._submit = submit
        self._undo = undo
        self._redo = redo
        self._pushed = False

    def redo(self) -> None:
        """Do it again."""
        if self._pushed:
            self._submit(self._redo, f"redo {self.text()}")
        self._pushed = True

    def undo(self) -> None:
        """Take it back."""
        self._submit(self._undo, f"undo {self.text()}")

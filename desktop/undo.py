# SPDX-License-Identifier: Apache-2.0
"""Acts that can be taken back, as commands of Qt's undo stack.

A stack moves when an act is on the disk, and not before: what it offers is always what the file says. So the commands
themselves do nothing when Qt carries them out; `Session` does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from learner.buffer import Buffer

Act = Callable[[Buffer], object]


class Done(QUndoCommand):
    """An act that has been carried out.

    Args:
        text: what it was, for the Edit menu: "record mug (30)".
        take_back: undoes it.
        do_again: does it once more after that.
    """

    def __init__(self, text: str, *, take_back: Act, do_again: Act) -> None:
        super().__init__(text)
        self.take_back = take_back
        self.do_again = do_again

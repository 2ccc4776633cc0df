# SPDX-License-Identifier: Apache-2.0
"""Which key was meant, whatever the keyboard's layout puts on it."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# Where the row of digits and N lie: hardware codes, which are the same for every layout. X11 and Wayland count eight
# further than the kernel; macOS has codes of its own and Qt does not tell them.
_FIRST_DIGIT, _N = (10, 57) if sys.platform.startswith("linux") else (2, 49)
_DIGITS = "1234567890"

_WRITTEN = {
    "Return": "\r",
    "Enter": "\r",
    "Esc": "\x1b",
    "Del": "\x7f",
    "Backspace": "\b",
    "Tab": "\t",
    "Space": " ",
}
"""What keys without a letter write, by Qt's names for them."""


def meant(event: QKeyEvent) -> str:
    """Return "0" to "9" or an upper-case letter for a key, or what it writes.

    French keyboards have the digits on the shifted level, and Cyrillic or Greek ones have no N.
    """
    key, code = event.key(), event.nativeScanCode()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    if sys.platform != "darwin":
        if _FIRST_DIGIT <= code < _FIRST_DIGIT + len(_DIGITS):
            return _DIGITS[code - _FIRST_DIGIT]
        if code == _N and not event.text().isascii():
            return "N"
    return event.text().upper()


def written(sequence: QKeySequence) -> str:
    """Return what `meant` says of a key that is pressed without Ctrl or Alt; "" for any other."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText).removeprefix("Shift+")
    return _WRITTEN.get(text, text.upper() if len(text) == 1 else "")


def is_same(one: QKeyEvent, code: int, key: str) -> bool:
    """Return whether an event is of the key that had this hardware code, or, where there is none, this meaning.

    What a key writes may change while it is held, when Shift comes or goes.
    """
    return one.nativeScanCode() == code if code else meant(one) == key

# SPDX-License-Identifier: Apache-2.0
"""Every key that does something, by name: its default, what a person has made of it, and what it is for, in words.

Rooms know the default keys alone: the window tells them the default of whatever key a person has put in its place.
The plain digits are those of the classes and cannot be taken for anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.keys import meant, written
from desktop.settings import Settings

EVERYWHERE, TEACH, REVIEW, INSIGHT = "everywhere", "teach", "review", "insight"
"""Where a key counts. Keys of two rooms may be the same, since one room is open at a time."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One thing that has a key. `default` is portable text; several keys are separated by "; ", the first is shown."""

    name: str
    where: str
    words: str
    default: str


def shortcuts() -> list[Shortcut]:
    """Return everything that has a key, in the order it is shown, with words in the language in use."""
    translate = QCoreApplication.translate
    return [
        Shortcut("teach", EVERYWHERE, translate("Shortcuts", "Go to Teach"), "Ctrl+1"),
        Shortcut("review", EVERYWHERE, translate("Shortcuts", "Go to Review"), "Ctrl+2"),
        Shortcut("insight", EVERYWHERE, translate("Shortcuts", "Go to Insight"), "Ctrl+3"),
        Shortcut("use", EVERYWHERE, translate("Shortcuts", "Go to Use"), "Ctrl+4"),
        Shortcut("undo", EVERYWHERE, translate("Shortcuts", "Take back the last act"), "Ctrl+Z"),
        Shortcut("redo", EVERYWHERE, translate("Shortcuts", "Do it again"), "Ctrl+Shift+Z; Ctrl+Y"),
        Shortcut("pause", EVERYWHERE, translate("Shortcuts", "Pause learning, or go on"), "Ctrl+P"),
        Shortcut("new_project", EVERYWHERE, translate("Shortcuts", "New project"), "Ctrl+N"),
        Shortcut("open_project", EVERYWHERE, translate("Shortcuts", "Open a project"), "Ctrl+O"),
        Shortcut("preferences", EVERYWHERE, translate("Shortcuts", "Preferences"), "Ctrl+,"),
        Shortcut("keys", EVERYWHERE, translate("Shortcuts", "Show the keys of the room"), "F1; ?"),
        Shortcut("quit", EVERYWHERE, translate("Shortcuts", "Quit"), "Ctrl+Q"),
        Shortcut("new_class", TEACH, translate("Shortcuts", "New class"), "N"),
        Shortcut("confirm", TEACH, translate("Shortcuts", "The answer is right"), "Return"),
        Shortcut("name_it", TEACH, translate("Shortcuts", "It is none of these: name what is seen now"), "Backspace"),
        Shortcut("dismiss", TEACH, translate("Shortcuts", "Not now: let the question go"), "Esc"),
        Shortcut("recording", TEACH, translate("Shortcuts", "How to record"), "R"),
        Shortcut("unknown_limit", TEACH, translate("Shortcuts", "When to say unknown"), "U"),
        Shortcut("next_sample", REVIEW, translate("Shortcuts", "Next sample"), "D"),
        Shortcut("previous_sample", REVIEW, translate("Shortcuts", "Sample before"), "A"),
        Shortcut("delete", REVIEW, translate("Shortcuts", "Delete what is picked"), "Del; Backspace"),
        Shortcut("hold_out", REVIEW, translate("Shortcuts", "Hold out what is picked"), "H"),
        Shortcut("suggested", REVIEW, translate("Shortcuts", "Relabel it as other recordings suggest"), "Y"),
        Shortcut("heat", INSIGHT, translate("Shortcuts", "Show where the model looks"), "W"),
    ]


class Shortcuts(QObject):
    """Which key does what.

    Args:
        settings: what a person has chosen is kept there.
    """

    changed = Signal()
    """A person has chosen another key."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._defaults = {one.name: _keys(one.default) for one in shortcuts()}
        self._where = {one.name: one.where for one in shortcuts()}
        self._chosen = {name: _keys(keys) for name, keys in settings.shortcuts.items() if name in self._defaults}

    def sequences(self, name: str) -> list[QKeySequence]:
        """Return the keys of something; none when a person has taken its key away."""
        return self._chosen.get(name, self._defaults[name])

    def text(self, name: str) -> str:
        """Return its first key as it is written on this system, "" without one."""
        sequences = self.sequences(name)
        return sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""

    def tooltip(self, meaning: str, name: str) -> str:
        """Return what something does with its key after it, as tooltips say it."""
        key = self.text(name)
        return f"{meaning} ({key})" if key else meaning

    def is_default(self, name: str) -> bool:
        """Return whether it has the key it came with."""
        return name not in self._chosen

    def matches(self, name: str, key: str) -> bool:
        """Return whether a key is that of something.

        Args:
            name: what has the key.
            key: what was meant (see `desktop.keys.meant`).
        """
        return bool(key) and any(written(sequence) == key for sequence in self.sequences(name))

    def default_key(self, where: str, event: QKeyEvent) -> str:
        """Return the key by which a room knows what a pressed key stands for.

        That is the default of what a person has put on the pressed key, nothing where they have moved its meaning
        elsewhere, and otherwise the key that was meant.
        """
        key = meant(event)
        pressed = QKeySequence(event.keyCombination())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        moved = False
        for name, its_place in self._where.items():
            if its_place != where:
                continue
            defaults = [written(sequence) for sequence in self._defaults[name]]
            if pressed in self.sequences(name) or (plain and self.matches(name, key)):
                return defaults[0]
            moved = moved or key in defaults
        return "" if moved or not plain else key

    def choose(self, name: str, sequences: Sequence[QKeySequence]) -> None:
        """Give something another key, or none; whoever else has it loses it."""
        for sequence in sequences:
            for holder in self.holders(name, sequence):
                self._keep(holder, [other for other in self.sequences(holder) if other != sequence])
        self._keep(name, list(sequences))
        self._store()

    def reset(self, *names: str) -> None:
        """Give these things the keys they came with, or all of them when none is named."""
        for name in names or tuple(self._chosen):
            self._chosen.pop(name, None)
        self._store()

    def holders(self, name: str, sequence: QKeySequence) -> list[str]:
        """Return what else has this key where `name` counts."""
        here = self._where[name]
        return [
            other
            for other, where in self._where.items()
            if other != name and (where == here or EVERYWHERE in {where, here}) and sequence in self.sequences(other)
        ]

    def _keep(self, name: str, sequences: list[QKeySequence]) -> None:
        if sequences == self._defaults[name]:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = sequences

    def _store(self) -> None:
        portable = QKeySequence.SequenceFormat.PortableText
        self._settings.shortcuts = {
            name: QKeySequence.listToString(sequences, portable) for name, sequences in self._chosen.items()
        }
        self.changed.emit()


def is_of_a_class(sequence: QKeySequence) -> bool:
    """Return whether a key is a plain digit, which the classes have."""
    return written(sequence).isdigit()


def _keys(text: str) -> list[QKeySequence]:
    sequences = QKeySequence.listFromString(text, QKeySequence.SequenceFormat.PortableText)
    return [sequence for sequence in sequences if not sequence.isEmpty()]

# SPDX-License-Identifier: Apache-2.0
"""Walks through everything in a window that a person can use, as somebody does who cannot see, or has no mouse."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from desktop.views.room import Room

_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_COMPOUND = (QAbstractSpinBox, QComboBox, QKeySequenceEdit, QLineEdit, QAbstractItemView)
"""Kinds that have parts of their own, which speak for the whole."""
_MOST = 1000


def controls(root: QWidget) -> list[QWidget]:
    """Return everything in a window that can be used now: what is pressed, typed into, moved, or takes the focus."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.window() is root
        and (isinstance(widget, _KINDS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget, QScrollBar)
        and not _is_part(widget)
    ]


def complaints(root: QWidget) -> list[str]:
    """Return what is wrong with the controls of the active window, a line each, with the file they come from."""
    found = []
    usable = controls(root)
    for control in usable:
        if not name(control):
            found.append(f"{describe(control)} has no accessible name")
        if not control.toolTip() and not isinstance(control, Room):  # a tooltip over a whole room would be in the way
            found.append(f"{describe(control)} has no tooltip")
        found += [
            f"{describe(control)} has the key {key}, and its tooltip does not say so"
            for key in keys(control)
            if key not in control.toolTip()
        ]
    reached = set(tabbed_through(root))
    found += [f"{describe(control)} is not reached by Tab" for control in usable if not _is_reached(control, reached)]
    return found


def name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def keys(widget: QWidget) -> list[str]:
    """Return the first key of a button, and of what it stands for, as people write it."""
    sequences = [widget.shortcut()] if isinstance(widget, QAbstractButton) else []
    sequences += [action.shortcut() for action in widget.actions()]
    written = [sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences]
    return [key for key in written if key]


def tabbed_through(root: QWidget) -> Iterator[QWidget]:
    """Press Tab until the focus comes back to where it was, and yield every widget it visits.

    Raises:
        AssertionError: a widget does not let go of the focus.
    """
    first = next((widget for widget in controls(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
    if first is None:
        return
    first.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(_MOST):
        focused = QApplication.focusWidget()
        assert focused is not None, f"after {describe(visited[-1]) if visited else root} the focus is nowhere"
        if focused in visited:
            break
        visited.append(focused)
        yield focused
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not focused or len(controls(root)) == 1, (
            f"{describe(focused)} keeps the focus when Tab is pressed"
        )


def describe(widget: QWidget) -> str:
    """Return which widget is meant, for whoever is to mend it."""
    ancestor: QObject | None = widget
    while ancestor is not None and not type(ancestor).__module__.startswith("desktop"):
        ancestor = ancestor.parent()
    owner = f"{type(ancestor).__module__}.{type(ancestor).__name__}" if ancestor is not None else "?"
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) and isinstance(widget, QAbstractButton) else "")
    return f"{owner}: {type(widget).__name__} “{said}”"


def _is_reached(control: QWidget, reached: set[QWidget]) -> bool:
    if control in reached or any(control.isAncestorOf(widget) for widget in reached if _is_part(widget)):
        return True
    if isinstance(control, Room):
        return True  # it has the focus when it is opened, and gives it to what is in it
    # Of buttons of which one is pressed, Tab goes to that one, and arrows to the others.
    group = control.group() if isinstance(control, QAbstractButton) else None
    if group is not None and group.exclusive():
        return any(button in reached for button in group.buttons())
    if isinstance(control, QAbstractButton) and control.autoExclusive():
        parent = control.parentWidget()
        siblings = parent.findChildren(QAbstractButton) if parent is not None else []
        return any(button in reached for button in siblings if button.autoExclusive())
    return False


def _is_part(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, _COMPOUND):
            return True
        parent = parent.parentWidget()
    return False

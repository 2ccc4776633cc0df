# SPDX-License-Identifier: Apache-2.0
"""Actions in words."""

from __future__ import annotations

import time
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.actions import Action, Deed, FillScreen, PlaySound, RunCommand, WriteLog
from desktop.text import count_text

if TYPE_CHECKING:
    from desktop.action_runner import Track


def when_text(action: Action, name: str) -> str:
    """Return what an action waits for."""
    translate = QCoreApplication.translate
    if action.class_id is None:
        text = translate("Actions", "Something unknown for {seconds:g} s")
    else:
        text = translate("Actions", "{name} for {seconds:g} s")
    return text.format(name=name, seconds=action.seconds)


def deed_text(deed: Deed) -> str:
    """Return what an action does."""
    translate = QCoreApplication.translate
    match deed:
        case PlaySound(sound, file):
            text = translate("Actions", "play {sound}")
            return text.format(sound=PurePath(file).name if file else sound_names()[sound])
        case FillScreen(text=words):
            if words:
                return translate("Actions", "fill the screen: {words}").format(words=words)
            return translate("Actions", "fill the screen with a colour")
        case RunCommand():
            return translate("Actions", "run a command")
        case WriteLog(file):
            return translate("Actions", "add a line to {file}").format(file=PurePath(file).name or "…")


def sound_names() -> dict[str, str]:
    """Return the built-in sounds and what they are called."""
    translate = QCoreApplication.translate
    return {
        "success": translate("Actions", "Chime"),
        "info": translate("Actions", "Ping"),
        "warning": translate("Actions", "Knock"),
        "error": translate("Actions", "Alarm"),
    }


def history_text(track: Track) -> str:
    """Return how often something happened, and when last."""
    translate = QCoreApplication.translate
    if track.fired_at is None:
        return translate("Actions", "It has not happened since the project was opened.")
    if track.count == 1:
        return translate("Actions", "It happened once, {ago}.").format(ago=ago(time.time() - track.fired_at))
    text = translate("Actions", "It happened {count} times, last {ago}.")
    return text.format(count=count_text(track.count), ago=ago(time.time() - track.fired_at))


def ago(seconds: float) -> str:
    """Return how long ago something was, rounded to what it is worth."""
    translate = QCoreApplication.translate
    if seconds < 5:
        return translate("Actions", "just now")
    if seconds < 60:
        return translate("Actions", "{count} s ago").format(count=int(seconds // 5) * 5)
    if seconds < 3600:
        return translate("Actions", "{count} min ago").format(count=int(seconds // 60))
    if seconds < 86400:
        hours = int(seconds // 3600)
        if hours == 1:
            return translate("Actions", "1 hour ago")
        return translate("Actions", "{count} hours ago").format(count=hours)
    days = int(seconds // 86400)
    if days == 1:
        return translate("Actions", "yesterday")
    return translate("Actions", "{count} days ago").format(count=days)

# SPDX-License-Identifier: Apache-2.0
"""What there is to say of the copies of a project that are kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.keeper import Keeper
from desktop.moments import moment_text
from desktop.text import count_text
from learner.buffer.keeping import Reason

translate = QCoreApplication.translate


def reason_words(reason: Reason) -> str:
    """Return why a copy was made."""
    match reason:
        case Reason.DAILY:
            return translate("Backups", "the day's copy")
        case Reason.MIGRATION:
            return translate("Backups", "before a newer Showtell brought it up to date")
        case Reason.CONSOLIDATION:
            return translate("Backups", "before a consolidation")
        case Reason.ASKED:
            return translate("Backups", "you asked for it")


def summary_words(keeper: Keeper | None) -> str:
    """Return how many copies there are of the open project, and of when the newest is."""
    if keeper is None:
        return translate("Backups", "No project is open.")
    if keeper.copies is None:
        return translate("Backups", "Looking for them…")
    if not keeper.copies:
        return translate("Backups", "There is none yet. The first is made by itself, soon after there are samples.")
    moment = moment_text(keeper.copies[0].kept.made_at.timestamp())
    if len(keeper.copies) == 1:
        return translate("Backups", "There is one, of {moment}.").format(moment=moment)
    return translate("Backups", "There are {count}; the newest is of {moment}.").format(
        count=count_text(len(keeper.copies)), moment=moment
    )


def progress_words(keeper: Keeper) -> str:
    """Return how far a copy under way is, or why the last one failed; "" where there is nothing to say."""
    if keeper.share is not None:
        if keeper.share < 1:
            return translate("Backups", "Copying: {percent} %").format(percent=count_text(round(100 * keeper.share)))
        return translate("Backups", "Reading the copy through…")
    return ""

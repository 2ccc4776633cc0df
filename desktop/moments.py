# SPDX-License-Identifier: Apache-2.0
"""Moments as people in this place and language write them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime


def time_text(seconds: float) -> str:
    """Return the time of day of a moment in seconds since 1970: "12:30"."""
    return QLocale().toString(_moment(seconds).time(), QLocale.FormatType.ShortFormat)


def day_text(seconds: float) -> str:
    """Return the day of a moment, with its year if it is not this one: "Tue 3 Jun"."""
    date = _moment(seconds).date()
    this_year = date.year() == QDate.currentDate().year()
    return QLocale().toString(date, "ddd d MMM" if this_year else "d MMM yyyy")


def moment_text(seconds: float) -> str:
    """Return the time of a moment, with its day if it is not today: "Tue 3 Jun, 12:30"."""
    is_today = _moment(seconds).date() == QDate.currentDate()
    return time_text(seconds) if is_today else f"{day_text(seconds)}, {time_text(seconds)}"


def _moment(seconds: float) -> QDateTime:
    moment = QDateTime.fromMSecsSinceEpoch(round(seconds * 1000))
    # A project may have been given a moment that is none.
    return moment if moment.isValid() else QDateTime(QDate(1970, 1, 1), QTime(0, 0))

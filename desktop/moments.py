# SPDX-License-Identifier: Apache-2.0
"""Moments as people in this place and language write them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime


def time_text(seconds: float, *, exact: bool = False) -> str:
    """Return the time of day of a moment in seconds since 1970: "12:30", or exactly "12:30:05"."""
    usual = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return QLocale().toString(_moment(seconds).time(), usual.replace("mm", "mm:ss") if exact else usual)


def day_text(seconds: float) -> str:
    """Return the day of a moment, with its year if it is not this one: "Tue 3 Jun"."""
    date = _moment(seconds).date()
    this_year = date.year() == QDate.currentDate().year()
    return QLocale().toString(date, "ddd d MMM" if this_year else "d MMM yyyy")


def moment_text(seconds: float, *, exact: bool = False) -> str:
    """Return the time of a moment, with its day if it is not today: "Tue 3 Jun, 12:30"."""
    is_today = _moment(seconds).date() == QDate.currentDate()
    time = time_text(seconds, exact=exact)
    return time if is_today else f"{day_text(seconds)}, {time}"


def _moment(seconds: float) -> QDateTime:
    moment = QDateTime.fromMSecsSinceEpoch(round(seconds * 1000))
    # A project may have been given a moment that is none.
    return moment if moment.isValid() else QDateTime(QDate(1970, 1, 1), QTime(0, 0))

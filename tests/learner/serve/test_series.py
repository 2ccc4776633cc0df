# SPDX-License-Identifier: Apache-2.0
"""Samples that come in a series, learned together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from learner.serve.series import Series

FOR_EVER = 3600.0


@contextmanager
def running(quiet: float, longest: float, notes: int = 0) -> Iterator[tuple[Series, threading.Semaphore]]:
    """Run a series that already has so many notes."""
    told = threading.Semaphore(0)
    series = Series(told.release, quiet, longest)
    for _ in range(notes):
        series.note()
    series.start()
    yield series, told
    series.stop()


def test_a_series_that_pauses_is_told_once() -> None:
    with running(0.0, FOR_EVER, notes=100) as (_, told):
        assert told.acquire(timeout=60)
    assert not told.acquire(blocking=False), "once for all of them"


def test_one_that_goes_on_is_told_all_the_same() -> None:
    with running(FOR_EVER, 0.0) as (series, told):
        series.note()
        assert told.acquire(timeout=60)
        series.note()
        assert told.acquire(timeout=60)


def test_the_end_waits_for_nothing() -> None:
    with running(FOR_EVER, FOR_EVER) as (series, told):
        series.note()
    assert not told.acquire(blocking=False)

# SPDX-License-Identifier: Apache-2.0
"""Whatever is killed, and whenever: the file opens and is well, what was acknowledged is in it, and it goes on.

`pytest tests/torture --kills 10000` makes a night of it; `--seed` repeats one.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.qt import needs_qt
from tests.torture.aim import compiled, why_not
from tests.torture.life import Life
from tests.torture.nursery import Nursery
from tests.torture.place import Place
from tests.torture.tally import Tally

pytestmark = [needs_qt, pytest.mark.skipif(sys.platform != "linux", reason="sessions of processes are looked at")]

KILLS_A_LIFE = 25


def place_in(folder: Path, *, light: bool = True) -> Place:
    place = Place(folder, None if why_not() else compiled(folder), light)
    place.projects.mkdir()
    (folder / "home").mkdir()
    return place


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, seed = request.config.getoption("kills"), request.config.getoption("seed")
    random, tally, place = (
        Random(seed),
        Tally(seed),
        place_in(tmp_path, light=not request.config.getoption("tensorflow")),
    )
    began = time.monotonic()
    try:
        with closing(place):
            while tally.total < kills:
                with closing(Life(place, tally.lives, random, tally)) as life:
                    life.live(min(KILLS_A_LIFE, kills - tally.total))
    finally:
        tally.seconds = time.monotonic() - began
        with capsys.disabled():
            print(f"\n{tally.text()}")


@pytest.mark.slow
def test_who_ends_just_before_the_kill_has_ended_by_itself(tmp_path: Path) -> None:
    with closing(Nursery(tmp_path, os.environ)) as nursery, (tmp_path / "errors").open("w") as errors:
        one = nursery.start(["verb", "--version"], errors)
        assert one.wait(60) == 0
        one.kill()
        assert one.wait() == 0
        for stream in (one.stdin, one.stdout):
            assert stream is not None
            stream.close()

# SPDX-License-Identifier: Apache-2.0
"""Commands that ask for what is not there: each is answered or said to fail, and the learner goes on.

What crosses the pipe was made by our own processes (see `learner.messages`), so their types are right; what ids, names
and pictures they carry comes from people.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learner.messages import (
    AllowConsolidation,
    Answer,
    Answered,
    Cancel,
    Command,
    Draw,
    Explain,
    Highlight,
    Judge,
    KeepBackbone,
    Learn,
    Pause,
    Predict,
    Refresh,
    Restore,
    Resume,
    Sleep,
    UseBackbone,
)
from learner.types import Image
from tests.learner.fakes import SIZE, picture
from tests.learner.test_process import Bench

IDS = st.sampled_from([-(2**63), -1, 0, 1, 2, 7, 2**31, 2**53, 2**63 - 1]) | st.integers(-(2**63), 2**63 - 1)
WORDS = st.text(max_size=20) | st.sampled_from(
    ["../x.keras", "/dev/zero", "nowhere.showtell-backbone", "\0", "-", "fake"]
)


def images(seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (SIZE, SIZE, 3)).astype(np.uint8)


FRAMES = st.integers(0, 2**31).map(images)
COMMANDS = st.one_of(
    st.builds(Predict, IDS, FRAMES),
    st.builds(Answer, IDS, FRAMES),
    st.builds(Highlight, IDS, FRAMES),
    st.builds(Explain, IDS, IDS),
    st.builds(Judge, IDS),
    st.builds(Draw, IDS),
    st.builds(Restore, IDS),
    st.builds(UseBackbone, WORDS),
    st.builds(Learn, WORDS),
    st.builds(Sleep, WORDS),
    st.builds(AllowConsolidation, st.booleans()),
    st.sampled_from([Pause(), Resume(), Cancel(), Refresh(), KeepBackbone()]),
)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "desk.showtell")
        bench.turn()
        yield bench
        bench.close()


def is_survived(bench: Bench, commands: list[Command]) -> None:
    bench.take(*commands)
    bench.turn(most=20)
    bench.answer(most=20)
    bench._heard()
    bench.take(Answer(1, picture(1)[:SIZE, :SIZE]))
    assert [event.number for event in bench._heard() if isinstance(event, Answered)] == [1]


_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=8, deadline=None, suppress_health_check=_QUIET)
@given(commands=st.lists(COMMANDS, max_size=5))
def test_what_makes_no_sense_is_survived(bench: Bench, commands: list[Command]) -> None:
    is_survived(bench, commands)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=_QUIET)
@given(commands=st.lists(COMMANDS, max_size=8))
def test_much_that_makes_no_sense_is_survived(bench: Bench, commands: list[Command]) -> None:
    is_survived(bench, commands)

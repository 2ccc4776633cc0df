# SPDX-License-Identifier: Apache-2.0
"""A short life of the soak (`benchmarks.soak`), and one whose learner keeps every picture that it sees."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from benchmarks.soak import LIMIT, Life, soak
from learner.engine import Engine
from learner.spawning import serve
from learner.types import Image, Prediction

SHORT = Life(predictions=2_000, increments=40, warm_up=15, live=40)


def hoarding(connection: Connection) -> None:
    """Do what a learner does, and let go of no picture."""
    kept: list[Image] = []
    predict = Engine.predict

    def keep(engine: Engine, image: Image) -> Prediction:
        kept.append(image)
        return predict(engine, image)

    Engine.predict = keep  # type: ignore[method-assign,assignment]
    serve(connection)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_learner_keeps_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    grown = soak(tmp_path / "soak.showtell", SHORT)
    assert grown.predictions >= SHORT.predictions
    assert grown.rebuilds > 0
    assert grown.growth < LIMIT


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_that_keeps_everything_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.spawning.serve", hoarding)
    assert soak(tmp_path / "soak.showtell", SHORT).growth > LIMIT

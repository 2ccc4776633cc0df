# SPDX-License-Identifier: Apache-2.0
"""Whatever befalls a file, reading it ends in what is in it, or in words for people.

A few are tried with every run, and more with the slow ones; `python -m benchmarks.fuzzing` goes on for as long as it is
told.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from learner.errors import ShowtellError
from tests.fuzz.mutating import KINDS, edited, mutated
from tests.fuzz.targets import TARGETS

LIGHT = ("project", "picture", "archive", "table", "manifest")
_FEW = settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_MANY = settings(_FEW, max_examples=100)


def read(name: str, random: Random) -> None:
    kind = KINDS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"strange{kind.ending}"
        path.write_bytes(kind.wrap(mutated(random.choice(kind.seeds()), random)))
        with suppress(ShowtellError):
            TARGETS[kind.target](path)


def read_edited(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "strange.showtell"
        edited(path, random)
        for target in ("check", "project"):
            with suppress(ShowtellError):
                TARGETS[target](path)


@pytest.mark.parametrize("name", LIGHT)
@_FEW
@given(random=st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused(name: str, random: Random) -> None:
    read(name, random)


@_FEW
@given(random=st.randoms(use_true_random=False))
def test_a_project_with_strange_values_is_read_or_refused(random: Random) -> None:
    read_edited(random)


@pytest.mark.slow
@pytest.mark.parametrize("name", LIGHT)
@_MANY
@given(random=st.randoms(use_true_random=False))
def test_many_damaged_files(name: str, random: Random) -> None:
    read(name, random)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["network", "package"])
@settings(_FEW, max_examples=25)
@given(random=st.randoms(use_true_random=False))
def test_many_damaged_backbones(name: str, random: Random) -> None:
    pytest.importorskip("tensorflow")
    read(name, random)


@pytest.mark.slow
@_MANY
@given(random=st.randoms(use_true_random=False))
def test_many_projects_with_strange_values(random: Random) -> None:
    read_edited(random)

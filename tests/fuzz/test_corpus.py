# SPDX-License-Identifier: Apache-2.0
"""Every hostile file is refused with the right words, or read without what is wrong in it, in a process that lives.

How long each takes is measured by `python -m benchmarks.fuzzing corpus`; a busy machine is no bug, so here only a
watchdog ends what takes for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.corpus import Hostile, everything
from tests.fuzz.measuring import Worker

FILES = everything()
_MOST = 500e6
"""Bytes of memory that a file may cost: an absolute figure, and the same on every machine."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


_ALWAYS = frozenset(
    {
        "project: trigger on settings with a bomb",
        "project: view in the place of samples",
        "project: first format that says it was brought up to date",
        "project: class name for the terminal",
        "project: sample of no class that there is",
        "project: page that is its own child",
        "project: backbone that comes from itself",
        "picture: JPEG of a thousand passes",
        "picture: PNG with a thousand texts",
        "picture: one that never ends",
        "import: names that lead out in every way",
        "import: entries that share their bytes",
        "import: playlist called .mp4",
        "import: a million columns",
    }
)
"""Those that are read with every run of the tests; the others take a minute."""


@pytest.mark.parametrize(
    "file", [pytest.param(file, marks=[] if file.id in _ALWAYS else [pytest.mark.slow], id=file.id) for file in FILES]
)
def test_a_hostile_file(worker: Worker, file: Hostile) -> None:
    if file.target == "backbone":
        pytest.importorskip("tensorflow")
    (measured,) = worker.measure([file])
    assert measured.outcome in file.allowed, measured.told
    assert measured.bytes < _MOST, measured
    assert not any(character < " " or character == "\x7f" for character in measured.told), "it could steer a terminal"


def test_no_two_are_called_the_same() -> None:
    assert len({file.id for file in FILES}) == len(FILES)
    assert {file.id for file in FILES} >= _ALWAYS

# SPDX-License-Identifier: Apache-2.0
"""Whatever was taught, taken back and learned before: after a rebuild the project is as if it had never been."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from learner import LearnerConfig, open_project
from learner.buffer import Buffer, EncodedImage, encode
from learner.engine import Work
from learner.messages import IncrementLearned
from learner.types import Role, View
from tests.learner.desk import Desk, look

CONFIG = LearnerConfig(
    steps=4, batch_size=8, sleep_steps=4, sleep_batch_size=8, sleep_learning_rates=(0.5, 2.0), bank_size=7, seed=3
)
NAMES = ("a", "b", "c", "d")
ACTS = 24


@cache
def shown(kind: int, number: int) -> EncodedImage:
    return encode(look(kind, number))


@dataclass(frozen=True)
class Shown:
    """What a project has to learn from or to measure with: the picture, its class, its recording, and whether it is a
    test."""

    image: EncodedImage
    name: str
    burst_id: int
    is_test: bool


class Life:
    """A project file that somebody does this and that to, as a seed has it."""

    def __init__(
        self,
        buffer: Buffer,
        seed: int,
        learn: Callable[[], Work],
        sleep: Callable[[], Work],
        restart: Callable[[], None],
    ) -> None:
        self.buffer = buffer
        self._random = np.random.default_rng(seed)
        self._work = {"learn": learn, "sleep": sleep}
        self._begin_anew = restart
        self._images: dict[int, EncodedImage] = {}
        self._number = 0
        self.knows: dict[int, set[int]] = {}
        """The samples that each version was made of."""
        self.pinned: set[int] = set()

    def live(self, acts: int) -> None:
        kinds = ["add"] * 6 + ["learn"] * 4 + ["delete", "relabel"] * 3 + ["undelete", "sleep", "hold_out"] * 2
        kinds += ["archive", "unarchive", "give_up", "restart", "pin"]
        for name in NAMES[:2]:
            self._add(name)
        for kind in self._random.choice(kinds, acts):
            getattr(self, f"_{kind}")()

    def sleep(self) -> None:
        """Rebuild, to the end."""
        self._drive(self._work["sleep"]())

    def survivors(self) -> list[Shown]:
        names = {info.id: info.name for info in self.buffer.classes()}
        return [
            Shown(self._images[m.sample_id], names[m.class_id], m.burst_id, m.role is Role.HOLDOUT)
            for m in self.buffer.members()
        ]

    def _drive(self, work: Work, most: int | None = None) -> None:
        for event in islice(work, most):
            if isinstance(event, IncrementLearned):
                version_id = event.increment.version_id
                assert version_id is not None
                self.knows[version_id] = {m.sample_id for m in self.buffer.members() if m.role is Role.TRAIN}
        work.close()

    def _some(self, sample_ids: list[int]) -> list[int]:
        start = self._random.integers(max(1, len(sample_ids)))
        return sample_ids[start : start + int(self._random.integers(1, 5))]

    def _class(self) -> int | None:
        ids = [info.id for info in self.buffer.classes()]
        return int(self._random.choice(ids)) if ids else None

    def _add(self, name: str | None = None) -> None:
        name = name or str(self._random.choice(NAMES))
        info = self.buffer.class_named(name) or self.buffer.add_class(name)
        bursts = self.buffer.bursts()
        burst_id = bursts[-1].id if bursts and self._random.random() < 0.3 else self.buffer.start_burst("test").id
        for _ in range(int(self._random.integers(1, 5))):
            self._number += 1
            # Now and then the very same picture once more, or one of a thing that was given another name.
            number = self._number if self._random.random() < 0.8 else max(1, self._number - 2)
            kind = NAMES.index(name) if self._random.random() < 0.9 else 9
            image = shown(kind, number)
            class_id = info.id if self._random.random() < 0.9 else None
            self._images[self.buffer.add_samples([(image, class_id, burst_id)])[0].id] = image

    def _learn(self) -> None:
        self._drive(self._work["learn"]())

    def _sleep(self) -> None:
        self._drive(self._work["sleep"]())

    def _give_up(self) -> None:
        self._drive(self._work[str(self._random.choice(["learn", "sleep"]))](), int(self._random.integers(1, 40)))

    def _delete(self) -> None:
        self.buffer.delete(self._some([sample.id for sample in self.buffer.samples()]))

    def _undelete(self) -> None:
        self.buffer.undelete(self._some([sample.id for sample in self.buffer.samples(deleted=True)]))

    def _relabel(self) -> None:
        class_id = self._class() if self._random.random() < 0.8 else None
        self.buffer.relabel(self._some([sample.id for sample in self.buffer.samples()]), class_id)

    def _hold_out(self) -> None:
        ids = self._some([sample.id for sample in self.buffer.samples()])
        self.buffer.hold_out(ids, held_out=bool(self._random.random() < 0.6))

    def _archive(self) -> None:
        if (class_id := self._class()) is not None:
            self.buffer.archive_class(class_id)

    def _unarchive(self) -> None:
        living = {info.name for info in self.buffer.classes()}
        for info in self.buffer.classes(archived=True):
            if info.archived and info.name not in living:
                self.buffer.unarchive_class(info.id)
                return

    def _restart(self) -> None:
        self._begin_anew()

    def _pin(self) -> None:
        if ids := [version.id for version in self.buffer.versions()]:
            version_id = int(self._random.choice(ids))
            self.buffer.pin(version_id)
            self.pinned.add(version_id)


def taught(buffer: Buffer, survivors: list[Shown]) -> None:
    """Give a project the survivors of another one, and nothing else."""
    bursts: dict[int, int] = {}
    for shown_ in survivors:
        info = buffer.class_named(shown_.name) or buffer.add_class(shown_.name)
        if shown_.burst_id not in bursts:
            bursts[shown_.burst_id] = buffer.start_burst("test").id
        (sample,) = buffer.add_samples([(shown_.image, info.id, bursts[shown_.burst_id])])
        if shown_.is_test:
            buffer.hold_out([sample.id])


def newest(buffer: Buffer) -> tuple[list[str], dict[str, bytes], dict[str, float]]:
    """Return the names of the columns of the version in use, all its arrays, and what was measured of it."""
    champion = buffer.champion()
    assert champion is not None
    head = buffer.head(champion.id)
    names = {info.id: info.name for info in buffer.classes()}
    arrays = {"kernel": head.kernel, "bias": head.bias, **buffer.arrays(champion.id)}
    return (
        [names[class_id] for class_id in head.class_ids],
        {name: value.tobytes() for name, value in sorted(arrays.items())},
        dict(champion.metrics),
    )


def no_trace_is_left(life: Life) -> None:
    """Nothing of what the project is not to know any more is left in it."""
    buffer = life.buffer
    known = {member.sample_id for member in buffer.members() if member.role is Role.TRAIN}
    versions = {version.id for version in buffer.versions()}
    assert versions >= life.pinned
    for version_id in versions - life.pinned:
        assert life.knows[version_id] <= known
    gone = {sample.id for sample in buffer.samples(deleted=True)}
    archived = {info.id for info in buffer.classes(archived=True) if info.archived}
    gone |= {sample.id for sample in buffer.samples() if sample.class_id in archived}
    for backbone_id, info in buffer.backbones():
        assert not gone & buffer.embedded(backbone_id, tuple(View)[:1], info.embedding_size)
    assert buffer.unlearnable() == []
    assert buffer.integrity_check() == []


@pytest.mark.parametrize("seed", [*range(60), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(60, 200))])
def test_a_rebuild_leaves_what_a_project_has_that_only_ever_got_the_survivors(tmp_path: Path, seed: int) -> None:
    desk = Desk(tmp_path / "lived.showtell", CONFIG)
    life = Life(desk.buffer, seed, lambda: desk.engine.learn("test"), lambda: desk.engine.sleep("test"), desk.restart)
    life.live(ACTS)
    life.sleep()
    no_trace_is_left(life)
    fresh = Desk(tmp_path / "fresh.showtell", CONFIG)
    taught(fresh.buffer, life.survivors())
    fresh.slept()
    assert newest(desk.buffer) == newest(fresh.buffer)
    desk.buffer.close()
    fresh.buffer.close()


REAL = LearnerConfig(device="cpu", steps=4, sleep_steps=20)


def _lived(path: Path, seed: int) -> tuple[list[Shown], object]:
    with open_project(path, config=REAL) as project:
        life = Life(project.buffer, seed, lambda: _work(project.learn), lambda: _work(project.sleep), lambda: None)
        life.live(20)
        life.sleep()
        project.sleep()
        return life.survivors(), newest(project.buffer)


def _work(act: Callable[[], object]) -> Work:
    act()
    yield None


def _taught(path: Path, survivors: list[Shown]) -> object:
    with open_project(path, config=REAL) as project:
        taught(project.buffer, survivors)
        project.sleep()
        return newest(project.buffer)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_it_is_so_with_the_real_backbone_and_head_in_processes_of_their_own(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(1, context) as other:
        for seed in range(4):
            survivors, lived = one.submit(_lived, tmp_path / f"lived {seed}.showtell", seed).result()
            assert lived == other.submit(_taught, tmp_path / f"fresh {seed}.showtell", survivors).result()

# SPDX-License-Identifier: Apache-2.0
"""The steps of an increment, and the levers of whoever looks on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.buffer import Buffer
from learner.engine import OnStep
from learner.memory import VIEWS, Memory, views_used
from learner.messages import Event, NothingToLearn, Stepped
from learner.refining import Control, Plan, Probe, Refiner
from learner.roll import Content, evenly
from learner.sampling import Recording, ReplaySampler, by_class
from learner.types import HeadWeights, Step, Vectors
from tests.learner.desk import Desk, look
from tests.learner.fakes import FakeEmbedder, NumPyHead, picture


class Watched(NumPyHead):
    """Keeps what it was asked; with `ruin`, every step makes it worse."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Vectors, NDArray[np.int64], float]] = []
        self.ruin = False

    def train_on_batch(self, x: Vectors, y: NDArray[np.int64], learning_rate: float) -> tuple[float, float]:
        self.asked.append((x.copy(), y.copy(), learning_rate))
        told = super().train_on_batch(x, y, learning_rate)
        if self.ruin:
            self._kernel -= self._kernel
            self._bias = np.arange(len(self._bias), dtype=np.float32)
        return told


class Sampler(ReplaySampler):
    """Keeps which share of new samples was asked for."""

    def draw(self, size: int, new_share: float = 0.0) -> tuple[list[int], NDArray[np.int64]]:
        self.shares = [*getattr(self, "shares", []), new_share]
        return super().draw(size, new_share)


class Bench:
    """Three classes that are embedded, and everything that it takes to refine their head."""

    def __init__(self, path: Path) -> None:
        self.buffer = Buffer.open(path)
        for kind in (1, 2, 3):
            class_id, burst = self.buffer.add_class(f"kind {kind}").id, self.buffer.start_burst("test")
            self.buffer.add_samples([(look(kind, number), class_id, burst.id) for number in range(5)])
        self.memory = Memory(self.buffer, FakeEmbedder())
        list(self.memory.embed_new())
        self.content = Content.of(self.buffer.members())
        list(self.memory.take_in(self.content))
        closed = self.memory.statistics(mirrored=True, with_held_out=True).discriminant(0.1)
        self.head = closed.head(40.0, mirrored=True)  # so unsure that steps have something to do
        self.model = Watched()
        self.control = Control()

    def sampler(self, new: Sequence[int] = ()) -> Sampler:
        return Sampler(by_class(self.content.learned), self.head.class_ids, self.memory.clusters, self.parts(new), 0)

    def parts(self, sample_ids: Sequence[int]) -> list[Recording]:
        """Return the parts of recordings that are these samples."""
        found = (recording.only(np.array(sample_ids, np.int64)) for recording in self.content.learned)
        return [part for part in found if len(part)]

    def probe(self, *, wrong: bool = False) -> Probe:
        every = evenly(self.content.learned)
        place = {class_id: column for column, class_id in enumerate(self.head.class_ids)}
        x = self.memory.answers(every.sample_ids.tolist(), mirrored=True)
        columns = np.array([place[class_id] for class_id in every.class_ids.tolist()])
        return Probe(x[:5], (columns[:5] + wrong) % 3, x[5:], columns[5:])

    def work(
        self,
        plan: Plan,
        *,
        probe: Probe | None = None,
        sampler: Sampler | None = None,
        on_step: OnStep | None = None,
        seed: int = 0,
    ) -> tuple[HeadWeights, list[Step]]:
        self.refiner = Refiner(self.memory, self.model, self.control, on_step, seed)
        work = self.refiner.refine(self.head, sampler or self.sampler(), plan, plan.steps, probe)
        steps: list[Step] = []
        while True:
            try:
                event = next(work)
            except StopIteration as done:
                return done.value, steps
            assert isinstance(event, Stepped)
            steps.append(event.step)


PLAN = Plan(10, 16, 0.1, 4)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "desk.showtell")
    yield bench
    bench.buffer.close()


def test_steps_are_counted_and_their_rate_falls_along_a_cosine(bench: Bench) -> None:
    _, steps = bench.work(PLAN)
    assert [step.number for step in steps] == list(range(1, 11))
    assert {step.total for step in steps} == {10}
    rates = [0.1 * (1 + math.cos(math.pi * number / 10)) / 2 for number in range(10)]
    assert [step.learning_rate for step in steps] == pytest.approx(rates)
    assert [rate for _, _, rate in bench.model.asked] == pytest.approx(rates)
    assert bench.refiner.steps == steps


def test_rows_of_a_batch_are_views_of_samples_of_their_classes(bench: Bench) -> None:
    bench.work(PLAN)
    for mirrored in (True, False):
        bench.head = HeadWeights(bench.head.kernel, bench.head.bias, bench.head.class_ids, mirrored)
        bench.model.asked.clear()
        bench.work(PLAN)
        every = evenly(bench.content.learned)
        of = dict(zip(every.sample_ids.tolist(), every.class_ids.tolist(), strict=True))
        known = {
            bench.memory.rows([sample_id], which)[0].tobytes(): (class_id, which)
            for which in VIEWS
            for sample_id, class_id in of.items()
        }
        seen = set()
        for x, y, _ in bench.model.asked:
            assert x.shape == (16, bench.memory.size)
            for row, column in zip(x, y, strict=True):
                class_id, which = known[row.tobytes()]
                assert class_id == bench.head.class_ids[column]
                seen.add(which)
        assert seen == set(views_used(mirrored=mirrored))


def test_same_seed_same_weights_and_the_start_is_left_alone(bench: Bench) -> None:
    before = bench.head.kernel.tobytes(), bench.head.bias.tobytes()
    one, other, another = (bench.work(PLAN, seed=seed)[0] for seed in (7, 7, 8))
    assert one.kernel.tobytes() == other.kernel.tobytes() != another.kernel.tobytes()
    assert (bench.head.kernel.tobytes(), bench.head.bias.tobytes()) == before
    assert one.class_ids == bench.head.class_ids


def test_the_rate_can_be_moved_and_holds_from_the_next_step_on(bench: Bench) -> None:
    def slower(step: Step, control: Control) -> None:
        control.learning_rate = 0.5 if step.number >= 3 else 1.0

    plain = [step.learning_rate for step in bench.work(PLAN)[1]]
    moved = [step.learning_rate for step in bench.work(PLAN, on_step=slower)[1]]
    assert moved == pytest.approx([*plain[:3], *(rate / 2 for rate in plain[3:])])


def test_the_share_of_new_samples_can_be_moved(bench: Bench) -> None:
    def more(step: Step, control: Control) -> None:
        control.new_share = 1.0

    sampler = bench.sampler()
    bench.control.new_share = 0.25
    bench.work(PLAN, sampler=sampler, on_step=more)
    assert sampler.shares == [0.25] + [1.0] * 9


def test_with_a_share_of_one_only_new_samples_of_a_class_are_replayed(bench: Bench) -> None:
    new, *others = bench.content.learned[0].sample_ids.tolist()
    old = set(others)
    ids, columns = bench.sampler([new]).draw(300, 1.0)
    assert new in ids
    assert not old & set(ids)
    assert len(set(columns)) == 3


def test_enough_ends_the_steps_and_keeps_what_they_came_to(bench: Bench) -> None:
    def enough(step: Step, control: Control) -> None:
        control.enough = step.number == 2

    head, steps = bench.work(PLAN, on_step=enough)
    assert len(steps) == 2
    assert not np.array_equal(head.kernel, bench.head.kernel)


def test_cancelling_ends_the_steps(bench: Bench) -> None:
    def cancel(step: Step, control: Control) -> None:
        control.cancelled = True

    assert len(bench.work(PLAN, on_step=cancel)[1]) == 1


def test_while_it_is_paused_no_step_is_taken(bench: Bench) -> None:
    work = Refiner(bench.memory, bench.model, bench.control, None, 0).refine(bench.head, bench.sampler(), PLAN, 10)
    next(work)
    bench.control.paused = True
    assert [next(work) for _ in range(50)] == [None] * 50
    assert bench.model.calls == 1
    bench.control.paused = False
    assert isinstance(next(work), Stepped)
    bench.control.paused = True
    assert next(work) is None
    bench.control.cancelled = True
    with pytest.raises(StopIteration):
        next(work)
    assert bench.model.calls == 2


def test_it_stops_when_what_is_new_is_learned_and_not_before(bench: Bench) -> None:
    probe = bench.probe()
    assert probe.right(bench.head) == (1, 1)
    assert len(bench.work(PLAN, probe=probe)[1]) == PLAN.least
    assert len(bench.work(Plan(10, 16, 0.1, 6), probe=probe)[1]) == 8, "it looks every so many steps"
    assert len(bench.work(PLAN)[1]) == 10, "nobody looks"
    hopeless = bench.probe(wrong=True)
    assert hopeless.right(bench.head)[0] == 0
    assert len(bench.work(PLAN, probe=hopeless)[1]) == 10


def test_steps_that_make_old_samples_worse_are_not_kept(bench: Bench) -> None:
    bench.model.ruin = True
    head, steps = bench.work(PLAN, probe=bench.probe())
    assert len(steps) == 10
    assert head is bench.head
    assert bench.work(PLAN)[0] is not bench.head, "without a look nobody knows"


def test_a_probe_without_samples_has_nothing_against_a_head(bench: Bench) -> None:
    nothing, none = np.zeros((0, bench.memory.size), np.float32), np.zeros(0, np.int64)
    assert Probe(nothing, none, nothing, none).right(bench.head) == (1.0, 1.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "engine.showtell")
    yield desk
    desk.buffer.close()


def taught(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()


def test_an_increment_that_is_cancelled_leaves_the_version_in_use(desk: Desk) -> None:
    taught(desk)
    version = desk.engine.version_id
    desk.record("c", 3)
    for work in (desk.engine.learn, desk.engine.sleep):
        seen: list[Event | None] = []
        for event in work("test"):
            seen.append(event)
            desk.engine.control.cancelled = isinstance(event, Stepped)
            if isinstance(event, NothingToLearn):
                break
        assert sum(isinstance(event, Stepped) for event in seen) == 1
        assert seen[-1] == NothingToLearn(version)
        desk.engine.control.cancelled = False
        assert desk.answer(1).version_id == version == desk.buffer.champion_id()
    assert len(desk.buffer.increments()) == 1


def test_answers_go_on_while_an_increment_is_paused(desk: Desk) -> None:
    taught(desk)
    desk.record("c", 3)
    work = desk.engine.learn("test")
    for event in work:
        if isinstance(event, Stepped):
            break
    desk.engine.control.paused = True
    assert [next(work) for _ in range(20)] == [None] * 20
    assert desk.answer(3).label == "c"
    desk.engine.control.paused = False
    list(work)
    assert desk.answer(3).version_id == desk.buffer.champion_id()


def test_what_is_known_already_takes_few_steps_and_what_cannot_be_learned_takes_them_all(desk: Desk) -> None:
    desk.record("a", 1)
    desk.record("b", 2)
    assert desk.learned().steps == 4
    desk.record("a", 1, start=50)
    assert desk.learned().steps == 4
    desk.show("b", [picture(1, 7)])
    assert desk.learned().steps == desk.config.steps == 5

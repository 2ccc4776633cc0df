# SPDX-License-Identifier: Apache-2.0
"""What every model, every sampler and every project keeps, whatever is asked of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from learner.buffer import EncodedImage, encode
from learner.config import LearnerConfig
from learner.discriminant import Statistics
from learner.engine import Model
from learner.messages import IncrementLearned, Stepped
from learner.sampling import (
    Recording,
    ReplaySampler,
    bank,
    by_class,
    digest,
    digest_of,
    held_out,
    near_duplicates,
    recordings,
)
from learner.types import HeadWeights, Image, Member, Prediction, Role, Vectors
from tests.learner.desk import CONFIG, Desk, look
from tests.learner.desk import recordings as shown
from tests.learner.fakes import INFO, NumPyHead, picture

SIZE, BATCH = INFO.embedding_size, CONFIG.batch_size


@cache
def keras_head() -> Model:
    pytest.importorskip("tensorflow")
    from learner.nn.head import KerasHead

    return KerasHead(SIZE, [BATCH], 128, NumPyHead.device)


MODELS = [NumPyHead, pytest.param(keras_head, marks=pytest.mark.slow)]
Make = Callable[[], Model]


def start(classes: int, seed: int = 0) -> HeadWeights:
    random = np.random.default_rng(seed)
    kernel = random.normal(size=(SIZE, classes)).astype(np.float32)
    return HeadWeights(kernel, random.normal(size=classes).astype(np.float32), tuple(range(classes)))


def batches(classes: int, count: int = 5) -> list[tuple[Vectors, np.ndarray[Any, np.dtype[np.int64]]]]:
    random = np.random.default_rng(1)
    return [
        (random.normal(size=(BATCH, SIZE)).astype(np.float32), random.integers(0, classes, BATCH)) for _ in range(count)
    ]


def trained(model: Model, head: HeadWeights, given: list[Any]) -> HeadWeights:
    model.start(head)
    for x, y in given:
        loss, accuracy = model.train_on_batch(x, y, 0.1)
        assert np.isfinite(loss)
        assert 0 <= accuracy <= 1
    return HeadWeights(*model.weights(), head.class_ids)


@pytest.mark.parametrize("make", MODELS)
def test_a_model_leaves_what_it_is_given_and_what_it_gave_alone(make: Make) -> None:
    head, given = start(3), batches(3)
    before = [part.tobytes() for part in (head.kernel, head.bias, *(array for pair in given for array in pair))]
    model = make()
    learned = trained(model, head, given)
    after = [part.tobytes() for part in (head.kernel, head.bias, *(array for pair in given for array in pair))]
    assert before == after
    kept = learned.kernel.tobytes()
    model.train_on_batch(*given[0], 0.5)
    assert learned.kernel.tobytes() == kept
    assert learned.kernel.tobytes() != head.kernel.tobytes()


@pytest.mark.parametrize("make", MODELS)
@pytest.mark.parametrize("classes", [1, 2, 7, 128, 130])
def test_a_model_learns_the_same_from_the_same(make: Make, classes: int) -> None:
    head, given = start(classes), batches(classes)
    one = trained(make(), head, given)
    trained(make(), start(4, seed=9), batches(4))
    other = trained(make(), head, given)
    assert one.kernel.tobytes() == other.kernel.tobytes()
    assert one.bias.tobytes() == other.bias.tobytes()
    assert one.kernel.shape == (SIZE, classes)
    assert one.kernel.dtype == one.bias.dtype == np.float32
    assert one.is_finite


@pytest.mark.parametrize("make", MODELS)
def test_a_model_has_no_favourite_column(make: Make) -> None:
    head, given = start(5), batches(5)
    order = np.array([3, 0, 4, 1, 2])
    place = np.argsort(order)
    turned = HeadWeights(head.kernel[:, order], head.bias[order], head.class_ids)
    one = trained(make(), head, given)
    other = trained(make(), turned, [(x, place[y]) for x, y in given])
    assert np.allclose(one.kernel[:, order], other.kernel, atol=1e-4)
    assert np.allclose(one.bias[order], other.bias, atol=1e-4)


@pytest.mark.parametrize("make", MODELS)
def test_a_model_stays_finite_when_there_is_nothing_to_tell_apart(make: Make) -> None:
    same = np.ones((BATCH, SIZE), np.float32)
    y = np.arange(BATCH) % 2
    assert trained(make(), start(2), [(same, y)] * 20).is_finite
    assert trained(make(), start(1), [(same, np.zeros(BATCH, np.int64))] * 20).is_finite


def members(count: int = 40) -> list[Member]:
    return [Member(n, 1 + n % 3, n % 7, f"{n:064x}", Role.TRAIN) for n in range(count)]


def points(count: int = 40) -> Vectors:
    x = np.random.default_rng(2).normal(size=(count, 8))
    return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)


def counted(x: Vectors, order: list[int]) -> bytes:
    statistics = Statistics(8)
    for row in order:
        statistics.add(x[row : row + 1], [row % 3])
    closed = statistics.discriminant(0.1)
    return closed.kernel.tobytes() + closed.covariance.tobytes() + closed.means.tobytes() + bytes(closed.class_ids)


def named(recording: Recording) -> tuple[object, ...]:
    return recording.burst_id, recording.class_id, recording.key, recording.digest, recording.sample_ids.tolist()


CHOICES: dict[str, Callable[[list[Member], Vectors], object]] = {
    "batches": lambda m, x: ReplaySampler(
        by_class(recordings(m)),
        (1, 2, 3),
        lambda recording: (recording.sample_ids == 4).astype(np.int64),
        recordings(one for one in m if one.sample_id in {3, 5}),
        7,
    ).draw(64, 0.5)[0],
    "recordings": lambda m, x: [named(recording) for recording in recordings(m)],
    "hold-out": lambda m, x: [named(recording) for recording in held_out(recordings(m))],
    "digest": lambda m, x: digest([digest_of(recordings(m))]),
    "clusters": lambda m, x: near_duplicates(x).tolist(),
    "bank": lambda m, x: bank(x, x[:, 0].astype(np.float64), 11).tolist(),
    "statistics": lambda m, x: counted(x, list(range(len(x)))),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_what_is_chosen_follows_from_what_is_given_and_changes_nothing(choice: str) -> None:
    m, x = members(), points()
    one = CHOICES[choice](m, x)
    assert (m, x.tobytes()) == (members(), points().tobytes())
    assert CHOICES[choice](members(), points()) == one


@pytest.mark.parametrize("choice", ["batches", "recordings", "hold-out", "digest"])
def test_what_is_chosen_does_not_depend_on_the_order_it_comes_in(choice: str) -> None:
    assert CHOICES[choice](members()[::-1], points()) == CHOICES[choice](members(), points())


def test_sums_do_not_depend_on_the_order_they_are_made_in() -> None:
    x = points()
    assert counted(x, list(range(40))) == counted(x, list(np.random.default_rng(0).permutation(40)))


@pytest.fixture(params=MODELS)
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    model = request.param()
    # One size of batch for all, so that a model is made once.
    desk = Desk(tmp_path / "desk.showtell", CONFIG, lambda: model)
    yield desk
    desk.buffer.close()


def teach(desk: Desk, *kinds: int) -> None:
    for kind in kinds:
        for measured in (False, False, True):
            for found in islice(shown(kind, measured=measured), 1 + measured):
                desk.show(f"kind {kind}", found)


def asked(desk: Desk) -> list[Prediction]:
    images = [*(look(kind, number) for kind in (1, 2, 3, 4) for number in (1900, 1901)), picture(70), picture(71)]
    return [desk.see(image) for image in images]


def said(answers: list[Prediction]) -> list[tuple[object, ...]]:
    """Return what answers say, to the bit, but for which version says it and how long it took."""
    return [(a.label, tuple(a.probabilities.items()), a.confidence, a.novelty, a.unknown, a.worth) for a in answers]


def test_a_version_that_is_restored_answers_as_it_did(desk: Desk) -> None:
    teach(desk, 1, 2)
    versions = []
    for kind in (3, 4):
        versions.append((desk.learned().version_id, said(asked(desk))))
        versions.append((desk.slept().version_id, said(asked(desk))))
        teach(desk, kind)
    for version_id, answers in [*versions, *versions[::-1]]:
        assert version_id is not None
        desk.engine.restore(version_id)
        assert said(asked(desk)) == answers
        desk.restart()
        assert said(asked(desk)) == answers
    assert len({str(answers) for _, answers in versions}) > 1


def test_in_which_order_classes_were_made_makes_no_difference(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other.showtell", CONFIG, desk._model)
    for kind in (3, 1, 4, 2):
        other.buffer.add_class(f"kind {kind}")
    for one in (desk, other):
        teach(one, 1, 2, 3, 4)
        one.slept()
    assert said(asked(desk)) == said(asked(other))
    other.buffer.close()


def one_class(desk: Desk) -> int:
    desk.record("a", 1)
    return 1


def one_sample(desk: Desk) -> int:
    desk.record("a", 1, count=1)
    return 1


def one_sample_each(desk: Desk) -> int:
    for kind in (1, 2, 3):
        desk.record(f"kind {kind}", kind, count=1)
    return 3


def identical_samples(desk: Desk) -> int:
    for name in ("a", "b"):
        desk.show(name, [picture(1)] * 5)
    return 2


def one_colour(desk: Desk) -> int:
    for value, name in enumerate(("black", "grey", "white")):
        desk.show(name, [np.full((64, 64, 3), min(255, 128 * value), np.uint8)] * 2)
    return 3


def names_of_all_kinds(desk: Desk) -> int:
    names = ("Ente № 3", "日本のマグ", "🦆👩‍🚀", "é", "x" * 80, '"; DROP TABLE', "عصا")
    for kind, name in enumerate(names):
        desk.record(name, kind)
    return len(names)


def an_empty_class(desk: Desk) -> int:
    desk.record("a", 1)
    desk.buffer.add_class("empty")
    desk.record("b", 2)
    desk.buffer.delete(desk.record("deleted", 3))
    return 2


def many_classes(count: int) -> Callable[[Desk], int]:
    def make(desk: Desk) -> int:
        for kind in range(count):
            desk.record(f"kind {kind}", kind, count=1)
        return count

    return make


HARD = [
    one_class,
    one_sample,
    one_sample_each,
    identical_samples,
    one_colour,
    names_of_all_kinds,
    an_empty_class,
    many_classes(128),
    many_classes(130),
]


@pytest.mark.parametrize("make", HARD)
def test_answers_are_numbers_however_little_or_much_there_is(desk: Desk, make: Callable[[Desk], int]) -> None:
    classes = make(desk)
    for work in (desk.learned, desk.slept):
        assert work().accepted
        for image in (picture(1), picture(2), look(1, 5), np.zeros((64, 64, 3), np.uint8)):
            answer = desk.see(image)
            is_a_distribution(answer)
            assert len(answer.probabilities) == classes
    assert desk.engine.suspected_mislabels(3) is not None
    assert desk.engine.next_to_label(3) == []


def is_a_distribution(answer: Prediction) -> None:
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert all(0 <= share <= 1 for share in answer.probabilities.values())
    assert answer.label == next(iter(answer.probabilities))
    assert np.isfinite([answer.confidence, answer.novelty, answer.worth]).all()
    assert answer.novelty >= 0
    assert answer.worth >= 0


MACHINE = LearnerConfig(steps=4, batch_size=8, sleep_steps=2, sleep_batch_size=8, bank_size=6)
numbers = st.integers(0, 3)
roles = st.sampled_from([Role.TRAIN, Role.TRAIN, Role.TRAIN, Role.HOLDOUT])


@cache
def frame(kind: int, number: int) -> EncodedImage:
    return encode(look(kind, number))


@cache
def asked_with() -> list[Image]:
    return [look(1, 3000), picture(70)]


class Using(RuleBasedStateMachine):
    """Somebody who teaches, changes his mind, and goes back."""

    samples = Bundle("samples")

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._desk = Desk(Path(self._folder.name) / "desk.showtell", MACHINE)
        self._count = 0
        self._pinned: set[int] = set()
        self._undo: list[Callable[[], object]] = []

    @rule(
        target=samples, number=numbers, count=st.integers(1, 3), role=st.sampled_from([*[Role.TRAIN] * 4, Role.HOLDOUT])
    )
    def add(self, number: int, count: int, role: Role) -> list[int]:
        images = [frame(number, self._count + place) for place in range(count)]
        self._count += count
        ids = self._desk.show(f"class {number}", images, role)
        self._undo.append(lambda: self._desk.buffer.delete(ids))
        return ids

    @rule(ids=samples, number=numbers)
    def relabel(self, ids: list[int], number: int) -> None:
        info = self._desk.buffer.class_named(f"class {number}")
        former = self._desk.buffer.relabel(ids[:2], None if info is None else info.id)
        self._undo.append(lambda: [self._desk.buffer.relabel([id_], class_id) for id_, class_id in former.items()])

    @rule(ids=samples)
    def delete(self, ids: list[int]) -> None:
        self._desk.buffer.delete(ids)
        self._undo.append(lambda: self._desk.buffer.undelete(ids))

    @rule(number=numbers)
    def archive(self, number: int) -> None:
        info = self._desk.buffer.class_named(f"class {number}")
        if info is not None:
            self._desk.buffer.archive_class(info.id)
            self._desk.engine.refresh()

    @rule()
    def undo(self) -> None:
        if self._undo:
            self._undo.pop()()

    @rule()
    def learn(self) -> None:
        self._desk.learn()
        assert not self._desk.engine.is_due()
        self._answers_are_of_the_classes_there_are()

    @rule()
    def sleep(self) -> None:
        told = self._desk.sleep()
        assert not self._desk.engine.is_due()
        if isinstance(told[-1], IncrementLearned):
            assert not self._desk.engine.is_sleep_due()
            assert self._desk.buffer.unlearnable() == []
            self._answers_are_of_the_classes_there_are()

    @rule(asleep=st.booleans(), first=st.booleans())
    def give_up(self, asleep: bool, first: bool) -> None:
        work = (self._desk.engine.sleep if asleep else self._desk.engine.learn)("test")
        for event in work:
            if first or isinstance(event, Stepped):
                break
        work.close()

    @rule()
    def restart(self) -> None:
        before = said([self._desk.see(image) for image in asked_with()])
        self._desk.restart()
        assert said([self._desk.see(image) for image in asked_with()]) == before

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if ids := [version.id for version in self._desk.buffer.versions()]:
            version_id = data.draw(st.sampled_from(ids))
            self._desk.engine.restore(version_id)
            assert self._desk.engine.version_id == version_id

    @rule(data=st.data())
    def pin(self, data: st.DataObject) -> None:
        if ids := [version.id for version in self._desk.buffer.versions()]:
            self._pinned.add(version_id := data.draw(st.sampled_from(ids)))
            self._desk.buffer.pin(version_id)

    def _answers_are_of_the_classes_there_are(self) -> None:
        buffer = self._desk.buffer
        taught = {member.class_id for member in buffer.members() if member.role is Role.TRAIN}
        names = {info.name for info in buffer.classes() if info.id in taught}
        newest = buffer.newest_increment(INFO.sha256)
        if newest is None or (newest.accepted and newest.version_id == self._desk.engine.version_id):
            assert set(self._desk.see(asked_with()[0]).probabilities) == names

    @invariant()
    def answers_are_a_distribution_over_living_classes(self) -> None:
        names = {info.name for info in self._desk.buffer.classes()}
        for image in asked_with():
            answer = self._desk.see(image)
            if answer.label is not None:
                is_a_distribution(answer)
                assert set(answer.probabilities) <= names

    @invariant()
    def the_version_that_answers_is_the_one_in_use(self) -> None:
        assert self._desk.engine.version_id == self._desk.buffer.champion_id()

    @invariant()
    def what_was_pinned_is_kept_and_the_file_is_sound(self) -> None:
        assert self._pinned <= {version.id for version in self._desk.buffer.versions()}
        assert self._desk.buffer.integrity_check() == []

    def teardown(self) -> None:
        self._desk.buffer.close()
        self._folder.cleanup()


TestUsing = Using.TestCase
TestUsing.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

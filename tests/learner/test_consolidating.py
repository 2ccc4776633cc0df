# SPDX-License-Identifier: Apache-2.0
"""What the process that consolidates does, done here, with Keras on a backbone of a few thousand weights."""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner import consolidating
from learner.backbones import files_of, trainable
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.config import LearnerConfig
from learner.consolidating import OutOfMemory, Trial, consolidate
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine
from learner.errors import ConsolidationFault, LabelFault, MemoryFault
from learner.messages import Consolidated, ConsolidationStarted, Event, IncrementLearned, Pause, Resume, Stop
from learner.preprocessing import model_input
from learner.roll import Content, evenly
from learner.types import BackboneInfo, Device, Image, Role, Step
from tests.learner.desk import Desk, look, recordings
from tests.learner.fakes import INFO, FakeEmbedder, NumPyHead

pytest.importorskip("tensorflow")

import keras
import tensorflow as tf

from learner.nn import backbone, package
from learner.nn.consolidate import Consolidator

SIZE = 32
STEPS = 52
CONFIG = LearnerConfig(steps=3, sleep_steps=4, consolidation_steps=STEPS)
CPU = Device("CPU", "CPU", "It is a test.")
GPU = Device("GPU", "Fake 3000", "It is a test.")
KINDS = (1, 2, 3)

Work = Generator[Event | OutOfMemory | None, None, None]


@pytest.fixture(autouse=True, scope="module")
def device() -> Iterator[pytest.MonkeyPatch]:
    """Train on the CPU without telling TensorFlow, which takes such settings once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("learner.nn.device.choose", lambda *_: CPU)
        yield patched
    keras.backend.clear_session()
    gc.collect()


@dataclass(frozen=True)
class Tiny:
    """A backbone, and its files."""

    info: BackboneInfo
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    keras.utils.set_random_seed(0)
    entry = keras.Input((SIZE, SIZE, 3))
    x = keras.layers.Rescaling(1 / 255)(entry)
    x = keras.layers.Conv2D(8, 3, strides=2, activation="relu")(x)
    x = keras.layers.BatchNormalization()(keras.layers.Conv2D(16, 3, strides=2)(x))
    x = keras.layers.Conv2D(24, 3)(keras.layers.ReLU()(x))
    model = keras.Model(entry, keras.layers.GlobalAveragePooling2D()(x))
    info = backbone.describe(model, "tiny")
    return Tiny(info, {PACKAGE: package.pack(model, info), LITERT: backbone.convert(model, info)})


@pytest.fixture(scope="module")
def lived(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that has learned three classes with the tiny backbone, and can measure."""
    path = tmp_path_factory.mktemp("lived") / "desk.showtell"
    with Buffer.open(path) as buffer:
        buffer.keep_backbone(tiny.info, tiny.files)
        for kind in KINDS:
            class_id = buffer.add_class(f"kind {kind}").id
            for measured in (False, True):
                found = recordings(kind, measured=measured)
                for _ in range(2):
                    show(buffer, class_id, next(found))
            show(buffer, class_id, [look(kind, 800), look(kind, 801)], Role.HOLDOUT)
        head = NumPyHead()
        engine = Engine(buffer, LiteRTEmbedder(tiny.files[LITERT], tiny.info), CONFIG, lambda: head)
        *_, last = engine.learn("test")
        assert isinstance(last, IncrementLearned)
        assert last.increment.evaluation["measured"]
    return path


def show(buffer: Buffer, class_id: int, images: list[Any], role: Role = Role.TRAIN) -> None:
    burst = buffer.start_burst("test", role)
    buffer.add_samples([(image, class_id, burst.id) for image in images])


def copied(path: Path, folder: Path) -> Path:
    return Path(shutil.copy(path, folder / "copied.showtell"))


@pytest.fixture
def buffer(lived: Path, tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(copied(lived, tmp_path)) as opened:
        yield opened


def to_train_on(buffer: Buffer) -> set[int]:
    """Return the samples of all recordings that are neither held out nor marked as tests."""
    return set(evenly(Content.of(buffer.members()).twin).sample_ids.tolist())


def go_on(work: Work, until: Callable[[Event | OutOfMemory], bool] = lambda _: False) -> list[Event | OutOfMemory]:
    """Consolidate to the end, or to an event; return what was told."""
    told = []
    for event in work:
        if event is not None:
            told.append(event)
            if until(event):
                break
    return told


def is_step(number: int) -> Callable[[Event | OutOfMemory], bool]:
    return lambda event: isinstance(event, Consolidated) and event.step.number == number


def is_started(event: Event | OutOfMemory) -> bool:
    return isinstance(event, ConsolidationStarted)


def steps(told: list[Event | OutOfMemory]) -> list[Step]:
    return [event.step for event in told if isinstance(event, Consolidated)]


@dataclass(frozen=True)
class Run:
    """A consolidation from the first step to the last."""

    path: Path
    told: list[Event | OutOfMemory]
    read: set[int]
    saved: list[Checkpoint]
    damaged: int


@pytest.fixture(scope="module")
def run(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Consolidate, although a picture is damaged and a recording has no embeddings."""
    path = copied(lived, tmp_path_factory.mktemp("run"))
    read: set[int] = set()
    saved: list[Checkpoint] = []
    image, save = Buffer.image, Buffer.save_checkpoint

    def note_image(self: Buffer, sample_id: int) -> Image:
        read.add(sample_id)
        return image(self, sample_id)

    def note_checkpoint(self: Buffer, checkpoint: Checkpoint) -> None:
        saved.append(checkpoint)
        save(self, checkpoint)

    with Buffer.open(path) as buffer, pytest.MonkeyPatch.context() as patched:
        damaged, other = sorted(to_train_on(buffer))[:2]
        with buffer._writing() as db:
            db.execute("UPDATE samples SET image = x'00' WHERE id = ?", (damaged,))
            db.execute("DELETE FROM embeddings WHERE sample_id IN (?, ?)", (damaged, other))
        patched.setattr(Buffer, "image", note_image)
        patched.setattr(Buffer, "save_checkpoint", note_checkpoint)
        told = go_on(consolidate(buffer, CONFIG, "asked"))
    return Run(path, told, read, saved, damaged)


@pytest.fixture
def done(run: Run, tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(copied(run.path, tmp_path)) as opened:
        yield opened


def test_it_tells_what_it_is_about_and_every_step(run: Run, done: Buffer) -> None:
    first, *_ = run.told
    assert first == ConsolidationStarted("asked", len(to_train_on(done)), 0, STEPS, CPU)
    assert [step.number for step in steps(run.told)] == list(range(1, STEPS + 1))
    assert {step.total for step in steps(run.told)} == {STEPS}
    assert all(math.isfinite(step.loss) and 0 <= step.accuracy <= 1 for step in steps(run.told))
    left = [event.seconds_left for event in run.told if isinstance(event, Consolidated)]
    assert left[0] is None, "the first steps say nothing of those to come"
    assert left[-1] == 0


def test_it_learns(run: Run) -> None:
    losses = [step.loss for step in steps(run.told)]
    assert np.mean(losses[-10:]) < np.mean(losses[:10])


def test_nothing_is_trained_on_that_is_held_out_or_marked_as_a_test(run: Run, done: Buffer) -> None:
    wanted = to_train_on(done)
    content = Content.of(done.members())
    measured = set(evenly(content.measured).sample_ids.tolist())
    assert len(wanted) == len(KINDS) * 8
    assert len(measured) == len(KINDS) * 10
    assert wanted.isdisjoint(measured)
    assert run.read == wanted
    for checkpoint in run.saved[1:]:
        assert set(checkpoint.seen) == wanted
    assert done.seen_by(successor(done).sha256) == wanted


def test_how_far_it_has_come_is_kept_every_few_steps(run: Run) -> None:
    assert [checkpoint.step for checkpoint in run.saved] == [0, 25, 50]
    assert {checkpoint.reason for checkpoint in run.saved} == {"asked"}
    assert run.saved[1].state


def successor(buffer: Buffer) -> BackboneInfo:
    found = buffer.successor()
    assert found is not None
    return found.backbone


def test_what_it_comes_to_is_the_backbone_that_is_wished_for(run: Run, done: Buffer, tiny: Tiny) -> None:
    found = done.successor()
    assert found is not None
    assert (found.reason, found.is_consolidated) == ("asked", True)
    assert found.backbone.sha256 != tiny.info.sha256
    assert found.backbone.name.startswith("tiny consolidated ")
    kept = {one.info.sha256: one for one in done.kept_backbones()}[found.backbone.sha256]
    assert (kept.parent_sha256, kept.seen, kept.gone) == (tiny.info.sha256, len(to_train_on(done)), 0)
    assert kept.made_at is not None
    assert done.consolidation_reason() is None
    champion = done.champion()
    assert champion is not None
    assert champion.backbone_sha256 == tiny.info.sha256, "the gate has not decided yet"


def test_what_it_comes_to_embeds_and_can_be_trained_again(done: Buffer, tiny: Tiny) -> None:
    info = successor(done)
    picture = model_input(look(1, 900), SIZE)
    files = files_of(info.sha256, done)
    seen = LiteRTEmbedder(files.model, files.info).embed(picture)
    before = LiteRTEmbedder(tiny.files[LITERT], tiny.info).embed(picture)
    assert seen.shape == before.shape
    assert not np.allclose(seen, before, rtol=1e-3)
    model = package.model_from(*trainable(info.sha256, done))
    assert backbone.describe(model, info.name) == info
    again = np.asarray(model.predict_on_batch(picture[None, :, :, ::-1].astype(np.float32)))[0]
    assert np.allclose(again, seen, rtol=1e-3, atol=1e-4)


def test_a_damaged_picture_is_no_obstacle(run: Run) -> None:
    assert run.damaged in run.read
    assert len(steps(run.told)) == STEPS


@pytest.fixture(scope="module")
def interrupted(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose consolidation was told to leave after step 48."""
    path = copied(lived, tmp_path_factory.mktemp("interrupted"))
    with Buffer.open(path) as buffer:
        work = consolidate(buffer, CONFIG, "asked")
        go_on(work, is_step(48))
        work.close()
    return path


@pytest.fixture
def left(interrupted: Path, tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(copied(interrupted, tmp_path)) as opened:
        yield opened


@pytest.mark.slow
def test_another_process_goes_on_where_one_left(left: Buffer) -> None:
    found = left.checkpoint()
    assert found is not None
    assert found.step == 48
    # Settings may have changed since; what was begun goes on as it was planned.
    work = consolidate(left, replace(CONFIG, consolidation_steps=500), "another reason")
    told = go_on(work, is_step(50))
    assert told[0] == ConsolidationStarted("asked", len(to_train_on(left)), 48, STEPS, CPU)
    assert [step.number for step in steps(told)] == [49, 50]
    saved = left.checkpoint()
    assert saved is not None
    assert saved.step == 50
    assert saved.seconds > found.seconds
    assert saved.started_at == found.started_at
    work.close()


def test_it_goes_on_with_all_that_was_learned(left: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    found = left.checkpoint()
    assert found is not None
    monkeypatch.setattr(Consolidator, "step", lambda *_, **__: (0.5, 1.0))  # a step that changes nothing
    work = consolidate(left, CONFIG, "asked")
    go_on(work, is_step(49))
    work.close()
    saved = left.checkpoint()
    assert saved is not None
    assert saved.step == 49
    assert saved.state.keys() == found.state.keys() != set()
    for name, array in found.state.items():
        assert np.array_equal(saved.state[name], array), name


def test_what_was_trained_on_counts_as_seen_although_it_is_gone_since(left: Buffer) -> None:
    before = to_train_on(left)
    [gone, *_] = sorted(before)
    left.delete([gone])
    task = consolidating._Task.of(left, "asked", STEPS)
    assert task.step == 48
    assert task.seen >= before
    assert gone not in evenly(task.recordings).sample_ids


@pytest.mark.slow
def test_one_that_was_given_up_meanwhile_ends(left: Buffer) -> None:
    work = consolidate(left, CONFIG, "asked")
    go_on(work, is_started)
    with Buffer.open(left.path) as other:
        other.drop_checkpoint()
    with pytest.raises(LabelFault, match="given up"):
        go_on(work)
    assert left.consolidation_reason() is None
    assert left.successor() is None


def test_one_that_was_given_up_does_not_come_back_when_it_leaves(left: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Consolidator, "step", lambda *_, **__: (0.5, 1.0))
    work = consolidate(left, CONFIG, "asked")
    go_on(work, is_step(49))
    left.drop_checkpoint()
    work.close()
    assert left.consolidation_reason() is None


def test_it_starts_over_without_a_class_that_was_taken_away(left: Buffer) -> None:
    [last] = [info for info in left.classes() if info.name == "kind 3"]
    left.archive_class(last.id)
    work = consolidate(left, CONFIG, "another reason")
    [told] = go_on(work, is_started)
    assert told == ConsolidationStarted("asked", 16, 0, STEPS, CPU)
    work.close()
    found = left.checkpoint()
    assert found is not None
    assert found.step == 0


def test_a_class_that_came_in_since_waits_for_the_next_one(left: Buffer) -> None:
    show(left, left.add_class("kind 4").id, [look(4, number) for number in range(4)])
    task = consolidating._Task.of(left, "asked", STEPS)
    assert task.step == 48
    assert len(task.class_ids) == 3
    assert {recording.class_id for recording in task.recordings} == set(task.class_ids)


def test_it_starts_over_where_what_was_kept_fits_no_longer(left: Buffer) -> None:
    work = consolidate(left, CONFIG, "asked", Trial(halvings=1))
    [told] = go_on(work, is_started)
    assert isinstance(told, ConsolidationStarted)
    assert told.done == 0, "its batches were larger"
    work.close()


def test_one_that_was_begun_in_smaller_batches_goes_on_with_them(left: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.nn.device.choose", lambda *_: GPU)
    work = consolidate(left, CONFIG, "asked")
    [told] = go_on(work, is_started)
    assert isinstance(told, ConsolidationStarted)
    assert told.done == 48
    work.close()


def test_a_loss_that_is_no_number_ends_it(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Consolidator, "step", lambda *_, **__: (math.nan, 0.5))
    with pytest.raises(ConsolidationFault, match="no longer a number"):
        go_on(consolidate(buffer, CONFIG, "asked"))
    assert buffer.successor() is None


def test_what_comes_to_the_backbone_in_use_changes_nothing(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Consolidator, "finished", lambda self: self._model)
    with pytest.raises(ConsolidationFault, match="same backbone"):
        go_on(consolidate(buffer, replace(CONFIG, consolidation_steps=2), "asked"))
    assert buffer.successor() is None


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.nn.device.choose", lambda *_: GPU)
    monkeypatch.setattr(consolidating, "batch_size_on", lambda _, halvings=0: 8 >> halvings)


def out_of_memory(*_: object, **__: object) -> None:
    raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")


@pytest.mark.usefixtures("gpu")
@pytest.mark.parametrize(("halvings", "was_smallest"), [(0, False), (1, True)])
def test_a_gpu_that_runs_out_of_memory_is_told(
    buffer: Buffer, monkeypatch: pytest.MonkeyPatch, halvings: int, was_smallest: bool
) -> None:
    monkeypatch.setattr(Consolidator, "step", out_of_memory)
    *_, last = go_on(consolidate(buffer, CONFIG, "asked", Trial(halvings)))
    assert isinstance(last, OutOfMemory)
    assert "Fake 3000 ran out of memory" in last.reason
    assert last.was_smallest is was_smallest
    assert buffer.consolidation_reason() == "asked", "another process goes on with it"


@pytest.mark.usefixtures("gpu")
def test_a_gpu_that_fails_is_not_tried_with_smaller_batches(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise tf.errors.InternalError(None, None, "the cable is out")

    monkeypatch.setattr(Consolidator, "step", fail)
    *_, last = go_on(consolidate(buffer, CONFIG, "asked"))
    assert isinstance(last, OutOfMemory)
    assert "the cable is out" in last.reason
    assert last.was_smallest


def test_without_a_gpu_and_without_memory_it_takes_smaller_batches_and_then_gives_up(
    buffer: Buffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consolidating, "batch_size_on", lambda _, halvings=0: 8 >> halvings)
    monkeypatch.setattr(Consolidator, "step", out_of_memory)
    *_, last = go_on(consolidate(buffer, CONFIG, "asked"))
    assert last == OutOfMemory("", was_smallest=False)
    with pytest.raises(MemoryFault):
        go_on(consolidate(buffer, CONFIG, "asked", Trial(1)))
    assert buffer.successor() is None


def test_after_a_gpu_failed_none_is_looked_for(buffer: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "SHOWTELL_WHY_NO_GPU"):
        monkeypatch.setenv(name, "")
    work = consolidate(buffer, CONFIG, "asked", Trial(0, "It ran out of memory."))
    next(work)
    next(work)
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "-1"
    assert os.environ["SHOWTELL_WHY_NO_GPU"] == "It ran out of memory."
    work.close()


# The rest is decided before TensorFlow is needed.


def nothing(desk: Desk) -> None:
    pass


def one_class(desk: Desk) -> None:
    found = recordings(1, measured=True)
    for _ in range(4):
        desk.show("kind 1", next(found))
    desk.learn()


def nothing_held_out(desk: Desk) -> None:
    for kind in KINDS:
        desk.show(f"kind {kind}", next(recordings(kind, measured=False)))
    desk.learn()


def nothing_learned(desk: Desk) -> None:
    teach(desk)


def teach(desk: Desk) -> None:
    for kind in KINDS:
        for measured in (False, True):
            desk.show(f"kind {kind}", next(recordings(kind, measured=measured)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.showtell")
    yield desk
    desk.buffer.close()


@pytest.mark.parametrize("happened", [nothing, one_class, nothing_held_out, nothing_learned])
def test_too_little_is_refused_before_anything_is_begun(desk: Desk, happened: Callable[[Desk], None]) -> None:
    happened(desk)
    with pytest.raises(ConsolidationFault):
        next(consolidate(desk.buffer, CONFIG, "asked"))
    assert desk.buffer.consolidation_reason() is None


def test_tests_that_a_person_marked_are_enough_to_measure_with(desk: Desk) -> None:
    nothing_held_out(desk)
    for kind in KINDS:
        desk.show(f"kind {kind}", [look(kind, 800), look(kind, 801)], Role.HOLDOUT)
    desk.learn()
    task = consolidating._Task.of(desk.buffer, "asked", STEPS)
    assert task.seen == to_train_on(desk.buffer)
    assert len(task.seen) == len(KINDS) * 4


def test_that_one_was_begun_is_noted_at_once(desk: Desk) -> None:
    teach(desk)
    desk.learn()
    next(consolidate(desk.buffer, CONFIG, "asked"))
    assert desk.buffer.consolidation_reason() == "asked"
    assert desk.buffer.last_consolidation() == len(KINDS) * 8


def test_of_too_many_samples_each_class_gives_an_equal_part(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consolidating, "_MOST_SAMPLES", 9)
    teach(desk)
    desk.show("kind 1", next(recordings(1, measured=False, frames=30)))
    desk.learn()
    task = consolidating._Task.of(desk.buffer, "asked", STEPS)
    chosen = [(recording.class_id, len(recording)) for recording in task.recordings]
    counts = {class_id: sum(count for owner, count in chosen if owner == class_id) for class_id, _ in chosen}
    assert counts == dict.fromkeys(task.class_ids, 3)
    assert len(task.seen) == 9


def test_it_always_starts_from_the_backbone_before_any_consolidation(desk: Desk) -> None:
    teach(desk)
    desk.learn()
    tuned = replace(INFO, name="tuned", sha256="c" * 64)
    begun = Checkpoint(INFO.sha256, "asked", datetime.now(UTC), 0, 0.0, {}, [])
    desk.buffer.save_checkpoint(begun)
    desk.buffer.finish_consolidation(begun, tuned, {PACKAGE: b"weights", LITERT: b"model"})
    desk.buffer.drop_successor()
    *_, last = Engine(desk.buffer, FakeEmbedder(tuned), desk.config, lambda: desk.head).sleep("test")
    assert isinstance(last, IncrementLearned)
    champion = desk.buffer.champion()
    assert champion is not None
    assert champion.backbone_sha256 == tuned.sha256
    task = consolidating._Task.of(desk.buffer, "asked", STEPS)
    assert task.backbone == INFO.sha256
    found = desk.buffer.checkpoint()
    assert found is not None
    assert found.backbone == INFO.sha256


def test_a_checkpoint_that_cannot_be_read_is_begun_anew_for_the_same_reason(desk: Desk) -> None:
    teach(desk)
    desk.learn()
    next(consolidate(desk.buffer, CONFIG, "asked"))
    with desk.buffer._writing() as db:
        db.execute("UPDATE consolidation SET step = 30, state = zeroblob(100)")
    task = consolidating._Task.of(desk.buffer, "asked", STEPS)
    assert task.step == 0


def counting(done: list[int]) -> Generator[None, None, None]:
    for number in range(3):
        done.append(number)
        yield None


def test_the_process_listens_between_two_pieces() -> None:
    ours, theirs = multiprocessing.Pipe()
    done: list[int] = []
    consolidating._serve(theirs, counting(done))
    assert done == [0, 1, 2]
    done.clear()
    ours.send(Pause())
    ours.send(Resume())
    ours.send(Pause())
    ours.send(Stop())
    consolidating._serve(theirs, counting(done))
    assert done == [], "held up, it does nothing but leave"
    ours.close()
    with pytest.raises(EOFError):
        consolidating._serve(theirs, counting([]))
    theirs.close()

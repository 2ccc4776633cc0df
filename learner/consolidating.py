# SPDX-License-Identifier: Apache-2.0
"""The process that consolidates: from a project file to a backbone in that file, one `train_on_batch` at a time.

It has a process of its own so that the live picture keeps the learner's thread, its steps get all cores that nobody
else wants, and a GPU that runs out of memory takes nothing else down. All that lasts is in the project file: how far it
has come is kept there every few steps, so that another process goes on where a killed one stopped.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from numpy.typing import NDArray

from learner.backbones import files_of, trainable
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint, keeping
from learner.config import LearnerConfig
from learner.consolidation_plan import SMALLEST_BATCH, ConsolidationPlan, batch_size_on, plan_for
from learner.discriminant import Statistics
from learner.embedder import LiteRTEmbedder
from learner.errors import ConsolidationFault, DamagedProject, LabelFault, MemoryFault, ShowtellError
from learner.messages import (
    BackupMissed,
    CommandFailed,
    Consolidated,
    ConsolidationStarted,
    Event,
    Pause,
    Resume,
    Stop,
)
from learner.preprocessing import model_input, normalise
from learner.quiet import quiet_stderr
from learner.roll import Content, evenly
from learner.sampling import Clusters, Recording, ReplaySampler, by_class, near_duplicates
from learner.types import Device, HeadWeights, Image, Step, View

if TYPE_CHECKING:
    from learner.nn.consolidate import Consolidator

_log = logging.getLogger(__name__)

_KEPT_EVERY = 25
"""Steps between two checkpoints: what a kill costs, at most."""
_MOST_SAMPLES = 6000
"""That are trained on; of more, each class gives an equal part. No consolidation draws many more pictures than that."""
_NICENESS = 10
_SHRINKAGE, _TEMPERATURE = 0.1, 5.0
"""Of the closed form that the head starts from."""


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The device has no memory for what was tried, and this process no use any more; `reason` is for people."""

    reason: str
    was_smallest: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """How a process is to go about it after others failed: with a batch halved so often, and why without a GPU."""

    halvings: int = 0
    why_no_gpu: str = ""


def main(connection: Connection, project: Path, config: LearnerConfig, reason: str, trial: Trial) -> None:
    """Consolidate one project until it is done, told to stop, or the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _step_back()
    exit_code = 0
    try:
        with (
            Buffer.open(project, create=False, backups=config.backups) as buffer,
            contextlib.closing(consolidate(buffer, config, reason, trial)) as work,
        ):
            _serve(connection, work)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the learner is gone; the file holds everything that matters
    except (ShowtellError, MemoryError) as error:
        fault = error if isinstance(error, ShowtellError) else MemoryFault()
        exit_code = fault.exit_code
        _tell(connection, CommandFailed(fault.title, fault.message))
    except Exception as error:
        exit_code = 3
        _log.exception("consolidation met a bug")
        _tell(connection, CommandFailed("Consolidation stopped", f"{type(error).__name__}: {error}"))
    connection.close()
    logging.shutdown()
    os._exit(exit_code)  # TensorFlow's threads may crash an interpreter that is taken down


def consolidate(
    buffer: Buffer, config: LearnerConfig, reason: str, trial: Trial = Trial()
) -> Generator[Event | OutOfMemory | None, None, None]:
    """Fine-tune the backbone that the project's came from, and wish for the result as the project's next.

    It always starts from the backbone that was there before any consolidation. So what comes of it follows from the
    pictures there are, and none that was deleted is in it any longer. Recordings that are held out to measure with are
    not trained on, or nobody could tell whether it was worth it.

    Args:
        buffer: the project file.
        config: settings of the learner.
        reason: kept with it.
        trial: how to go about it after others failed.

    Yields:
        What happened, or None, often enough for whoever drives it to pause or to leave.

    Raises:
        ConsolidationFault: there is too little to learn from, or the training came to nothing.
        BackboneFault: the backbone is not on this machine, or cannot be trained.
        LabelFault: somebody else has given it up.
    """
    task = _Task.of(buffer, reason, config.consolidation_steps)
    yield None
    # Imported late, and after what is cheap has been refused.
    from learner.nn import device as devices

    if trial.why_no_gpu:
        os.environ.update(devices.without_gpu(Device("CPU", "CPU", trial.why_no_gpu)))
    # All cores: whoever else wants one has it first (see `_step_back`).
    device = devices.choose(config.device, os.cpu_count() or 1)
    try:
        trainer, sampler = yield from _prepared(task, config, device, trial)
        yield ConsolidationStarted(task.reason, len(task.seen), task.step, task.plan.steps, device)
        yield from _train(task, trainer, sampler)
    except Exception as error:
        if device.kind == "CPU" and devices.is_out_of_memory(error):
            if task.is_smallest:
                raise MemoryFault from error
            yield OutOfMemory("", was_smallest=False)
            return
        if device.kind != "GPU" or not devices.has_failed(error):
            raise
        done_for = task.is_smallest or not devices.is_out_of_memory(error)
        yield OutOfMemory(devices.fallen_back(device, error).reason, done_for)
        return
    yield from _kept_before(task, config)
    _finish(task, trainer)


class _Task:
    """What is to be trained on, how, and how far it has come."""

    def __init__(self, buffer: Buffer, found: Checkpoint, content: Content, most_steps: int) -> None:
        self.buffer = buffer
        self.reason, self.started_at, self.backbone = found.reason, found.started_at, found.backbone
        self.step, self.seconds, self.state = found.step, found.seconds, found.state
        self._most_steps = most_steps
        self.is_smallest = True
        """Whether no smaller batch is left to try, should there be no memory for this one."""
        plan = dict(found.plan)
        present = sorted({recording.class_id for recording in content.twin})
        self.class_ids: tuple[int, ...] = tuple(plan.pop("class_ids", present))
        self.recordings = _thinned(content.twin, self.class_ids)
        self.seen = {*found.seen, *evenly(self.recordings).sample_ids.tolist()}
        self.info = next(info for _, info in buffer.backbones() if info.sha256 == self.backbone)
        self._begun = ConsolidationPlan(**plan) if plan else None
        self.plan = self._begun or self.planned(batch_size_on("CPU"))

    @classmethod
    def of(cls, buffer: Buffer, reason: str, most_steps: int) -> _Task:
        """Go on with what is in the file, or begin."""
        content = Content.of(buffer.members())
        champion = buffer.champion()
        present = {recording.class_id for recording in content.twin}
        if champion is None or len(present) < 2 or not content.measured:
            raise ConsolidationFault(
                "There is too little to consolidate",
                "It takes something that was learned, recordings of at least two classes, and others that are held out "
                "to measure whether it was worth it.",
                "Record each class a few times more.",
            )
        backbone = buffer.origin(champion.backbone_sha256)
        found = buffer.checkpoint()
        if found is None or found.backbone != backbone or not present.issuperset(found.plan.get("class_ids", ())):
            found = Checkpoint(backbone, found.reason if found else reason, datetime.now(UTC), 0, 0.0, {}, ())
            buffer.save_checkpoint(found)
            buffer.note_consolidation(content.count)
        return cls(buffer, found, content, most_steps)

    def planned(self, batch_size: int) -> ConsolidationPlan:
        """Return how to go about it with batches no larger than this: as it was begun, or as it is usual."""
        if self._begun is not None and self._begun.batch_size <= batch_size:
            return self._begun
        usual = plan_for(len(self.seen), len(self.class_ids), self.info, batch_size)
        return replace(usual, steps=min(usual.steps, self._most_steps))

    def start_over(self, plan: ConsolidationPlan) -> None:
        """Begin at the first step, by another plan."""
        self.plan, self.step, self.seconds, self.state = plan, 0, 0.0, {}

    def checkpoint(self, trainer: Consolidator) -> Checkpoint:
        """Return how far it has come."""
        plan = {**asdict(self.plan), "class_ids": list(self.class_ids)}
        seen = sorted(self.seen)
        return Checkpoint(
            self.backbone, self.reason, self.started_at, self.step, self.seconds, plan, seen, trainer.state()
        )

    def read(self, sample_id: int) -> Image:
        """Return a picture; one that is damaged, or gone since, is grey and teaches nothing."""
        try:
            return self.buffer.image(sample_id)
        except (DamagedProject, LabelFault):
            return np.full((self.info.input_size, self.info.input_size, 3), 127, np.uint8)


def _prepared(
    task: _Task, config: LearnerConfig, device: Device, trial: Trial
) -> Generator[None, None, tuple[Consolidator, ReplaySampler]]:
    """Build what takes the steps, at the step at which another process stopped."""
    head, clusters = yield from _closed_form(task)
    with quiet_stderr():
        from learner.nn import package
        from learner.nn.consolidate import Consolidator

    model = package.model_from(*trainable(task.backbone, task.buffer))
    yield None
    plan = task.planned(batch_size_on(device.kind, trial.halvings))
    task.is_smallest = plan.batch_size == SMALLEST_BATCH
    trainer = Consolidator(model, task.info, head, len(task.class_ids), plan, task.read, config.seed)
    try:
        if task.state:
            trainer.restore(task.state)
        task.plan = plan
    except ValueError:  # kept by another Keras, or with another batch size
        task.start_over(plan)
    sampler = ReplaySampler(by_class(task.recordings), task.class_ids, clusters, (), config.seed + task.step)
    return trainer, sampler


def _closed_form(task: _Task) -> Generator[None, None, tuple[HeadWeights, Clusters]]:
    """Return the head to start from, its columns in the order of the classes, and near-duplicates of each recording."""
    files = files_of(task.backbone, task.buffer)
    embedder = LiteRTEmbedder(files.model, files.info)
    backbone_id = task.buffer.register_backbone(files.info)
    known = task.buffer.embedded(backbone_id, (View.PICTURE,), files.info.embedding_size)
    sums = Statistics(files.info.embedding_size)
    clusters: dict[Recording, NDArray[np.int64]] = {}
    for recording in task.recordings:
        rows = []
        for sample_id in recording.sample_ids.tolist():
            found = None
            if sample_id in known:
                with contextlib.suppress(LabelFault):  # the learner may unlearn it this moment
                    found = task.buffer.embeddings([sample_id], backbone_id, View.PICTURE)[0]
            if found is None:
                found = embedder.embed(model_input(task.read(sample_id), files.info.input_size))
            rows.append(found)
            yield None
        x = normalise(np.array(rows), non_negative=files.info.non_negative)
        sums.add(x, [recording.class_id] * len(x))
        clusters[recording] = near_duplicates(x)
    champion = task.buffer.champion_id()
    mirrored = champion is None or task.buffer.head(champion).mirrored
    head = sums.discriminant(_SHRINKAGE).head(_TEMPERATURE, mirrored=mirrored)
    order = [head.class_ids.index(class_id) for class_id in task.class_ids]
    return replace(
        head, kernel=head.kernel[:, order], bias=head.bias[order], class_ids=task.class_ids
    ), clusters.__getitem__


def _train(task: _Task, trainer: Consolidator, sampler: ReplaySampler) -> Generator[Event, None, None]:
    try:
        yield from _steps(task, trainer, sampler)
    except GeneratorExit:  # told to leave in time: nothing has to be done twice
        with contextlib.suppress(ShowtellError):
            task.buffer.save_checkpoint(task.checkpoint(trainer))
        raise


def _steps(task: _Task, trainer: Consolidator, sampler: ReplaySampler) -> Generator[Event, None, None]:
    # The first steps trace, and read every picture for the first time, which says nothing of those to come.
    recent: deque[float] = deque(maxlen=_KEPT_EVERY)
    while task.step < task.plan.steps:
        began = time.perf_counter()
        number = task.step + 1
        loss, accuracy = trainer.step(*sampler.draw(task.plan.batch_size), number=number)
        if not np.isfinite(loss):
            raise ConsolidationFault(
                "Consolidation came to nothing",
                "Its loss is no longer a number.",
                "Try it again, or on the CPU.",
            )
        taken = time.perf_counter() - began
        task.step, task.seconds = number, task.seconds + taken
        recent.append(taken)
        if number % _KEPT_EVERY == 0 and number < task.plan.steps:
            task.buffer.save_checkpoint(task.checkpoint(trainer))
        is_known = len(recent) == _KEPT_EVERY
        left = sum(recent) / len(recent) * (task.plan.steps - number) if is_known else None
        yield Consolidated(Step(number, task.plan.steps, loss, accuracy, task.plan.rate(number), taken * 1000), left)


def _kept_before(task: _Task, config: LearnerConfig) -> Generator[BackupMissed, None, None]:
    """Keep a copy of the project as it is, with all that was taught meanwhile; it goes on without one, and says so."""
    try:
        keeping.keep(task.buffer.path, config.backups, reason=keeping.Reason.CONSOLIDATION)
    except ShowtellError as fault:
        yield BackupMissed("No copy was made before the consolidation", fault.message)


def _finish(task: _Task, trainer: Consolidator) -> None:
    """Write the backbone that it came to into the project, as the one that is to be next."""
    from learner.nn import backbone, package

    model = trainer.finished()
    name = f"{task.info.name} consolidated {datetime.now().astimezone():%Y-%m-%d %H:%M}"
    info = backbone.describe(model, name)
    champion = task.buffer.champion()
    if champion is not None and champion.backbone_sha256 == info.sha256:
        raise ConsolidationFault(
            "The backbone stays as it is",
            "The same pictures came to the same backbone as before.",
            "Teach it more, and consolidate then.",
        )
    files = {
        PACKAGE: package.pack(model, info, made_from=task.backbone),
        LITERT: backbone.convert(model, info),
    }
    task.buffer.finish_consolidation(task.checkpoint(trainer), info, files)


def _thinned(found: Sequence[Recording], class_ids: Sequence[int]) -> list[Recording]:
    """Return the recordings of these classes, without samples that are too many to train on."""
    most = max(1, _MOST_SAMPLES // len(class_ids))
    kept: list[Recording] = []
    for class_id in class_ids:
        mine = [recording for recording in found if recording.class_id == class_id]
        chosen = evenly(mine, most).sample_ids
        kept += [part for part in (recording.only(chosen) for recording in mine) if len(part)]
    return kept


def _serve(connection: Connection, work: Generator[Event | OutOfMemory | None, None, None]) -> None:
    """Do the work piece by piece, and listen in between."""
    paused = False
    while True:
        while paused or connection.poll():
            match connection.recv():
                case Stop():
                    return
                case Pause():
                    paused = True
                case Resume():
                    paused = False
        try:
            event = next(work)
        except StopIteration:
            return
        if event is not None:
            connection.send(event)


def _step_back() -> None:
    """Let whoever else wants a core have it first."""
    this = psutil.Process()
    with contextlib.suppress(psutil.Error):
        this.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if psutil.WINDOWS else _NICENESS)


def _tell(connection: Connection, event: Event) -> None:
    with contextlib.suppress(OSError):
        connection.send(event)

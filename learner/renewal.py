# SPDX-License-Identifier: Apache-2.0
"""Getting another backbone: consolidating the one there is, and changing to what came of it or to what a person chose.

While that goes on, the backbone in use and its version answer and learn as ever. What is wished for is in the file, and
so is how far it has come; what is killed in the middle goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path

from learner import backbones
from learner.aside import Waiting, aside
from learner.backbones import BackboneFiles
from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.consolidation import BY_ITSELF, Consolidation, size
from learner.engine import Engine, Work
from learner.errors import BackboneFault, DamagedProject, ShowtellError
from learner.loading import choose_device, propose
from learner.messages import (
    BackboneKept,
    Embedded,
    Event,
    IncrementLearned,
    IncrementRejected,
    NothingToLearn,
    Reembedded,
)
from learner.types import Successor

_KEPT = "The backbone stays as it is"


class Renewal:
    """What is under way to another backbone, of which there is one thing at a time.

    Args:
        buffer: the project file.
        config: settings of the learner.
        engine_of: makes an engine with a backbone.
    """

    def __init__(self, buffer: Buffer, config: LearnerConfig, engine_of: Callable[[BackboneFiles], Engine]) -> None:
        self._buffer = buffer
        self._config = config
        self._engine_of = engine_of
        self._consolidation: Consolidation | None = None
        self._next: Engine | None = None
        self._is_held = False
        self._adding: Generator[Waiting, None, BackboneFiles] | None = None
        self.successor = buffer.successor()
        """The backbone that is to be next."""
        self.succeeded: Engine | None = None
        """An engine whose backbone has passed the gate, and whose version is in use; who takes it sets this to None."""

    @property
    def is_consolidating(self) -> bool:
        """Whether the backbone is being fine-tuned."""
        return self._consolidation is not None

    @property
    def is_by_itself(self) -> bool:
        """Whether nobody asked for what is under way."""
        if self._consolidation is not None:
            return self._consolidation.reason == BY_ITSELF
        return self.successor is not None and self.successor.reason == BY_ITSELF

    @property
    def is_under_way(self) -> bool:
        """Whether there is anything under way."""
        return self._consolidation is not None or self.successor is not None or self._adding is not None

    @property
    def is_change_due(self) -> bool:
        """Whether `change` has something to do."""
        return self.successor is not None and self._consolidation is None and not self._is_held

    def consolidate(self, reason: str) -> None:
        """Begin to fine-tune the backbone, or go on with what was begun; not while there is anything under way."""
        if not self.is_under_way:
            self._consolidation = Consolidation(self._buffer.path, self._config, reason)
            self._consolidation.hold(self._is_held)

    def use(self, source: str) -> None:
        """Wish for another backbone; what comes of it is told by `poll`.

        Args:
            source: its name or hash, or a file, whose conversion takes a while (see `learner.backbones.named`).
        """
        if Path(source).is_file():
            config = self._config
            self._adding = aside(lambda: backbones.named(source, on_conversion=lambda: choose_device(config)))
        else:
            self._adding = _at_once(lambda: backbones.named(source, self._buffer))

    def look_again(self) -> None:
        """Read from the file what is wished for: others write it as well."""
        self.successor = self._buffer.successor()

    def give_up(self) -> None:
        """Keep the backbone in use: nothing is under way to another one any longer."""
        if self._consolidation is not None:
            self._consolidation.stop(at_once=True)  # first, for until then it may write how far it has come
        self._buffer.drop_checkpoint()
        self._buffer.drop_successor()
        self._consolidation = self._next = self.successor = self._adding = None

    def hold(self, held: bool) -> None:
        """Hold up what is under way, or let it go on."""
        self._is_held = held
        if self._consolidation is not None:
            self._consolidation.hold(held)

    def stop(self) -> None:
        """Leave what is under way as it is, for another process to go on with."""
        if self._consolidation is not None:
            self._consolidation.stop()
            self._consolidation = None

    def poll(self) -> list[Event]:
        """Return what has come of the consolidation since the last time."""
        if self._adding is not None:
            return self._go_on_adding(self._adding)
        under_way = self._consolidation
        if under_way is None:
            return []
        events = under_way.poll()
        if under_way.is_done:
            self._consolidation = None
            self.look_again()
            if under_way.fault is not None:
                self._buffer.drop_checkpoint()
                self._buffer.note_consolidation(size(self._buffer))  # or it would begin by itself again at once
                events.append(BackboneKept(under_way.fault.title, under_way.fault.message))
        return events

    def _go_on_adding(self, adding: Generator[Waiting, None, BackboneFiles]) -> list[Event]:
        try:
            next(adding)
        except StopIteration as done:
            return self._wish_for(done.value)
        except ShowtellError as fault:
            self._adding = None
            return [BackboneKept(fault.title, fault.message)]
        return []

    def _wish_for(self, files: BackboneFiles) -> list[Event]:
        self.give_up()
        try:
            propose(self._buffer, files, "chosen")
        except ShowtellError as fault:
            return [BackboneKept(fault.title, fault.message)]
        self.look_again()
        return []

    def change(self, is_superseded: Callable[[], bool]) -> Work:
        """Embed every sample by the backbone that is to be next, rebuild the head, and let the gate decide.

        It ends early when it is in the way of something; called again, it goes on.

        Args:
            is_superseded: asked between samples and between steps.

        Raises:
            ProjectFault: the file cannot be read or written.
            EnvironmentFault: the head cannot be trained.
        """
        successor = self.successor
        if successor is None:
            return

        def is_over() -> bool:
            return is_superseded() or self._is_held or self.successor != successor

        try:
            engine = self._engine(successor)
        except (BackboneFault, DamagedProject) as fault:
            self.give_up()
            yield BackboneKept(fault.title, fault.message)
            return
        began = time.monotonic()
        first, total = engine.embedded_of()
        done = first
        for event in engine.embed_all():
            if isinstance(event, Embedded):
                done += 1
                left = (time.monotonic() - began) / (done - first) * (total - done)
                yield Reembedded(successor.backbone, done, total, left)
            else:
                yield event
            if is_over():
                return
        why, is_decided = "", False
        for event in engine.sleep(successor.reason, is_over):
            if isinstance(event, IncrementRejected):
                why = event.increment.why
            if isinstance(event, IncrementLearned | IncrementRejected):
                is_decided = True
                self._next, self.successor = None, self._buffer.successor()
            if isinstance(event, IncrementLearned):
                self.succeeded = engine
            # When it gives way, what serves is not its own.
            yield NothingToLearn(self._buffer.champion_id()) if isinstance(event, NothingToLearn) else event
            if not is_decided and self.successor != successor:
                return
        if why:
            yield BackboneKept(_KEPT, why)

    def _engine(self, successor: Successor) -> Engine:
        if self._next is None or self._next.backbone.sha256 != successor.backbone.sha256:
            self._next = self._engine_of(backbones.files_of(successor.backbone.sha256, self._buffer))
        return self._next


def _at_once(find: Callable[[], BackboneFiles]) -> Generator[Waiting, None, BackboneFiles]:
    yield from ()
    return find()

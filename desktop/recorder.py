# SPDX-License-Identifier: Apache-2.0
"""Recording: a tap stores the present frame, holding stores some a second, letting go ends it.

It can also count down first, and store so many by itself. What a key press stored is taken back as one; takes that
follow each other at once are of the same burst.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.writer import Writer
from learner.buffer import Buffer
from learner.camera import STALL_SECONDS, Frame
from learner.errors import ShowtellError
from learner.types import ClassInfo, Sample


@dataclass(frozen=True, slots=True)
class Manner:
    """How to record.

    `rate` is in samples a second. After `countdown` seconds, or at once for 0, a take begins; with a `length` it ends
    after so many samples, and for 0 when the key is let go.
    """

    rate: int = 10
    countdown: int = 0
    length: int = 0

    @property
    def is_hands_free(self) -> bool:
        """Whether one press is enough, so that letting go ends nothing; another press does."""
        return bool(self.countdown or self.length)


@dataclass(slots=True)
class _Take:
    """A key press under way. `asked` counts frames handed to the writer, `ids` are those on the disk."""

    info: ClassInfo
    source: str
    asked: int = 0
    ended: bool = False
    ids: list[int] = field(default_factory=list)
    burst_id: int | None = None
    failed: int = 0
    fault: ShowtellError | None = None
    settled: bool = False

    @property
    def is_complete(self) -> bool:
        return self.ended and len(self.ids) + self.failed == self.asked


class Recorder(QObject):
    """Turns key presses and frames into samples on the disk.

    Args:
        writer: the project file.
        newest: returns the newest frame, if there is a picture.
        source: returns what the picture comes from, in words.
    """

    counting = Signal(object, int)
    """Recording a ClassInfo begins in so many seconds; 0 when it has begun, or will not."""
    started = Signal(object)
    """Recording a ClassInfo has begun."""
    kept = Signal(object, int)
    """One more sample of a ClassInfo is on the disk; how many of this take are."""
    stopped = Signal(object)
    """The key of a ClassInfo was let go; its last samples may still be on their way to the disk."""
    finished = Signal(object, object)
    """All samples of the take are on the disk: ClassInfo, list of sample ids (at least one)."""
    settled = Signal()
    """A take is over and nothing of it is on its way to the disk any more, whether or not something was kept."""
    no_picture = Signal()
    """There was no frame to record."""

    def __init__(self, writer: Writer, newest: Callable[[], Frame | None], source: Callable[[], str]) -> None:
        super().__init__()
        self.manner = Manner()
        """How the next take is recorded."""
        self._writer = writer
        self._newest = newest
        self._source = source
        self._take: _Take | None = None
        self._awaited: ClassInfo | None = None
        self._seconds_left = 0
        self._last_number: int | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._record)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)

    @property
    def newest(self) -> Frame | None:
        """The newest frame, as it would be recorded; None while there is no picture, or it has come to a stand.

        That it has is heard of a moment later than it is so, and a busy window hears of it later still.
        """
        frame = self._newest()
        return frame if frame is not None and time.monotonic() - frame.captured_at <= STALL_SECONDS else None

    @property
    def recording(self) -> ClassInfo | None:
        """The class that is being recorded."""
        return self._take.info if self._take else None

    @property
    def awaited(self) -> ClassInfo | None:
        """The class whose recording is about to begin."""
        return self._awaited

    def start(self, info: ClassInfo) -> None:
        """Begin a take of a class, or to count down to it; one under way ends.

        Hands-free, beginning what is under way already ends it.
        """
        present = self.recording or self.awaited
        self.stop()
        if self.manner.is_hands_free and present is not None and present.id == info.id:
            return
        if self.newest is None:
            self.no_picture.emit()
        elif self.manner.countdown:
            self._awaited, self._seconds_left = info, self.manner.countdown
            self._second.start()
            self.counting.emit(info, self._seconds_left)
        else:
            self._begin(info)

    def let_go(self) -> None:
        """The key came up: end the take under way, unless it goes on by itself."""
        if not self.manner.is_hands_free:
            self.stop()

    def stop(self) -> None:
        """End the take under way, or the counting down to one."""
        awaited, self._awaited = self._awaited, None
        self._second.stop()
        if awaited is not None:
            self.counting.emit(awaited, 0)
        take, self._take = self._take, None
        if take is None:
            return
        self._timer.stop()
        take.ended = True
        self.stopped.emit(take.info)
        self._finish(take)

    def keep(self, info: ClassInfo, frame: Frame) -> None:
        """Store this very frame as a sample of a class, a take of its own; one under way ends."""
        self.stop()
        take = self._take = _Take(info, self._source())
        self.started.emit(info)
        self._store(take, frame)
        self.stop()

    def _count(self) -> None:
        info = self._awaited
        self._seconds_left -= 1
        if info is None:
            return
        if self._seconds_left:
            self.counting.emit(info, self._seconds_left)
            return
        self._awaited = None
        self._second.stop()
        self.counting.emit(info, 0)
        if self.newest is None:
            self.no_picture.emit()
        else:
            self._begin(info)

    def _begin(self, info: ClassInfo) -> None:
        self._take = _Take(info, self._source())
        self._last_number = None
        self.started.emit(info)
        self._record()
        if self._take is not None:
            self._timer.start(1000 // self.manner.rate)

    def _record(self) -> None:
        take, frame = self._take, self.newest
        # A camera slower than the rate must not give the same frame twice.
        if take is None or frame is None or frame.number == self._last_number:
            return
        self._last_number = frame.number
        self._store(take, frame)
        if self.manner.length and take.asked >= self.manner.length:
            self.stop()

    def _store(self, take: _Take, frame: Frame) -> None:
        take.asked += 1

        def store(buffer: Buffer) -> Sample:
            # In the writer's thread. A file that is locked holds up each try for seconds, so one try is enough.
            if take.fault is not None:
                raise take.fault
            try:
                if take.burst_id is None:
                    take.burst_id = buffer.burst_for(take.source, take.info.id).id
                return buffer.add_sample(frame.image, take.info.id, take.burst_id)
            except ShowtellError as fault:
                take.fault = fault
                raise

        def failed(error: ShowtellError) -> None:
            take.failed += 1
            if take.failed == 1:
                self._writer.failed.emit(error)
            if self._take is take:
                self.stop()
            else:
                self._finish(take)

        self._writer.submit(store, lambda sample: self._stored(take, sample), failed)

    def _stored(self, take: _Take, sample: Sample) -> None:
        take.ids.append(sample.id)
        self.kept.emit(take.info, len(take.ids))
        self._finish(take)

    def _finish(self, take: _Take) -> None:
        # Whoever is told of the last sample may stop the recorder, which comes here again.
        if take.is_complete and not take.settled:
            take.settled = True
            if take.ids:
                self.finished.emit(take.info, list(take.ids))
            self.settled.emit()

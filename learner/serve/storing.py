# SPDX-License-Identifier: Apache-2.0
"""Samples that come in by request, as the project file keeps them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from learner.buffer import GAP_SECONDS, Buffer, EncodedImage
from learner.errors import LabelFault
from learner.serve.hub import Added, SameSample
from learner.types import Burst, ClassInfo, Increment, IncrementKind

SOURCE = "api"
"""Where a recording of such samples comes from."""

_LOOKED_THROUGH = 1000
"""Samples newer than those of an increment that may be there when it is asked what it learned."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored, and the class that was made for it if there was none."""

    added: Added
    made: ClassInfo | None = None


class Storing:
    """Puts samples into a project file, in the thread that has it open."""

    def __init__(self) -> None:
        self._recordings: dict[int | None, tuple[int, float]] = {}

    def store(self, buffer: Buffer, picture: EncodedImage, label: str | None) -> Stored:
        """Store a sample as `learner.serve.hub.Hub.add` promises, and raise what it says."""
        info = None if label is None else buffer.class_named(label)
        known = None if label is None else buffer.has_picture(picture.sha256)
        if known is not None:
            if info is None or known.class_id != info.id:
                names = buffer.class_names()
                raise SameSample(
                    "That picture has another label",
                    f'It is in the project as "{names[known.class_id or 0]}".',
                    "Give it its label in the window, or delete it there first.",
                )
            return Stored(Added(known, info.name, is_new=False))
        made = buffer.add_class(label) if info is None and label is not None else None
        info = info or made
        class_id = info.id if info else None
        try:
            (sample,) = buffer.add_samples([(picture, class_id, self._recording(buffer, class_id))])
        except LabelFault:  # its recording has been forgotten for good meanwhile
            burst_id = self._begun(buffer.start_burst(SOURCE), class_id)
            (sample,) = buffer.add_samples([(picture, class_id, burst_id)])
        return Stored(Added(sample, info.name if info else None, is_new=True), made)

    def _recording(self, buffer: Buffer, class_id: int | None) -> int:
        """Return the recording that a sample belongs to: several labels may be shown at a time, each has its own."""
        burst_id, at = self._recordings.get(class_id, (0, 0.0))
        if not burst_id or time.monotonic() - at > GAP_SECONDS:
            return self._begun(buffer.burst_for(SOURCE, class_id, GAP_SECONDS), class_id)
        self._recordings[class_id] = burst_id, time.monotonic()
        return burst_id

    def _begun(self, burst: Burst, class_id: int | None) -> int:
        self._recordings[class_id] = burst.id, time.monotonic()
        return burst.id


def newly_learned(buffer: Buffer, increment: Increment) -> dict[str, int]:
    """Return how many samples of which label an increment was the first to learn; none where it went over all anew."""
    counts: Counter[str] = Counter()
    if increment.kind is not IncrementKind.SLEEP and increment.accepted:
        names = buffer.class_names()
        newest = buffer.catalogue(increment.new_samples + _LOOKED_THROUGH)
        for class_id in newest.class_ids[(newest.learned_in == increment.id) & ~newest.deleted]:
            if name := names.get(int(class_id)):
                counts[name] += 1
    return dict(counts)

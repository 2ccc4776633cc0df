# SPDX-License-Identifier: Apache-2.0
"""When a consolidation runs: at once if somebody asked for it, else while the machine has nothing better to do."""

from __future__ import annotations

import time
from collections.abc import Callable

from learner.buffer import Buffer
from learner.consolidation import BY_ITSELF, is_at_rest, is_worthwhile
from learner.messages import BackboneKept, ConsolidationStarted, Event
from learner.renewal import Renewal
from learner.types import Device

_USED_SECONDS = 120.0
"""After the last label or the last frame that was to be answered, the app counts as in use for so long."""
_LOOKS_SECONDS = 30.0
"""Between two looks at whether a consolidation is to begin by itself."""


class Timing:
    """Begins consolidations, goes on with those that a learner before this one left, and holds them up.

    Without a GPU nothing that nobody asked for runs while the app is in use.

    Args:
        buffer: the project file.
        renewal: does it.
        allowed: whether one may begin by itself.
        clock: seconds.
        at_rest: whether the machine is.
    """

    def __init__(
        self,
        buffer: Buffer,
        renewal: Renewal,
        *,
        allowed: bool,
        clock: Callable[[], float] = time.monotonic,
        at_rest: Callable[[], bool] = is_at_rest,
    ) -> None:
        self.allowed = allowed
        self._buffer = buffer
        self._renewal = renewal
        self._clock = clock
        self._at_rest = at_rest
        self._used_at = clock()
        self._looks_at = clock() + _LOOKS_SECONDS
        self._paused = False
        self._left = buffer.consolidation_reason()
        self._on: Device | None = None
        """Where the last consolidation turned out to run: a GPU that is there need not work."""
        at_rest()  # from now on there is something to go by

    def note_use(self) -> None:
        """Somebody labels, or wants frames answered."""
        self._used_at = self._clock()

    def pause(self, paused: bool) -> None:
        """Hold up what is under way because a person wants it, or let it go on."""
        self._paused = paused

    def poll(self, device: Device | None) -> list[Event]:
        """Begin, hold or end what is to be, and return what has come of it.

        Args:
            device: where the head is trained; None while that is not known, and nothing begins.
        """
        told = [] if device is None else self._see_to_it(device)
        told += self._renewal.poll()
        for event in told:
            if isinstance(event, ConsolidationStarted):
                self._on = event.device
        return told

    def _see_to_it(self, device: Device) -> list[Event]:
        told: list[Event] = []
        has_gpu = self._on.kind == "GPU" if self._on else device.kind == "GPU" or device.spare_gpu != ""
        is_free = has_gpu or self._clock() - self._used_at > _USED_SECONDS
        if self._left is not None:
            reason, self._left = self._left, None
            self._renewal.consolidate(reason)
        if self._renewal.is_by_itself and not self.allowed:
            self._renewal.give_up()
            told.append(BackboneKept("The backbone stays as it is", "Consolidating by itself was switched off."))
        elif not self._renewal.is_under_way and self.allowed and is_free and self._clock() >= self._looks_at:
            self._looks_at = self._clock() + _LOOKS_SECONDS
            may = has_gpu or self._at_rest()
            if may and is_worthwhile(self._buffer):
                self._renewal.consolidate(BY_ITSELF)
        self._renewal.hold(self._paused or (self._renewal.is_by_itself and not is_free))
        return told

# SPDX-License-Identifier: Apache-2.0
"""What happens, told to any number of listeners, none of which can hold up the others or fill the memory."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened: its kind, and what JSON says of it. `number` counts from 1."""

    number: int
    kind: str
    data: Mapping[str, Any]


class Feed:
    """Hands what happens to those who listen. Every method may be called from any thread.

    Args:
        lasting: kinds of which the newest is told to everybody who begins to listen.
    """

    def __init__(self, lasting: tuple[str, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._lasting = lasting
        self._newest: dict[str, Told] = {}
        self._listeners: set[Subscription] = set()

    @property
    def has_listeners(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def tell(self, kind: str, data: Mapping[str, Any]) -> None:
        """Tell all listeners that something happened."""
        with self._lock:
            told = Told(next(self._numbers), kind, data)
            if kind in self._lasting:
                self._newest[kind] = told
            for listener in self._listeners:
                listener.put(told)

    def subscribe(self) -> Subscription:
        """Listen from now on; to be called in the event loop that will read."""
        listener = Subscription(self, asyncio.get_running_loop())
        with self._lock:
            for told in self._newest.values():
                listener.put(told)
            self._listeners.add(listener)
        return listener

    def leave(self, listener: Subscription) -> None:
        """Tell a listener nothing more."""
        with self._lock:
            self._listeners.discard(listener)


class Subscription:
    """What one listener has not read yet: of each kind the newest, so that who reads slowly misses the older ones.

    Iterate over it in the event loop that it was made in; `close` ends that, from any thread.
    """

    def __init__(self, feed: Feed, loop: asyncio.AbstractEventLoop) -> None:
        self._feed = feed
        self._loop = loop
        self._lock = threading.Lock()
        self._waiting: dict[str, Told] = {}
        self._is_closed = False
        self._wake = asyncio.Event()

    def put(self, told: Told) -> None:
        """Have something to read."""
        with self._lock:
            is_first = not self._waiting
            self._waiting.pop(told.kind, None)  # so that what is read comes in the order in which it happened
            self._waiting[told.kind] = told
        if is_first:
            self._call()

    def close(self) -> None:
        """End the iteration once what waits is read."""
        self._is_closed = True
        self._feed.leave(self)
        self._call()

    async def __aiter__(self) -> AsyncIterator[Told]:
        """Yield what happens, until it is closed."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while (told := self._take()) is not None:
                    yield told
                if self._is_closed:
                    return
        finally:
            self._feed.leave(self)

    def _take(self) -> Told | None:
        with self._lock:
            kind = next(iter(self._waiting), None)
            return None if kind is None else self._waiting.pop(kind)

    def _call(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

# SPDX-License-Identifier: Apache-2.0
"""What happens, told to listeners that read fast, slowly, or not at all."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from learner.serve.feed import Feed, Subscription


async def rest(stream: Subscription) -> list[tuple[str, Any]]:
    stream.close()
    return [(told.kind, told.data["n"]) async for told in stream]


def test_who_reads_hears_everything_in_its_order() -> None:
    async def listen() -> list[tuple[int, str]]:
        feed = Feed()
        stream = feed.subscribe()
        heard = []
        feed.tell("a", {})
        async for told in stream:
            heard.append((told.number, told.kind))
            if len(heard) < 4:
                feed.tell("b" if told.kind == "a" else "a", {})
            else:
                stream.close()
        assert not feed.has_listeners
        return heard

    assert asyncio.run(listen()) == [(1, "a"), (2, "b"), (3, "a"), (4, "b")]


def test_who_does_not_read_keeps_the_newest_of_each_kind_and_no_more() -> None:
    async def listen() -> list[tuple[str, Any]]:
        feed = Feed()
        stream = feed.subscribe()
        feed.tell("increment", {"n": 0})
        for n in range(10_000):
            feed.tell("prediction", {"n": n})
        feed.tell("increment", {"n": 1})
        return await rest(stream)

    assert asyncio.run(listen()) == [("prediction", 9_999), ("increment", 1)]


def test_who_comes_late_hears_how_it_is_and_nothing_else_of_before() -> None:
    async def listen() -> list[tuple[str, Any]]:
        feed = Feed(lasting=("state",))
        for n in range(3):
            feed.tell("state", {"n": n})
            feed.tell("sample", {"n": n})
        return await rest(feed.subscribe())

    assert asyncio.run(listen()) == [("state", 2)]


def test_who_has_left_hears_nothing() -> None:
    async def listen() -> list[tuple[str, Any]]:
        feed = Feed()
        stream, other = feed.subscribe(), feed.subscribe()
        other.close()
        feed.tell("a", {"n": 1})
        assert await rest(other) == []
        return await rest(stream)

    assert asyncio.run(listen()) == [("a", 1)]


def test_it_is_told_from_other_threads() -> None:
    async def listen() -> int:
        feed = Feed()
        stream = feed.subscribe()
        threading.Thread(target=lambda: feed.tell("a", {"n": 5})).start()
        async for told in stream:
            return int(told.data["n"])
        return 0

    assert asyncio.run(listen()) == 5


def test_nobody_is_told_when_the_loop_has_ended() -> None:
    feed = Feed()

    async def listen() -> Subscription:
        return feed.subscribe()

    stream = asyncio.run(listen())
    feed.tell("a", {})
    stream.close()
    assert not feed.has_listeners

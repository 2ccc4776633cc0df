# SPDX-License-Identifier: Apache-2.0
"""What the serving laptop does with those that have joined: sums put together, weights refined, and the result told.

Nothing here ends because one laptop does: whoever does not answer in time, or answers nonsense, is left out.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flwr.app import ArrayRecord, ConfigRecord, Message, RecordDict
from flwr.serverapp import Grid
from flwr.serverapp.strategy import FedAvg

from learner.contribution import Contribution
from learner.fleet.records import (
    ARRAYS,
    CONFIG,
    HELLO,
    RESULT,
    STATISTICS,
    Hello,
    NotOurs,
    arrays_of_head,
    checked_names,
    config_of,
    head_arrays,
    only,
    sums_arrays,
    sums_of,
)
from learner.fleet.strategy import Refining, made
from learner.types import View

_LOOKS_SECONDS = 0.5
"""How often is looked who has come."""
_TRIES = 3
"""Of asking a laptop who it is."""
_SHRINKAGE = 0.05
_START_TEMPERATURE = 3.0
"""Of the closed form from which weights are refined together: a project's own is between 1 and 12."""

Tell = Callable[[str, Mapping[str, Any]], None]
"""Called with what has happened, and figures."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done: with so many `laptops` at least, waiting `patience` seconds for them, `timeout` for answers.

    `backbone` is the SHA-256 that all of them have to have, whose embeddings have `size` numbers. After the sums,
    weights are refined in so many `rounds` of so many `steps`.
    """

    backbone: str
    size: int
    laptops: int = 2
    patience: float = 600.0
    timeout: float = 120.0
    rounds: int = 0
    steps: int = 20
    refining: Refining = field(default_factory=Refining)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: so many laptops are in the result, so many were asked, and these classes are known now."""

    laptops: int
    asked: int
    names: tuple[str, ...]
    samples: int


class SumsOf(FedAvg):
    """Adds up what laptops send, instead of averaging it: in one round that is the head of all samples in one place."""

    def __init__(self, size: int, known: Iterable[int], *, with_held_out: bool = True) -> None:
        super().__init__(fraction_evaluate=0.0, min_train_nodes=1, min_evaluate_nodes=0, min_available_nodes=1)
        self._size, self._known, self._with_held_out = size, frozenset(known), with_held_out
        self.parts: dict[int, Contribution] = {}

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask all that are known for their sums."""
        content = RecordDict({CONFIG: ConfigRecord({"with-held-out": self._with_held_out})})
        return _to(self._known, STATISTICS, content)

    def aggregate_train(self, server_round: int, replies: Iterable[Message]) -> tuple[None, None]:
        """Keep the parts that make sense."""
        for reply in replies:
            node = reply.metadata.src_node_id
            try:
                if reply.has_error():
                    continue
                names = checked_names(config_of(reply.content).get("names"))
                self.parts[node] = sums_of(names, self._size, only(reply.content.array_records))
            except NotOurs:
                continue
        return None, None


def learn_together(grid: Grid, wishes: Wishes, tell: Tell) -> Outcome | None:
    """Do it; return what came of it, or None where too few laptops were there or answered.

    Args:
        grid: Flower's way to the laptops.
        wishes: what is to be done.
        tell: called with what happens.
    """
    known = _met(grid, wishes, tell)
    if len(known) < wishes.laptops:
        tell("too few", {"laptops": len(known), "wanted": wishes.laptops})
        return None
    names = sorted({name for hello in known.values() for name in hello.names})
    tell("met", {"laptops": len(known), "classes": names})
    # What is refined together begins without what is held out, so that each laptop can measure what comes of it.
    adding = SumsOf(wishes.size, known, with_held_out=not wishes.rounds)
    adding.start(grid, ArrayRecord(), num_rounds=1, timeout=wishes.timeout)
    parts = adding.parts
    if len(parts) < 2:
        tell("too few", {"laptops": len(parts), "wanted": 2})
        return None
    first, *others = parts.values()
    total = first.merged(others)
    content = RecordDict({ARRAYS: sums_arrays(total)})
    refined = wishes.rounds * 4 * len(total.names) * (wishes.size + 1)
    tell(
        "summed",
        {
            "laptops": len(parts),
            "classes": list(total.names),
            "samples": total.samples,
            "sent": round(sum(map(_bytes, parts.values())) / len(parts)) + refined,
            "received": _bytes(total) + refined,
        },
    )
    if wishes.rounds:
        head = _refined(grid, wishes, total, parts, tell)
        if head is not None:
            content["head"] = head
    for is_in, nodes in ((True, parts.keys()), (False, known.keys() - parts.keys())):
        about = ConfigRecord(
            {
                "names": list(total.names),
                "laptops": len(parts),
                "included": is_in,
                "with-held-out": not wishes.rounds,
            }
        )
        told = RecordDict({**content, CONFIG: about})
        for reply in grid.send_and_receive(_to(nodes, RESULT, told), timeout=wishes.timeout):
            said = "" if not reply.has_error() else reply.error.reason
            tell("delivered", {"error": said})
    return Outcome(len(parts), len(known), total.names, total.samples)


def _met(grid: Grid, wishes: Wishes, tell: Tell) -> dict[int, Hello]:
    """Return who is there and has the same backbone, as soon as they are enough or time is over."""
    known: dict[int, Hello] = {}
    tries: dict[int, int] = defaultdict(int)
    until = time.monotonic() + wishes.patience
    while True:
        there = set(grid.get_node_ids())
        known = {node: hello for node, hello in known.items() if node in there}
        new = {node for node in there - known.keys() if tries[node] < _TRIES}
        if new:
            content = RecordDict({CONFIG: ConfigRecord({"backbone": wishes.backbone})})
            for reply in grid.send_and_receive(_to(new, HELLO, content), timeout=wishes.timeout):
                hello = _hello_of(reply)
                if hello is not None and hello.backbone == wishes.backbone:
                    known[reply.metadata.src_node_id] = hello
                    tell("joined", {"classes": list(hello.names), "laptops": len(known)})
            # An answer that is an error does not say whose it is.
            for node in new - known.keys():
                tries[node] += 1
                if tries[node] == _TRIES:
                    tell("refused", {})
        if len(known) >= wishes.laptops or time.monotonic() > until:
            return known
        time.sleep(_LOOKS_SECONDS)


def _hello_of(reply: Message) -> Hello | None:
    """Return what a laptop says of itself; None for an error, or what makes no sense."""
    if reply.has_error():
        return None
    try:
        return Hello.of(reply.content)
    except NotOurs:
        return None


def _refined(
    grid: Grid, wishes: Wishes, total: Contribution, parts: Mapping[int, Contribution], tell: Tell
) -> ArrayRecord | None:
    """Refine the closed form of what has been added up together; return what it came to, if anything."""
    counts = {node: part.counts_of(total.names) for node, part in parts.items()}
    first, *views = View
    sums = total.sums[first].merged(total.sums[which] for which in views)
    closed = sums.discriminant(_SHRINKAGE, total.looks / total.samples)
    head = closed.head(_START_TEMPERATURE).only(range(len(total.names)))
    strategy = made(wishes.refining, head.kernel.shape, counts, lambda text: tell("refined", {"said": text}))
    config = ConfigRecord({"names": list(total.names), "steps": wishes.steps, "rounds": wishes.rounds})
    result = strategy.start(
        grid,
        head_arrays(head.kernel, head.bias),
        num_rounds=wishes.rounds,
        timeout=wishes.timeout,
        train_config=config,
    )
    try:
        return head_arrays(*arrays_of_head(result.arrays, head.kernel.shape))
    except NotOurs:
        return None


def _bytes(contribution: Contribution) -> int:
    return sum(array.nbytes for array in contribution.arrays().values())


def _to(nodes: Iterable[int] | Sequence[int], kind: str, content: RecordDict) -> list[Message]:
    return [Message(content, dst_node_id=node, message_type=kind) for node in nodes]

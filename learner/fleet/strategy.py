# SPDX-License-Identifier: Apache-2.0
"""How heads from many laptops become one: Flower's own strategies, class by class.

A laptop that has never seen a class has nothing to say of it. Before a strategy of Flower's gets to see the replies,
they are sifted, their updates are clipped, and what a laptop knows nothing of is left to those that do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Message, MetricRecord
from flwr.serverapp import Grid
from flwr.serverapp.strategy import (
    DifferentialPrivacyServerSideFixedClipping,
    FedAdam,
    FedAvg,
    FedMedian,
    FedProx,
    FedTrimmedAvg,
    Strategy,
)
from numpy.typing import NDArray

from learner.fleet.records import ARRAYS, CONFIG, EXAMPLES, REFINE, Head, NotOurs, arrays_of_head

StrategyName = Literal["fedavg", "fedprox", "fedadam", "median", "trimmed"]
"""FedAvg (McMahan et al. 2017), FedProx (Li et al. 2020), FedAdam (Reddi et al. 2021), and the coordinate-wise median
and trimmed mean (Yin et al. 2018), which a few hostile laptops cannot move far."""

_CLIP = 2.0
"""Updates longer than so many times the median update of a round are shortened to that."""
_TRIMMED = 0.25
_SERVER_RATE = 0.03


@dataclass(frozen=True, slots=True)
class Refining:
    """How weights are refined together.

    Attributes:
        strategy: which of Flower's.
        proximal: the weight of FedProx' proximal term.
        noise: the noise multiplier of differential privacy for updates, on the serving laptop; 0 for none.
        clip: the norm that updates are clipped to where there is noise.
    """

    strategy: StrategyName = "fedavg"
    proximal: float = 0.01
    noise: float = 0.0
    clip: float = 1.0


class Sifted(Strategy):
    """Lets a strategy see only replies that make sense, of laptops that take part.

    Args:
        inner: the strategy.
        shape: (d, C) of the head.
        counts: how many samples of each class (C,) a laptop has, by its number: as in its sums, whatever it says later.
        tell: called with what became of a round's replies.
    """

    def __init__(
        self, inner: Strategy, shape: tuple[int, int], counts: Mapping[int, Sequence[int]], tell: Callable[[str], None]
    ) -> None:
        self._inner, self._shape, self._counts, self._tell = inner, shape, counts, tell
        self._before: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask every laptop that takes part and is still there."""
        self._before = arrays_of_head(arrays, self._shape)
        there = self._counts.keys() & frozenset(grid.get_node_ids())
        if not there:
            return []
        asked = []
        for message in self._inner.configure_train(server_round, arrays, config, grid):
            if message.metadata.dst_node_id in there:
                message.metadata.message_type = REFINE
                asked.append(message)
        return asked

    def aggregate_train(
        self, server_round: int, replies: Iterable[Message]
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        """Sift what came and shorten what is far longer than the rest; nothing where nothing of use came."""
        before = self._before or (np.zeros(self._shape, np.float32), np.zeros(self._shape[1:], np.float32))
        kept: list[Message] = []
        heads: list[Head] = []
        refused = 0
        for reply in replies:
            if reply.has_error():
                refused += 1
                continue
            try:
                head = Head.of(reply.content, self._shape)
                counts = np.where(head.counts > 0, self._counts[reply.metadata.src_node_id], 0)
            except (NotOurs, KeyError):
                refused += 1
            else:
                kept.append(reply)
                heads.append(replace(head, counts=counts.astype(np.float64)))
        self._tell(f"round {server_round}: {len(heads)} laptops answered, {refused} did not or made no sense")
        for reply, head in zip(kept, clipped(heads, *before), strict=True):
            reply.content.clear()
            reply.content.update(head.records())
        return self._inner.aggregate_train(server_round, kept) if kept else (None, None)

    def configure_evaluate(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask nobody: each laptop measures for itself what it is offered."""
        return []

    def aggregate_evaluate(self, server_round: int, replies: Iterable[Message]) -> MetricRecord | None:
        """Return nothing."""
        return None

    def summary(self) -> None:
        """Log what the strategy is."""
        self._inner.summary()


class ClassMasked(Strategy):
    """Lets one of Flower's strategies see only what laptops have something to say of.

    Args:
        inner: the strategy.
        shape: (d, C) of the head.
        takes_each: whether it wants a reply of every laptop, with what that one knows nothing of filled in by those who
            do; otherwise it gets one, their average by how many samples each has of a class.
    """

    def __init__(self, inner: FedAvg, shape: tuple[int, int], *, takes_each: bool) -> None:
        self._inner, self._shape, self._takes_each = inner, shape, takes_each
        self._before: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask whom it asks."""
        self._before = arrays_of_head(arrays, self._shape)
        return self._inner.configure_train(server_round, arrays, config, grid)

    def aggregate_train(
        self, server_round: int, replies: Iterable[Message]
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        """Put together what came."""
        before = self._before or (np.zeros(self._shape, np.float32), np.zeros(self._shape[1:], np.float32))
        kept = list(replies)
        heads = [Head.of(reply.content, self._shape) for reply in kept]
        filled = masked(heads, *before, each=self._takes_each)
        for reply, head in zip(kept, filled, strict=False):
            reply.content.clear()
            reply.content.update(head.records())
        return self._inner.aggregate_train(server_round, kept[: len(filled)])

    def configure_evaluate(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        """Ask nobody: each laptop measures for itself what it is offered."""
        return []

    def aggregate_evaluate(self, server_round: int, replies: Iterable[Message]) -> MetricRecord | None:
        """Return nothing."""
        return None

    def summary(self) -> None:
        """Log what the strategy is."""
        self._inner.summary()


def made(
    refining: Refining, shape: tuple[int, int], counts: Mapping[int, Sequence[int]], tell: Callable[[str], None]
) -> Strategy:
    """Return the strategy to start.

    Args:
        refining: what is wished.
        shape: (d, C) of the head.
        counts: how many samples of each class (C,) a laptop that takes part has, by its number.
        tell: called with what became of a round's replies.
    """
    common: dict[str, Any] = {
        "fraction_evaluate": 0.0,
        "min_train_nodes": 1,
        "min_evaluate_nodes": 0,
        "min_available_nodes": 1,
        "weighted_by_key": EXAMPLES,
        "arrayrecord_key": ARRAYS,
        "configrecord_key": CONFIG,
    }
    strategies: dict[str, Callable[[], FedAvg]] = {
        "fedavg": lambda: FedAvg(**common),
        "fedprox": lambda: FedProx(**common, proximal_mu=refining.proximal),
        "fedadam": lambda: FedAdam(**common, eta=_SERVER_RATE),
        "median": lambda: FedMedian(**common),
        "trimmed": lambda: FedTrimmedAvg(**common, beta=_TRIMMED),
    }
    inner = strategies[refining.strategy]()
    whole: Strategy = ClassMasked(inner, shape, takes_each=refining.strategy in {"median", "trimmed"})
    if refining.noise:
        # It divides the noise by how many are averaged; of a class that one laptop has, that is one.
        whole = DifferentialPrivacyServerSideFixedClipping(whole, refining.noise, refining.clip, 1)
    return Sifted(whole, shape, counts, tell)


def clipped(heads: Sequence[Head], kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> list[Head]:
    """Return heads none of which is farther from where all began than twice the median of those that moved is."""
    lengths = [_length(head.kernel - kernel, head.bias - bias) for head in heads]
    most = _CLIP * float(np.median([length for length in lengths if length] or [0.0]))
    found = []
    for head, length in zip(heads, lengths, strict=True):
        if length <= most:
            found.append(head)
            continue
        share = np.float32(most / length)
        found.append(Head(kernel + share * (head.kernel - kernel), bias + share * (head.bias - bias), head.counts))
    return found


def masked(heads: Sequence[Head], kernel: NDArray[np.float32], bias: NDArray[np.float32], *, each: bool) -> list[Head]:
    """Return what the laptops say together of every class, or each of them with its gaps filled so.

    Args:
        heads: of the laptops.
        kernel: (d, C) that they began with; it stays of classes that nobody has samples of.
        bias: (C,) the same.
        each: one head for every laptop instead of one for all.
    """
    counts = np.stack([head.counts for head in heads])
    total = counts.sum(axis=0)
    weights = counts / np.maximum(total, 1)
    mean_kernel = np.einsum("lc,ldc->dc", weights, np.stack([head.kernel for head in heads]).astype(np.float64))
    mean_bias = np.einsum("lc,lc->c", weights, np.stack([head.bias for head in heads]).astype(np.float64))
    is_known = total > 0
    mean_kernel, mean_bias = np.where(is_known, mean_kernel, kernel), np.where(is_known, mean_bias, bias)
    if not each:
        return [Head(mean_kernel.astype(np.float32), mean_bias.astype(np.float32), total)]
    return [
        Head(
            np.where(head.counts > 0, head.kernel, mean_kernel).astype(np.float32),
            np.where(head.counts > 0, head.bias, mean_bias).astype(np.float32),
            head.counts,
        )
        for head in heads
    ]


def _length(kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> float:
    return float(np.sqrt((kernel.astype(np.float64) ** 2).sum() + (bias.astype(np.float64) ** 2).sum()))

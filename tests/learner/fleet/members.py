# SPDX-License-Identifier: Apache-2.0
"""Laptops without a project: what they know is drawn at random around the place of each class."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from flwr.clientapp import ClientApp
from numpy.typing import NDArray

from learner.contribution import Contribution
from learner.discriminant import Statistics
from learner.fleet.client_app import app_for
from learner.fleet.member import Delivery
from learner.fleet.records import Head, Hello
from learner.types import Vectors, View

SIZE, BACKBONE = 48, "b" * 64
"""Of what they see with: small, so that sums over it are quick."""


class DrawnMember:
    """What a `Member` is to its app."""

    def __init__(
        self, number: int, counts: Mapping[str, int], deliver: Callable[[Delivery], None], backbone: str | None
    ) -> None:
        self.size = SIZE
        self._backbone = backbone or BACKBONE
        self._counts, self._deliver, self._number = counts, deliver, number

    def hello(self) -> Hello:
        return Hello(self._backbone, tuple(self._counts), tuple(self._counts.values()))

    def contribution(self, *, with_held_out: bool = True) -> Contribution:
        sums = {which: Statistics(self.size) for which in View}
        counts = {name: count if with_held_out else count - 2 for name, count in self._counts.items()}
        for place, (name, count) in enumerate(counts.items()):
            for number, which in enumerate(View):
                sums[which].add(self._drawn(name, count, number), [place] * count)
        total = sum(counts.values())
        return Contribution(tuple(self._counts), sums, total, total)

    def refined(
        self,
        names: Sequence[str],
        kernel: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        steps: int,
        proximal: float,
    ) -> Head:
        moved = kernel + np.float32(0.01 * (self._number + 1))
        counts = np.array([self._counts.get(name, 0) for name in names], np.float64)
        return Head(np.where(counts > 0, moved, kernel).astype(np.float32), bias, counts)

    def take(
        self,
        total: Contribution,
        *,
        laptops: int,
        is_in: bool,
        with_held_out: bool = True,
        head: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
    ) -> None:
        if is_in:
            total, laptops = total.without(self.contribution(with_held_out=with_held_out)), laptops - 1
        self._deliver(Delivery(self._backbone, laptops, total.names, total.arrays()))

    def _drawn(self, name: str, count: int, seed: int) -> Vectors:
        place = np.random.default_rng(zlib.crc32(name.encode())).standard_normal(self.size)
        noise = np.random.default_rng((self._number, seed, count)).standard_normal((count, self.size))
        x = place + noise
        return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32)


class Laptop:
    """A laptop with its app, and what has come to it."""

    def __init__(self, number: int, counts: Mapping[str, int], backbone: str | None = None) -> None:
        self.came: list[Delivery] = []
        self.member = DrawnMember(number, counts, self.came.append, backbone)
        self.app: ClientApp = app_for(lambda _: self.member)  # type: ignore[arg-type, return-value]

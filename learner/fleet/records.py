# SPDX-License-Identifier: Apache-2.0
"""What travels, as Flower's records: nothing goes over the wire that is not made or read here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from flwr.app import Array, ArrayRecord, ConfigRecord, MetricRecord, RecordDict
from numpy.typing import NDArray

from learner.buffer import clean_name
from learner.contribution import Contribution
from learner.errors import LabelFault

ARRAYS, CONFIG, METRICS = "arrays", "config", "metrics"
EXAMPLES = "num-examples"
"""Under this name Flower's strategies look for what a reply weighs."""
HELLO, RESULT = "query.hello", "query.result"
"""Types of messages: who is there and knows what; and what came of it."""
STATISTICS, REFINE = "train.statistics", "train.refine"
"""Types of messages: sums, please; and weights, please."""

_COUNTS = "counts"
_KERNEL, _BIAS = "kernel", "bias"
_MOST_CLASSES = 2000


class NotOurs(ValueError):
    """A message is not one that this Showtell sends."""


@dataclass(frozen=True, slots=True)
class Hello:
    """A laptop that is there: its backbone, and the classes it shares with how many samples each."""

    backbone: str
    names: tuple[str, ...]
    counts: tuple[int, ...]

    def records(self) -> RecordDict:
        """Return what is sent."""
        about = ConfigRecord({"backbone": self.backbone, "names": list(self.names), "counts": list(self.counts)})
        return RecordDict({CONFIG: about})

    @classmethod
    def of(cls, content: RecordDict) -> Hello:
        """Return what was sent; raises NotOurs."""
        about = config_of(content)
        names, counts = about.get("names", []), about.get("counts", [])
        if not isinstance(names, list) or not isinstance(counts, list) or len(names) != len(counts):
            raise NotOurs("classes without counts")
        if not all(isinstance(one, int) and one >= 0 for one in counts):
            raise NotOurs("counts that are none")
        return cls(str(about.get("backbone", "")), checked_names(names), tuple(cast(list[int], counts)))


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A linear head over named classes: kernel (d, C) and bias (C,) float32, and how many samples of each it saw."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    counts: NDArray[np.float64]

    def records(self) -> RecordDict:
        """Return what is sent of it."""
        metrics = MetricRecord({EXAMPLES: float(self.counts.sum()), _COUNTS: self.counts.astype(float).tolist()})
        return RecordDict({ARRAYS: head_arrays(self.kernel, self.bias), METRICS: metrics})

    @classmethod
    def of(cls, content: RecordDict, shape: tuple[int, int]) -> Head:
        """Return what was sent.

        Args:
            content: of the message.
            shape: (d, C) that it has to have.

        Raises:
            NotOurs: it has another, or has something in it that is no finite number.
        """
        kernel, bias = arrays_of_head(only(content.array_records), shape)
        counts = np.asarray(only(content.metric_records).get(_COUNTS, []), np.float64)
        if counts.shape != (shape[1],) or not np.isfinite(counts).all() or (counts < 0).any():
            raise NotOurs("no counts of its classes")
        return cls(kernel, bias, counts)


def head_arrays(kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> ArrayRecord:
    """Return a head as it travels."""
    return ArrayRecord({_KERNEL: Array(np.ascontiguousarray(kernel)), _BIAS: Array(np.ascontiguousarray(bias))})


def arrays_of_head(arrays: ArrayRecord, shape: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel (d, C) and bias (C,); raises NotOurs where they have another shape or are not finite."""
    found = _numbers(arrays)
    kernel, bias = found.get(_KERNEL), found.get(_BIAS)
    if kernel is None or bias is None or kernel.shape != shape or bias.shape != shape[1:]:
        raise NotOurs(f"no head of shape {shape}")
    if not np.isfinite(kernel).all() or not np.isfinite(bias).all():
        raise NotOurs("weights that are not finite numbers")
    return kernel.astype(np.float32), bias.astype(np.float32)


def sums_arrays(contribution: Contribution) -> ArrayRecord:
    """Return sums as they travel, without the names."""
    return ArrayRecord({name: Array(np.ascontiguousarray(array)) for name, array in contribution.arrays().items()})


def sums_of(names: Sequence[str], size: int, arrays: ArrayRecord) -> Contribution:
    """Return sums; raises NotOurs where they cannot be any."""
    try:
        return Contribution.from_arrays(names, size, _numbers(arrays))
    except ValueError as error:
        raise NotOurs(str(error)) from error


def config_of(content: RecordDict) -> ConfigRecord:
    """Return the settings in a message; raises NotOurs."""
    return cast(ConfigRecord, only(content.config_records))


def checked_names(names: object) -> tuple[str, ...]:
    """Return the names of classes, if that is what they are; raises NotOurs."""
    if not isinstance(names, list) or len(names) > _MOST_CLASSES or not all(isinstance(one, str) for one in names):
        raise NotOurs("names that are none")
    try:
        clean = [clean_name(one) for one in names]
    except LabelFault as fault:
        raise NotOurs(fault.happened) from fault
    if clean != names:
        raise NotOurs("names that are written otherwise here")
    return tuple(clean)


def only(records: Mapping[str, Any]) -> Any:
    """Return the one record there is to be; raises NotOurs."""
    if len(records) != 1:
        raise NotOurs(f"{len(records)} records of a kind")
    return next(iter(records.values()))


def _numbers(arrays: ArrayRecord) -> dict[str, NDArray[Any]]:
    """Return arrays as NumPy has them; raises NotOurs for what it cannot read."""
    found = {}
    for name, array in arrays.items():
        try:
            numbers = array.numpy()
        except Exception as error:  # whatever a stranger put there instead of numbers
            raise NotOurs(f"{name} is no array") from error
        if numbers.dtype.kind not in "fi":
            raise NotOurs(f"{name} is an array of {numbers.dtype}")
        found[name] = numbers
    return found

# SPDX-License-Identifier: Apache-2.0
"""Whether an exported model answers as the app does."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from learner.errors import EnvironmentFault
from learner.roll import Content, Picked, evenly

AGREEMENT = 0.995
"""Of the pictures, on how many a model has to come to the same class as the app."""
AGREEMENT_INT8 = 0.97

_LEAST = 200
"""Pictures compared on, where there are so many."""
_MOST = 400


@dataclass(frozen=True, slots=True)
class Parity:
    """An exported model, run by its own program, beside the app.

    Attributes:
        pictures: How many both were asked about.
        held_out: How many of them are held out to measure with.
        agreement: The share for which both came to the same class.
        required: What it has to be at least.
        largest_difference: The largest difference of any probability.
        milliseconds: What a picture took the exported model, median, on one thread.
        app_milliseconds: What it took the app, likewise.
    """

    pictures: int
    held_out: int
    agreement: float
    required: float
    largest_difference: float
    milliseconds: float
    app_milliseconds: float

    @property
    def is_enough(self) -> bool:
        """Whether the model may pass for what the app shows."""
        return self.agreement >= self.required

    def require(self) -> None:
        """Refuse a model that answers otherwise.

        Raises:
            EnvironmentFault: it does.
        """
        if not self.is_enough:
            raise EnvironmentFault(
                "The exported model answers otherwise",
                f"{self.in_words()} At least {self.required:.1%} were wanted, so it was not kept.",
                "Export it at full size (float32), or keep it all the same (--force).",
            )

    def in_words(self) -> str:
        """Return the figures as a sentence or two."""
        return (
            f"It came to the same class as the app for {self.agreement:.1%} of {self.pictures} pictures, "
            f"{self.held_out} of them held out; no probability differed by more than {self.largest_difference:.2g}. "
            f"A picture took it {self.milliseconds:.1f} ms and the app {self.app_milliseconds:.1f} ms."
        )

    def as_json(self) -> str:
        """Return the figures as a JSON object."""
        return json.dumps(asdict(self), indent=2) + "\n"


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was answered for n pictures: `probabilities` (n, classes), and the milliseconds (n,) each took."""

    probabilities: NDArray[np.float32]
    milliseconds: NDArray[np.float64]


def compare(app: Answers, exported: Answers, *, held_out: int, required: float) -> Parity:
    """Compare two answers for the same pictures; NaN anywhere agrees with nothing."""
    wanted, got = app.probabilities, exported.probabilities
    finite = np.isfinite(got).all(axis=1)
    same = (wanted.argmax(axis=1) == got.argmax(axis=1)) & finite
    apart = np.where(finite, np.abs(wanted - got).max(axis=1), 1.0)
    return Parity(
        pictures=len(wanted),
        held_out=held_out,
        agreement=float(same.mean()),
        required=required,
        largest_difference=float(apart.max()),
        milliseconds=float(np.median(exported.milliseconds)),
        app_milliseconds=float(np.median(app.milliseconds)),
    )


def to_compare(content: Content) -> tuple[list[int], int]:
    """Return the samples to compare on, and how many of them, the first ones, are held out.

    What is held out comes first, since neither a version's twin nor its backbone knows it, and answers to it are less
    sure; others fill it up.
    """
    held = spread(evenly(content.measured), _MOST)
    every = evenly(content.learned)
    rest = every.only(~np.isin(every.sample_ids, held))
    return held + spread(rest, max(0, _LEAST - len(held))), len(held)


def to_calibrate(content: Content, count: int) -> list[int]:
    """Return samples that show what pictures are like, from those that are learned from."""
    return spread(evenly(content.twin), count)


def spread(picked: Picked, most: int) -> list[int]:
    """Return at most so many samples, as many of each class as of any other, spread over when they were taken."""
    class_ids = np.unique(picked.class_ids)
    if not len(class_ids):
        return []
    share = -(-most // len(class_ids))
    groups = (np.sort(picked.sample_ids[picked.class_ids == class_id]) for class_id in class_ids)
    few = (ids if len(ids) <= share else ids[np.linspace(0, len(ids) - 1, share).astype(np.int64)] for ids in groups)
    turns = zip_longest(*(ids.tolist() for ids in few))
    return [sample_id for sample_id in chain.from_iterable(turns) if sample_id is not None][:most]

# SPDX-License-Identifier: Apache-2.0
"""What held-out recordings say of a head: how good it is, how sure it may be, and whether it may be published.

A recording counts as a whole, and frames that show the same count once: neighbouring frames are too alike to be counted
one by one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.buffer import USUAL_LIMIT
from learner.discriminant import columns_of, logits, softmax
from learner.evaluation import History, Report, area_under_curve, expected_calibration_error
from learner.types import BurstScore, HeadWeights, Vectors
from learner.unknown import Novelty

GATE_MACRO = 0.005
"""How much accuracy, averaged over the classes, a new version may lose."""
GATE_CLASS = 0.05
"""How much one class may lose that is measured on at least `GATE_LOOKS` different looks."""
GATE_LOOKS = 10
_BY_CHANCE = 0.05
"""How often a version that is as good as the one before is taken for a worse one."""

_LIMITS = (0.25, 0.35, 0.5, 0.7, USUAL_LIMIT, 1.4, 2.0, 2.8, 4.0)
"""Of novelty, from which on an answer may be called unknown (see `Buffer.unknown_limit`)."""

_TEMPERATURES = np.exp(np.linspace(-2.5, 2.5, 51))
_TRUSTED = 5.0
"""Held-out recordings may ask for a temperature up to so many times higher or lower than the usual one."""
_DEFAULT_WEIGHT = 4.0
"""Worth so many held-out recordings: the usual temperature. A few of them show a class or two, and the rest is as hard
to tell as it usually is."""
_SURE = 0.3
"""Standard errors by which another head must beat the closed form to take its place. No more: steps were measured to
gain up to 3 points with many classes, and to cost less than 1 where there is nothing to gain."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Pictures to measure with, n of them in recordings of different classes.

    `x` (n, d) are embeddings as answers see them, `class_ids` (n,) the truth, `recordings` (n,) which recording each
    belongs to, counted from 0 in an order that follows from their content, `weights` (n,) one over the size of its
    near-duplicate cluster, `sample_ids` (n,) which samples they are, where they are any.
    """

    x: Vectors
    class_ids: NDArray[np.int64]
    recordings: NDArray[np.int64]
    weights: NDArray[np.float64]
    sample_ids: NDArray[np.int64] | None = None
    _last: list[tuple[HeadWeights, NDArray[np.float32]]] = field(default_factory=list, init=False, repr=False)

    def logits(self, head: HeadWeights) -> NDArray[np.float32]:
        """Return logits (n, classes); those of the last head are kept, since several things are asked of it."""
        if not self._last or self._last[0][0] is not head:
            self._last[:] = [(head, logits(head, self.x))]
        return self._last[0][1]

    @property
    def is_enough(self) -> bool:
        """Whether it says anything: recordings of at least two classes."""
        return len(np.unique(self.class_ids)) >= 2

    @property
    def looks(self) -> float:
        """How many different looks there are."""
        return float(self.weights.sum())

    def only(self, class_ids: Sequence[int]) -> HeldOut:
        """Return the part that shows these classes."""
        return self.part(np.isin(self.class_ids, class_ids))

    def part(self, rows: NDArray[np.bool_]) -> HeldOut:
        """Return the pictures that a mask (n,) keeps."""
        ids = None if self.sample_ids is None else self.sample_ids[rows]
        part = HeldOut(self.x[rows], self.class_ids[rows], self.recordings[rows], self.weights[rows], ids)
        part._last[:] = [(head, scores[rows]) for head, scores in self._last]
        return part

    def by_recording(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return the weighted mean (recordings,) of a value (n,) over each recording, in their order."""
        _, places = np.unique(self.recordings, return_inverse=True)
        return np.asarray(np.bincount(places, self.weights * values) / np.bincount(places, self.weights))

    def by_class(self, values: NDArray[Any]) -> dict[int, float]:
        """Return the mean over its recordings of a value (n,), for each class."""
        means = self.by_recording(values)
        _, first = np.unique(self.recordings, return_index=True)
        owners = self.class_ids[first]
        return {int(class_id): float(means[owners == class_id].mean()) for class_id in np.unique(owners)}


@dataclass(frozen=True, slots=True)
class Temperature:
    """What logits are divided by; `ece` and `nll` are measured on folds that did not choose it, None if unmeasured."""

    value: float
    ece: float | None = None
    nll: float | None = None


def hits(head: HeadWeights, held: HeldOut) -> NDArray[np.bool_]:
    """Return (n,) whether the likeliest class is the right one."""
    ids = np.array(head.class_ids)
    return np.asarray(ids[held.logits(head).argmax(axis=1)] == held.class_ids)


def surprise(head: HeadWeights, held: HeldOut, temperature: float = 1.0) -> NDArray[np.float64]:
    """Return (n,) the negative log-likelihood of the right class."""
    shares = softmax(held.logits(head) / np.float32(temperature))
    own = shares[np.arange(len(shares)), columns_of(held.class_ids, head.class_ids)]
    return np.asarray(-np.log(np.maximum(own, 1e-9)), np.float64)


def best_temperature(head: HeadWeights, held: HeldOut) -> float:
    """Return the temperature under which the right classes are likeliest (Guo et al. 2017)."""
    scores = held.logits(head).astype(np.float64)
    own = scores[np.arange(len(scores)), columns_of(held.class_ids, head.class_ids)]

    def cost(place: int) -> float:
        scaled = scores / _TEMPERATURES[place]
        top = scaled.max(axis=1)
        costs = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1)) - own / _TEMPERATURES[place]
        return float(held.by_recording(costs).mean())

    # The cost is convex in one over the temperature, so it falls up to the best one and rises from there on.
    low, high = 0, len(_TEMPERATURES) - 1
    while low < high:
        middle = (low + high) // 2
        if cost(middle) <= cost(middle + 1):
            high = middle
        else:
            low = middle + 1
    return float(_TEMPERATURES[low])


def choose(candidates: Mapping[str, HeadWeights], held: HeldOut, closed: str) -> str:
    """Return the name of the best head: the closed form, unless held-out recordings prefer another.

    They are compared by how likely the right classes are, each at its best temperature, recording by recording: that
    varies less by chance than who is right. But a head that is right less often is not better, however sure it is.
    """
    right = {name: held.by_recording(hits(head, held)).mean() for name, head in candidates.items()}
    if right[closed] == 1:  # there is nothing to gain but certainty, which a temperature gives as well
        return closed
    costs = {
        name: held.by_recording(surprise(head, held, best_temperature(head, held)))
        for name, head in candidates.items()
        if right[name] >= right[closed] - GATE_MACRO
    }
    best = min(costs, key=lambda name: costs[name].mean())
    gain = costs[closed] - costs[best]
    error = gain.std(ddof=1) / np.sqrt(len(gain)) if len(gain) > 1 else np.inf
    return best if gain.mean() > _SURE * error else closed


def is_worse(new: HeadWeights, old: HeadWeights, held: HeldOut, held_before: HeldOut | None = None) -> str:
    """Return why a head may not take another's place, or nothing when it may.

    They are compared on the classes both know, with only those to choose from: another class to choose from makes the
    old ones harder to tell, and that is no reason not to learn it. What may be chance does not count (McNemar 1947):
    of a hundred classes measured on two dozen looks each, one always loses two of them.

    Args:
        new: the head that is to be published.
        old: the one in use.
        held: what they are measured on, as the new head sees it.
        held_before: the same pictures as the old head sees them, where its embeddings come from another backbone.
    """
    shared = [class_id for class_id in new.class_ids if class_id in old.class_ids]
    held_before = (held if held_before is None else held_before).only(shared)
    held = held.only(shared)
    if not held.is_enough:
        return ""
    now, before = hits(new.only(shared), held), hits(old.only(shared), held_before)
    recall_now, recall_before = held.by_class(now), held.by_class(before)
    lost = float(np.mean(list(recall_before.values())) - np.mean(list(recall_now.values())))
    if lost > GATE_MACRO and _lost_surely(now, before, held.weights, _errors(1)):
        return f"On recordings held out to measure with it would be right {_points(lost)} less often."
    for class_id in recall_now:
        rows = held.class_ids == class_id
        drop = recall_before[class_id] - recall_now[class_id]
        looks = float(held.weights[rows].sum())
        surely = _lost_surely(now[rows], before[rows], held.weights[rows], _errors(len(recall_now)))
        if looks >= GATE_LOOKS and drop > GATE_CLASS and surely:
            return f"On recordings held out to measure with it would find one class {_points(drop)} less often."
    return ""


def is_no_better(new: HeadWeights, old: HeadWeights, held: HeldOut, held_before: HeldOut) -> str:
    """Return why a head that is not worse is no better either, or nothing when it is; arguments as of `is_worse`.

    Better is the one to which the right classes are likelier, each at its best temperature, recording by recording:
    that varies less by chance than who is right. On a few held-out recordings who is right refused backbones that were
    right 6 points more often on two thousand other pictures.
    """
    shared = [class_id for class_id in new.class_ids if class_id in old.class_ids]
    held, held_before = held.only(shared), held_before.only(shared)
    if not held.is_enough:
        return "Too little is held out to measure whether it would be better."
    cost_now, cost_before = (
        seen.by_recording(surprise(head, seen, best_temperature(head, seen)))
        for head, seen in ((new.only(shared), held), (old.only(shared), held_before))
    )
    gain = cost_before - cost_now
    error = gain.std(ddof=1) / np.sqrt(len(gain)) if len(gain) > 1 else 0.0
    if gain.mean() > _SURE * error:
        return ""
    return "On recordings held out to measure with it would be no better."


def calibrate(head: HeadWeights, held: HeldOut, default: float) -> Temperature:
    """Return the temperature to answer with: fitted on held-out recordings if that holds on others of them.

    It is fitted on each half of the recordings in turn and must make the other half likelier than the default does.
    """
    recordings = np.unique(held.recordings)
    if not held.is_enough or len(recordings) < 4:
        return Temperature(default)
    folds = [held.part(np.isin(held.recordings, recordings[start::2])) for start in range(2)]
    others = [_leaning(head, fold, default) for fold in folds[::-1]]
    nll = np.mean(
        [fold.by_recording(surprise(head, fold, other)).mean() for fold, other in zip(folds, others, strict=True)]
    )
    plain = np.mean([fold.by_recording(surprise(head, fold, default)).mean() for fold in folds])
    adopted = nll < plain
    confidence, right = [], []
    for fold, other in zip(folds, others, strict=True):
        shares = softmax(fold.logits(head) / np.float32(other if adopted else default))
        confidence.append(shares.max(axis=1))
        right.append(hits(head, fold))
    ece = expected_calibration_error(np.concatenate(confidence).astype(np.float64), np.concatenate(right))
    return Temperature(_leaning(head, held, default) if adopted else default, ece, float(min(nll, plain)))


def _leaning(head: HeadWeights, held: HeldOut, default: float) -> float:
    """Return the best temperature, drawn towards the usual one as far as there are few recordings to tell."""
    # Where all are right, no temperature is too low; the next recording may be wrong all the same.
    best = np.clip(best_temperature(head, held), default / _TRUSTED, default * _TRUSTED)
    count = len(np.unique(held.recordings))
    return float(default * (best / default) ** (count / (count + _DEFAULT_WEIGHT)))


def blend(one: HeadWeights, other: HeadWeights) -> HeadWeights:
    """Return the head half-way between two whose columns are the same."""
    half = np.float32(0.5)
    return HeadWeights((one.kernel + other.kernel) * half, (one.bias + other.bias) * half, one.class_ids, one.mirrored)


def cooled(head: HeadWeights, temperature: float) -> HeadWeights:
    """Return a head whose logits are divided by a temperature."""
    factor = np.float32(1 / temperature)
    return HeadWeights(head.kernel * factor, head.bias * factor, head.class_ids, head.mirrored)


def report(
    twin: HeadWeights,
    closed: HeadWeights,
    held: HeldOut,
    temperature: Temperature,
    *,
    absolute: float,
    shrinkage: float,
    recipe: str,
    history: History,
    before: BurstScore,
    unknown: Mapping[str, Any],
) -> Report:
    """Return what held-out recordings say of a version, by its measured twin.

    Args:
        twin: the measured twin.
        closed: its closed form.
        held: what it is measured on.
        temperature: what `calibrate` came to.
        absolute: that temperature, of the closed form's logits.
        shrinkage: of the closed form.
        recipe: how the head was made.
        history: what was measured before.
        before: recordings of this increment, scored before they were learned.
        unknown: see `Report.unknown`.
    """
    enough = held.is_enough
    right = hits(twin, held) if enough else np.zeros(0, bool)
    recall = held.by_class(right) if enough else {}
    ids = tuple(sorted(twin.class_ids)) if enough else ()
    confusion = np.zeros((len(ids), len(ids)))
    if enough:
        answers = np.array(twin.class_ids)[held.logits(twin).argmax(axis=1)]
        np.add.at(confusion, (columns_of(held.class_ids, ids), columns_of(answers, ids)), held.weights)
    forgetting = {class_id: max(0.0, history.best.get(class_id, share) - share) for class_id, share in recall.items()}
    transfer = [share - history.first.get(class_id, share) for class_id, share in recall.items()]
    return Report(
        measured=enough,
        recordings=len(np.unique(held.recordings)),
        looks=round(held.looks),
        accuracy=float(held.by_recording(right).mean()) if enough else None,
        macro_accuracy=float(np.mean(list(recall.values()))) if enough else None,
        recall=recall,
        class_ids=ids,
        confusion=tuple(tuple(round(count) for count in row) for row in confusion),
        ece=temperature.ece,
        nll=temperature.nll,
        temperature=absolute,
        shrinkage=shrinkage,
        forgetting=forgetting,
        worst_forgetting=max(forgetting.values()) if enough else None,
        backward_transfer=float(np.mean(transfer)) if enough else None,
        prequential={"right": history.right + before.right, "recordings": history.recordings + before.bursts},
        recipe=recipe,
        closed_form_accuracy=float(held.by_recording(hits(closed, held)).mean()) if enough else None,
        unknown=dict(unknown),
    )


def never_taught(novelty: Novelty, class_ids: Sequence[int], held: HeldOut) -> dict[str, Any]:
    """Return how well a class is noticed that was never taught: each in turn is left out (see `Report.unknown`).

    How many known pictures are called unknown is measured on either half of the recordings, with the limits that the
    other half sets.

    Args:
        novelty: of the measured twin.
        class_ids: its columns.
        held: what it is measured on.
    """
    recordings = np.unique(held.recordings)
    if not held.is_enough or len(recordings) < 2:
        return {}
    distances, _ = novelty.distances(held.x)
    columns = columns_of(held.class_ids, class_ids)
    flagged: dict[float, list[float]] = {limit: [] for limit in _LIMITS}
    for start in range(2):
        setting = np.isin(held.recordings, recordings[start::2])
        limited = novelty.with_limits(distances[setting], columns[setting], held.recordings[setting])
        other = held.part(~setting)
        seen = limited(other.x)
        for limit in _LIMITS:
            flagged[limit] += other.by_recording(seen > limit).tolist()
    limited = novelty.with_limits(distances, columns, held.recordings)
    scores = {}
    for class_id, seen in zip(class_ids, limited.without_each(held.x) if len(class_ids) > 2 else (), strict=False):
        mine = held.class_ids == class_id
        if mine.any() and not mine.all():
            scores[int(class_id)] = area_under_curve(seen[~mine], seen[mine])
    auroc = float(np.mean(list(scores.values()))) if scores else None
    flagged_at = {str(limit): float(np.mean(shares)) for limit, shares in flagged.items()}
    return {"flagged": flagged_at[str(USUAL_LIMIT)], "flagged_at": flagged_at, "left_out": scores, "auroc": auroc}


def _errors(tests: int) -> float:
    """Return the standard errors that chance exceeds in one of so many tests, one time in twenty (Bonferroni)."""
    return NormalDist().inv_cdf(1 - _BY_CHANCE / tests)


def _lost_surely(
    now: NDArray[np.bool_], before: NDArray[np.bool_], weights: NDArray[np.float64], errors: float
) -> bool:
    """Return whether more looks were lost than gained, by so many standard errors of that difference."""
    lost, gained = float(weights[before & ~now].sum()), float(weights[now & ~before].sum())
    return lost - gained > max(errors * math.sqrt(lost + gained), 1.5)


def _points(share: float) -> str:
    return f"{share * 100:.1f} points"

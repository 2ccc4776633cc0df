# SPDX-License-Identifier: Apache-2.0
"""Consolidation: the last blocks of a backbone, fine-tuned on a person's own pictures with `train_on_batch`.

What comes before those blocks never changes. So each picture goes through it in a few augmented variants once, and a
step trains on the activations that came out, as far as there is memory for them. BatchNormalization stays as it is:
statistics of a small batch of a few classes are worse than those it came with.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from learner.consolidation_plan import ConsolidationPlan
from learner.nn import augmenting
from learner.nn.cutting import Unfolded, cut_point, transfer
from learner.preprocessing import model_input
from learner.types import BackboneInfo, HeadWeights, Image

__all__ = ["Consolidator", "cut_point"]

Array = NDArray[Any]

_ACTIVATION_BYTES = 384 * 2**20
_PICTURE_BYTES = 128 * 2**20
_LEAST_VARIANTS = 3
"""With fewer the pictures repeat so much that it is better to augment each of them anew."""
_LEAST_ROOT = 1e-4
"""Below it the square root of an embedding counts as flat: its slope has no bound at 0."""
_LENGTH = 16.0
"""Of embeddings, when the head begins at zero: at unit length it would take thousands of steps to grow."""


class Normalise(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """`learner.preprocessing.normalise` in the graph.

    Args:
        non_negative: whether the square root is taken first.
        length: of what comes out.
    """

    def __init__(self, non_negative: bool, length: float, **options: Any) -> None:
        super().__init__(dtype="float32", **options)
        self.non_negative, self.length = non_negative, length

    def call(self, x: Any) -> Any:
        """Return embeddings (n, d) float32 at their length."""
        if self.non_negative:
            x = ops.sqrt(ops.maximum(x, _LEAST_ROOT))
        return x * (self.length / ops.maximum(ops.norm(x, axis=-1, keepdims=True), 1e-6))


class Consolidator:
    """Fine-tunes a copy of a backbone, a batch at a time; the backbone itself is left as it is.

    The head that gives the loss starts at a closed form and is thrown away in the end: a head that fits already leaves
    nothing to undo in the features (Kumar et al., "Fine-Tuning can Distort Pretrained Features and Underperform
    Out-of-Distribution", 2022).

    Args:
        model: the backbone (see `learner.nn.backbone.load`).
        info: what it expects and gives.
        head: a linear head on its normalised embeddings, columns in the order of the classes; None begins at zero.
            Mirror images are among the variants of a picture when it is `mirrored`, or None.
        classes: how many there are.
        plan: how long, how fast, and on which blocks.
        pictures: gives the BGR picture of a sample.
        seed: of every random choice.

    Raises:
        ValueError: nothing in the network can be trained, or the head does not fit.
    """

    def __init__(
        self,
        model: keras.Model,
        info: BackboneInfo,
        head: HeadWeights | None,
        classes: int,
        plan: ConsolidationPlan,
        pictures: Callable[[int], Image],
        seed: int,
    ) -> None:
        self._model, self._info, self._plan = model, info, plan
        self._read, self._seed, self._classes = pictures, seed, classes
        self._mirrored = head is None or head.mirrored
        self._number = 0
        entries = [keras.Input((plan.size, plan.size, 3), dtype="uint8"), keras.Input((8,)), keras.Input((2,))]
        seen = augmenting.Augment(info.low, info.high)(*entries)
        self._unfolded = Unfolded(model, seen)
        cut = self._unfolded.cut(plan.share)
        self._head = keras.layers.Dense(classes, kernel_initializer="zeros", dtype="float32")
        normalised = Normalise(info.non_negative, 1.0 if head else _LENGTH)(self._unfolded.output)
        scores = self._head(normalised)
        if head is not None:
            self._head.set_weights([head.kernel, head.bias])
        for layer in self._unfolded.layers(slice(None)):
            layer.trainable = False
        for layer in self._unfolded.layers(slice(cut + 1, None)):
            layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
        at_cut = self._unfolded.nodes[cut].output
        self._variants = _variants(plan, 2 * int(np.prod(at_cut.shape[1:]))) if cut else 0
        self._dtype = at_cut.dtype
        self._frozen = keras.Model(entries, at_cut)
        self._frozen.compile(jit_compile=False)
        self._trained = keras.Model(at_cut if self._variants else entries, scores)
        self._compile()
        self._activations = _Kept(_ACTIVATION_BYTES, self._at_cut)
        self._pictures = _Kept(_PICTURE_BYTES, self._picture)

    def step(self, sample_ids: Sequence[int], columns: NDArray[np.int64], number: int) -> tuple[float, float]:
        """Take one step; return its loss and accuracy.

        Args:
            sample_ids: the pictures of the batch, as many as the plan says.
            columns: the column (batch,) of each one's class.
            number: of the step, counted from 1; it says how fast, and which variants are seen.

        Raises:
            ValueError: the batch has another size.
        """
        if len(sample_ids) != self._plan.batch_size:
            raise ValueError(f"a batch has {self._plan.batch_size} pictures and not {len(sample_ids)}")
        random = np.random.default_rng((self._seed, 0, number))
        if self._variants:
            chosen = random.integers(self._variants, size=len(sample_ids))
            rows = [self._activations[id_][variant] for id_, variant in zip(sample_ids, chosen, strict=True)]
            x: Any = np.stack(rows).astype(self._dtype)
        else:
            x = self._augmented(np.stack([self._pictures[id_] for id_ in sample_ids]), random)
        targets = np.eye(self._classes, dtype=np.float32)[columns]
        if self._number == 0:
            self._temper(x, targets)
        self._optimiser.learning_rate.assign(self._plan.rate(number))
        self._trained.reset_metrics()  # until Keras 3.15 the returned values were running means over all calls
        loss, accuracy = self._trained.train_on_batch(x, targets)
        self._number = number
        return float(loss), float(accuracy)

    def state(self) -> dict[str, Array]:
        """Return all it takes to go on after the step that was the last, in this process or in another."""
        return {
            **{f"weight {place}": np.array(variable) for place, variable in enumerate(self._weights)},
            **{f"optimiser {place}": np.array(variable) for place, variable in enumerate(self._moments)},
            "number": np.array(self._number, np.int64),
            "made_for": self._made_for(),
        }

    def restore(self, state: Mapping[str, Array]) -> None:
        """Go on from a state: the next steps come out as they would have, to the last bit on the same machine.

        Raises:
            ValueError: it is the state of another backbone, plan, seed or set of classes, or it is damaged.
        """
        mine = self.state()
        if state.keys() != mine.keys() or not all(_alike(state[key], mine[key]) for key in mine):
            raise ValueError("that state has other arrays than this consolidation")
        if not np.array_equal(state["made_for"], mine["made_for"]):
            raise ValueError("that state is of another consolidation")
        if not all(np.isfinite(array).all() for array in state.values()):
            raise ValueError("that state holds what is no number")
        for place, variable in enumerate(self._weights):
            variable.assign(state[f"weight {place}"])
        for place, variable in enumerate(self._moments):
            variable.assign(state[f"optimiser {place}"])
        self._number = int(state["number"])

    def finished(self) -> keras.Model:
        """Return the whole backbone with its new weights: the architecture and names of the one given, float32."""
        pairs: list[tuple[Any, Any]] = []

        def copy(layer: Any) -> Any:
            pairs.append((layer, type(layer).from_config(layer.get_config())))
            return pairs[-1][1]

        result = keras.models.clone_model(self._model, clone_function=copy, recursive=True)
        for original, copied in pairs:
            if isinstance(original, keras.layers.Layer) and original.weights:
                trained = self._unfolded.copy_of(original)
                transfer(trained if trained.trainable else original, copied)
        return result

    def _compile(self) -> None:
        self._optimiser = keras.optimizers.Adam(self._plan.learning_rate)
        self._trained.compile(
            optimizer=self._optimiser,
            loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=self._plan.label_smoothing),
            metrics=["categorical_accuracy"],
            jit_compile=False,
        )
        self._weights = self._trained.trainable_variables
        self._optimiser.build(self._weights)
        self._moments = self._optimiser.variables

    def _temper(self, x: Any, targets: Array) -> None:
        """Scale the head so that the loss of the first batch is least.

        A closed form is far surer of itself than smoothed targets are; the first hundred steps would do nothing but
        shrink what it says, at the cost of the features.
        """
        # Called once, and so not worth tracing.
        scores = np.asarray(self._trained(x, training=False), np.float64)
        smoothing = self._plan.label_smoothing
        wanted = targets * (1 - smoothing) + smoothing / self._classes

        def loss(scale: float) -> float:
            scaled = scores * scale
            peak = scaled.max(axis=1, keepdims=True)
            total = np.log(np.exp(scaled - peak).sum(axis=1, keepdims=True)) + peak
            return float((wanted * (total - scaled)).sum())

        best = np.float32(min(2.0 ** np.arange(-8, 4, 0.25), key=loss))
        self._head.set_weights([weight * best for weight in self._head.get_weights()])

    def _at_cut(self, sample_id: int) -> Array:
        """Return what comes out of the frozen part for each variant of a picture, (variants, …) float16.

        All variants of one picture and nothing else make a batch, so that they come out the same whenever it is that
        they are made.
        """
        random = np.random.default_rng((self._seed, 1, sample_id))
        pictures = np.repeat(self._picture(sample_id)[None], self._variants, axis=0)
        made = np.asarray(self._frozen.predict_on_batch(self._augmented(pictures, random)))
        largest = float(np.finfo(np.float16).max)
        return np.asarray(np.clip(made, -largest, largest), np.float16)

    def _picture(self, sample_id: int) -> Image:
        return model_input(self._read(sample_id), self._plan.size)

    def _augmented(self, pictures: Array, random: np.random.Generator) -> list[Array]:
        drawn = augmenting.draw(random, len(pictures), self._plan.size, mirrored=self._mirrored)
        return [pictures, *drawn]

    def _made_for(self) -> NDArray[np.uint8]:
        what = (self._info.sha256, asdict(self._plan), self._classes, self._seed, self._variants, self._mirrored)
        return np.frombuffer(hashlib.sha256(repr(what).encode()).digest(), np.uint8)


class _Kept:
    """Arrays by sample, made when they are asked for; at most so many bytes, those not used for longest go first."""

    def __init__(self, most: int, make: Callable[[int], Array]) -> None:
        self._most, self._make = most, make
        self._bytes = 0
        self._arrays: OrderedDict[int, Array] = OrderedDict()

    def __getitem__(self, sample_id: int) -> Array:
        if sample_id not in self._arrays:
            self._arrays[sample_id] = self._make(sample_id)
            self._bytes += self._arrays[sample_id].nbytes
        self._arrays.move_to_end(sample_id)
        found = self._arrays[sample_id]
        while self._bytes > self._most and len(self._arrays) > 1:
            self._bytes -= self._arrays.popitem(last=False)[1].nbytes
        return found


def _variants(plan: ConsolidationPlan, size: int) -> int:
    """Return how many variants of each picture to keep, of so many bytes each; 0 when it does not pay to keep any.

    It pays when fewer of them are made than pictures are drawn, since all else costs the same either way.
    """
    samples = max(1, plan.samples)
    count = min(plan.variants, _ACTIVATION_BYTES // (samples * size), plan.steps * plan.batch_size // samples)
    return count if count >= _LEAST_VARIANTS else 0


def _alike(one: Any, other: Array) -> bool:
    return isinstance(one, np.ndarray) and one.shape == other.shape and one.dtype == other.dtype

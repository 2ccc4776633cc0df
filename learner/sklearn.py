# SPDX-License-Identifier: Apache-2.0
"""The learner as a scikit-learn estimator, for those who bring arrays of their own and want no project file.

It learns as a project does while it is awake: the closed form of `learner.discriminant`, and from there a few
`train_on_batch` on balanced replay batches. What it does without is what needs recordings: held-out measurements, the
gate, the unknown. Use `learner.open_project` for those.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learner.config import LearnerConfig
from learner.discriminant import Statistics, logits
from learner.errors import EnvironmentFault
from learner.refining import Control, Model, Plan, Probe, Refiner
from learner.sampling import Recording, ReplaySampler, bank, by_class, near_duplicates, recordings
from learner.types import HeadWeights, Member, Role, Vectors, View

try:
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.utils import check_random_state
    from sklearn.utils.multiclass import check_classification_targets, unique_labels
    from sklearn.utils.validation import (
        check_array,
        check_consistent_length,
        check_is_fitted,
        column_or_1d,
        validate_data,
    )
except ImportError as error:
    raise EnvironmentFault(
        "scikit-learn is not installed",
        f"The estimator is made of its parts ({error}).",
        "Install it with: pip install 'showtell[sklearn]'",
    ) from error

if TYPE_CHECKING:
    from learner.embedder import Embedder

_LEAST_STEPS = 4
_PROBED = 256
"""Samples looked at between steps, of what is new and of what is old."""
_training = threading.Lock()
"""Heads are shared, since building one takes a second."""


class IncrementalImageClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Recognises things in pictures, and learns more of them at any time without forgetting those before.

    `X` is one of two things. Pictures: uint8 of shape (n, height, width, 3), or a list of such pictures of any sizes;
    the centre square of each is embedded by a backbone, in three views. Or vectors of shape (n, d): embeddings that
    were made elsewhere, about as long as 1, like those of `Project.embeddings`.

    Unlike with scikit-learn's own estimators `partial_fit` takes classes that `classes` did not announce. Samples of
    one class in one call count as one recording: they share a place in replay batches with those of other calls.
    Accuracy on pictures of a recording that was learned from says nothing: split by recording, for instance with
    `GroupKFold`.

    Args:
        steps: `train_on_batch` calls after each `fit` or `partial_fit`, at most; 0 keeps the closed form and does
            without TensorFlow.
        batch_size: rows of each.
        learning_rate: of Adam at the first; falls to zero along a cosine.
        shrinkage: how far the covariance within classes is pulled towards a multiple of the identity, above 0, at
            most 1.
        temperature: what the logits of the closed form are divided by. Embeddings of everyday things want 2 to 10.
        bank_size: samples a class that are kept for replay; what is more is chosen by `learner.sampling.bank`. The
            closed form remembers all of them.
        mirror: whether mirror images of pictures count as views of them.
        channels: order of colours in pictures, "rgb" or "bgr".
        backbone: that embeds pictures: a name, a hash, or a file (see `learner.backbones.named`); None takes the one
            that ships.
        device: "auto", "cpu" or "gpu".
        random_state: of the replay batches.

    Attributes:
        classes_: the labels met or announced so far, sorted, (classes,).
        n_features_in_: d.

    >>> import numpy as np
    >>> from learner.sklearn import IncrementalImageClassifier
    >>> dark, light = np.full((5, 64, 64, 3), 20, np.uint8), np.full((5, 64, 64, 3), 230, np.uint8)
    >>> classifier = IncrementalImageClassifier(steps=0).partial_fit(dark, ["night"] * 5)
    >>> classifier = classifier.partial_fit(light, ["day"] * 5)
    >>> classifier.predict(light[:2]).tolist()
    ['day', 'day']
    >>> classifier.classes_.tolist()
    ['day', 'night']
    """

    def __init__(
        self,
        *,
        steps: int = 16,
        batch_size: int = 128,
        learning_rate: float = 0.002,
        shrinkage: float = 0.1,
        temperature: float = 5.0,
        bank_size: int = 500,
        mirror: bool = True,
        channels: Literal["rgb", "bgr"] = "rgb",
        backbone: str | Path | None = None,
        device: Literal["auto", "cpu", "gpu"] = "auto",
        random_state: Any = 0,
    ) -> None:
        self.steps = steps
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.shrinkage = shrinkage
        self.temperature = temperature
        self.bank_size = bank_size
        self.mirror = mirror
        self.channels = channels
        self.backbone = backbone
        self.device = device
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:  # noqa: N803  # scikit-learn's name
        """Forget what was learned, and learn these.

        Args:
            X: pictures or vectors (see the class).
            y: labels (n,).

        Raises:
            ValueError: X and y are not what they are to be.
            UsageFault: a parameter is out of its range.
            EnvironmentFault: TensorFlow or the backbone does not load.
        """
        return self._learn(X, y, None, reset=True)

    def partial_fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> Self:  # noqa: N803
        """Learn these as well.

        Args:
            X: pictures or vectors, whichever came first.
            y: labels (n,).
            classes: labels that `classes_` and the columns of `predict_proba` are to have even while there are no
                samples of them. Others may come later all the same.

        Raises:
            ValueError: X and y are not what they are to be.
            UsageFault: a parameter is out of its range.
            EnvironmentFault: TensorFlow or the backbone does not load.
        """
        return self._learn(X, y, classes, reset=not hasattr(self, "classes_"))

    def predict(self, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """Return the likeliest label of each (n,)."""
        shares = self.predict_proba(X)
        return np.asarray(self.classes_[shares.argmax(axis=1)])

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Return probabilities (n, classes), in the order of `classes_`; 0 for a class without samples."""
        check_is_fitted(self)
        x = self._vectors(X, reset=False).mean(axis=1, dtype=np.float64)
        # In float64, so that an answer does not depend on what else was asked with it.
        scores = x @ self._head.kernel.astype(np.float64) + self._head.bias
        exponent = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = np.zeros((len(x), len(self.classes_)))
        shares[:, self._columns()] = exponent / exponent.sum(axis=1, keepdims=True)
        return shares

    def __sklearn_is_fitted__(self) -> bool:
        """Return whether anything has been learned."""
        return hasattr(self, "_head")

    def _learn(self, pictures: ArrayLike, y: ArrayLike, classes: ArrayLike | None, *, reset: bool) -> Self:
        config = LearnerConfig(
            device=self.device,
            batch_size=self.batch_size,
            sleep_batch_size=self.batch_size,
            steps=self.steps,
            learning_rate=self.learning_rate,
            shrinkage=self.shrinkage,
            bank_size=self.bank_size,
        )
        x = self._vectors(pictures, reset=reset)
        labels = column_or_1d(y, warn=True)
        check_consistent_length(x, labels)
        check_classification_targets(labels)
        met = unique_labels(labels)
        if self.steps:
            _model(config, x.shape[2])  # if it does not load, nothing is to have been learned
        if reset:
            self._labels: list[Any] = []
            self._kept = _Kept(x.shape[1:])
            self._statistics = Statistics(x.shape[2])
            self.classes_ = met
        for more in (met,) if classes is None else (met, column_or_1d(classes)):
            self.classes_ = unique_labels(self.classes_, more)
        self._labels += [label for label in self.classes_.tolist() if label not in self._labels]
        place = {label: class_id for class_id, label in enumerate(self._labels)}
        class_ids = [place[label] for label in labels.tolist()]
        for which in range(x.shape[1]):
            self._statistics.add(x[:, which], class_ids)
        new = self._kept.add(x, class_ids, alike=self._embeds)
        closed = self._statistics.discriminant(self.shrinkage).head(self.temperature, mirrored=self.mirror)
        self._head = self._refined(closed, new, config) if self.steps and len(closed.class_ids) > 1 else closed
        self._kept.trim(closed, self.bank_size)
        return self

    def _refined(self, closed: HeadWeights, new: Sequence[Member], config: LearnerConfig) -> HeadWeights:
        seed = int(check_random_state(self.random_state).randint(2**31))
        fresh = {member.sample_id for member in new}
        old = [member for member in self._kept.members if member.sample_id not in fresh]
        place = {class_id: column for column, class_id in enumerate(closed.class_ids)}

        def looked_at(members: Sequence[Member]) -> tuple[Vectors, NDArray[np.int64]]:
            chosen = members[:: max(1, len(members) // _PROBED)]
            columns = np.array([place[member.class_id] for member in chosen], np.int64)
            return self._kept.answers([member.sample_id for member in chosen]), columns

        found = recordings(self._kept.members)
        parts = [part for part in (one.only(np.array([*fresh], np.int64)) for one in found) if len(part)]
        sampler = ReplaySampler(by_class(found), closed.class_ids, self._kept.clusters, parts, seed)
        plan = Plan(config.steps, config.batch_size, config.learning_rate, _LEAST_STEPS)
        with _training:
            model = _model(config, self._kept.size)
            refiner = Refiner(self._kept, model, Control(new_share=config.new_share), None, seed)
            work = refiner.refine(closed, sampler, plan, plan.steps, Probe(*looked_at(new), *looked_at(old)))
            while True:
                try:
                    next(work)
                except StopIteration as end:
                    head = end.value
                    break
        return head if head.is_finite else closed

    def _columns(self) -> list[int]:
        """Return where in `classes_` the columns of the head lie."""
        order = {label: place for place, label in enumerate(self.classes_.tolist())}
        return [order[self._labels[class_id]] for class_id in self._head.class_ids]

    def _vectors(self, pictures: ArrayLike, *, reset: bool) -> Vectors:
        """Return embeddings (n, views, d)."""
        embeds = _are_pictures(pictures)
        if reset:
            self._embeds = embeds
        elif embeds != self._embeds:
            known, given = ("pictures", "vectors") if self._embeds else ("vectors", "pictures")
            raise ValueError(f"{type(self).__name__} has learned from {known}, and these are {given}")
        if not embeds:
            return np.asarray(validate_data(self, pictures, reset=reset, dtype=np.float32), np.float32)[:, None]
        if self.channels not in {"rgb", "bgr"}:
            raise ValueError(f'channels is "rgb" or "bgr", not {self.channels!r}')
        embedder = _embedder(None if self.backbone is None else str(self.backbone))
        self.n_features_in_ = embedder.info.embedding_size
        return np.stack([self._embedded(picture, embedder) for picture in pictures])  # type: ignore[union-attr]

    def _embedded(self, picture: Any, embedder: Embedder) -> Vectors:
        from learner.memory import views_used
        from learner.preprocessing import normalise, views

        image = check_array(picture, allow_nd=True, ensure_2d=False, dtype=None)
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
            raise ValueError(f"a picture is uint8 (height, width, 3), not {image.dtype} {image.shape}")
        bgr = image[:, :, ::-1] if self.channels == "rgb" else image
        info = embedder.info
        looked_at = views(np.ascontiguousarray(bgr), info.input_size)
        raw = np.array([embedder.embed(looked_at[which]) for which in views_used(mirrored=self.mirror)])
        return normalise(raw, non_negative=info.non_negative)


class _Kept:
    """The samples that are replayed, in memory. `learner.refining.Rows` for the `Refiner`.

    Args:
        shape: (views, d) of what is kept of each.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.size = shape[1]
        self.members: list[Member] = []
        self._clusters: dict[int, int] = {}
        self._x = np.zeros((0, *shape), np.float32)
        self._place: dict[int, int] = {}
        self._count = self._calls = 0

    def add(self, x: Vectors, class_ids: Sequence[int], *, alike: bool) -> list[Member]:
        """Keep embeddings (n, views, d) with their classes; return what stands for them.

        Args:
            x: the embeddings.
            class_ids: (n,).
            alike: whether to look for near-duplicates among those of a class.
        """
        self._calls += 1
        new = []
        for row, class_id in zip(x, class_ids, strict=True):
            self._count += 1
            name = hashlib.sha256(row.tobytes()).hexdigest()
            new.append(Member(self._count, class_id, self._calls, name, Role.TRAIN))
        self._put(np.concatenate([self._x, x]), self.members + new)
        for class_id in set(class_ids):
            ids = [member.sample_id for member in new if member.class_id == class_id]
            pictures = self.rows(ids, View.PICTURE)
            groups = near_duplicates(pictures) if alike else np.arange(len(ids))
            self._clusters.update(zip(ids, groups.tolist(), strict=True))
        return new

    def rows(self, sample_ids: Sequence[int], which: View) -> Vectors:
        """Return embeddings (n, d) of samples in one view; vectors have one only, and it stands for all."""
        from learner.memory import views_used

        count = self._x.shape[1]
        places = [self._place[sample_id] for sample_id in sample_ids]
        view = views_used(mirrored=count == len(View)).index(which) if count > 1 else 0
        return self._x[places, view]

    def clusters(self, recording: Recording) -> NDArray[np.int64]:
        """Return the near-duplicate cluster (n,) of each sample of a recording."""
        return np.array([self._clusters[sample_id] for sample_id in recording.sample_ids.tolist()], np.int64)

    def answers(self, sample_ids: Sequence[int]) -> Vectors:
        """Return the mean over the views (n, d)."""
        return np.asarray(self._x[[self._place[sample_id] for sample_id in sample_ids]].mean(axis=1))

    def trim(self, closed: HeadWeights, size: int) -> None:
        """Keep at most so many samples of each class."""
        keep: set[int] = set()
        for column, class_id in enumerate(closed.class_ids):
            ids = [member.sample_id for member in self.members if member.class_id == class_id]
            if len(ids) > size:
                x = self.answers(ids)
                scores = logits(closed, x)
                others = np.delete(scores, column, axis=1).max(axis=1, initial=-np.inf)
                margins = np.where(np.isfinite(others), scores[:, column] - others, 0.0)
                ids = [ids[row] for row in bank(x, margins, size)]
            keep.update(ids)
        if len(keep) < len(self.members):
            rows = [self._place[member.sample_id] for member in self.members if member.sample_id in keep]
            self._put(self._x[rows], [member for member in self.members if member.sample_id in keep])
            self._clusters = {sample_id: self._clusters[sample_id] for sample_id in keep}

    def _put(self, x: Vectors, members: list[Member]) -> None:
        self._x, self.members = x, members
        self._place = {member.sample_id: place for place, member in enumerate(members)}


def _are_pictures(given: Any) -> bool:
    """Return whether these are pictures, and not vectors."""
    if isinstance(given, list | tuple):
        return bool(given) and getattr(given[0], "ndim", 0) == 3
    return getattr(given, "ndim", 2) == 4


@lru_cache(maxsize=8)
def _embedder(backbone: str | None) -> Embedder:
    from learner import backbones
    from learner.loading import embedder_of

    return embedder_of(backbones.embedded() if backbone is None else backbones.named(backbone))


@lru_cache(maxsize=8)
def _model(config: LearnerConfig, size: int) -> Model:
    from learner.loading import load_model

    return load_model(config, size)

# SPDX-License-Identifier: Apache-2.0
"""The values that travel between the parts of Showtell: frozen, small, picklable.

Only the standard library is imported here, so that every process can afford to know these types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # it takes as long to import as a window to be painted
    import numpy as np
    from numpy.typing import NDArray

Image: TypeAlias = "NDArray[np.uint8]"
"""A picture as OpenCV has it: BGR, uint8, shape (height, width, 3)."""

Vectors: TypeAlias = "NDArray[np.float32]"
"""Embeddings, one a row: float32, shape (n, d)."""


class Role(StrEnum):
    """What a burst is for: learned from, or held out to measure with."""

    TRAIN = "train"
    HOLDOUT = "holdout"


class View(StrEnum):
    """One way of looking at a stored picture; each is embedded once, at capture."""

    PICTURE = "picture"
    MIRROR = "mirror"
    ZOOM = "zoom"


class IncrementKind(StrEnum):
    """How an increment was learned: newly labelled samples at once, from zero over all samples that survive, or with
    what other laptops know.
    """

    WAKE = "wake"
    SLEEP = "sleep"
    FLEET = "fleet"


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """A member of the label set. `id` lasts for the life of the file; the name is free to change.

    Of its `count` samples, a person has `held_out` so many to measure with.
    """

    id: int
    name: str
    colour: str
    shortcut: str | None
    position: int
    count: int
    archived: bool = False
    held_out: int = 0


@dataclass(frozen=True, slots=True)
class Burst:
    """The frames of one recording: the unit of hold-out splits."""

    id: int
    source: str
    started_at: datetime
    role: Role


@dataclass(frozen=True, slots=True)
class Sample:
    """A stored frame and what is known about it; the picture itself is read separately.

    `class_id` is None while nobody has labelled it. `learned_in` is the increment that learned it first under the label
    it was learned under last. `role` is HOLDOUT when its burst is held out, or a person marked it "test".
    """

    id: int
    class_id: int | None
    burst_id: int
    sha256: str
    captured_at: datetime
    deleted_at: datetime | None
    learned_in: int | None
    role: Role = Role.TRAIN


@dataclass(frozen=True, slots=True)
class Member:
    """What the learner needs to know of a live, labelled sample to replay it: nothing that costs a disk read.

    `learned` says that it has been learned under the label it has now, `relabelled` that it was under another. `role`
    is that of the sample (see `Sample`).
    """

    sample_id: int
    class_id: int
    burst_id: int
    sha256: str
    role: Role
    learned: bool = False
    relabelled: bool = False


@dataclass(frozen=True, slots=True)
class BackboneInfo:
    """A frozen feature extractor.

    `sha256` covers the weights and the preprocessing: two backbones with the same hash give the same embeddings.
    Pictures enter as `input_size` × `input_size` RGB, scaled to `low`…`high`. `non_negative` says that embeddings
    never fall below zero (a ReLU backbone), which decides how they are normalised.
    """

    name: str
    sha256: str
    input_size: int
    embedding_size: int
    low: float
    high: float
    non_negative: bool


@dataclass(frozen=True, slots=True)
class KeptBackbone:
    """A backbone whose files a project keeps.

    `parent_sha256` names the one it was consolidated from and is None for one from elsewhere. It was consolidated on
    `seen` pictures, `gone` of which are no longer there to be learned from: deleted, or without their label.
    """

    info: BackboneInfo
    parent_sha256: str | None
    made_at: datetime | None
    seen: int
    gone: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Successor:
    """The backbone that a project is to have next, and why; until it serves, the one before does.

    `is_consolidated` says that it comes from a consolidation, and was not chosen by a person.
    """

    backbone: BackboneInfo
    reason: str
    is_consolidated: bool


@dataclass(frozen=True, slots=True)
class Prediction:
    """The model's answer for one picture.

    `probabilities` maps every class name to a number in [0, 1], largest first, summing to 1; it is empty, `label` is
    None and `confidence` 0 while nothing has been learned. `milliseconds` is what the answer cost.

    `novelty` says how unlike everything taught the picture is: 0 for what is usual, 1 where that surely ends. Above the
    limit of the project (1, unless a person chose another) the picture is `unknown`, and `label` is no more than the
    nearest guess. `worth` ranks pictures by what labelling them would teach: how undecided the answer is, times how
    novel the picture (0 where there is nothing to learn from it).
    """

    label: str | None
    confidence: float
    probabilities: Mapping[str, float] = field(default_factory=dict)
    class_id: int | None = None
    version_id: int | None = None
    milliseconds: float = 0.0
    unknown: bool = False
    novelty: float = 0.0
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class HeadWeights:
    """A linear head: logits = x @ kernel + bias.

    Kernel (d, n) and bias (n,) are float32; column j belongs to `class_ids[j]`. An answer averages the views of a
    picture; `mirrored` says that its mirror image is among them.
    """

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    class_ids: tuple[int, ...]
    mirrored: bool = False

    @property
    def is_finite(self) -> bool:
        """False as soon as one weight is infinite or not a number."""
        import numpy as np

        return bool(np.isfinite(self.kernel).all() and np.isfinite(self.bias).all())

    def only(self, class_ids: Sequence[int]) -> HeadWeights:
        """Return the part for some of its classes, in their order."""
        if tuple(class_ids) == self.class_ids:
            return self
        columns = [self.class_ids.index(class_id) for class_id in class_ids]
        return HeadWeights(self.kernel[:, columns], self.bias[columns], tuple(class_ids), self.mirrored)

    def with_part(self, part: HeadWeights) -> HeadWeights:
        """Return the same with the columns of a part in place of its own."""
        if part.class_ids == self.class_ids:
            return part
        kernel, bias = self.kernel.copy(), self.bias.copy()
        columns = [self.class_ids.index(class_id) for class_id in part.class_ids]
        kernel[:, columns], bias[columns] = part.kernel, part.bias
        return HeadWeights(kernel, bias, self.class_ids, self.mirrored)


@dataclass(frozen=True, slots=True)
class Step:
    """One `train_on_batch`. `number` counts from 1 within its increment; `total` is how many there may be at most."""

    number: int
    total: int
    loss: float
    accuracy: float
    learning_rate: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class BurstScore:
    """Of `bursts` recordings, how many the model got right before it had learned from them.

    A recording counts as right when more than half of its frames are. Recordings of a class the model had not met
    are not counted: nobody could have known.
    """

    right: int = 0
    bursts: int = 0


@dataclass(frozen=True, slots=True)
class Increment:
    """What came of learning newly labelled samples as one unit, or all of them anew.

    `seconds` is all that it took, embedding included; `version_id` is None when it was not accepted, or its version is
    no longer kept. `samples_digest` names what it was made of, accepted or not; `evaluation` is what was measured of
    it.
    """

    id: int
    reason: str
    started_at: datetime
    new_samples: int
    total_samples: int
    steps: int
    seconds: float
    loss: float | None
    accuracy: float | None
    accepted: bool
    why: str
    version_id: int | None
    before: BurstScore = BurstScore()
    kind: IncrementKind = IncrementKind.WAKE
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    samples_digest: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """Published weights. `samples_digest` names exactly what they were made of (see `learner.sampling.digest`).

    One that is `pinned` is kept until it is let go, however old it becomes.
    """

    id: int
    parent_id: int | None
    backbone_sha256: str
    class_ids: tuple[int, ...]
    samples_digest: str
    metrics: Mapping[str, float]
    created_at: datetime
    pinned: bool = False
    kind: IncrementKind = IncrementKind.WAKE


@dataclass(frozen=True, slots=True)
class Device:
    """Where training runs, and why there: `kind` is "CPU" or "GPU", `reason` a sentence for people.

    `spare_gpu` names a GPU that is there and left to what gains by it; "" where there is none.
    """

    kind: str
    name: str
    reason: str
    spare_gpu: str = ""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A sample that may have the wrong label: the other recordings would rather call it `suggested_class_id`.

    `disagreement` is the probability they give that class minus the one they give its own, above 0 and at most 1.
    """

    sample_id: int
    class_id: int
    suggested_class_id: int
    disagreement: float


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Every sample of a project file, n of them, oldest first: what can be filtered without reading a picture.

    All arrays have shape (n,): `sample_ids`, `class_ids` and `learned_in` are int64 (-1: none), `burst_ids` int64,
    `captured_at` float64 seconds since 1970, `held_out` and `deleted` bool. Samples of removed classes are not among
    them.
    """

    sample_ids: NDArray[np.int64]
    class_ids: NDArray[np.int64]
    burst_ids: NDArray[np.int64]
    captured_at: NDArray[np.float64]
    learned_in: NDArray[np.int64]
    held_out: NDArray[np.bool_]
    deleted: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many samples there are."""
        return len(self.sample_ids)


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the version in use says to the n labelled samples of a project that are embedded.

    All arrays have shape (n,): `sample_ids` int64; `answers` int64, the likeliest class, -1 where nothing has been
    learned; `confidences` float32; `unknown` bool; `measured` int64, the answer of the measured twin to what it is not
    made of, -1 elsewhere (see `learner.engine`); `suggested` int64, the class that the other recordings would rather
    give the sample, or -1; `disagreement` float32, how surely (see `Suspicion`); `twins` int64, the first sample of its
    recording that it is a near-duplicate of, itself if it is the first.
    """

    version_id: int | None
    sample_ids: NDArray[np.int64]
    answers: NDArray[np.int64]
    confidences: NDArray[np.float32]
    unknown: NDArray[np.bool_]
    measured: NDArray[np.int64]
    suggested: NDArray[np.int64]
    disagreement: NDArray[np.float32]
    twins: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled sample that looks like another one; `similarity` is the cosine of their embeddings, at most 1."""

    sample_id: int
    class_id: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the version in use says to a stored sample, and the samples nearest to it, the nearest first."""

    sample_id: int
    prediction: Prediction
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A map of the labelled samples: `sample_ids` (n,) int64 and `places` (n, 2) float32, like beside like.

    `method` says how it was drawn: "PCA", or "t-SNE" once that is done.
    """

    sample_ids: NDArray[np.int64]
    places: NDArray[np.float32]
    method: str


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """Where the model looks for its answer: `values` (h, w) float32 over the centre square of a picture, 0 to 1."""

    class_id: int
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How one class did: of `n` pictures, `recall` were found, and `precision` of what was called so was so.

    `precision` is None when nothing was called so.
    """

    n: int
    recall: float
    precision: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Accuracy on pictures the model has not learned from.

    `confusion[i][j]` counts pictures of `labels[i]` answered with `labels[j]`. `macro_accuracy` is the mean recall over
    the classes present. `ece` is the expected calibration error over 15 equal-width bins (Guo et al. 2017).
    """

    n: int
    accuracy: float
    macro_accuracy: float
    ece: float
    per_class: Mapping[str, ClassScore]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]

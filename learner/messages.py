# SPDX-License-Identifier: Apache-2.0
"""What the desktop and the learner process say to each other: commands in the imperative, events in the past tense.

They are pickled over a `multiprocessing` pipe, so only the standard library, NumPy and `learner.types` belong here.
Nobody else can say anything there: the pipe is made by the desktop for a child of its own and has no name. What comes
from elsewhere, a file or a request, is read and checked before anything of it becomes a message.
"""

from __future__ import annotations

from dataclasses import dataclass

from learner.types import (
    BackboneInfo,
    Chart,
    Device,
    Explanation,
    Heat,
    Image,
    Increment,
    IncrementKind,
    Judgement,
    Prediction,
    Step,
)


@dataclass(frozen=True, slots=True)
class Predict:
    """Answer for one picture, the centre square already cut out and scaled to the backbone's input size."""

    number: int
    image: Image


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer for one picture as for `Predict`, but somebody waits for this one: no newer one takes its place."""

    number: int
    image: Image


@dataclass(frozen=True, slots=True)
class Refresh:
    """The file has changed: read the class names anew and embed samples that have no embedding yet."""


@dataclass(frozen=True, slots=True)
class Learn:
    """Learn whatever differs between the file and the version in use. Harmless when nothing does."""

    reason: str


@dataclass(frozen=True, slots=True)
class Sleep:
    """Rebuild from zero over all samples that survive, without waiting until things are quiet."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Take no more steps until `Resume`; predictions and embedding go on."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with what `Pause` held up."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the increment under way: the version in use stays, and it is not begun again until something changes."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Serve an earlier version from now on."""

    version_id: int


@dataclass(frozen=True, slots=True)
class Consolidate:
    """Fine-tune the backbone on the pictures of the project, now; then embed, rebuild, and let the gate decide."""

    reason: str


@dataclass(frozen=True, slots=True)
class UseBackbone:
    """Change to another backbone: `source` is the name or sha256 of one that this machine has, or a file."""

    source: str


@dataclass(frozen=True, slots=True)
class KeepBackbone:
    """Give up the consolidation or the change of backbone under way: the backbone in use stays."""


@dataclass(frozen=True, slots=True)
class AllowConsolidation:
    """Say whether consolidation may begin by itself when the machine has nothing else to do."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """Say what the version in use makes of every labelled sample, near-duplicates and suspected mislabels included."""

    number: int


@dataclass(frozen=True, slots=True)
class Explain:
    """Say what the version in use makes of one stored sample, and which samples are like it."""

    number: int
    sample_id: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw a map of the labelled samples; `finely` asks for t-SNE after PCA, where scikit-learn is installed."""

    number: int
    finely: bool = False


@dataclass(frozen=True, slots=True)
class Highlight:
    """Say where in a picture, of the same size as for `Predict`, the model looks for its answer."""

    number: int
    image: Image


@dataclass(frozen=True, slots=True)
class Stop:
    """Finish the batch in hand and leave."""


Command = (
    Predict
    | Answer
    | Refresh
    | Learn
    | Sleep
    | Pause
    | Resume
    | Cancel
    | Restore
    | Consolidate
    | UseBackbone
    | KeepBackbone
    | AllowConsolidation
    | Judge
    | Explain
    | Draw
    | Highlight
    | Stop
)


@dataclass(frozen=True, slots=True)
class Preparing:
    """Something that takes a while has to happen before predictions start; `message` is for people."""

    message: str


@dataclass(frozen=True, slots=True)
class Started:
    """The learner serves predictions from now on. TensorFlow may still be loading.

    One that does not learn only answers, with what was learned before: others before it died too often.
    """

    pid: int
    backbone: BackboneInfo
    version_id: int | None
    waiting: int
    learns: bool = True


@dataclass(frozen=True, slots=True)
class DeviceChosen:
    """TensorFlow is there; training runs on `device`."""

    device: Device


@dataclass(frozen=True, slots=True)
class Predicted:
    """The answer to `Predict(number, …)`."""

    number: int
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to `Answer(number, …)`."""

    number: int
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class Embedded:
    """One more sample is embedded; `waiting` still are not."""

    waiting: int


@dataclass(frozen=True, slots=True)
class SampleLeftOut:
    """A sample's picture cannot be read, so nothing is learned from it; `title` and `message` are for people."""

    sample_id: int
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class NothingToLearn:
    """What was asked for, or begun, has nothing to learn for now; `version_id` serves."""

    version_id: int | None


@dataclass(frozen=True, slots=True)
class IncrementStarted:
    """Learning has begun. `waiting_for` says what must come first ("TensorFlow"), or is empty."""

    reason: str
    new_samples: int
    waiting_for: str = ""
    kind: IncrementKind = IncrementKind.WAKE


@dataclass(frozen=True, slots=True)
class ClosedFormServed:
    """The head started at the closed form answers, `milliseconds` after it was asked for; refinement follows."""

    class_ids: tuple[int, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Stepped:
    """One `train_on_batch` is done."""

    step: Step


@dataclass(frozen=True, slots=True)
class IncrementLearned:
    """The increment is in the file as a version, and it serves."""

    increment: Increment


@dataclass(frozen=True, slots=True)
class IncrementRejected:
    """The new weights were not good enough; the version in use stays. `increment.why` says why."""

    increment: Increment


@dataclass(frozen=True, slots=True)
class Restored:
    """An earlier version serves now."""

    version_id: int


@dataclass(frozen=True, slots=True)
class ConsolidationStarted:
    """The backbone is being fine-tuned on `samples` pictures, in a process of its own, from step `done` on."""

    reason: str
    samples: int
    done: int
    total: int
    device: Device


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One more step of fine-tuning is taken; `seconds_left` is how long the others will take, None while unknown."""

    step: Step
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Reembedded:
    """`done` of `total` samples are embedded by the backbone that is to be next."""

    backbone: BackboneInfo
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class BackboneChanged:
    """Another backbone embeds from now on, and a version made with it serves: a new one, or one that was restored."""

    backbone: BackboneInfo
    version_id: int | None


@dataclass(frozen=True, slots=True)
class BackboneKept:
    """The backbone in use stays: what was to take its place was given up or is no better; `message` says why."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to `Judge(number)`."""

    number: int
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer to `Explain(number, …)`; None where the sample is gone or not embedded yet."""

    number: int
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer to `Draw(number, …)`; a finer one may follow."""

    number: int
    chart: Chart


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The answer to `Highlight(number, …)`; None while nothing has been learned, or where the backbone cannot tell."""

    number: int
    heat: Heat | None


@dataclass(frozen=True, slots=True)
class BackupMissed:
    """A copy of the project that was to be kept could not be made; work goes on without."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """A command could not be carried out; the learner goes on."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class LearnerFailed:
    """The learner cannot go on and leaves.

    `ours` tells a bug of ours from a fault of the environment; `recurs` says that another learner would fail alike.
    """

    title: str
    message: str
    ours: bool
    recurs: bool


@dataclass(frozen=True, slots=True)
class LearnerDied:
    """The process is gone without having been asked to. Sent by the client, not by the process.

    `restarting` says whether another is being started, if only to answer when the restart budget is spent.
    """

    exit_code: int | None
    restarting: bool


Event = (
    Preparing
    | Started
    | DeviceChosen
    | Predicted
    | Answered
    | Embedded
    | SampleLeftOut
    | NothingToLearn
    | IncrementStarted
    | ClosedFormServed
    | Stepped
    | IncrementLearned
    | IncrementRejected
    | Restored
    | ConsolidationStarted
    | Consolidated
    | Reembedded
    | BackboneChanged
    | BackboneKept
    | Judged
    | Explained
    | Drawn
    | Highlighted
    | BackupMissed
    | CommandFailed
    | LearnerFailed
    | LearnerDied
)

ANSWERS_CHANGE = (
    Started,
    ClosedFormServed,
    IncrementLearned,
    IncrementRejected,
    NothingToLearn,
    CommandFailed,
    Restored,
    BackboneChanged,
)
"""Events after which something else may answer than before, so that the same picture may have another answer."""

# SPDX-License-Identifier: Apache-2.0
"""From a label to the first answer that knows it: a new class of 30 frames, in projects of several sizes.

Real parts throughout: frames of the demo scene, a project file on a disk, the learner's process. While thirty frames a
second are asked about, as with a camera, the new class is recorded, ten frames a second as a person does who holds the
key, and the clock runs from the moment the last one is on the disk to the arrival of the first answer in which the new
class has a share. "All at once" stores the 30 frames in one go, which leaves their embedding to be done as well. Then
the class is taken away and unlearned, and the rebuild that follows is cancelled, so that each round begins alike.

What the project holds before are embeddings of a set's pictures, over and over with noise of a tenth of their length
until there are enough, of which the learner learns as it does of any others. Peers get the same embeddings and the same
30 frames of each round. Their clock runs from the embeddings to the answer to one frame; the retrain's to its end. A
retrain is cut into slices of some epochs, one a round, and a round counts as much as a whole one would have taken at
that pace. All are asked about the same pictures, which nobody has seen: peers after the first round, the retrain after
its last.
"""

from __future__ import annotations

import copy
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks import image_sets, row
from benchmarks.goals import Figure, over_rounds, ratio
from benchmarks.peers import Neighbours, StochasticGradient, TeachableMachine
from benchmarks.row import Source
from benchmarks.stream import BURST, Burst, Material
from benchmarks.suite import Setting
from learner.backbones import BackboneFiles, embedded
from learner.buffer import Buffer, encode
from learner.buffer.codec import decode
from learner.camera import Camera, DemoScene, DemoSource, Frame
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.discriminant import logits
from learner.embedder import LiteRTEmbedder
from learner.memory import views_used
from learner.messages import (
    ClosedFormServed,
    DeviceChosen,
    Event,
    IncrementLearned,
    IncrementStarted,
    LearnerFailed,
    NothingToLearn,
    Predicted,
)
from learner.preprocessing import normalise, views
from learner.types import Image, IncrementKind, View

_SETS = Path(__file__).parent.parent.parent / "shared" / "data"
"""Where `benchmarks.learning` looks for them, too."""
_SET = "caltech101"
_RATE = 10.0
_NOISE = 0.1
_PATIENCE = 120.0
_VIEWS = list(View)
_TEST_SEED = 101
"""Another path of the same objects."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A project that a new class comes into, and how often it is measured.

    `epochs` are those of the retrain that a round takes. There, the 95th percentile is to be `most` milliseconds, and
    the retrain to take `least` times as long.
    """

    classes: int
    samples: int
    rounds: int
    epochs: int
    most: float | None = None
    least: float | None = None

    @property
    def part(self) -> str:
        """What the table calls it."""
        return f"{self.classes} classes, {self.samples:,} samples"


_FULL = (
    Situation(10, 1_000, 5, 10),
    Situation(10, 20_000, 4, 1),
    Situation(100, 1_000, 5, 10),
    Situation(100, 20_000, 12, 1, most=300, least=50),
)
_QUICK = (Situation(100, 20_000, 1, 1, most=300, least=50),)
_ALL_AT_ONCE_EVERY = 8
"""Rounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the world looks like: embeddings as the backbone gives them, (n, views, d), labels and the rows for what."""

    raw: NDArray[np.float32]
    labels: NDArray[np.int64]
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    note: str = ""

    def drawn(self, classes: int, samples: int) -> Iterator[Burst]:
        """Return so many samples of the first classes, recording by recording; the classes come as often as can be."""
        random = np.random.default_rng(0)
        for label, count in enumerate(np.diff(np.linspace(0, samples, classes + 1).astype(int))):
            of_class = np.resize(self.train[self.labels[self.train] == label], count)
            for rows in np.array_split(of_class, -(-count // BURST)):
                x = self.raw[rows]
                noise = random.standard_normal(x.shape, np.float32) * np.linalg.norm(x, axis=2, keepdims=True)
                x = x + noise * np.float32(_NOISE / np.sqrt(x.shape[2]))
                yield Burst(rows, x, np.full(len(rows), label, np.int64))

    def tested(self, classes: int) -> NDArray[np.int64]:
        """Return the rows of the first classes that nobody learns from."""
        return self.test[self.labels[self.test] < classes]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of ours came to: milliseconds to the first answer and to the version, and how that answers.

    `closed` are those that the learner took for the closed form, which is what answers first.
    """

    answered: float
    closed: float
    learned: float
    accuracy: float


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure the reaction in projects of several sizes."""
    backbone = embedded()
    known = _known(backbone)
    for situation in _QUICK if setting.quick else _FULL:
        print(f"reaction: {situation.part}", file=sys.stderr, flush=True)
        yield from _situation(setting.place, backbone, known, situation)


def _situation(place: Path, backbone: BackboneFiles, known: Known, situation: Situation) -> Iterator[Figure]:
    path = place / f"{situation.classes}-{situation.samples}.showtell"
    held = list(known.drawn(situation.classes, situation.samples))
    novelties = Novelties(backbone)
    rounds: list[Round] = []
    at_once: list[Round] = []
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(Peers, backbone, held, situation.classes)  # nothing of it is on the clock
        with Desk(path, place / "copies", backbone, held) as desk:
            peers = coming.result()
            for number in range(situation.rounds):
                new = novelties.of(number)
                asked = Asked.of(backbone, known, situation.classes, new)
                rounds.append(desk.teach(new.frames, asked, recorded=True))
                if number % _ALL_AT_ONCE_EVERY == 0:
                    at_once.append(desk.teach(new.frames, asked, recorded=False))
                peers.teach(new.burst(situation.classes), asked, situation.epochs)
    answered, part = [one.answered for one in rounds], situation.part
    yield over_rounds("label → first answer that knows it", answered, "ms", part=part, note=known.note)
    if situation.most is not None:
        yield Figure("the same, p95", float(np.percentile(answered, 95)), "ms", situation.most, part=part)
    yield over_rounds("of it, the closed form", [one.closed for one in rounds], "ms", part=part)
    yield over_rounds("30 labels all at once → first answer", [one.answered for one in at_once], "ms", part=part)
    yield over_rounds("label → learned version", [one.learned for one in rounds], "ms", part=part)
    for name, took in peers.took.items():
        least = situation.least if name == Peers.RETRAIN else None
        yield over_rounds(name, took, "ms", part=part)
        yield ratio(f"{name}, of Showtell's", took, answered, goal=least, at_least=least is not None, part=part)
    yield over_rounds("right, mean over the classes: Showtell", [one.accuracy for one in rounds], "%", part=part)
    for name, accuracy in peers.accuracy.items():
        taken = f"after {situation.rounds * situation.epochs} of {TeachableMachine.EPOCHS} epochs"
        yield Figure(f"right: {name}", accuracy, "%", part=part, note=taken if name == Peers.RETRAIN else "")


def _known(backbone: BackboneFiles) -> Known:
    path, size = _SETS / f"{_SET}.npz", backbone.info.embedding_size
    if path.exists():
        images = image_sets.read(path)
        raw = np.load(image_sets.embeddings(path, backbone)).astype(np.float32)
        return Known(raw, images.labels, images.train, images.test)
    random, classes, of_class = np.random.default_rng(0), 101, 60
    labels = np.repeat(np.arange(classes), of_class)
    means = random.gamma(0.5, 1, (classes, 1, size)).astype(np.float32)
    raw = means[labels] + random.gamma(0.5, 1, (len(labels), len(_VIEWS), size)).astype(np.float32)
    is_test = np.arange(len(labels)) % of_class >= of_class // 2
    note = f"embeddings drawn at random, because there is no {_SET}.npz beside the checkout"
    return Known(raw, labels, np.flatnonzero(~is_test), np.flatnonzero(is_test), note)


@dataclass(frozen=True, slots=True, eq=False)
class Novelty:
    """A class that comes in: its frames, and embeddings (n, views, d) of those and of others that nobody learns."""

    frames: list[Image]
    raw: NDArray[np.float32]
    tested: NDArray[np.float32]

    def burst(self, label: int) -> Burst:
        """Return the frames as peers take them."""
        return Burst(np.arange(len(self.raw)), self.raw, np.full(len(self.raw), label, np.int64))


class Novelties:
    """Classes of the demo scene."""

    def __init__(self, backbone: BackboneFiles) -> None:
        self._embedder = LiteRTEmbedder(backbone.model, backbone.info)
        self._scenes = DemoScene(seed=0), DemoScene(seed=_TEST_SEED)

    def of(self, number: int) -> Novelty:
        """Return one that is another each time."""
        frames, others = (self._rendered(scene, number) for scene in self._scenes)
        return Novelty(frames, self._embed(frames), self._embed(others))

    def _rendered(self, scene: DemoScene, number: int) -> list[Image]:
        scene.show(DemoScene.OBJECTS[number % len(DemoScene.OBJECTS)])
        return [scene.render(number * 60 + place / _RATE) for place in range(BURST)]

    def _embed(self, frames: list[Image]) -> NDArray[np.float32]:
        stored = (views(decode(encode(frame).jpeg), self._embedder.info.input_size) for frame in frames)
        return np.array([[self._embedder.embed(seen[which]) for which in _VIEWS] for seen in stored], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What everybody is asked: embeddings (n, views, d), as the backbone gives them and as the head sees them."""

    raw: NDArray[np.float32]
    x: NDArray[np.float32]
    y: NDArray[np.int64]

    @classmethod
    def of(cls, backbone: BackboneFiles, known: Known, classes: int, new: Novelty) -> Asked:
        """Return the pictures of known classes and of a new one, which has the label after theirs."""
        rows = known.tested(classes)
        raw = np.concatenate([known.raw[rows], new.tested])
        y = np.concatenate([known.labels[rows], np.full(len(new.tested), classes)])
        return cls(raw, _seen(backbone, raw), y)

    def right(self, answered: NDArray[np.int64]) -> float:
        """Return the share that is right, as the mean over the classes."""
        return float(np.mean([(answered[self.y == label] == label).mean() for label in np.unique(self.y)]))


def _seen(backbone: BackboneFiles, raw: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return embeddings (n, views, d) as the head sees them."""
    rows = normalise(raw.reshape(-1, raw.shape[2]), non_negative=backbone.info.non_negative)
    return rows.reshape(raw.shape)


class Desk:
    """A project with what is known in it, its learner, and a camera that looks on."""

    def __init__(self, path: Path, copies: Path, backbone: BackboneFiles, held: list[Burst]) -> None:
        self._seen = threading.Event()
        self._events: dict[type[Event], threading.Event] = {}
        self._failed = ""
        self._awaited = ""
        self._answered_at = self._closed = 0.0
        self._number = 0
        self._buffer = Buffer.open(path, backups=copies)
        self._label_of = _fill(self._buffer, backbone, held)
        self._is_asked = False
        config = LearnerConfig(idle_seconds=3600, consolidate=False, backups=copies)
        self._client = LearnerClient(path, config, self._take)
        self._camera = Camera(DemoSource(), self._ask, lambda _: None)

    def __enter__(self) -> Desk:
        self._expect(DeviceChosen, IncrementLearned)
        self._client.start()
        self._wait_for(DeviceChosen)
        self._wait_for(IncrementLearned)
        self._camera.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._camera.stop()
        self._client.stop()
        self._buffer.close()

    def teach(self, frames: list[Image], asked: Asked, *, recorded: bool) -> Round:
        """Teach a new class, see how soon it is known, and take it away again."""
        buffer, client = self._buffer, self._client
        self._number += 1
        self._awaited = f"new {self._number}"
        self._seen.clear()
        self._is_asked = True
        class_id, burst_id = buffer.add_class(self._awaited).id, buffer.start_burst("benchmark").id
        if recorded:
            began = time.perf_counter()
            for number, frame in enumerate(frames):
                time.sleep(max(0.0, began + number / _RATE - time.perf_counter()))
                buffer.add_sample(frame, class_id, burst_id)
                client.refresh()
        else:
            buffer.add_samples((frame, class_id, burst_id) for frame in frames)
        self._expect(IncrementLearned)
        began = time.perf_counter()
        client.learn()
        if not self._seen.wait(_PATIENCE):
            raise RuntimeError(self._failed or "the learner did not answer")
        self._wait_for(IncrementLearned)
        learned = time.perf_counter() - began
        accuracy = asked.right(self._answers(asked.x, {class_id: int(asked.y.max())}))
        closed = self._closed
        self._take_away(class_id)
        return Round(1000 * (self._answered_at - began), closed, 1000 * learned, accuracy)

    def _take_away(self, class_id: int) -> None:
        self._expect(IncrementLearned, IncrementStarted, NothingToLearn)
        self._buffer.archive_class(class_id)
        self._client.learn("benchmark: taken away")
        self._wait_for(IncrementLearned)
        # What was taken away is rebuilt without, which would disturb whoever is measured next.
        self._wait_for(IncrementStarted)
        self._client.cancel()
        self._wait_for(NothingToLearn)
        self._is_asked = False

    def _answers(self, x: NDArray[np.float32], new: dict[int, int]) -> NDArray[np.int64]:
        """Return what the version in use answers, as labels (n,)."""
        version_id = self._buffer.champion_id()
        assert version_id is not None
        head = self._buffer.head(version_id)
        labels = np.array([(self._label_of | new)[class_id] for class_id in head.class_ids])
        used = [_VIEWS.index(which) for which in views_used(mirrored=head.mirrored)]
        seen = np.asarray(x[:, used].mean(axis=1), np.float32)
        return np.asarray(labels[logits(head, seen).argmax(axis=1)], np.int64)

    def _ask(self, frame: Frame) -> None:
        if self._is_asked:
            self._client.predict(frame.image)

    def _expect(self, *kinds: type[Event]) -> None:
        self._events = {kind: threading.Event() for kind in kinds}

    def _wait_for(self, kind: type[Event]) -> None:
        if not self._events[kind].wait(_PATIENCE):
            raise RuntimeError(self._failed or f"no {kind.__name__} came")

    def _take(self, event: Event) -> None:
        """Take an event from the learner."""
        if isinstance(event, LearnerFailed):
            self._failed = event.message
        elif isinstance(event, ClosedFormServed):
            self._closed = event.milliseconds
        if isinstance(event, Predicted):
            if self._awaited in event.prediction.probabilities and not self._seen.is_set():
                self._answered_at = time.perf_counter()
                self._seen.set()
        elif type(event) in self._events and not (
            isinstance(event, IncrementStarted) and event.kind is not IncrementKind.SLEEP
        ):
            self._events[type(event)].set()


def _fill(buffer: Buffer, backbone: BackboneFiles, held: list[Burst]) -> dict[int, int]:
    """Put what is known into a project, pictures that nobody looks at included; return the label of each class."""
    random = np.random.default_rng(0)
    backbone_id = buffer.register_backbone(backbone.info)
    class_ids = {label: buffer.add_class(f"class {label}").id for label in sorted({int(one.y[0]) for one in held})}
    buffer._db.execute("PRAGMA synchronous = OFF")  # nothing of it is on the clock
    for burst in held:
        class_id, burst_id = class_ids[int(burst.y[0])], buffer.start_burst("benchmark").id
        tiny = random.integers(0, 255, (len(burst.y), 16, 16, 3), np.uint8)
        samples = buffer.add_samples((encode(picture), class_id, burst_id) for picture in tiny)
        for sample, vectors in zip(samples, burst.x, strict=True):
            buffer.store_embeddings(sample.id, backbone_id, dict(zip(_VIEWS, vectors, strict=True)))
    buffer._db.execute("PRAGMA synchronous = FULL")
    return {class_id: label for label, class_id in class_ids.items()}


class Peers:
    """Others, who have learned the same before."""

    RETRAIN = "Teachable Machine's retrain"
    _SGD, _NEIGHBOURS = "scikit-learn's partial_fit", "kNN-10"

    def __init__(self, backbone: BackboneFiles, held: list[Burst], classes: int) -> None:
        self._backbone = backbone
        x, y = np.concatenate([one.x for one in held]), np.concatenate([one.y for one in held])
        nothing = np.array([], np.int64)
        material = Material(x, y, nothing, nothing, classes + 1)
        # They look at the material and the seed alone.
        given = row.Setting(cast(Source, None), cast(image_sets.ImageSet, None), material, 0, 0.0)
        order = np.random.default_rng(0).permutation(len(y))  # one class after another would be forgotten
        seen = Burst(order, _seen(backbone, x[order]), y[order])
        self._gradient, self._neighbours = StochasticGradient(given), Neighbours(given)
        self._gradient.update(seen)
        self._neighbours.update(seen)
        self._retrain = TeachableMachine(given)
        self._retrain.update(Burst(order, x[order], y[order]))
        self._begun: Asked | None = None
        self.took: dict[str, list[float]] = {self.RETRAIN: [], self._SGD: [], self._NEIGHBOURS: []}
        """Milliseconds of each round."""
        self.accuracy: dict[str, float] = {}

    def teach(self, new: Burst, asked: Asked, epochs: int) -> None:
        """Have each learn a new class in its way; the retrain goes on for so many epochs with what it began with."""
        seen = Burst(new.rows, _seen(self._backbone, new.x), new.y)
        for name, known in ((self._SGD, self._gradient), (self._NEIGHBOURS, self._neighbours)):
            peer = copy.deepcopy(known)
            began = time.perf_counter()
            peer.update(seen)
            peer.predict(seen.x[:1])
            self.took[name].append(1000 * (time.perf_counter() - began))
            if self._begun is None:
                self.accuracy[name] = asked.right(peer.predict(asked.x))
        began = time.perf_counter()
        if self._begun is None:
            self._begun = asked
            self._retrain.update(new)
            self._retrain.begin()
        self._retrain.train(epochs)
        self.took[self.RETRAIN].append(1000 * (time.perf_counter() - began) * TeachableMachine.EPOCHS / epochs)
        self.accuracy[self.RETRAIN] = self._begun.right(self._retrain.predict(self._begun.raw))

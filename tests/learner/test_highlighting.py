# SPDX-License-Identifier: Apache-2.0
"""Where the model looks: the arithmetic, the feature map of the embedded backbone, and both on rendered objects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.backbones import embedded
from learner.buffer import Buffer
from learner.camera import DemoScene
from learner.config import LearnerConfig
from learner.cv import cv2
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine
from learner.highlighting import activation
from learner.preprocessing import model_input, normalise
from learner.types import HeadWeights, Image
from tests.learner.desk import Desk
from tests.learner.fakes import NumPyHead

THINGS = ("mug", "scissors", "duck")


@pytest.fixture(scope="module")
def backbone() -> LiteRTEmbedder:
    files = embedded()
    return LiteRTEmbedder(files.model, files.info)


@pytest.fixture(scope="module")
def engine(backbone: LiteRTEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that has been taught some things of the rendered desk."""
    with Buffer.open(tmp_path_factory.mktemp("desk") / "desk.showtell") as buffer:
        for name in THINGS:
            class_id = buffer.add_class(name).id
            for seed in (1, 2):
                burst_id = buffer.start_burst("test").id
                scene = DemoScene(seed)
                scene.show(name)
                buffer.add_samples([(scene.render(0.9 * number), class_id, burst_id) for number in range(8)])
        engine = Engine(buffer, backbone, LearnerConfig(), NumPyHead)
        list(engine.learn("test"))
        yield engine


def seen(name: str, moment: float, size: int) -> tuple[Image, NDArray[np.bool_]]:
    """Return a picture of a thing, and where in it the thing lies."""
    scene = DemoScene(seed=9)
    scene.show(name)
    image = model_input(scene.render(moment), size)
    scene.show(None)
    bare = model_input(scene.render(moment), size)
    differs = (np.abs(image.astype(int) - bare).max(axis=2) > 45).astype(np.uint8)
    return image, np.asarray(cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)) > 0)


def head(kernel: NDArray[np.float64], *class_ids: int) -> HeadWeights:
    return HeadWeights(kernel.astype(np.float32), np.zeros(len(class_ids), np.float32), class_ids)


@pytest.mark.parametrize("non_negative", [False, True])
def test_heat_is_how_the_answer_rises_with_what_is_seen_there(*, non_negative: bool) -> None:
    random = np.random.default_rng(0)
    features = np.abs(random.normal(size=(4, 5, 12))).astype(np.float32) + np.float32(0.2)
    if not non_negative:
        features -= np.float32(0.5)
    answering = head(random.normal(size=(12, 3)), 7, 8, 9)
    heat = activation(features, answering, 8, (7, 8, 9), non_negative=non_negative)

    def lead(more: NDArray[np.float32]) -> float:
        """Return by how much the class is ahead of the others."""
        pooled = more.mean(axis=(0, 1))[None]
        scores = (normalise(pooled, non_negative=non_negative) @ answering.kernel)[0]
        return float(scores[1] - (scores[0] + scores[2]) / 2)

    rises = np.zeros((4, 5))
    for place in np.ndindex(4, 5):
        more = features.astype(np.float64)
        more[place] *= 1.01
        rises[place] = max(lead(more.astype(np.float32)) - lead(features), 0)
    assert heat.max() == 1
    assert heat.min() == 0
    assert np.allclose(heat, rises / rises.max(), atol=0.05)


def test_where_nothing_speaks_for_the_class_there_is_no_heat() -> None:
    features = np.ones((3, 3, 4), np.float32)
    heat = activation(features, head(np.ones((4, 2)), 1, 2), 1, (1, 2), non_negative=False)
    assert heat.tolist() == np.zeros((3, 3)).tolist()


def test_channels_that_are_silent_have_no_share() -> None:
    features = np.zeros((2, 2, 3), np.float32)
    features[0, 0, 0] = 1
    features[1, 1, 1] = 1
    kernel = np.array([[1.0, 0.0], [0.0, 1.0], [9.0, -9.0]])
    heat = activation(features, head(kernel, 1, 2), 1, (1, 2), non_negative=True)
    assert heat.tolist() == [[1, 0], [0, 0]]


def test_a_class_that_has_been_removed_is_not_among_the_others() -> None:
    features = np.eye(4, dtype=np.float32).reshape(2, 2, 4)
    kernel = np.array([[1.0, 0.0, 5.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    answering = head(kernel, 1, 2, 3)
    assert activation(features, answering, 1, (1, 2), non_negative=False)[0, 0] == 1
    assert activation(features, answering, 1, (1, 2, 3), non_negative=False)[0, 0] == 0


def test_the_feature_map_of_a_backbone_is_what_its_embedding_is_the_mean_of(backbone: LiteRTEmbedder) -> None:
    image, _ = seen("mug", 1.0, backbone.info.input_size)
    features = backbone.feature_map(image)
    assert features is not None
    assert features.shape == (12, 12, backbone.info.embedding_size)
    pooled, embedding = features.mean(axis=(0, 1)), backbone.embed(image)
    alike = pooled @ embedding / np.linalg.norm(pooled) / np.linalg.norm(embedding)
    assert alike > 0.6, "of a larger copy of the picture, but of the same thing"
    assert np.array_equal(backbone.embed(image), embedding), "the one that embeds is not touched"


@pytest.mark.parametrize("name", THINGS)
def test_the_heat_lies_on_the_thing(engine: Engine, name: str) -> None:
    shares = []
    for moment in (2.3, 7.1, 12.9):
        image, mask = seen(name, moment, 192)
        heat = engine.highlight(image)
        assert heat is not None
        assert heat.class_id == engine.predict(image).class_id
        assert (heat.values.min(), heat.values.max()) == (0, 1)
        large = np.asarray(cv2.resize(heat.values, (192, 192), interpolation=cv2.INTER_LINEAR))
        shares.append(float(large[mask].sum() / large.sum()) / float(mask.mean()))
    assert np.mean(shares) > 2, "at least twice as much as by chance"


def test_nothing_is_highlighted_while_nothing_is_learned(backbone: LiteRTEmbedder, tmp_path: Path) -> None:
    with Buffer.open(tmp_path / "desk.showtell") as buffer:
        engine = Engine(buffer, backbone, LearnerConfig(), NumPyHead)
        assert engine.highlight(seen("mug", 1.0, 192)[0]) is None


def test_a_backbone_that_does_not_tell_is_no_fault(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.showtell")
    desk.record("a", 1)
    desk.record("b", 2)
    desk.learned()
    assert desk.engine.highlight(np.zeros((16, 16, 3), np.uint8)) is None
    desk.buffer.close()

# SPDX-License-Identifier: Apache-2.0
"""A project whose backbone is so small that exporting it takes no time, for all who export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learner.buffer import LITERT, PACKAGE, Buffer
from learner.embedder import LiteRTEmbedder
from learner.engine import Engine
from learner.types import BackboneInfo, Image
from tests.learner.desk import CONFIG, look
from tests.learner.fakes import NumPyHead

SIZE = 36
"""Of its pictures."""
NAMES = ("mug", "Schlüssel | [2]", "pen")


def tiny_backbone(*, non_negative: bool = True, scaled: bool = True) -> tuple[BackboneInfo, dict[str, bytes]]:
    """Return a backbone of 24 random features, and the files that a project keeps of it."""
    import keras

    from learner.nn import backbone, package

    keras.utils.set_random_seed(1)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            *([] if scaled else [layers.Rescaling(1 / 255)]),
            layers.Conv2D(24, 9, strides=4, activation="relu" if non_negative else "hard_swish"),
            layers.GlobalAveragePooling2D(),
        ]
    )
    info = backbone.describe(model, "tiny")
    return info, {PACKAGE: package.pack(model, info), LITERT: backbone.convert(model, info)}


def tiny_project(path: Path, info: BackboneInfo, files: dict[str, bytes], *, mirror: bool = True) -> Path:
    """Make a project with such a backbone that has learned three classes, of three recordings each."""
    with Buffer.open(path) as buffer:
        buffer.keep_backbone(info, files)
        for kind, name in enumerate(NAMES):
            class_id = buffer.add_class(name).id
            for start in range(0, 12, 4):
                burst = buffer.start_burst("test")
                buffer.add_samples([(look(kind, start + n), class_id, burst.id) for n in range(4)])
        engine = Engine(buffer, LiteRTEmbedder(files[LITERT], info), replace(CONFIG, mirror=mirror), NumPyHead)
        for _ in engine.learn("test"):
            pass
    return path


def rgb(image: Image) -> NDArray[np.float32]:
    """Return a picture as exported models take it."""
    return np.ascontiguousarray(image[:, :, ::-1], np.float32)

# SPDX-License-Identifier: Apache-2.0
"""Networks from a stranger's configuration; what a `.keras` file may bring along is in `test_backbone`."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from learner.errors import BackboneFault

pytest.importorskip("tensorflow")

import keras

from learner.nn import architecture


def config_of(model: keras.Model) -> Any:
    return json.loads(json.dumps(keras.saving.serialize_keras_object(model)))


def network() -> keras.Model:
    """A network with a layer that is called twice, and one within it."""
    entry = keras.Input((16, 16, 3))
    inner = keras.Sequential([keras.Input((8, 8, 4)), keras.layers.Conv2D(4, 1), keras.layers.ReLU()])
    relu = keras.layers.ReLU()
    x = relu(keras.layers.Conv2D(4, 3, strides=2, padding="same")(entry))
    return keras.Model(entry, keras.layers.GlobalAveragePooling2D()(relu(inner(x))))


def test_a_plain_network_is_built() -> None:
    model = network()
    again = architecture.build(config_of(model), "plain")
    again.set_weights(model.get_weights())
    pictures = np.random.default_rng(0).random((2, 16, 16, 3), np.float32)
    assert np.allclose(again.predict_on_batch(pictures), model.predict_on_batch(pictures))


def test_what_is_too_large_is_refused_and_leaves_nothing_behind() -> None:
    config = config_of(keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Conv2D(4, 3)]))
    config["config"]["layers"][-1]["config"]["filters"] = 10**12
    with pytest.raises(BackboneFault, match="more than they should"):
        architecture.build(config, "large")
    with keras.StatelessScope():  # Keras fills at its end what was not filled before
        pass
    assert architecture.build(config_of(network()), "plain").built


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.UpSampling2D(100),
        keras.layers.ZeroPadding2D(4096),
    ],
)
def test_what_swells_a_picture_is_refused(layer: keras.layers.Layer) -> None:
    config = config_of(keras.Sequential([keras.Input((128, 128, 3)), layer]))
    with pytest.raises(BackboneFault, match="too much memory"):
        architecture.build(config, "swells")


def test_what_takes_no_picture_is_no_feature_extractor() -> None:
    model = architecture.build(config_of(keras.Sequential([keras.Input((7,)), keras.layers.Dense(3)])), "dense")
    with pytest.raises(BackboneFault, match="does not take square RGB pictures"):
        architecture.feature_extractor(model, "dense")


def test_a_configuration_of_something_else_is_refused() -> None:
    nothing: list[Any] = [{}, [], 3, {"class_name": "Functional", "module": "keras", "config": {}}]
    for config in nothing:
        with pytest.raises(BackboneFault):
            architecture.build(config, "nothing")
    with pytest.raises(BackboneFault, match="no model"):
        architecture.build(json.loads(json.dumps(keras.saving.serialize_keras_object(keras.layers.ReLU()))), "a layer")

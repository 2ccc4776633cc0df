# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from learner.backbones import EMBEDDED
from learner.files import assets_folder

pytest.importorskip("tensorflow")

import keras
from keras import layers

from learner.nn import backbone
from learner.nn.consolidate import cut_point
from learner.nn.cutting import Unfolded


def residual() -> keras.Model:
    """Two blocks with shortcuts, and a narrow place at the end of each."""
    entry = keras.Input((32, 32, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu", name="stem")(entry)
    for block in ("one", "two", "three"):
        inner = layers.Conv2D(16, 1, name=f"{block}_wide")(x)
        inner = layers.BatchNormalization(name=f"{block}_bn")(inner)
        inner = layers.Conv2D(8, 1, name=f"{block}_narrow")(inner)
        x = layers.Add(name=f"{block}_add")([x, inner])
    return keras.Model(entry, layers.GlobalAveragePooling2D()(layers.Conv2D(24, 1, name="last")(x)))


@pytest.mark.parametrize(("share", "cut"), [(0.9, "stem"), (0.6, "one_add"), (0.4, "two_add"), (0.1, "three_add")])
def test_the_end_of_a_block_is_found(share: float, cut: str) -> None:
    assert cut_point(residual(), share) == cut


def test_nothing_passes_a_cut_by() -> None:
    """Of every place that is offered, what comes after follows from what comes out there."""
    model = residual()
    unfolded = Unfolded(model, keras.Input((32, 32, 3)))
    cuts = {unfolded.nodes[unfolded.cut(share)].name for share in np.linspace(0.05, 1, 40)}
    assert len(cuts) >= 4
    assert not {name for name in cuts if name.endswith(("_wide", "_bn", "_narrow"))}, "a shortcut passes these by"
    for name in cuts - {model.inputs[0].name}:
        keras.Model(model.get_layer(name).output, model.output)


def test_a_plain_sequence_can_be_cut_anywhere() -> None:
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Rescaling(1 / 255, name="scale"),
            layers.Conv2D(8, 3, name="first"),
            layers.ReLU(name="first_relu"),
            layers.MaxPooling2D(name="pool"),
            layers.Dropout(0.5, name="dropout"),
            layers.Conv2D(16, 3, name="second"),
            layers.GlobalAveragePooling2D(),
        ]
    )
    assert cut_point(model, 0.5) == "dropout", "the last of the places that are alike"
    assert cut_point(model, 1.0) == "scale"


def test_a_model_within_a_model_is_cut_within() -> None:
    inner = residual()
    outer = keras.Sequential([keras.Input((32, 32, 3)), layers.Rescaling(1 / 255), inner, layers.Dense(4)])
    assert cut_point(outer, 0.6) == f"{inner.name}/one_add"


def test_a_layer_called_twice_is_not_cut_in_two() -> None:
    entry = keras.Input((32, 32, 3))
    shared = layers.Conv2D(3, 3, padding="same", name="shared")
    x = layers.Conv2D(3, 3, padding="same", name="between")(shared(entry))
    x = layers.Conv2D(6, 3, name="after")(shared(x))
    model = keras.Model(entry, layers.GlobalAveragePooling2D()(x))
    unfolded = Unfolded(model, keras.Input((32, 32, 3)))
    allowed = {unfolded.nodes[unfolded.cut(share)].name for share in np.linspace(0.05, 1, 20)}
    assert "between" not in allowed
    assert allowed == {entry.name, "shared"}


def test_a_network_without_weights_cannot_be_cut() -> None:
    model = keras.Sequential([keras.Input((32, 32, 3)), layers.GlobalAveragePooling2D()])
    with pytest.raises(ValueError, match="no layer"):
        cut_point(model)


def test_the_embedded_backbone_is_cut_where_a_block_ends() -> None:
    model = backbone.load(assets_folder() / f"{EMBEDDED}.keras")
    assert cut_point(model).endswith(("_add", "_project_bn"))


def test_a_mobilenet_is_cut_where_a_block_ends() -> None:
    model = keras.applications.MobileNetV2((32, 32, 3), 0.35, include_top=False, weights=None, pooling="avg")
    assert cut_point(model).endswith(("_add", "_project_BN"))


def test_what_is_unfolded_answers_as_the_network_does() -> None:
    """Also from a model within a model, and while it is trained, since Dropout is left out."""
    outer = keras.Sequential([keras.Input((32, 32, 3)), layers.Rescaling(1 / 255), layers.Dropout(0.5), residual()])
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 32, 32, 3)).astype(np.float32)
    entry = keras.Input((32, 32, 3))
    unfolded = keras.Model(entry, Unfolded(outer, entry).output)
    for layer in unfolded.layers:
        layer.trainable = not isinstance(layer, layers.BatchNormalization)
    wanted = np.asarray(outer(pictures, training=False))
    assert np.allclose(np.asarray(unfolded(pictures, training=True)), wanted, rtol=1e-4, atol=1e-5)


def test_a_network_is_unfolded_at_another_size() -> None:
    entry = keras.Input((96, 96, 3))
    unfolded = Unfolded(residual(), entry)
    assert unfolded.output.shape == (None, 24)
    assert unfolded.nodes[1].output.shape[1:3] == (48, 48)

# SPDX-License-Identifier: Apache-2.0
"""Networks built from a configuration that a person hands over, without running anything it brings along.

Every object in the configuration has to be on a short list of plain layers. What the network would take of the memory
is known before any of it is taken.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import keras
import numpy as np

from learner.errors import BackboneFault

MAX_CONFIG = 16 * 2**20
"""Bytes of a configuration."""
MAX_WEIGHTS = 160 * 2**20
"""Bytes of all weights: 42 million in float32. A project could not keep more (`learner.buffer.hardening.LONGEST`)."""

_MAX_SIDE = 1024
_MAX_MAP = 2**25
"""Numbers that one layer may give for one picture."""
_MAX_WORK = 10**11
"""Multiplications for one picture; the largest networks of `keras.applications` take half of that."""
_MAX_LAYERS = 2000
"""The largest of `keras.applications` have about a thousand."""

_LAYERS = frozenset(
    """
    Activation Add Average AveragePooling2D BatchNormalization Concatenate Conv2D Cropping2D Dense DepthwiseConv2D
    Dropout Flatten GlobalAveragePooling2D GlobalMaxPooling2D GroupNormalization InputLayer LayerNormalization
    LeakyReLU MaxPooling2D Maximum Minimum Multiply Normalization PReLU Permute ReLU Rescaling Reshape
    SeparableConv2D Softmax SpatialDropout2D Subtract UnitNormalization UpSampling2D ZeroPadding2D
    """.split()  # noqa: SIM905  # one name a line would be a page
)
_MODELS = frozenset({"Functional", "Sequential"})
_ALLOWED = {
    "keras": _MODELS | {"DTypePolicy"},
    "keras.layers": _LAYERS,
    "keras.models": _MODELS,
    "keras.src.models.functional": frozenset({"Functional"}),
    "keras.src.models.sequential": frozenset({"Sequential"}),
    "keras.src.ops.numpy": frozenset({"Add", "Divide", "Maximum", "Mean", "Minimum", "Multiply", "Subtract"}),
}
_LONGEST_FAULT = 400
_PARTS = ("keras.initializers", "keras.regularizers", "keras.constraints")

_NEXT = "Use a Keras 3 .keras file of an ordinary convolutional network whose last layer is a pooling layer."


def fault(happened: str, remedy: str = _NEXT) -> BackboneFault:
    """Return the error that says why a file is no backbone for us; Keras' words and a stranger's fit on a line."""
    line = "".join(letter if letter.isprintable() else "?" for letter in " ".join(happened.split()))
    return BackboneFault("That backbone cannot be used", line[:_LONGEST_FAULT], remedy)


def build(config: Any, name: str, most: int = MAX_WEIGHTS) -> keras.Model:
    """Build the network that a serialised configuration describes; its weights are those it is initialised with.

    Args:
        config: as `keras.saving.serialize_keras_object` gives it, read from JSON.
        name: of the file it was in, for people.
        most: bytes that its weights may take.

    Raises:
        BackboneFault: it holds an object that is not on the list, is no network, or too large a one.
    """
    if isinstance(config, dict):
        config.pop("compile_config", None)  # a loss and an optimiser are of no use here
    try:
        check(config, name)
        _check_layers(config, name)
        # A thread of its own, because Keras keeps a list of what was not filled, one a thread, to fill it later.
        with ThreadPoolExecutor(max_workers=1) as aside:
            aside.submit(_measure, copy.deepcopy(config), name, most).result()
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
    except BackboneFault:
        raise
    except Exception as error:  # Keras raises whatever the malformed part of the configuration happened to trip over
        raise fault(f"{name} describes a network that cannot be built ({error}).") from error
    if not isinstance(model, keras.Model):
        raise fault(f"{name} holds no model.")
    return model


def feature_extractor(model: keras.Model, name: str) -> keras.Model:
    """Return a model from RGB pictures (n, s, s, 3) to embeddings (n, d); a spatial output is averaged.

    Raises:
        BackboneFault: it takes or gives something else.
    """
    try:
        return _pooled(model, name)
    except BackboneFault:
        raise
    except Exception as error:  # inputs and outputs come as tensors, lists or dicts of them
        raise fault(f"{name} is no network from one picture to one vector ({error}).") from error


def check(config: Any, name: str) -> None:
    """Walk a serialised configuration and refuse every object that is not known to be harmless.

    Raises:
        BackboneFault: there is one.
    """
    if isinstance(config, list):
        for part in config:
            check(part, name)
        return
    if not isinstance(config, dict):
        return
    kind = config.get("class_name")
    if kind is not None and not _harmless(str(kind), config):
        raise fault(f"{name} contains {kind!r}, which is not a plain layer.")
    for part in config.values():
        check(part, name)


def _check_layers(config: Any, name: str) -> None:
    if _layers(config) > _MAX_LAYERS:
        raise fault(f"{name} has more than {_MAX_LAYERS} layers.")


def _layers(config: Any) -> int:
    """Return how many layers a configuration has, those within others as well."""
    if isinstance(config, list):
        return sum(map(_layers, config))
    if not isinstance(config, dict):
        return 0
    return (config.get("module") == "keras.layers") + sum(map(_layers, config.values()))


def _harmless(kind: str, config: dict[str, Any]) -> bool:
    if kind == "__keras_tensor__":
        return True
    module = config.get("module")
    if not isinstance(module, str) or config.get("registered_name") not in {None, kind}:
        return False
    if module in _PARTS:
        return kind.isidentifier()
    return kind in _ALLOWED.get(module, frozenset())


def _measure(config: Any, name: str, most: int) -> None:
    """Build the network without filling its weights, and refuse it when it would take too much."""
    with keras.StatelessScope(initialize_variables=False):
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if not isinstance(model, keras.Model):
            raise fault(f"{name} holds no model.")
        size = sum(math.prod(variable.shape) * np.dtype(variable.dtype).itemsize for variable in model.weights)
        if size > most:
            raise fault(f"The weights in {name} would take {size:,} bytes, which is more than they should.")
        side = max((side or 0 for entry in model.inputs for side in entry.shape[1:]), default=0)
        layers = [layer for layer in _inside(model) if layer.built]
        largest = max((math.prod(side or 1 for side in layer.output.shape) for layer in layers), default=0)
        if side > _MAX_SIDE or largest > _MAX_MAP:
            raise fault(f"{name} would take too much memory for a picture.")
        if sum(map(_work, layers)) > _MAX_WORK:
            raise fault(f"{name} would take far too long for a picture.")


def _inside(model: keras.Model) -> Iterator[keras.Layer]:
    """Yield the layers of a model, and those of models in it."""
    for layer in model.layers:
        yield layer
        if isinstance(layer, keras.Model):
            yield from _inside(layer)


def _work(layer: keras.Layer) -> int:
    """Return about how many multiplications a layer takes for one picture, at all places where it is used."""
    shape = [side or 1 for side in layer.output.shape[1:]] or [1]
    whole = math.prod(shape)
    places = whole // max(1, min(shape[0], shape[-1]))  # the channels are at one of its ends
    own = 0 if isinstance(layer, keras.Model) else sum(math.prod(variable.shape) for variable in layer.weights)
    pool = getattr(layer, "pool_size", ()) or ()
    times = max(1, len(getattr(layer, "_inbound_nodes", ())))
    return times * (places * own + whole * math.prod(pool if isinstance(pool, tuple | list) else (pool, pool)))


def _pooled(model: keras.Model, name: str) -> keras.Model:
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise fault(f"{name} has more than one input or output.")
    shape = model.input_shape
    if len(shape) != 4 or shape[3] != 3 or shape[1] != shape[2]:
        raise fault(f"{name} does not take square RGB pictures; it takes {shape}.")
    if len(model.output_shape) == 4:
        # `inputs` and `outputs`, because a Sequential model has no `output` before its first call.
        pooled = keras.layers.GlobalAveragePooling2D()(model.outputs[0])
        return keras.Model(model.inputs[0], pooled)
    if len(model.output_shape) != 2:
        raise fault(f"{name} gives {model.output_shape} instead of one vector a picture.")
    return model

# SPDX-License-Identifier: Apache-2.0
"""Where a network can be cut in two: the first part stays as it is, the second is trained.

A cut is a layer whose output alone carries everything that comes later. Within a block with a residual connection
there is none, since the shortcut passes it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

SHARE = 0.55
"""Of the layers that have a kernel, how many are trained."""
_SLACK = 0.06
"""Of the layers that have a kernel, how far a cut may lie from where it was wanted, to come to a narrow place."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One call of a layer: `inputs` are places in the list of nodes (place 0 is the entry), `output` a KerasTensor."""

    name: str
    layer: Any
    inputs: tuple[int, ...]
    output: Any


class Unfolded:
    """A copy of a network on another entry, models within it unfolded, as a list of calls in the order they are made.

    Dropout is left out: the embedding that is trained has to be the one that is served.

    Args:
        model: a Functional or Sequential model with one input and one output.
        entry: the KerasTensor that takes the place of its input; it may have another height and width.
    """

    def __init__(self, model: keras.Model, entry: Any) -> None:
        self.nodes = [Node(model.inputs[0].name, None, (), entry)]
        self._places = {id(entry): 0}
        self._copies: dict[int, tuple[Any, Any]] = {}
        self.output = self._follow(model, entry, "")
        for original, copy in self._copies.values():
            if _has_weights(original) and _has_weights(copy):
                transfer(original, copy)

    def copy_of(self, layer: Any) -> Any:
        """Return the copy of a layer of the network."""
        return self._copies[id(layer)][1]

    def layers(self, places: slice) -> list[Any]:
        """Return the layers that are called at these places, each once; operations without state are no layers."""
        called = {id(node.layer): node.layer for node in self.nodes[places]}
        return [layer for layer in called.values() if isinstance(layer, keras.layers.Layer)]

    def cut(self, share: float) -> int:
        """Return the place to cut at, so that about this share of the layers with kernels comes after it.

        Of the places near the one that is wanted, the narrowest is taken, and of several alike the last: that is the
        end of a block, and what is kept of a picture there takes the least memory.
        """
        has_kernel = np.array([_has_kernel(node.layer) for node in self.nodes], int)
        after = has_kernel.sum() - has_kernel.cumsum()
        wanted = share * has_kernel.sum()
        places = [place for place in self._cuts() if after[place]]
        if not places:
            raise ValueError("the network has no layer that can be trained")
        away = {place: abs(after[place] - wanted) for place in places}
        allowed = max(_SLACK * has_kernel.sum(), min(away.values()))
        near = [place for place in places if away[place] <= allowed]
        return min(near, key=lambda place: (np.prod(self.nodes[place].output.shape[1:]), -place))

    def _cuts(self) -> list[int]:
        """Return every place that nothing passes by: no tensor, and no layer that is called on both sides of it."""
        last_use = list(range(len(self.nodes)))
        last_call: dict[int, int] = {}
        for place, node in enumerate(self.nodes):
            last_call[id(node.layer)] = place
            for taken in node.inputs:
                last_use[taken] = place
        found, furthest = [], 0
        for place, node in enumerate(self.nodes):
            shared = last_call[id(node.layer)] if _has_weights(node.layer) else 0
            if furthest <= place and shared <= place:
                found.append(place)
            furthest = max(furthest, last_use[place], shared)
        return found

    def _follow(self, model: keras.Model, entry: Any, prefix: str) -> Any:
        """Call copies of a model's layers, in order, on `entry`; return what the last of them gives."""
        last = entry

        def call(layer: Any, *inputs: Any, **options: Any) -> Any:
            nonlocal last
            if isinstance(layer, keras.Model):
                last = self._follow(layer, inputs[0], f"{prefix}{layer.name}/")
            else:
                last = layer(*inputs, **options)
                self._note(prefix + layer.name, layer, keras.tree.flatten((inputs, options)), last)
            return last

        if isinstance(model, keras.Sequential):
            for layer in model.layers:
                call(self._copy(layer), last)
        else:
            # Cloning is how Keras hands out its graph, call by call; the clone itself is of no use here.
            entries = keras.tree.pack_sequence_as(model.input, [entry])
            keras.models.clone_model(model, entries, clone_function=self._copy, call_function=call)
        return last

    def _note(self, name: str, layer: Any, taken: Sequence[Any], output: Any) -> None:
        inputs = tuple(self._places[id(part)] for part in taken if id(part) in self._places)
        self._places[id(output)] = len(self.nodes)
        self.nodes.append(Node(name, layer, inputs, output))

    def _copy(self, layer: Any) -> Any:
        if isinstance(layer, keras.Model):  # unfolded when it is called
            return layer
        if id(layer) not in self._copies:
            self._copies[id(layer)] = layer, self._copied(layer)
        return self._copies[id(layer)][1]

    def _copied(self, layer: Any) -> Any:
        if isinstance(layer, keras.layers.Dropout | keras.layers.SpatialDropout2D):
            return keras.layers.Identity(name=layer.name)
        config = layer.get_config()
        if isinstance(layer, keras.layers.Layer):
            config["dtype"] = "float32"
        return type(layer).from_config(config)


def cut_point(model: keras.Model, share: float = SHARE) -> str:
    """Return the name of the last layer of a backbone that stays frozen; a layer within a model is "model/layer".

    Args:
        model: a backbone (see `learner.nn.backbone.load`).
        share: of its layers with kernels, about how many are to come after.
    """
    size = model.input_shape[1] or 224
    unfolded = Unfolded(model, keras.Input((size, size, 3)))
    return unfolded.nodes[unfolded.cut(share)].name


def transfer(source: Any, target: Any) -> None:
    """Give a layer the weights of another one of its kind, and whatever follows from them."""
    store: dict[str, Any] = {}
    source.save_own_variables(store)
    target.load_own_variables({key: np.array(value) for key, value in store.items()})


def _has_weights(layer: Any) -> bool:
    return isinstance(layer, keras.layers.Layer) and bool(layer.weights)


def _has_kernel(layer: Any) -> bool:
    return _has_weights(layer) and any(len(weight.shape) > 1 for weight in layer.trainable_weights)

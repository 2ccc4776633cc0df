# SPDX-License-Identifier: Apache-2.0
"""Keras backbones: read safely from a `.keras` file and converted to LiteRT.

A `.keras` file can carry code (Lambda layers, custom objects, external HDF5 links; CVE-2025-1550, CVE-2025-9905,
CVE-2026-1669), and so a file that a person hands over is never given to `keras.models.load_model`. Its architecture is
rebuilt from a configuration in which every object is on a short list, and its weights are read as plain arrays from an
HDF5 file that was first searched for links and external storage.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from learner.errors import BackboneFault
from learner.quiet import quiet_stderr
from learner.types import BackboneInfo

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
_PARTS = ("keras.initializers", "keras.regularizers", "keras.constraints")
_MAX_CONFIG = 16 * 2**20
_MAX_WEIGHTS = 2**30
_PARITY = 1e-3

Pictures = NDArray[np.float32]

_NEXT = "Use a Keras 3 .keras file of an ordinary convolutional network whose last layer is a pooling layer."


def load(path: Path) -> keras.Model:
    """Build the model in a `.keras` file without running anything the file brings along.

    Returns:
        A model from RGB pictures (n, s, s, 3) to embeddings (n, d); a spatial output is averaged.

    Raises:
        BackboneFault: the file is unreadable, holds an object that is not on the list, or is no feature extractor.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            config = json.loads(_read(archive, "config.json", _MAX_CONFIG))
            weights = _read(archive, "model.weights.h5", _MAX_WEIGHTS)
    except Exception as error:  # an archive can be broken in ways that zlib, zipfile and json name differently
        raise _fault(f"{path.name} cannot be read as a .keras file ({error}).") from error
    if isinstance(config, dict):
        config.pop("compile_config", None)  # a loss and an optimiser are of no use here
    try:
        _check(config, path.name)
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
    except BackboneFault:
        raise
    except Exception as error:  # Keras raises whatever the malformed part of the configuration happened to trip over
        raise _fault(f"{path.name} describes a network that cannot be built ({error}).") from error
    if not isinstance(model, keras.Model):
        raise _fault(f"{path.name} holds no model.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.weights.h5"
        file.write_bytes(weights)
        _check_weights(file, path.name)
        try:
            model.load_weights(file)
        except Exception as error:
            raise _fault(f"The weights in {path.name} do not fit its network ({error}).") from error
    if not all(np.isfinite(np.asarray(variable)).all() for variable in model.weights):
        raise _fault(f"{path.name} contains weights that are not numbers.")
    try:
        return _feature_extractor(model, path.name)
    except BackboneFault:
        raise
    except Exception as error:  # inputs and outputs come as tensors, lists or dicts of them
        raise _fault(f"{path.name} is no network from one picture to one vector ({error}).") from error


def describe(model: keras.Model, name: str) -> BackboneInfo:
    """Say what a backbone expects and gives.

    A model that scales its own input (Rescaling, Normalization) gets RGB 0…255, any other -1…1 as the MobileNet
    family of `keras.applications` has it. Whether embeddings can be negative is seen by trying it on noise.
    """
    size = model.input_shape[1] or 224
    own = any(isinstance(layer, keras.layers.Rescaling | keras.layers.Normalization) for layer in model.layers)
    low, high = (0.0, 255.0) if own else (-1.0, 1.0)
    noise = _noise(size, low, high)
    try:
        embeddings = np.asarray(model.predict_on_batch(noise), np.float32)
    except Exception as error:  # whatever a layer met that does not take such pictures
        raise _fault(f"{name} does not answer to a picture ({error}).") from error
    layers = [type(layer).__name__ for layer in model.layers]  # their names differ from one loading to the next
    digest = hashlib.sha256(json.dumps([size, low, high, layers]).encode())
    for variable in model.weights:
        digest.update(np.ascontiguousarray(variable).tobytes())
    return BackboneInfo(
        name=name,
        sha256=digest.hexdigest(),
        input_size=size,
        embedding_size=int(embeddings.shape[1]),
        low=low,
        high=high,
        non_negative=bool((embeddings >= 0).all()),
    )


def convert(model: keras.Model, info: BackboneInfo) -> bytes:
    """Convert a backbone to LiteRT (float32) and check it against Keras.

    Raises:
        BackboneFault: LiteRT's answer differs from Keras' by more than 1e-3 of its size.
    """
    noise = _noise(info.input_size, info.low, info.high)
    # TensorFlow tells its story of a conversion to stdout, which belongs to the verb.
    try:
        with redirect_stdout(io.StringIO()), quiet_stderr():
            converted: bytes = tf.lite.TFLiteConverter.from_keras_model(model).convert()
            got = _answers(converted, noise)
            wanted = np.asarray(model.predict_on_batch(noise))
    except Exception as error:  # the converter raises its own, undocumented classes
        raise _fault(f"{info.name} cannot be converted to LiteRT ({error}).") from error
    if (np.linalg.norm(got - wanted, axis=1) > _PARITY * np.linalg.norm(wanted, axis=1)).any():
        raise _fault(f"{info.name} answers differently once converted to LiteRT.")
    return converted


def _answers(converted: bytes, pictures: Pictures) -> Pictures:
    """Return what a converted model says to pictures (n, s, s, 3), one at a time, as it is used: (n, d)."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=converted, num_threads=1)
    interpreter.allocate_tensors()
    entry, way_out = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    answers = []
    for picture in pictures:
        interpreter.set_tensor(entry, picture[None])
        interpreter.invoke()
        answers.append(np.array(interpreter.get_tensor(way_out)[0]))
    return np.stack(answers)


def _feature_extractor(model: keras.Model, name: str) -> keras.Model:
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise _fault(f"{name} has more than one input or output.")
    shape = model.input_shape
    if len(shape) != 4 or shape[3] != 3 or shape[1] != shape[2]:
        raise _fault(f"{name} does not take square RGB pictures; it takes {shape}.")
    if len(model.output_shape) == 4:
        # `inputs` and `outputs`, because a Sequential model has no `output` before its first call.
        pooled = keras.layers.GlobalAveragePooling2D()(model.outputs[0])
        return keras.Model(model.inputs[0], pooled)
    if len(model.output_shape) != 2:
        raise _fault(f"{name} gives {model.output_shape} instead of one vector a picture.")
    return model


def _check(config: Any, name: str) -> None:
    """Walk a serialised configuration and refuse every object that is not known to be harmless."""
    if isinstance(config, list):
        for part in config:
            _check(part, name)
        return
    if not isinstance(config, dict):
        return
    kind = config.get("class_name")
    if kind is not None and not _harmless(str(kind), config):
        raise _fault(f"{name} contains {kind!r}, which is not a plain layer.")
    for part in config.values():
        _check(part, name)


def _harmless(kind: str, config: dict[str, Any]) -> bool:
    if kind == "__keras_tensor__":
        return True
    module = config.get("module")
    if not isinstance(module, str) or config.get("registered_name") not in {None, kind}:
        return False
    if module in _PARTS:
        return kind.isidentifier()
    return kind in _ALLOWED.get(module, frozenset())


def _check_weights(file: Path, name: str) -> None:
    """Refuse HDF5 that points outside itself, is no plain tree of arrays, or would unpack to more than it should."""
    seen: set[Any] = set()
    size = 0

    def walk(group: h5py.Group) -> None:
        nonlocal size
        for key in group:
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise _fault(f"The weights in {name} point to another place.")
            entry = group[key]
            address = h5py.h5o.get_info(entry.id).addr
            if address in seen:  # a group within itself, or many names for one, would take for ever to walk
                raise _fault(f"The weights in {name} are not a plain tree.")
            seen.add(address)
            if isinstance(entry, h5py.Group):
                walk(entry)
                continue
            is_array = isinstance(entry, h5py.Dataset) and entry.dtype.kind in "fiub"
            if not is_array or entry.external is not None or entry.is_virtual:
                raise _fault(f"The weights in {name} are not plain arrays.")
            size += entry.nbytes
            if size > _MAX_WEIGHTS:
                raise _fault(f"The weights in {name} would take more than {_MAX_WEIGHTS:,} bytes.")

    try:
        with h5py.File(file, "r") as store:
            walk(store)
    except BackboneFault:
        raise
    except Exception as error:  # HDF5 raises whatever the broken part tripped over
        raise _fault(f"The weights in {name} cannot be read ({error}).") from error


def _read(archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    size = archive.getinfo(member).file_size
    if size > limit:
        raise ValueError(f"{member} would unpack to {size:,} bytes")
    with archive.open(member) as stream:
        return stream.read(limit)


def _noise(size: int, low: float, high: float) -> Pictures:
    """Return four smooth-to-rough random pictures, so that every layer has something to answer to."""
    random = np.random.default_rng(0)
    pictures = [
        np.kron(random.random((size // grain + 1, size // grain + 1, 3)), np.ones((grain, grain, 1)))[:size, :size]
        for grain in (1, 8, 24, 64)
    ]
    return np.asarray(low + (high - low) * np.stack(pictures), np.float32)


def _fault(happened: str) -> BackboneFault:
    return BackboneFault("That backbone cannot be used", happened, _NEXT)

# SPDX-License-Identifier: Apache-2.0
"""Keras backbones: read safely from a `.keras` file and converted to LiteRT.

A `.keras` file can carry code (Lambda layers, custom objects, external HDF5 links; CVE-2025-1550, CVE-2025-9905,
CVE-2026-1669), and so a file that a person hands over is never given to `keras.models.load_model`. Its architecture is
rebuilt from a configuration (see `learner.nn.architecture`), and its weights are read as plain arrays from an HDF5 file
that was first searched for links and external storage.
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

from learner import json_within
from learner.errors import BackboneFault
from learner.nn.architecture import MAX_CONFIG, MAX_WEIGHTS, build, fault, feature_extractor
from learner.quiet import quiet_stderr
from learner.types import BackboneInfo

_PARITY = 1e-3
_SMALL = 2**20
"""Bytes."""
_MAX_RATIO = 10
"""Times a part of a `.keras` file may be longer unpacked than packed, where it is not small; weights hardly shrink."""
_MAX_ENTRIES = 8192
"""Groups and arrays in a file of weights."""
_USUAL_SCALING = (1 / 127.5, -1)
"""From 0…255 to -1…1, which is what `keras.applications.mobilenet_v3` does; it goes without saying."""

Pictures = NDArray[np.float32]


def load(path: Path) -> keras.Model:
    """Build the model in a `.keras` file without running anything the file brings along.

    Returns:
        A model from RGB pictures (n, s, s, 3) to embeddings (n, d); a spatial output is averaged.

    Raises:
        BackboneFault: the file is unreadable, holds an object that is not on the list, or is no feature extractor.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise fault(f"{path.name} cannot be read ({error.strerror}).") from error
    return loads(content, path.name)


def loads(content: bytes, name: str) -> keras.Model:
    """Build the model from what lies in a `.keras` file; as `load`, which see.

    Args:
        content: of the file.
        name: of the file, for people.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            config = json_within.loads(_read(archive, "config.json", MAX_CONFIG))
            weights = _read(archive, "model.weights.h5", MAX_WEIGHTS)
    except Exception as error:  # an archive can be broken in ways that zlib, zipfile and json name differently
        raise fault(f"{name} cannot be read as a .keras file ({error}).") from error
    # What is kept of a network has at least the bytes of its weights, so that none is built that was not brought along.
    model = build(config, name, max(len(weights), _SMALL))
    fill(model, weights, name)
    return feature_extractor(model, name)


def fill(model: keras.Model, weights: bytes, name: str, layout: str = ".weights.h5") -> None:
    """Give a model the weights in an HDF5 file, read as plain arrays.

    Args:
        model: the model.
        weights: what lies in the file.
        name: of the file, for people.
        layout: how Keras calls the way the file is laid out: ".weights.h5", or ".h5" for that of Keras 2.

    Raises:
        BackboneFault: they point elsewhere, do not fit, or are not finite.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"model{layout}"
        file.write_bytes(weights)
        _check_weights(file, name)
        try:
            model.load_weights(file)
        except Exception as error:
            raise fault(f"The weights in {name} do not fit its network ({error}).") from error
    if not all(np.isfinite(np.asarray(variable)).all() for variable in model.weights):
        raise fault(f"{name} contains weights that are not numbers.")


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
        embeddings = _predicted(model, noise)
    except Exception as error:  # whatever a layer met that does not take such pictures
        raise fault(f"{name} does not answer to a picture ({error}).") from error
    layers = [_kind(layer) for layer in model.layers]  # their names differ from one loading to the next
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


def _kind(layer: keras.Layer) -> str | list[Any]:
    """Return what a layer is; where it scales pictures by numbers that are no weights, with these numbers."""
    kind = type(layer).__name__
    if isinstance(layer, keras.layers.Rescaling) and (layer.scale, layer.offset) != _USUAL_SCALING:
        return [kind, _plain(layer.scale), _plain(layer.offset)]
    if isinstance(layer, keras.layers.Normalization) and layer.input_mean is not None:
        return [kind, _plain(layer.input_mean), _plain(layer.input_variance)]
    return kind


def _plain(numbers: Any) -> list[float]:
    return [float(number) for number in np.ravel(np.asarray(numbers, np.float32))]


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
            wanted = _predicted(model, noise)
    except Exception as error:  # the converter raises its own, undocumented classes
        raise fault(f"{info.name} cannot be converted to LiteRT ({error}).") from error
    if (np.linalg.norm(got - wanted, axis=1) > _PARITY * np.linalg.norm(wanted, axis=1)).any():
        raise fault(f"{info.name} answers differently once converted to LiteRT.")
    return converted


def _predicted(model: keras.Model, pictures: Pictures) -> Pictures:
    """Return what a model says to pictures (n, s, s, 3), one at a time so that it takes less memory: (n, d)."""
    return np.concatenate([np.asarray(model.predict_on_batch(picture[None]), np.float32) for picture in pictures])


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


def _check_weights(file: Path, name: str) -> None:
    """Refuse HDF5 that points outside itself, is no plain tree of arrays, or would unpack to more than it should."""
    seen: set[Any] = set()
    size = 0

    def walk(group: h5py.Group) -> None:
        nonlocal size
        for key in group:
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise fault(f"The weights in {name} point to another place.")
            entry = group[key]
            address = h5py.h5o.get_info(entry.id).addr
            if address in seen:  # a group within itself, or many names for one, would take for ever to walk
                raise fault(f"The weights in {name} are not a plain tree.")
            seen.add(address)
            if len(seen) > _MAX_ENTRIES:
                raise fault(f"The weights in {name} are in too many pieces.")
            if isinstance(entry, h5py.Group):
                walk(entry)
                continue
            is_array = isinstance(entry, h5py.Dataset) and entry.dtype.kind in "fiub"
            if not is_array or entry.external is not None or entry.is_virtual:
                raise fault(f"The weights in {name} are not plain arrays.")
            size += entry.nbytes
            if size > MAX_WEIGHTS:
                raise fault(f"The weights in {name} would take more than {MAX_WEIGHTS:,} bytes.")

    try:
        with h5py.File(file, "r") as store:
            walk(store)
    except BackboneFault:
        raise
    except Exception as error:  # HDF5 raises whatever the broken part tripped over
        raise fault(f"The weights in {name} cannot be read ({error}).") from error


def _read(archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    entry = archive.getinfo(member)
    size = entry.file_size
    if size > limit or size > max(_SMALL, _MAX_RATIO * entry.compress_size):
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

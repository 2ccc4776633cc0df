# SPDX-License-Identifier: Apache-2.0
"""What answers in a project as one Keras model, and that model as files of other programs.

The model takes RGB pictures at the backbone's size, 0 to 255, and gives probabilities. Its views, their scaling, the
backbone, the normalisation and the head with its temperature are inside, in layers and operations that plain Keras
reads without anything of ours.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from learner.errors import EnvironmentFault, ShowtellError
from learner.nn.package import model_from
from learner.preprocessing import zoomed
from learner.quiet import quiet_stderr
from learner.types import BackboneInfo, HeadWeights

Pictures = NDArray[np.float32]
"""RGB pictures 0…255, (n, s, s, 3)."""

_FIXED_POINT = 2048
"""Parts that OpenCV divides a pixel's share into."""
_IN_FLOAT = """
    ADD CONCATENATION DEPTHWISE_CONV_2D DIV FULLY_CONNECTED GATHER HARD_SWISH MAXIMUM MEAN MUL SOFTMAX SQRT SUM
    """.split()  # noqa: SIM905  # one name a line would be a page
"""What stays float in an int8 model: all but the plain convolutions, which have nearly all the weights. Depthwise ones
and the products of squeeze-and-excitation differ too much from channel to channel for one scale, LiteRT has no fast
int8 hard-swish, and what comes after the backbone is of unit length."""
_FIRST_IN_FLOAT = 0.25
"""Of the convolutions, how many of the first stay float as well: they see the most and have hardly any weights. On
2,485 pictures of groceries that nobody had learned from, an int8 model agreed with the app on 98 % so, on 96 %
without, and on 94 % with depthwise convolutions and products in int8 as well; it took no longer."""


def serving_model(
    trainable: tuple[str, bytes], info: BackboneInfo, head: HeadWeights, batch: int | None = None
) -> keras.Model:
    """Build what `learner.serving` computes, as a model from pictures (n, s, s, 3) to probabilities (n, classes).

    Args:
        trainable: the name and content of a file that the backbone can be built from.
        info: what the backbone expects and gives.
        head: what answers.
        batch: how many pictures there always are; None leaves it open.

    Raises:
        BackboneFault: the backbone's file is damaged.
    """
    backbone = model_from(*trainable)
    size = info.input_size
    picture = keras.Input((size, size, 3), batch_size=batch, name="picture")
    looked_at = [picture]
    if head.mirrored:
        looked_at.append(ops.flip(picture, axis=2))
    looked_at.append(_zoom(picture, size))
    x = ops.concatenate(looked_at, axis=0)
    if (info.low, info.high) != (0, 255):
        x = keras.layers.Rescaling((info.high - info.low) / 255, info.low)(x)
    x = backbone(x, training=False)
    if info.non_negative:
        x = ops.sqrt(ops.maximum(x, 0))
    x = x / ops.maximum(ops.sqrt(ops.sum(ops.square(x), axis=1, keepdims=True)), 1e-12)
    x = ops.sum(ops.reshape(x, (len(looked_at), -1, info.embedding_size)), axis=0)
    classes = keras.layers.Dense(len(head.class_ids), name="head")
    model = keras.Model(picture, keras.layers.Softmax(name="probabilities")(classes(x)), name="showtell")
    # The sum of the views becomes their mean here: a mean before it would be rounded in an int8 model.
    classes.set_weights([head.kernel / len(looked_at), head.bias])
    return model


def _zoom(picture: Any, size: int) -> Any:
    """Return the view ZOOM of pictures (n, s, s, 3) exactly as OpenCV scales it.

    OpenCV interpolates in fixed point and drops what is left of it, so that one pixel in eight is darker by one than
    rounding makes it (`VResizeLinear` for uint8 in its `resize.cpp`). That turned one answer in 200.
    """
    kept = zoomed(size)
    side = kept.stop - kept.start
    place = (np.arange(size) + 0.5) * side / size - 0.5
    before = np.floor(place)
    first, second = (kept.start + np.clip(before + step, 0, side - 1).astype(int) for step in (0, 1))
    share = np.rint((place - before) * _FIXED_POINT).astype(np.float32)

    def between(x: Any, axis: int, shape: tuple[int, ...]) -> tuple[Any, Any]:
        shares = share.reshape(shape)
        return ops.take(x, first.tolist(), axis) * (_FIXED_POINT - shares), ops.take(x, second.tolist(), axis) * shares

    left, right = between(picture, 2, (1, 1, size, 1))
    along = ops.floor((left + right) / 16)
    above, below = (ops.floor(part / 2**16) for part in between(along, 1, (1, size, 1, 1)))
    return ops.floor((above + below + 2) / 4)


def write_keras(model: keras.Model, path: Path) -> None:
    """Write a model as a `.keras` file."""
    with _converting(path.parent):
        model.save(path)


def write_saved_model(model: keras.Model, path: Path) -> None:
    """Write a model as a SavedModel folder, whose endpoint is `serve`."""
    with _converting(path.parent):
        model.export(path, format="tf_saved_model", verbose=False)


def write_onnx(model: keras.Model, path: Path) -> None:
    """Write a model as an ONNX file; the extra `onnx` has to be there."""
    import onnx

    signature = keras.InputSpec(shape=model.input_shape, dtype="float32", name="picture")
    with _converting(path.parent):
        model.export(path, format="onnx", verbose=False, input_signature=[signature])
        onnx.checker.check_model(onnx.load(path), full_check=True)


def write_litert(
    model: keras.Model, path: Path, *, half: bool = False, calibration: Sequence[Pictures] | None = None
) -> None:
    """Write a model of a batch of 1 as a LiteRT file: float32, or smaller.

    Args:
        model: it.
        path: the file.
        half: keep the weights as float16.
        calibration: pictures (1, s, s, 3) whose activations set the ranges of int8; None stays with floats. Weights of
            convolutions have a scale for each channel.
    """
    with _converting(path.parent):
        converter = tf.lite.TFLiteConverter.from_keras_model(model)
        if half or calibration is not None:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if half:
            converter.target_spec.supported_types = [tf.float16]
        path.write_bytes(converter.convert() if calibration is None else _quantized(converter, calibration))


def _quantized(converter: Any, calibration: Sequence[Pictures]) -> bytes:
    def examples() -> Iterator[list[Pictures]]:
        return ([picture] for picture in calibration)

    converter.representative_dataset = examples
    # The converter itself knows no operations that stay as they are; this is where TensorFlow lets them be named.
    debugger = tf.lite.experimental.QuantizationDebugger(
        converter=converter,
        debug_dataset=examples,
        debug_options=tf.lite.experimental.QuantizationDebugOptions(denylisted_ops=_IN_FLOAT),
    )
    convolutions = _convolutions(debugger.calibrated_model)
    debugger.options = tf.lite.experimental.QuantizationDebugOptions(
        denylisted_ops=_IN_FLOAT, denylisted_nodes=convolutions[: round(len(convolutions) * _FIRST_IN_FLOAT)]
    )
    made: bytes = debugger.get_nondebug_quantized_model()
    return made


def _convolutions(model: bytes) -> list[str]:
    """Return what the convolutions of a LiteRT model are called, by what they give, in the order they are computed."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=model)
    names = {tensor["index"]: tensor["name"] for tensor in interpreter.get_tensor_details()}
    found = [
        names[operation["outputs"][0]]
        for operation in interpreter._get_ops_details()
        if operation["op_name"] in {"CONV_2D", "DEPTHWISE_CONV_2D"}
    ]
    return list(dict.fromkeys(found))


@contextmanager
def _converting(folder: Path) -> Iterator[None]:
    """Keep converters from writing to stdout and stderr, warning, and leaving files anywhere but in a folder."""
    before = tempfile.tempdir
    with (
        tempfile.TemporaryDirectory(dir=folder) as scratch,
        redirect_stdout(io.StringIO()),
        quiet_stderr(),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        tempfile.tempdir = scratch
        try:
            yield
        except (ShowtellError, OSError):
            raise
        except Exception as error:  # each converter raises its own, undocumented classes
            raise EnvironmentFault(
                "The model cannot be converted",
                f"{type(error).__name__}: {error}.",
                "Choose another format.",
            ) from error
        finally:
            tempfile.tempdir = before

# SPDX-License-Identifier: Apache-2.0
"""Exported models, each run by the program that it was made for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from learner.nn.exporting import Pictures
from learner.quiet import quiet_stderr

Answerer = Callable[[Pictures], NDArray[np.float32]]
"""From one picture (s, s, 3) to probabilities (classes,)."""


def open_keras(path: Path) -> Answerer:
    """Load a `.keras` file as anybody would, and return what answers by it."""
    model = keras.models.load_model(path, compile=False, safe_mode=True)

    def answer(picture: Pictures) -> NDArray[np.float32]:
        return np.asarray(model.predict_on_batch(picture[None])[0], np.float32)

    return answer


def open_saved_model(path: Path) -> Answerer:
    """Load a SavedModel without Keras, and return what answers by it."""
    model = tf.saved_model.load(path)

    def answer(picture: Pictures) -> NDArray[np.float32]:
        return np.asarray(model.serve(tf.constant(picture[None])).numpy()[0], np.float32)

    return answer


def open_litert(path: Path) -> Answerer:
    """Load a LiteRT file, and return what answers by it, on one thread."""
    from ai_edge_litert.interpreter import Interpreter

    with quiet_stderr():
        interpreter = Interpreter(model_path=str(path), num_threads=1)
        interpreter.allocate_tensors()
    [entry], [way_out] = interpreter.get_input_details(), interpreter.get_output_details()

    def answer(picture: Pictures) -> NDArray[np.float32]:
        interpreter.set_tensor(entry["index"], picture[None])
        interpreter.invoke()
        return np.array(interpreter.get_tensor(way_out["index"])[0], np.float32)

    return answer


def open_onnx(path: Path) -> Answerer:
    """Load an ONNX file by ONNX Runtime (extra `onnx`), and return what answers by it, on one thread."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    [entry] = session.get_inputs()

    def answer(picture: Pictures) -> NDArray[np.float32]:
        [probabilities] = session.run(None, {entry.name: picture[None]})
        return np.asarray(probabilities[0], np.float32)

    return answer

# SPDX-License-Identifier: Apache-2.0
"""Programs that run the embedded backbone, in processes of their own, as somebody would write it who uses them.

All of them get the same picture at the backbone's size, BGR as it comes from a camera, and have as many threads as the
app gives its own on this machine.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.backbones import embedded, trainable
from learner.buffer import Buffer
from learner.interchange.models import Served
from learner.loading import embedder_of
from learner.quiet import quiet_stderr
from learner.threads import threads_for
from learner.types import Image

Answer = Callable[[Image], NDArray[np.float32]]
"""From a BGR picture (s, s, 3) to what comes of it."""

OURS, KERAS = "Showtell", "Keras predict_on_batch"
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Peer:
    """How somebody runs it.

    Those of one `home` share a process, since the same has to be loaded for them; `needs` is a package besides what
    Showtell needs itself.
    """

    make: Callable[[Path], Answer]
    home: str = ""
    needs: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it can be run here."""
        return not self.needs or find_spec(self.needs) is not None


def ours_alone(_: Path) -> Answer:
    """Return the backbone as the app runs it, by LiteRT."""
    return embedder_of(embedded()).embed


def keras_alone(_: Path) -> Answer:
    """Return Keras' `predict_on_batch`, which is the quickest that Keras itself has for one picture."""
    model = _keras_backbone()
    return lambda image: np.asarray(model.predict_on_batch(_rgb(image))[0])


def tensorflow_alone(_: Path) -> Answer:
    """Return a function that TensorFlow has traced."""
    import tensorflow as tf

    model, size = _keras_backbone(), embedded().info.input_size
    traced = tf.function(
        lambda pictures: model(pictures, training=False),
        input_signature=[tf.TensorSpec((1, size, size, 3), tf.float32)],
    )
    return lambda image: np.asarray(traced(tf.constant(_rgb(image))).numpy()[0])


def opencv_alone(_: Path) -> Answer:
    """Return OpenCV's network on the LiteRT file that the app uses itself."""
    from learner.cv import cv2

    cv2.setNumThreads(_threads())
    network = cv2.dnn.readNetFromTFLite(np.frombuffer(embedded().model, np.uint8))

    def answer(image: Image) -> NDArray[np.float32]:
        network.setInput(np.ascontiguousarray(_rgb(image).transpose(0, 3, 1, 2)))
        return np.asarray(network.forward()[0], np.float32)

    return answer


def onnx_alone(_: Path) -> Answer:
    """Return ONNX Runtime on what Keras exports."""
    import onnxruntime  # type: ignore[import-untyped]

    from learner.nn.exporting import write_onnx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backbone.onnx"
        write_onnx(_keras_backbone(), path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _threads()
        session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda image: np.asarray(session.run(None, {name: _rgb(image)})[0][0])


def ours_whole(project: Path) -> Answer:
    """Return the whole answer as the learner gives it: the mean over the views, the head, what is unknown."""
    served = _served(project)

    def answer(image: Image) -> NDArray[np.float32]:
        probabilities = served.serving.predict(image).probabilities
        return np.array([probabilities[label] for label in served.labels], np.float32)

    return answer


def keras_whole(project: Path) -> Answer:
    """Return the same as one Keras model, views and head within, which knows nothing of the unknown."""
    from learner.nn.exporting import serving_model

    _limit_tensorflow()
    served = _served(project)
    info = served.files.info
    model = serving_model(trainable(info.sha256, served.buffer), info, served.head)
    return lambda image: np.asarray(model.predict_on_batch(image[None, :, :, ::-1].astype(np.float32))[0])


ALONE = {
    OURS: Peer(ours_alone),
    KERAS: Peer(keras_alone, "tensorflow"),
    "TensorFlow function": Peer(tensorflow_alone, "tensorflow"),
    "OpenCV DNN": Peer(opencv_alone, "opencv"),
    "ONNX Runtime": Peer(onnx_alone, "tensorflow", needs="tf2onnx"),
}
"""The backbone alone: from a picture to its embedding."""
WHOLE = {OURS: Peer(ours_whole), KERAS: Peer(keras_whole, "tensorflow")}
"""The whole answer: from a picture to probabilities."""


class Running:
    """Peers that load and then can be asked, in processes of their own; use it with `with`.

    Args:
        peers: by name.
        project: a project with a version, which some of them answer by.
        picture: what they are asked about, BGR (s, s, 3).
    """

    def __init__(self, peers: dict[str, Peer], project: Path, picture: Image) -> None:
        self._ends: dict[str, Connection] = {}
        self._processes = []
        context = get_context("spawn")
        for home in dict.fromkeys(peer.home for peer in peers.values()):
            ours, theirs = context.Pipe()
            makes = {name: peer.make for name, peer in peers.items() if peer.home == home}
            process = context.Process(target=_serve, args=(theirs, makes, project, picture), daemon=True)
            process.start()
            theirs.close()
            self._ends |= dict.fromkeys(makes, ours)
            self._processes.append(process)

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._ends.values():
            end.close()
        for process in self._processes:
            process.join()

    @property
    def names(self) -> Iterable[str]:
        """The peers."""
        return self._ends

    def wait(self) -> None:
        """Wait until all of them are ready; they have to agree."""
        answers: dict[str, NDArray[np.float32]] = {}
        for end in dict.fromkeys(self._ends.values()):
            answers |= end.recv()
        for name, answer in answers.items():
            if not np.allclose(answer, answers[OURS], rtol=1e-3, atol=1e-3):
                raise RuntimeError(f"{name} gives another answer")

    def milliseconds(self, name: str, times: int) -> float:
        """Have a peer answer so many times; return the median of how long each took."""
        self._ends[name].send((name, times))
        return float(np.median(self._ends[name].recv())) * 1000


def _serve(connection: Connection, makes: dict[str, Callable[[Path], Answer]], project: Path, picture: Image) -> None:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    with quiet_stderr():
        answers = {name: make(project) for name, make in makes.items()}
        for answer in answers.values():
            for _ in range(_WARM_UP):
                answer(picture)
        connection.send({name: answer(picture) for name, answer in answers.items()})
    with suppress(EOFError):
        while True:
            name, times = connection.recv()
            taken = []
            for _ in range(times):
                began = time.perf_counter()
                answers[name](picture)
                taken.append(time.perf_counter() - began)
            connection.send(taken)


def _served(project: Path) -> Served:
    buffer = Buffer.open(project, read_only=True)
    return Served.of(buffer, buffer.champion_id())


def _threads() -> int:
    files = embedded()
    return threads_for(files.model, files.info)


@cache
def _limit_tensorflow() -> None:
    """Have TensorFlow use as many threads as ours; it can be told once, and before anything else."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(_threads())
    tf.config.threading.set_inter_op_parallelism_threads(_threads())


@cache
def _keras_backbone() -> Any:
    from learner.nn.package import model_from

    _limit_tensorflow()
    return model_from(*trainable(embedded().info.sha256, None))


def _rgb(image: Image) -> NDArray[np.float32]:
    """Return what the embedded backbone takes, which scales it itself: RGB 0…255, (1, s, s, 3)."""
    return image[None, :, :, ::-1].astype(np.float32)

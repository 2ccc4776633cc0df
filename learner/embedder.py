# SPDX-License-Identifier: Apache-2.0
"""The frozen backbone on LiteRT: one picture in, one embedding out, no TensorFlow needed."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2
from learner.errors import BackboneFault
from learner.featuremap import FeatureMap
from learner.quiet import quiet_stderr
from learner.types import BackboneInfo, Image


class Embedder(Protocol):
    """Turns a picture that is already at the backbone's input size into its raw embedding."""

    @property
    def info(self) -> BackboneInfo:
        """What backbone this is."""

    def embed(self, image: Image) -> NDArray[np.float32]:
        """Return the embedding (d,) float32 of a BGR uint8 picture of shape (input_size, input_size, 3)."""

    def feature_map(self, image: Image) -> NDArray[np.float32] | None:
        """Return what an embedding of such a picture is the mean of, place by place (h, w, d), or None if of nothing.

        The places may be those of a larger copy of the picture, so that their mean is only about its embedding.
        """


class LiteRTEmbedder:
    """A backbone converted to LiteRT, on the CPU.

    Args:
        model: the LiteRT model's bytes.
        info: what it is.
        threads: CPU threads of one picture; `learner.threads` measures how many pay. Small backbones gain nothing from
            more than one at batch 1, and the live picture needs the other cores.

    Raises:
        BackboneFault: LiteRT cannot use the model.
    """

    def __init__(self, model: bytes, info: BackboneInfo, threads: int = 1) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._info = info
        self._model = model
        self._features: FeatureMap | None = None
        try:
            with quiet_stderr():
                self._interpreter = Interpreter(model_content=model, num_threads=threads)
                self._interpreter.allocate_tensors()
            entry = self._interpreter.get_input_details()[0]
        except (ValueError, RuntimeError, OSError) as error:
            raise BackboneFault(
                "The backbone does not load", f"{info.name} cannot be used ({error}).", "Install Showtell again."
            ) from error
        self._input = entry["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]
        self._scale = np.float32((info.high - info.low) / 255)
        self._low = np.float32(info.low)

    @property
    def info(self) -> BackboneInfo:
        """What backbone this is."""
        return self._info

    def embed(self, image: Image) -> NDArray[np.float32]:
        """Return the embedding (d,) float32 of a BGR uint8 picture of shape (input_size, input_size, 3)."""
        self._interpreter.set_tensor(self._input, self._pixels(image))
        self._interpreter.invoke()
        return np.array(self._interpreter.get_tensor(self._output)[0], np.float32)

    def feature_map(self, image: Image) -> NDArray[np.float32] | None:
        """Return what an embedding is the mean of (see `Embedder`); the first time makes a second interpreter."""
        if self._features is None:
            self._features = FeatureMap(self._model, self._info.input_size)
        size = self._features.size
        scaled = cv2.resize(image, (size, size), interpolation=cv2.INTER_LINEAR)
        return self._features(self._pixels(np.asarray(scaled, np.uint8)))

    def _pixels(self, image: Image) -> NDArray[np.float32]:
        # By OpenCV, since NumPy turns the channels round one number at a time.
        rgb = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2RGB)[None].astype(np.float32)
        rgb *= self._scale
        rgb += self._low
        return rgb

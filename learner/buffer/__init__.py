# SPDX-License-Identifier: Apache-2.0
"""The project file (`*.showtell`): every sample, label, embedding, metric and version, in SQLite."""

from __future__ import annotations

from learner.buffer.backbones import LITERT, PACKAGE, Checkpoint
from learner.buffer.buffer import Buffer
from learner.buffer.codec import EncodedImage, centre_square, decode, encode, read_image
from learner.buffer.increments import IncrementRecord
from learner.buffer.labels import CLASS_COLOURS, LEAST_LIMIT, MOST_LIMIT, USUAL_LIMIT
from learner.buffer.samples import GAP_SECONDS
from learner.buffer.unlearning import KEPT_VERSIONS, Erased

__all__ = [
    "CLASS_COLOURS",
    "GAP_SECONDS",
    "KEPT_VERSIONS",
    "LEAST_LIMIT",
    "LITERT",
    "MOST_LIMIT",
    "PACKAGE",
    "USUAL_LIMIT",
    "Buffer",
    "Checkpoint",
    "EncodedImage",
    "Erased",
    "IncrementRecord",
    "centre_square",
    "decode",
    "encode",
    "read_image",
]

# SPDX-License-Identifier: Apache-2.0
"""The project file (`*.showtell`): every sample, label, embedding, metric and version, in SQLite."""

from __future__ import annotations

from learner.buffer.backbones import LITERT, PACKAGE, Checkpoint
from learner.buffer.buffer import Buffer
from learner.buffer.changes import Mark
from learner.buffer.codec import LONG_SIDE, EncodedImage, centre_square, decode, encode
from learner.buffer.embeddings import MemberRow
from learner.buffer.fleet import FleetState, FromOthers
from learner.buffer.increments import IncrementRecord
from learner.buffer.labels import CLASS_COLOURS, LEAST_LIMIT, MOST_LIMIT, USUAL_LIMIT, clean_name, key_of
from learner.buffer.lock import ProjectLock
from learner.buffer.samples import GAP_SECONDS, NewSample
from learner.buffer.unlearning import KEPT_VERSIONS, Erased

__all__ = [
    "CLASS_COLOURS",
    "GAP_SECONDS",
    "KEPT_VERSIONS",
    "LEAST_LIMIT",
    "LITERT",
    "LONG_SIDE",
    "MOST_LIMIT",
    "PACKAGE",
    "USUAL_LIMIT",
    "Buffer",
    "Checkpoint",
    "EncodedImage",
    "Erased",
    "FleetState",
    "FromOthers",
    "IncrementRecord",
    "Mark",
    "MemberRow",
    "NewSample",
    "ProjectLock",
    "centre_square",
    "clean_name",
    "decode",
    "encode",
    "key_of",
]

# SPDX-License-Identifier: Apache-2.0
"""Whether another backbone may take the place of the one in use: the gate between two of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from learner import measuring
from learner.buffer import Buffer
from learner.errors import DamagedProject
from learner.memory import views_used
from learner.preprocessing import normalise
from learner.sampling import near_duplicates
from learner.serving import measured_twin
from learner.types import HeadWeights, Successor, Vectors, Version


def gate(buffer: Buffer, twin: HeadWeights, held: measuring.HeldOut, successor: Successor) -> str:
    """Return why a version of another backbone may not take the place of the version in use, or nothing when it may.

    Both are measured on the same held-out pictures, each as its own backbone sees them. A backbone that a person chose
    must not be surely worse. One that was consolidated has to be better: it costs a person nothing to keep what works.

    Args:
        buffer: the project file.
        twin: the measured twin of the new version.
        held: what is held out, as the new backbone sees it.
        successor: the backbone that is to be next.
    """
    wants_better = successor.is_consolidated
    champion = _champion(buffer)
    before = None if champion is None else measured_twin(buffer, champion.id)
    seen_before = None if champion is None or before is None else _as_seen_before(buffer, champion, before, held)
    if before is None or seen_before is None:
        return "What is in use was never measured, so nobody could tell whether this is better." if wants_better else ""
    rows, held_before = seen_before
    held = replace(held.part(rows), weights=held_before.weights)
    why = measuring.is_worse(twin, before, held, held_before)
    if not why and wants_better:
        why = measuring.is_no_better(twin, before, held, held_before)
    return why


def _champion(buffer: Buffer) -> Version | None:
    try:
        return buffer.champion()
    except DamagedProject:
        return None


def _as_seen_before(
    buffer: Buffer, champion: Version, before: HeadWeights, held: measuring.HeldOut
) -> tuple[NDArray[np.bool_], measuring.HeldOut] | None:
    """Return which held-out pictures the backbone in use has embedded (n,), and these as it sees them."""
    if held.sample_ids is None:
        return None
    known = {info.sha256: (id_, info) for id_, info in buffer.backbones()}
    backbone_id, info = known[champion.backbone_sha256]
    used = views_used(mirrored=before.mirrored)
    embedded = buffer.embedded(backbone_id, used, info.embedding_size)
    rows = np.array([int(sample_id) in embedded for sample_id in held.sample_ids], bool)
    part = held.part(rows)
    if part.sample_ids is None or not rows.any():
        return None
    total: Vectors = np.zeros((len(part.x), info.embedding_size), np.float32)
    for which in used:
        stored = buffer.embeddings(part.sample_ids.tolist(), backbone_id, which)
        total += normalise(stored, non_negative=info.non_negative)
    x = np.asarray(total / np.float32(len(used)), np.float32)
    return rows, replace(part, x=x, weights=_weights(x, part.recordings))


def _weights(x: Vectors, found: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return one over the size of each picture's near-duplicate cluster (n,), as the backbone in use sees them.

    Both are measured by these: to a backbone that tells nothing apart a whole recording is one look.
    """
    weights = np.zeros(len(x))
    for recording in np.unique(found):
        rows = found == recording
        _, cluster, sizes = np.unique(near_duplicates(x[rows]), return_inverse=True, return_counts=True)
        weights[rows] = 1 / sizes[cluster]
    return weights

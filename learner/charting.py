# SPDX-License-Identifier: Apache-2.0
"""A map of the labelled samples, like beside like: the two main directions at once, t-SNE when it is ready.

t-SNE (van der Maaten & Hinton, "Visualizing Data using t-SNE", JMLR 2008) is scikit-learn's, where that is installed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from learner.aside import Waiting, aside
from learner.buffer import Buffer
from learner.memory import Memory, chunks
from learner.types import Chart, Vectors, View

_log = logging.getLogger(__name__)

PCA, TSNE = "PCA", "t-SNE"

_MOST = 5_000
_MOST_FINELY = 2_000
"""t-SNE takes about ten seconds for so many on one core."""
_DIRECTIONS = 50
"""That t-SNE goes by; what the others hold is noise to it."""
_LEAST_FINELY = 5
_PERPLEXITY = 30.0
_ONE_AT_A_TIME = threading.Lock()
"""Of the threads that draw finely: the live picture needs the other core."""


Drawing = Generator[Chart | Waiting | None, None, None]
"""Yields charts, and lets others have their turn."""


def draw(buffer: Buffer, memory: Memory, *, finely: bool) -> Drawing:
    """Draw the labelled samples that are embedded; of very many, some of each class.

    Yields charts: one by PCA and, if it is to be drawn finely and scikit-learn is there, one of fewer samples by t-SNE.

    Raises:
        ProjectFault: the file cannot be read.
        LabelFault: another process has unlearned samples meanwhile.
    """
    ids, class_ids, _ = buffer.labelled()
    memory.roll.look()
    has = ~np.isin(ids, list(memory.roll.lacking))
    ids, class_ids = ids[has], class_ids[has]
    chosen = evenly_by_class(class_ids, _MOST)
    ids, class_ids = ids[chosen], class_ids[chosen]
    parts = [np.zeros((0, memory.size), np.float32)]
    for part in chunks(ids.tolist()):
        yield None
        parts.append(memory.rows(part, View.PICTURE))
    x = np.concatenate(parts)
    places = yield from aside(lambda: principal(x, _DIRECTIONS))
    yield Chart(ids, np.ascontiguousarray(places[:, :2]), PCA)
    if not finely:
        return
    few = evenly_by_class(class_ids, _MOST_FINELY)
    given_up = threading.Event()
    try:
        fine = yield from aside(lambda: _spread(places[few], given_up))
    finally:
        given_up.set()
    if fine is not None:
        yield Chart(ids[few], fine, TSNE)


def evenly_by_class(class_ids: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the rows (ascending) of at most so many samples, as many of each class, spread over all of its samples.

    What a class has too few of is left to the others.
    """
    if len(class_ids) <= most:
        return np.arange(len(class_ids))
    groups = sorted((np.flatnonzero(class_ids == class_id) for class_id in np.unique(class_ids)), key=len)
    chosen, left = [], most
    for number, rows in enumerate(groups):
        count = min(len(rows), left // (len(groups) - number))
        left -= count
        chosen.append(rows[np.linspace(0, len(rows) - 1, count).astype(np.int64)])
    return np.sort(np.concatenate(chosen))


def principal(x: Vectors, count: int) -> Vectors:
    """Return the places (n, count) of embeddings (n, d) along their main directions, zero where there are none.

    Each direction points to where the farthest sample lies, so that the same samples give the same map.
    """
    centred = x.astype(np.float64)
    centred -= centred.mean(axis=0) if len(x) else 0
    is_wide = len(x) < x.shape[1]
    products = centred @ centred.T if is_wide else centred.T @ centred
    values, vectors = np.linalg.eigh(products)
    main = vectors[:, ::-1][:, :count]
    found = main * np.sqrt(np.maximum(values[::-1][:count], 0)) if is_wide else centred @ main
    places = np.zeros((len(x), count), np.float32)
    if len(x):
        farthest = found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])]
        places[:, : found.shape[1]] = np.where(farthest < 0, -found, found)
    return places


def _spread(x: Vectors, given_up: threading.Event) -> Vectors | None:
    """Return places (n, 2) by t-SNE, or None where it cannot be had or nobody waits for it any longer."""
    width = float(x[:, 0].std()) if len(x) >= _LEAST_FINELY else 0.0
    if not width:
        return None
    with _ONE_AT_A_TIME:
        if given_up.is_set():
            return None
        try:
            from sklearn import manifold

            # Its loops would take every core; and it comes with a BLAS of its own.
            with threadpool_limits(1):
                tsne = manifold.TSNE(
                    perplexity=min(_PERPLEXITY, (len(x) - 1) / 3),
                    init=x[:, :2] * np.float32(1e-4 / width),
                    learning_rate="auto",
                    random_state=0,
                    n_jobs=1,
                )
                return np.asarray(tsne.fit_transform(x), np.float32)
        except ImportError:
            return None
        except Exception:  # whatever an optional library meets, the plain map is there
            _log.exception("t-SNE does not work")
            return None

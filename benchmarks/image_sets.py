# SPDX-License-Identifier: Apache-2.0
"""The image sets to measure on, and the embeddings of their pictures, which are made once and kept.

A set is an `.npz` of JPEG files with labels; sets lie beside the checkout and are never part of it. Each picture goes
the way of a recorded frame: stored as the project file stores it, read back, looked at in every view, embedded by the
backbone, kept as float16. What comes of it lies in the person's cache folder under the hashes of backbone and set;
whoever changes `learner.preprocessing` empties that folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from learner.backbones import BackboneFiles
from learner.buffer.codec import EncodedImage, decode, encode
from learner.embedder import Embedder, LiteRTEmbedder
from learner.preprocessing import views
from learner.types import View

_TRAIN_SHARE = 0.7
"""Of each class, where a set has no split of its own."""
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class ImageSet:
    """Labelled JPEG files (`jpeg[offset[row]:offset[row + 1]]`), and the rows to train on and to measure on."""

    name: str
    jpeg: NDArray[np.uint8]
    offset: NDArray[np.int64]
    labels: NDArray[np.int64]
    classes: int
    train: NDArray[np.int64]
    test: NDArray[np.int64]

    def stored(self, row: int) -> EncodedImage:
        """Return a picture as a project file stores it."""
        return encode(decode(self.jpeg[self.offset[row] : self.offset[row + 1]].tobytes()))


def read(path: Path) -> ImageSet:
    """Read a set. Its own test split is used when it has one, else each class is cut at random, always alike."""
    with np.load(path, allow_pickle=False) as source:
        jpeg, offset, labels = source["jpeg"], source["offset"].astype(np.int64), source["label"].astype(np.int64)
        split, splits, classes = source["split"], [str(name) for name in source["splits"]], len(source["classes"])
    if "test" in splits:
        # Nobody here chooses anything on the official validation pictures, so they are learned from as well.
        test = np.flatnonzero(split == splits.index("test"))
        train = np.flatnonzero(split != splits.index("test"))
    else:
        random = np.random.default_rng(0)
        chosen = np.zeros(len(labels), bool)
        for label in np.unique(labels):
            rows = random.permutation(np.flatnonzero(labels == label))
            chosen[rows[: int(len(rows) * _TRAIN_SHARE)]] = True
        train, test = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    return ImageSet(path.stem, jpeg, offset, labels, classes, train, test)


def embeddings(path: Path, backbone: BackboneFiles) -> Path:
    """Return the file with the embeddings of a set, (n, views, d) float16; it is made when it is not there yet."""
    with path.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    folder = Path(platformdirs.user_cache_dir("showtell", appauthor=False)) / "benchmarks"
    seen_as = "-".join(which.value for which in View)
    kept = folder / f"{backbone.info.sha256[:16]}-{file_hash[:16]}-{seen_as}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = np.concatenate(list(_embed(path, backbone)))
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:  # a half-written file is never found
            np.save(part, made)
        os.replace(part.name, kept)
    return kept


def _embed(path: Path, backbone: BackboneFiles) -> Iterator[NDArray[np.float16]]:
    count = len(read(path).labels)
    chunks = [range(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK)]
    told = f"{path.stem}, {backbone.info.name}: embedding {count} pictures"
    with get_context("spawn").Pool(initializer=_prepare, initargs=(path, backbone)) as pool:
        yield from track(pool.imap(_embed_rows, chunks), told, len(chunks), console=Console(stderr=True))


_at_work: list[tuple[ImageSet, Embedder]] = []
"""In each process of the pool, what its chunks are made with."""


def _prepare(path: Path, backbone: BackboneFiles) -> None:
    _at_work[:] = [(read(path), LiteRTEmbedder(backbone.model, backbone.info))]


def _embed_rows(rows: range) -> NDArray[np.float16]:
    [(images, embedder)] = _at_work
    largest = float(np.finfo(np.float16).max)  # where the project file cuts as well
    made = np.empty((len(rows), len(View), embedder.info.embedding_size), np.float16)
    for place, row in enumerate(rows):
        looked_at = views(decode(images.stored(row).jpeg), embedder.info.input_size)
        made[place] = [np.clip(embedder.embed(looked_at[which]), -largest, largest) for which in View]
    return made

# SPDX-License-Identifier: Apache-2.0
"""Samples written so that they last, and embeddings read for replay, beside files in folders and LMDB.

All write the same JPEG files, made of a camera's frames before, with the label they have; what is written is on the
disk when a call returns. Files are synchronised with their folder, one folder a class; LMDB as it comes. The project
file keeps more of each sample: when and in which recording it was taken, the hash of its pixels, and indexes to find it
by. One at a time is how a person records; so many in one go is how pictures are imported, and there files are
synchronised each and their folders once.

For replay, embeddings are read by ids drawn at random, as float16 and made float32, from a table, from LMDB, and from
`.npy` files. Everything that is read was written before and lies in the system's cache, as it does in an app that runs.
"""

from __future__ import annotations

import os
import sys
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.goals import Figure, alternate, over_rounds, ratio
from benchmarks.suite import Setting
from learner.backbones import embedded
from learner.buffer import Buffer, EncodedImage, encode
from learner.camera import DemoScene
from learner.types import Vectors, View

_CLASSES = 10
_ONES = 50
"""Samples of a round that are written one at a time."""
_BULK = 256
"""Samples that are written in one go."""
_ROUNDS = 15
_READS = 20
"""Batches of a round that are read."""
_EMBEDDED, _EMBEDDED_QUICK = 10_000, 2_000
_BATCHES = (64, 256)
_OURS = "the project file"


class Store(Protocol):
    """Somewhere that samples are kept, and their embeddings under numbers from 0 on."""

    @abstractmethod
    def add(self, pictures: Sequence[EncodedImage]) -> None:
        """Keep pictures, of one class after another; they are on the disk when this returns."""

    @abstractmethod
    def embed(self, vectors: NDArray[np.float16]) -> None:
        """Keep embeddings (n, d); this need not last."""

    @abstractmethod
    def read(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return embeddings (n, d)."""


class _Project:
    """A project file of Showtell's."""

    def __init__(self, place: Path) -> None:
        info = embedded().info
        self._buffer = Buffer.open(place / "store.showtell", backups=place / "copies")
        self._backbone_id = self._buffer.register_backbone(info)
        self._class_ids = [self._buffer.add_class(str(number)).id for number in range(_CLASSES)]
        self._burst_id = self._buffer.start_burst("benchmark").id
        self._ids = np.array([], np.int64)

    def add(self, pictures: Sequence[EncodedImage]) -> None:
        self._buffer.add_samples(
            (picture, self._class_ids[number % _CLASSES], self._burst_id) for number, picture in enumerate(pictures)
        )

    def embed(self, vectors: NDArray[np.float16]) -> None:
        nothing = encode(np.zeros((8, 8, 3), np.uint8))
        self._buffer._db.execute("PRAGMA synchronous = OFF")
        samples = self._buffer.add_samples((nothing, self._class_ids[0], self._burst_id) for _ in vectors)
        for sample, vector in zip(samples, vectors, strict=True):
            self._buffer.store_embeddings(sample.id, self._backbone_id, {View.PICTURE: vector.astype(np.float32)})
        self._buffer._db.execute("PRAGMA synchronous = FULL")
        self._ids = np.array([sample.id for sample in samples])

    def read(self, numbers: NDArray[np.int64]) -> Vectors:
        return self._buffer.embeddings(self._ids[numbers].tolist(), self._backbone_id, View.PICTURE)

    def close(self) -> None:
        self._buffer.close()


class _Folders:
    """A folder a class, a file a picture."""

    def __init__(self, place: Path) -> None:
        self._folders = [place / str(number) for number in range(_CLASSES)]
        self._vectors = place / "vectors"
        for folder in (*self._folders, self._vectors):
            folder.mkdir(parents=True)
        self._number = 0

    def add(self, pictures: Sequence[EncodedImage]) -> None:
        touched = set()
        for number, picture in enumerate(pictures):
            folder = self._folders[number % _CLASSES]
            touched.add(folder)
            with (folder / f"{self._number}.jpg").open("wb") as file:
                file.write(picture.jpeg)
                file.flush()
                os.fsync(file.fileno())
            self._number += 1
        if os.name == "posix":  # Windows has no way to synchronise a folder, and needs none
            for folder in touched:
                descriptor = os.open(folder, os.O_RDONLY)
                os.fsync(descriptor)
                os.close(descriptor)

    def embed(self, vectors: NDArray[np.float16]) -> None:
        for number, vector in enumerate(vectors):
            np.save(self._vectors / f"{number}.npy", vector)

    def read(self, numbers: NDArray[np.int64]) -> Vectors:
        return np.stack([np.load(self._vectors / f"{number}.npy") for number in numbers]).astype(np.float32)

    def close(self) -> None:
        """Do nothing."""


class _Lmdb:
    """LMDB as it comes: a key a picture, its value begins with the class."""

    def __init__(self, place: Path) -> None:
        import lmdb

        self._database: Any = lmdb.open(str(place / "lmdb"), map_size=8 * 2**30)
        self._number = 0

    def add(self, pictures: Sequence[EncodedImage]) -> None:
        with self._database.begin(write=True) as transaction:
            for number, picture in enumerate(pictures):
                transaction.put(b"p%08d" % self._number, bytes([number % _CLASSES]) + picture.jpeg)
                self._number += 1

    def embed(self, vectors: NDArray[np.float16]) -> None:
        with self._database.begin(write=True) as transaction:
            for number, vector in enumerate(vectors):
                transaction.put(b"e%08d" % number, vector.tobytes())

    def read(self, numbers: NDArray[np.int64]) -> Vectors:
        with self._database.begin(buffers=True) as transaction:
            joined = b"".join(transaction.get(b"e%08d" % number) for number in numbers)
        return np.frombuffer(joined, np.float16).reshape(len(numbers), -1).astype(np.float32)

    def close(self) -> None:
        self._database.close()


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure writing and reading, by turns."""
    pictures = _pictures(_BULK)
    size = sum(len(picture.jpeg) for picture in pictures) / len(pictures) / 1024
    count = _EMBEDDED_QUICK if setting.quick else _EMBEDDED
    vectors = np.random.default_rng(0).random((count, embedded().info.embedding_size)).astype(np.float16)
    with _stores(setting.place) as stores:
        for part, rate in (
            (f"written one at a time, {size:.0f} KB each", _one_at_a_time),
            (f"written {_BULK} in one go", _in_bulk),
        ):
            rounds = setting.rounds(_ROUNDS)
            found = alternate({name: rate(store, pictures) for name, store in stores.items()}, rounds)
            yield from _told(found, part, "/s")
        for store in stores.values():
            store.embed(vectors)
        for rows in _BATCHES:
            rounds = setting.rounds(_ROUNDS)
            found = alternate({name: _reading(store, count, rows) for name, store in stores.items()}, rounds)
            yield from _told(found, f"{rows} embeddings of {count:,}, read at random", "batches/s")


def _told(found: dict[str, list[float]], part: str, unit: str) -> Iterator[Figure]:
    for name, rates in found.items():
        yield over_rounds(name, rates, unit, part=part)
        if name != _OURS:
            yield ratio(f"{_OURS}, of {name}", found[_OURS], rates, part=part)


@contextmanager
def _stores(place: Path) -> Iterator[dict[str, Store]]:
    """Give the stores there are here, each in a folder of its own."""
    kinds: dict[str, Callable[[Path], Any]] = {_OURS: _Project, "files in folders": _Folders, "LMDB": _Lmdb}
    with ExitStack() as stack:
        stores: dict[str, Store] = {}
        for number, (name, kind) in enumerate(kinds.items()):
            folder = place / str(number)
            folder.mkdir()
            try:
                store = kind(folder)
            except ModuleNotFoundError as error:
                print(f"buffer: without {name}, which is not installed here ({error})", file=sys.stderr, flush=True)
                continue
            stack.callback(store.close)
            stores[name] = store
        yield stores


def _one_at_a_time(store: Store, pictures: Sequence[EncodedImage]) -> Callable[[], float]:
    def rate() -> float:
        began = time.perf_counter()
        for picture in pictures[:_ONES]:
            store.add([picture])
        return _ONES / (time.perf_counter() - began)

    return rate


def _in_bulk(store: Store, pictures: Sequence[EncodedImage]) -> Callable[[], float]:
    def rate() -> float:
        began = time.perf_counter()
        store.add(pictures)
        return len(pictures) / (time.perf_counter() - began)

    return rate


def _reading(store: Store, count: int, rows: int) -> Callable[[], float]:
    random = np.random.default_rng(0)

    def rate() -> float:
        drawn = random.integers(count, size=(_READS, rows))
        began = time.perf_counter()
        for numbers in drawn:
            store.read(numbers)
        return _READS / (time.perf_counter() - began)

    return rate


def _pictures(count: int) -> list[EncodedImage]:
    """Return frames of the demo scene, which all differ."""
    scene = DemoScene(seed=0, size=(416, 312))
    shown = DemoScene.OBJECTS
    made = []
    for number in range(count):
        scene.show(shown[number * len(shown) // count])
        made.append(encode(scene.render(number / 10)))
    return made

# SPDX-License-Identifier: Apache-2.0
"""What becomes of a project file that is harmed, how long one takes to open, and how long a copy takes.

    python -m benchmarks.damage [--files 200] [--samples 10000]

A project of pictures that compress badly is harmed in many ways: pages zeroed, written over, half written over, filled
with ones; bits flipped; the file cut off; its first page gone. After each, `salvage` makes what it can of it. A sample
counts as readable if none of the pages that its row and its picture lie on were touched, which is found by looking for
their bytes in the sound file. None of these may be missing, the damaged file has to be as it was, and `check` has to
find nothing wrong with the new one.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from learner.buffer import Buffer, encode, keeping
from learner.buffer.checking import check
from learner.buffer.salvaging import salvage
from learner.errors import DamagedProject
from learner.types import Image

_PAGE = 4096
_SMALL = 60
"""Samples of the projects that are harmed."""


@dataclass(slots=True)
class Tally:
    """What came of so many files."""

    files: int = 0
    hopeless: int = 0
    readable: int = 0
    missing: int = 0
    more: int = 0
    changed: int = 0
    unwell: int = 0
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=200, help="how many files are harmed")
    parser.add_argument("--samples", type=int, default=10_000, help="of the large project that is opened and copied")
    chosen = parser.parse_args(arguments)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        _tell(_harmed(Path(folder), chosen.files))
        for samples in (chosen.samples // 10, chosen.samples):
            _opened(Path(folder), samples)


def _tell(tally: Tally) -> None:
    print(
        f"{tally.files} files harmed, {tally.hopeless} of them with nothing left to read; "
        f"{tally.readable} samples on pages that were not touched: {tally.missing} missing afterwards "
        f"(and {tally.more} more that could still be read); damaged files changed: {tally.changed}; "
        f"new ones not well: {tally.unwell}; {tally.seconds / max(1, tally.files):.2f} s each"
    )


def _noise(seed: int, side: int = 96) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3)).astype(np.uint8)


def _filled(path: Path, samples: int, picture: Callable[[int], Image]) -> None:
    with Buffer.open(path) as buffer:
        ids = [buffer.add_class(name).id for name in ("mug", "keys", "pen")]
        for start in range(0, samples, 250):
            burst = buffer.start_burst("benchmark")
            many = range(start, min(start + 250, samples))
            buffer.add_samples((encode(picture(number)), ids[number % 3], burst.id) for number in many)


def _pages(path: Path) -> dict[int, set[int]]:
    """Return the pages, from 0, on which the row and the picture of each sample lie."""
    content = path.read_bytes()
    with Buffer.open(path, read_only=True) as buffer:
        samples = [(one.id, one.sha256.encode()) for one in buffer.samples()]
        found = {}
        for id_, sha256 in samples:
            jpeg = encode(_noise(id_ - 1)).jpeg
            row = content.find(sha256)
            while b"\xff\xd8\xff" not in content[row + 64 : row + 110]:  # in an index the hash stands alone
                row = content.find(sha256, row + 1)
            places = (content.find(jpeg[at : at + 16]) for at in range(1000, len(jpeg) - 16, 16))
            found[id_] = {row // _PAGE, *(place // _PAGE for place in places if place >= 0)}
    return found


def _harmed(folder: Path, files: int) -> Tally:
    sound, path = folder / "sound.showtell", folder / "harmed" / "desk.showtell"
    path.parent.mkdir()
    _filled(sound, _SMALL, _noise)
    pages, tally = _pages(sound), Tally()
    for seed in range(files):
        content, touched = _harm(sound.read_bytes(), random.Random(seed))
        path.write_bytes(content)
        readable = {id_ for id_, theirs in pages.items() if not theirs & touched}
        tally.files += 1
        tally.readable += len(readable)
        began = time.perf_counter()
        try:
            done = salvage(path)
        except DamagedProject:
            tally.hopeless += 1
            tally.missing += len(readable)
            tally.changed += path.read_bytes() != content
        else:
            tally.seconds += time.perf_counter() - began
            tally.changed += done.set_aside.read_bytes() != content
            tally.unwell += not check(path).is_well
            with Buffer.open(path, read_only=True) as buffer:
                there = {sample.id for sample in buffer.samples()}
            tally.missing += len(readable - there)
            tally.more += len(there - readable)
        shutil.rmtree(path.parent)
        path.parent.mkdir()
    return tally


def _harm(content: bytes, chance: random.Random) -> tuple[bytes, set[int]]:
    """Return a file that was harmed, and which of its pages were touched."""
    harmed, count = bytearray(content), len(content) // _PAGE
    kind = chance.choice(["zeros", "noise", "half", "ones", "bits", "cut", "first"])
    if kind == "cut":
        end = chance.randrange(_PAGE, len(content))
        return content[:end], set(range(end // _PAGE, count))
    if kind == "bits":
        places = [chance.randrange(len(content)) for _ in range(chance.randrange(1, 50))]
        for place in places:
            harmed[place] ^= 1 << chance.randrange(8)
        return bytes(harmed), {place // _PAGE for place in places}
    touched = {0} if kind == "first" else set(chance.sample(range(count), chance.randrange(1, count // 4)))
    for page in touched:
        start = page * _PAGE
        what = {"noise": chance.randbytes(_PAGE), "ones": b"\xff" * _PAGE}.get(kind, bytes(_PAGE))
        first = start + _PAGE // 2 if kind == "half" else start
        harmed[first : start + _PAGE] = what[: start + _PAGE - first]
    return bytes(harmed), touched


def _opened(folder: Path, samples: int) -> None:
    """Print how long a project of so many pictures of a usual size takes to open and to copy."""
    path = folder / f"{samples}.showtell"
    pictures = [_noise(seed, 160) for seed in range(50)]
    _filled(path, samples, lambda number: pictures[number % 50])
    opening = min(_timed(lambda: Buffer.open(path).close()) for _ in range(3))
    with ExitStack() as still:
        still.enter_context(Buffer.open(path))  # as a window has it
        copying = _timed(lambda: keeping.keep(path, folder / "copies", reason=keeping.Reason.CONSOLIDATION))
    salvaging = _timed(lambda: salvage(path))
    print(
        f"{samples} samples, {path.stat().st_size / 1e6:.0f} MB: opens in {opening:.2f} s; "
        f"a verified copy takes {copying:.1f} s; reading every row of it anew {salvaging:.1f} s"
    )


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

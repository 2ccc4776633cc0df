# SPDX-License-Identifier: Apache-2.0
"""Ten laptops that learn from each other, beside each alone and beside all pictures in one place.

    uv run --extra bench python -m benchmarks.fleet [--laptops N] [--rounds N …] [--data FOLDER] [--quick]

The pictures of grocery_store_81 are spread over laptops as they would be: each class is at home on a few of them (a
Dirichlet distribution of weight 0.1 over the laptops, class by class), each laptop with a real project file of its own.
They learn together by Flower's simulation engine, through the very app that runs on laptops, and each then learns with
what has come, gate and all. Accuracy is over the test pictures of all classes, whether or not a laptop has any of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import image_sets, stream
from benchmarks.apart import apart
from benchmarks.goals import Figure, lines
from benchmarks.machine import machine
from benchmarks.row import Source, alone, material
from benchmarks.stream import Material
from benchmarks.taught import Taught, config
from learner.backbones import embedded
from learner.discriminant import logits
from learner.fleet.member import Delivery
from learner.fleet.rounds import Wishes
from learner.fleet.strategy import Refining
from learner.types import Vectors

_SET, _QUICK_SET = "grocery_store_81", "sign_digits_10"
_SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
_CONCENTRATION = 0.1
_ROUNDS = (0, 5, 20)
_CENTRAL = 0.02
"""Points within which the fleet is to be of all pictures in one place."""


@dataclass(frozen=True, slots=True)
class Split:
    """Which bursts of a stream are at home on which laptop."""

    bursts: tuple[tuple[NDArray[np.int64], int], ...]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_SHARED, help="folder of the sets' .npz files")
    parser.add_argument("--laptops", type=int, default=10)
    parser.add_argument("--rounds", type=int, nargs="+", default=list(_ROUNDS), help="of refining, each a row")
    parser.add_argument("--quick", action="store_true", help="a small set, and sums alone")
    chosen = parser.parse_args()
    path = chosen.data / f"{_QUICK_SET if chosen.quick else _SET}.npz"
    if not path.exists():
        raise SystemExit(f"There is no {path.name} in {chosen.data}. It is no part of the checkout; say --data FOLDER.")
    backbone = embedded()
    source = Source(path, image_sets.embeddings(path, backbone), backbone, None)
    print(machine(), flush=True)
    for line in lines(_figures(source, chosen.laptops, [0] if chosen.quick else chosen.rounds)):
        print(line, flush=True)


def _figures(source: Source, laptops: int, rounds: Sequence[int]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        paths = [folder / f"laptop {number}.showtell" for number in range(laptops)]
        everything = folder / "everything.showtell"
        print("recording", file=sys.stderr, flush=True)
        homes = _homes(source, laptops)
        for number, path in enumerate(paths):
            apart(_record, source, path, [one for one, home in homes if home == number])
        apart(_record, source, everything, [one for one, _ in homes])
        mine = [alone(_accuracy, source, path) for path in paths]
        central = alone(_accuracy, source, everything)
        yield Figure("each alone, mean of the laptops", float(np.mean(mine)), "%")
        yield Figure("each alone, the best of them", max(mine), "%")
        yield Figure("all pictures in one place", central, "%")
        for count in rounds:
            print(f"learning together, {count} rounds of refining", file=sys.stderr, flush=True)
            found, told = alone(_together, source, paths, count)
            how = f"the fleet, {count} rounds of refining" if count else "the fleet, sums in one round"
            reached = [alone(_with_others, source, path, found[path]) for path in paths if path in found]
            yield Figure(f"{how}: laptops that got it", len(found), f"of {laptops}")
            yield Figure(f"{how}: mean of the laptops", float(np.mean(reached)), "%", central - _CENTRAL, at_least=True)
            yield Figure(f"{how}: the worst of them", min(reached), "%")
            yield Figure(f"{how}: samples in it", told["samples"], f"of {sum(len(one) for one, _ in homes)}")
            yield Figure(f"{how}: sent by a laptop", told["sent"] / 1e6, "MB")
            yield Figure(f"{how}: sent to a laptop", told["received"] / 1e6, "MB")


def _homes(source: Source, laptops: int) -> list[tuple[NDArray[np.int64], int]]:
    """Return bursts, the rows of each, and the laptop it is at home on."""
    given = _given(source)
    random = np.random.default_rng(0)
    shares = random.dirichlet([_CONCENTRATION] * laptops, given.classes)
    return [
        (burst.rows, int(random.choice(laptops, p=shares[int(burst.y[0])])))
        for whole in stream.cut(given, seed=0)
        for burst in _smaller(whole)
    ]


def _smaller(burst: stream.Burst) -> Iterator[stream.Burst]:
    """Cut a burst into looks of five, so that a class can be at home in several places."""
    for rows in np.array_split(np.arange(len(burst.rows)), max(1, len(burst.rows) // 5)):
        yield stream.Burst(burst.rows[rows], burst.x[rows], burst.y[rows])


def _given(source: Source) -> Material:
    return material(source, image_sets.read(source.images), raw=False)


def _record(source: Source, path: Path, bursts: Sequence[NDArray[np.int64]]) -> None:
    images, raw = image_sets.read(source.images), np.load(source.embeddings, mmap_mode="r")
    with Taught(path, config(source), hurried=True) as taught:
        for rows in bursts:
            name = f"class {images.labels[rows[0]]}"
            taught.record(name, (images.stored(int(row)) for row in rows), raw[rows])


def _accuracy(source: Source, path: Path) -> float:
    """Learn what is there, and return how often it is right on the test pictures of all classes."""
    with Taught(path, config(source), hurried=True) as taught:
        taught.project.learn()
        taught.project.sleep()
        return _right(source, taught)


def _with_others(source: Source, path: Path, delivery: Delivery) -> float:
    with Taught(path, config(source), hurried=True) as taught:
        taught.project.take_from_others(delivery.laptops, delivery.names, delivery.arrays)
        taught.project.learn()
        taught.project.sleep()
    with Taught(path, config(source), hurried=True) as taught:  # which knows the new classes by name
        right = _right(source, taught)
        taught.project.leave_fleet()
        return right


def _right(source: Source, taught: Taught) -> float:
    given = _given(source)
    x: Vectors = taught.asked(given.x[given.test])
    labels = np.array([int(name.removeprefix("class ")) for name in taught.names])
    return float((labels[logits(taught.head, x).argmax(axis=1)] == given.y[given.test]).mean())


def _together(source: Source, paths: Sequence[Path], rounds: int) -> tuple[dict[Path, Delivery], dict[str, float]]:
    from learner.fleet.simulation import simulate

    info = source.backbone.info
    wishes = Wishes(info.sha256, info.embedding_size, len(paths), 60.0, 600.0, rounds, refining=Refining("fedavg"))
    told: dict[str, float] = {"samples": 0, "sent": 0, "received": 0}

    def tell(what: str, figures: object) -> None:
        assert isinstance(figures, dict)
        told.update({name: value for name, value in figures.items() if name in told})

    found = simulate(paths, wishes, tell)
    return found, told


if __name__ == "__main__":
    main()

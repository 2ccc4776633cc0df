# SPDX-License-Identifier: Apache-2.0
"""Incremental learners side by side: the same stored embeddings, the same order, the same seed, one thread each.

    python -m benchmarks.learning [--quick] [--sets NAME …] [--backbone NAME …] [--rows TEXT …] [--json OUT]

Classes come one after another, each in bursts of at most 30 pictures. Every learner runs in a process of its own, once
for each order of the classes; figures are means over the orders. Importing, loading, embedding and answering are off
the clock. The sets are not part of the checkout: --data is the folder of their .npz files.

Columns, in percent, seconds and megabytes: accuracy on all test pictures at the end; mean accuracy on the test pictures
of the classes met so far, on the way; what the class that was forgotten most has lost in recall since it was learned;
time in all; time of the slowest update; memory at the peak, beyond what imports and data take.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import avalanche_peers, image_sets
from benchmarks.machine import machine
from benchmarks.ours import OURS
from benchmarks.peers import LOGISTIC_REGRESSION, PEERS, WITH_TENSORFLOW
from benchmarks.row import ONE_THREAD, Row, Source, material
from benchmarks.stream import Outcome
from learner.backbones import BackboneFiles, embedded, from_keras
from learner.errors import ShowtellError

_CHECKOUT = Path(__file__).parent.parent
_SHARED = _CHECKOUT.parent / "shared"
_BACKBONES = ("v3s", "mobilenet_v2_035_224", "mobilenet_v2_100_224")
_SCRIPT = Path(avalanche_peers.__file__)
_POINTS_BELOW = 0.05
"""A class that is further below logistic regression has been sacrificed to the others."""


@dataclass(frozen=True, slots=True)
class Table:
    """Outcomes of every row on one set and backbone, one for each order of the classes."""

    images: str
    backbone: str
    outcomes: dict[str, list[Outcome]]

    @property
    def best_peer(self) -> str | None:
        """Return the name of the baseline that ended highest."""
        ours = {OURS.name, OURS.awake}
        final = {name: _mean([outcome.final for outcome in of]) for name, of in self.outcomes.items()}
        return max((name for name in final if name not in ours), key=lambda name: final[name] or 0, default=None)


def main() -> None:
    """Print the tables."""
    began = time.perf_counter()
    arguments = _arguments()
    sets = _sets(arguments.data, arguments.sets)
    backbones = {name: _backbone(arguments.backbones, name) for name in arguments.backbone}
    print(machine(), flush=True)
    rows = [row for row in (OURS, *PEERS) if _wanted(row.name, arguments.rows)]
    names = [name for name in avalanche_peers.NAMES if _wanted(_avalanche_row(name), arguments.rows)]
    missing = None
    if arguments.quick:
        # Starting TensorFlow for each, and a retraining, would take all the time there is.
        rows, names = [row for row in rows if row not in WITH_TENSORFLOW], []
    elif names and (missing := _avalanche_is_missing()):
        names = []
    tables = []
    for path in sets:
        for name, backbone in backbones.items():
            keras_file = None if name == _BACKBONES[0] else arguments.backbones / f"{name}.keras"
            source = Source(path, image_sets.embeddings(path, backbone), backbone, keras_file)
            tables.append(_measure(source, rows, names, arguments.orders, at_once=2 if arguments.quick else 1))
            _print(tables[-1])
    if missing:
        print(f"\navalanche: not installed here ({missing})")
    if arguments.quick:
        seconds = time.perf_counter() - began
        left_out = ", ".join(row.name for row in WITH_TENSORFLOW)
        print(f"\nQuick, in {seconds:.0f} s: two rows at a time, and not {left_out}, Avalanche.")
    if arguments.json:
        kept = {"machine": machine(), "orders": arguments.orders, "tables": [asdict(table) for table in tables]}
        arguments.json.write_text(json.dumps(kept, indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_SHARED / "data", help="folder of the sets' .npz files")
    parser.add_argument("--backbones", type=Path, default=_SHARED / "backbones", help="folder of .keras files")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="sets in the folder of data; all by default")
    parser.add_argument("--backbone", nargs="+", default=list(_BACKBONES), choices=_BACKBONES)
    parser.add_argument("--orders", type=int, default=3, help="orders of the classes")
    parser.add_argument("--rows", nargs="+", default=[], metavar="TEXT", help="only rows with one of these in the name")
    parser.add_argument("--quick", action="store_true", help="one small set, the embedded backbone, one order")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every outcome to a file as well")
    arguments = parser.parse_args()
    if arguments.orders < 1:
        parser.error("--orders must be at least 1")
    if arguments.quick:
        arguments.sets, arguments.backbone, arguments.orders = ["sign_digits_10"], ["v3s"], 1
    return arguments


def _sets(folder: Path, names: Sequence[str] | None) -> list[Path]:
    there = {path.stem: path for path in sorted(folder.glob("*.npz"))}
    if not there:
        raise SystemExit(f"There are no image sets in {folder}. They are no part of the checkout; say --data FOLDER.")
    if absent := sorted(set(names or ()) - there.keys()):
        raise SystemExit(f"There is no {absent[0]}.npz in {folder}; there are: {', '.join(there)}.")
    return [there[name] for name in names or there]


def _backbone(folder: Path, name: str) -> BackboneFiles:
    try:
        return embedded() if name == _BACKBONES[0] else from_keras(folder / f"{name}.keras")
    except ShowtellError as error:
        raise SystemExit(f"{error.title}: {error.message}") from error


def _wanted(name: str, texts: Sequence[str]) -> bool:
    return not texts or any(text.casefold() in name.casefold() for text in texts)


def _measure(source: Source, rows: Sequence[Row], names: Sequence[str], orders: int, at_once: int) -> Table:
    outcomes: dict[str, list[Outcome]] = defaultdict(list)

    def run(job: tuple[Row, int]) -> Outcome:
        _tell(source, job[0].name, job[1])
        return job[0].run(source, job[1])

    jobs = [(row, seed) for row in rows for seed in range(1 if row.any_order else orders)]
    with ThreadPoolExecutor(at_once) as pool:
        for (row, _), outcome in zip(jobs, pool.map(run, jobs), strict=True):
            if outcome.awake:
                outcomes[row.awake].append(outcome.awake)
            outcomes[row.name].append(outcome)
    if names:
        with tempfile.TemporaryDirectory() as folder:
            handed_over = _hand_over(source, Path(folder))
            for name in names:
                for seed in range(orders):
                    _tell(source, _avalanche_row(name), seed)
                    outcomes[_avalanche_row(name)].append(_run_avalanche(handed_over, name, seed))
    return Table(source.images.stem, source.backbone.info.name, dict(outcomes))


def _tell(source: Source, name: str, seed: int) -> None:
    print(f"{source.images.stem}, {source.backbone.info.name}: {name}, order {seed + 1}", file=sys.stderr, flush=True)


def _avalanche_row(name: str) -> str:
    return f"Avalanche {name.replace('_', '-')}"


def _avalanche_is_missing() -> str | None:
    """Return why Avalanche's environment cannot be had, or None when it is there."""
    print("making Avalanche's environment, which takes minutes the first time", file=sys.stderr, flush=True)
    try:
        _avalanche()
    except FileNotFoundError:
        return "uv is not on the path"
    except subprocess.CalledProcessError as error:
        return next(
            (line.strip() for line in reversed(error.stderr.splitlines()) if line.strip()), "it does not say why"
        )
    return None


def _hand_over(source: Source, folder: Path) -> Path:
    given = material(source, image_sets.read(source.images), raw=False)
    path = folder / "material.npz"
    pictures = given.x[:, :1]
    np.savez(path, x=pictures, y=given.y, train=given.train, test=given.test, classes=np.array(given.classes))
    return path


def _run_avalanche(handed_over: Path, name: str, seed: int) -> Outcome:
    fields = json.loads(_avalanche(str(handed_over), name, str(seed)).splitlines()[-1])
    return Outcome(**{**fields, "recall": tuple(fields["recall"])})


def _avalanche(*arguments: str) -> str:
    command = ["uv", "run", "--quiet", "--no-project", "--script", str(_SCRIPT), *arguments]
    # A virtual environment that is active here is not the script's; the checkout's modules are.
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(_CHECKOUT)}
    environment.pop("VIRTUAL_ENV", None)
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _print(table: Table) -> None:
    orders = max(map(len, table.outcomes.values()), default=0)
    print(f"\n{table.images}, {table.backbone}, mean of {orders} order{'s' if orders != 1 else ''}")
    print(f"{'':<34}{'final':>7}{'average':>9}{'transfer':>10}{'seconds':>9}{'slowest':>9}{'memory':>8}")
    for name, outcomes in table.outcomes.items():
        final, average, transfer = (
            _mean([getattr(outcome, which) for outcome in outcomes]) for which in ("final", "average", "transfer")
        )
        seconds, slowest, memory = (
            _mean([getattr(outcome, which) for outcome in outcomes]) for which in ("seconds", "slowest", "megabytes")
        )
        mark = " *" if name == table.best_peer else ""
        print(
            f"{name + mark:<34}{_percent(final):>7}{_percent(average):>9}{_percent(transfer, '+'):>10}"
            f"{_number(seconds, 2):>9}{_number(slowest, 2):>9}{_number(memory, 0):>8}"
        )
    for note in _notes(table):
        print(f"  {note}", flush=True)


def _notes(table: Table) -> Iterator[str]:
    ours, best = table.outcomes.get(OURS.name), table.best_peer
    if best:
        theirs = _mean([outcome.final for outcome in table.outcomes[best]])
        final = _mean([outcome.final for outcome in ours or ()])
        against = f"; goal: {OURS.name} at or above it, {_percent(final)} to {_percent(theirs)}" if ours else ""
        yield f"* the best baseline{against}"
    for row in LOGISTIC_REGRESSION:
        if ours and row.name in table.outcomes:
            gap = _recall(table.outcomes[row.name]) - _recall(ours)
            behind = int((gap > _POINTS_BELOW + 1e-9).sum())
            yield f"{behind} of {len(gap)} classes are over 5 points below {row.name}; goal: none"
    if any(len(row.choices) > 1 and row.name in table.outcomes for row in PEERS):
        yield "streaming LDA: with the shrinkage that is best on the test pictures"
    if any(row.at_end and row.name in table.outcomes for row in PEERS):
        yield "–: learns at the end only; its slowest update is that"


def _recall(outcomes: Sequence[Outcome]) -> NDArray[np.float64]:
    return np.asarray(np.mean([outcome.recall for outcome in outcomes], axis=0))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _percent(share: float | None, sign: str = "") -> str:
    return "–" if share is None else f"{100 * share:{sign}.1f}"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Incremental learners side by side: the same stored embeddings, the same order, the same seed, one thread each.

    python -m benchmarks.learning [--quick] [--only learners|itself] [--sets NAME …] [--backbone NAME …] [--rows TEXT …]
                                  [--orders N] [--json OUT]

Classes come one after another, each in bursts of at most 30 pictures. Every learner runs in a process of its own, once
for each order of the classes; figures are means over the orders. Importing, loading, embedding and answering are off
the clock. The sets are not part of the checkout: --data is the folder of their .npz files.

Columns, in percent, seconds and megabytes: accuracy on all test pictures at the end; mean accuracy on the test pictures
of the classes met so far, on the way; what the class that was forgotten most has lost in recall since it was learned;
time in all; time of the slowest update; memory at the peak, beyond what imports and data take.

After each table there is what it does not say of Showtell, beside what it is to be, all by the real engine on real
project files: how long a person waits and how far answers can be believed, in the streams of the table
(`benchmarks.itself`); with the embedded backbone whether anything is left of what was taken back
(`benchmarks.unlearning`) and how long it takes in a big project (`benchmarks.scale`). After all tables, for each
backbone: how well what was never taught is told from what was (`benchmarks.strangers`).
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
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import avalanche_peers, goals, image_sets, scale, strangers, unlearning
from benchmarks.goals import Figure
from benchmarks.machine import machine
from benchmarks.ours import OURS
from benchmarks.peers import PEERS, WITH_TENSORFLOW
from benchmarks.row import ONE_THREAD, Row, Source, material
from benchmarks.stream import Outcome
from benchmarks.table import Table, print_itself, print_learners
from learner.backbones import BackboneFiles, add, embedded
from learner.errors import ShowtellError

_CHECKOUT = Path(__file__).parent.parent
_SHARED = _CHECKOUT.parent / "shared"
_BACKBONES = ("v3s", "mobilenet_v2_035_224", "mobilenet_v2_100_224")
_SCRIPT = Path(avalanche_peers.__file__)
_LIVES, _LIVES_QUICK = 200, 10


def main() -> None:
    """Print the tables."""
    began = time.perf_counter()
    arguments = _arguments()
    sets = _sets(arguments.data, arguments.sets)
    backbones = {name: _backbone(arguments.backbones, name) for name in arguments.backbone}
    print(machine(), flush=True)
    rows, names, missing = _rows(arguments)
    is_asked = OURS in rows and arguments.only != "learners"
    tables: list[Table] = []
    sources: dict[str, dict[str, Source]] = defaultdict(dict)
    for path in sets:
        for name, backbone in backbones.items():
            keras_file = None if name == _BACKBONES[0] else arguments.backbones / f"{name}.keras"
            source = Source(path, image_sets.embeddings(path, backbone), backbone, keras_file)
            sources[backbone.info.name][path.stem] = source
            besides = _besides(source, quick=arguments.quick) if is_asked else {}
            tables.append(_measure(source, rows, names, besides, arguments.orders, 2 if arguments.quick else 1))
            if arguments.only != "itself":
                print_learners(tables[-1])
            if is_asked:
                print_itself(f"{path.stem}, {backbone.info.name}", tables[-1].itself)
    apart: dict[str, list[Figure]] = {}
    if is_asked and not arguments.quick:
        for name, of_sets in sources.items():
            apart[name] = strangers.figures(of_sets)
            print_itself(f"and what it was never taught, {name}", apart[name])
    if missing:
        print(f"\navalanche: not installed here ({missing})")
    if arguments.quick:
        seconds = time.perf_counter() - began
        left_out = ", ".join(row.name for row in WITH_TENSORFLOW)
        print(f"\nQuick, in {seconds:.0f} s: two rows at a time, and not {left_out}, Avalanche;")
        print("of Showtell itself neither the big project nor what was never taught.")
    if arguments.json:
        kept = {"machine": machine(), "orders": arguments.orders, "tables": [asdict(table) for table in tables]}
        kept["never taught"] = {name: [asdict(figure) for figure in figures] for name, figures in apart.items()}
        arguments.json.write_text(json.dumps(kept, indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_SHARED / "data", help="folder of the sets' .npz files")
    parser.add_argument("--backbones", type=Path, default=_SHARED / "backbones", help="folder of .keras files")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="sets in the folder of data; all by default")
    parser.add_argument("--backbone", nargs="+", default=list(_BACKBONES), choices=_BACKBONES)
    parser.add_argument("--orders", type=int, default=3, help="orders of the classes")
    parser.add_argument("--rows", nargs="+", default=[], metavar="TEXT", help="only rows with one of these in the name")
    parser.add_argument("--only", choices=("learners", "itself"), help="only the tables, or only Showtell itself")
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
        return embedded() if name == _BACKBONES[0] else add(folder / f"{name}.keras")
    except ShowtellError as error:
        raise SystemExit(f"{error.title}: {error.message}") from error


def _rows(arguments: argparse.Namespace) -> tuple[list[Row], list[str], str | None]:
    """Return the rows, Avalanche's strategies, and why there are none of those although they were asked for."""
    if arguments.only == "itself":
        return [OURS], [], None
    rows = [row for row in (OURS, *PEERS) if _wanted(row.name, arguments.rows)]
    if arguments.quick:
        # Starting TensorFlow for each, and a retraining, would take all the time there is.
        return [row for row in rows if row not in WITH_TENSORFLOW], [], None
    names = [name for name in avalanche_peers.NAMES if _wanted(_avalanche_row(name), arguments.rows)]
    missing = _avalanche_is_missing() if names else None
    return rows, [] if missing else names, missing


def _wanted(name: str, texts: Sequence[str]) -> bool:
    return not texts or any(text.casefold() in name.casefold() for text in texts)


def _besides(source: Source, *, quick: bool) -> dict[str, Callable[[], list[Figure]]]:
    """Return what else is measured of Showtell on a set, by what it is called while it is."""
    besides: dict[str, Callable[[], list[Figure]]] = {}
    if source.keras_file is None:
        if source.images.stem == unlearning.ON:
            besides["unlearning"] = partial(unlearning.figures, source, _LIVES_QUICK if quick else _LIVES)
        if not quick:
            besides["a big project"] = partial(scale.figures, source)
    return besides


def _measure(
    source: Source,
    rows: Sequence[Row],
    names: Sequence[str],
    besides: Mapping[str, Callable[[], list[Figure]]],
    orders: int,
    at_once: int,
) -> Table:
    outcomes: dict[str, list[Outcome]] = defaultdict(list)

    def run(job: tuple[Row, int]) -> Outcome:
        _tell(source, f"{job[0].name}, order {job[1] + 1}")
        return job[0].run(source, job[1])

    def ask(what: str) -> list[Figure]:
        _tell(source, what)
        return besides[what]()

    jobs = [(row, seed) for row in rows for seed in range(1 if row.any_order else orders)]
    with ThreadPoolExecutor(at_once) as pool:
        came, asked = pool.map(run, jobs), pool.map(ask, besides)
        for (row, _), outcome in zip(jobs, came, strict=True):
            if outcome.awake:
                outcomes[row.awake].append(outcome.awake)
            outcomes[row.name].append(outcome)
        figures = goals.means(outcome.itself for outcome in outcomes.get(OURS.name, ()))
        figures += [figure for of_one in asked for figure in of_one]
    if names:
        with tempfile.TemporaryDirectory() as folder:
            handed_over = _hand_over(source, Path(folder))
            for name in names:
                for seed in range(orders):
                    _tell(source, f"{_avalanche_row(name)}, order {seed + 1}")
                    outcomes[_avalanche_row(name)].append(_run_avalanche(handed_over, name, seed))
    return Table(source.images.stem, source.backbone.info.name, dict(outcomes), figures)


def _tell(source: Source, what: str) -> None:
    print(f"{source.images.stem}, {source.backbone.info.name}: {what}", file=sys.stderr, flush=True)


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


if __name__ == "__main__":
    main()

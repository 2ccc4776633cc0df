# SPDX-License-Identifier: Apache-2.0
"""Train the embedded backbone: a small network that learns to see as a larger one does, and from labels.

    python packaging/backbone/train.py PICTURES... --teacher FILE --out FOLDER

PICTURES are folders of class folders, or flat ones without labels. Teachers are `.keras` files. The student sees the
very crops its teachers judge, boldly changed, for as long as there is time for (consistent and patient; Beyer et al.,
"Knowledge distillation: a good teacher is patient and consistent", CVPR 2022). To keep what a student knows that begins
at `--start`, give that file as one more teacher.

FOLDER gets `checkpoint.npz` on the way, NAME.keras and NAME.json (the probe's report) at the end. The same command goes
on where a checkpoint stopped, also after Ctrl+C. With `--steps` alone, what comes out follows from the arguments and
from where a run was interrupted; with `--minutes`, from the machine's speed as well.

It runs on every backend of Keras (KERAS_BACKEND), on a GPU where that finds one.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import sys
import tempfile
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np
from distilling import Distiller, Teacher, at_size, student
from numpy.typing import NDArray
from probe import probe
from views import Pool, Source, Views, read

from learner.errors import EnvironmentFault, ShowtellError, UsageFault

_WARM_UP = 0.03
"""Share of the run in which the learning rate rises."""
_TELL_SECONDS = 10
_CHECKPOINT = "checkpoint.npz"
_NOT_SETTINGS = ("out", "every", "minutes")
"""Arguments that may differ when a run goes on."""


def main() -> int:
    """Train, or go on training, and write the network and its report."""
    try:
        _train(_options())
    except ShowtellError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _train(options: argparse.Namespace) -> None:
    keras.utils.set_random_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    kept = _checkpoint(options)
    folders, classes = read(options.pictures, options.held_out, options.seed)
    for folder in folders:
        print(f"{folder.name}: {len(folder.files)} pictures, {folder.held_out.sum()} of them held out")
    teachers = [Teacher(path, options.teacher_size) for path in options.teacher]
    distiller = Distiller(
        student(options.start, options.size, keeps_statistics=options.keep_statistics),
        [teacher.embedding_size for teacher in teachers],
        classes,
        options.label_weight,
        options.decay,
    )
    source = Source(
        folders, options.size, options.mixed, lambda views: tuple(teacher.answers(views) for teacher in teachers)
    )
    if not Run(options, distiller, source).until_done(kept):
        print("Stopped. The same command goes on from here.")
        return
    network = at_size(distiller.network, options.input_size)
    network.trainable = True
    network.save(options.out / f"{options.name}.keras")
    print(f"{options.out / options.name}.keras is written; now its probe.")
    probes = [probe(network, folder, options.seed) for folder in folders if folder.held_out.any()]
    report = {
        "backend": keras.backend.backend(),
        "settings": _settings(options),
        "probes": [asdict(one) for one in probes],
    }
    (options.out / f"{options.name}.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for one in probes:
        print(
            f"{one.pictures}: nearest mean {one.nearest_mean:.3f}, LDA {one.discriminant:.3f}, "
            f"logistic regression {one.logistic_regression:.3f} on {one.test} pictures of {one.classes} classes"
        )


class Run:
    """The loop: which step comes next, at which rate, and what is kept in case it ends here.

    While one step is taken, the next step's new views are made in a thread of its own.
    """

    def __init__(self, options: argparse.Namespace, distiller: Distiller, source: Source) -> None:
        self._options = options
        self._distiller = distiller
        self._source = source
        self._step = 0
        self._seconds = 0.0
        self._is_stopped = False

    def until_done(self, kept: dict[str, NDArray[Any]] | None) -> bool:
        """Take steps, from a checkpoint on if there is one; return False when somebody stopped it before the end."""
        before = {which: signal.signal(which, self._stop) for which in (signal.SIGINT, signal.SIGTERM)}
        try:
            if kept is not None:
                self._distiller.restore(kept)
                self._step, self._seconds = int(kept["step"]), float(kept["seconds"])
                print(f"Going on after {self._step} steps.")
            pool = self._filled(is_first=kept is None)
            with ThreadPoolExecutor(1) as aside:
                self._take_steps(pool, aside)
            self._keep()
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)
        return self._progress() >= 1

    def _take_steps(self, pool: Pool, aside: Executor) -> None:
        options = self._options
        fresh = max(1, options.batch // options.reuse)
        began, told, losses = time.monotonic() - self._seconds, -math.inf, dict[str, float]()
        coming = aside.submit(self._source.draw, fresh, self._random(0))
        while not self._is_stopped and self._progress() < 1:
            pool.replace(coming.result())
            coming = aside.submit(self._source.draw, fresh, self._random(1))
            found = self._distiller.step(pool.batch(options.batch, self._random(2)), self._rate())
            if not math.isfinite(found["loss"]):
                raise EnvironmentFault(
                    "The training went wrong", f"The loss is no number at step {self._step}.", "Lower --rate."
                )
            losses = {name: 0.98 * losses.get(name, value) + 0.02 * value for name, value in found.items()}
            self._step += 1
            self._seconds = time.monotonic() - began
            is_kept = self._step % options.every == 0
            if is_kept:
                self._keep()
            if is_kept or time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                self._tell(losses)

    def _filled(self, *, is_first: bool) -> Pool:
        count, parts = self._options.pool, list[Views]()
        random = self._random(3)
        for start in range(0, count, 64):
            parts.append(self._source.draw(min(64, count - start), random))
        views = Views(
            np.concatenate([part.pictures for part in parts]),
            np.concatenate([part.labels for part in parts]),
            tuple(np.concatenate(answers) for answers in zip(*(part.answers for part in parts), strict=True)),
        )
        if is_first:
            self._distiller.begin(views)
        return Pool(views)

    def _keep(self) -> None:
        arrays = {
            **self._distiller.arrays(),
            "step": np.array(self._step),
            "seconds": np.array(self._seconds),
            "settings": np.array(json.dumps(_settings(self._options))),
        }
        with tempfile.NamedTemporaryFile(dir=self._options.out, delete=False) as part:
            try:
                np.savez(part, allow_pickle=False, **arrays)
                part.flush()
                os.fsync(part.fileno())
            except BaseException:
                os.unlink(part.name)
                raise
        os.replace(part.name, self._options.out / _CHECKPOINT)

    def _progress(self) -> float:
        shares = [0.0]
        if self._options.steps is not None:
            shares.append(self._step / self._options.steps)
        if self._options.minutes is not None:
            shares.append(self._seconds / 60 / self._options.minutes)
        return max(shares)

    def _rate(self) -> float:
        """Return the learning rate: up in a straight line, then down along a cosine to nothing."""
        progress = min(1.0, self._progress() + 1e-4)
        if progress < _WARM_UP:
            return float(self._options.rate * progress / _WARM_UP)
        return float(self._options.rate * 0.5 * (1 + math.cos(math.pi * (progress - _WARM_UP) / (1 - _WARM_UP))))

    def _random(self, purpose: int) -> np.random.Generator:
        return np.random.default_rng([self._options.seed, self._step, purpose])

    def _tell(self, losses: dict[str, float]) -> None:
        progress = self._progress()
        left = self._seconds * (1 - progress) / progress / 60 if progress else math.inf
        shown = "  ".join(f"{name} {value:.3f}" for name, value in losses.items())
        print(f"{progress:6.1%}  step {self._step}  {shown}  {left:.0f} minutes left", flush=True)

    def _stop(self, *_: object) -> None:
        self._is_stopped = True


def _checkpoint(options: argparse.Namespace) -> dict[str, NDArray[Any]] | None:
    """Return the arrays of the run to go on with, if there is one in the folder.

    Raises:
        UsageFault: it was made with other arguments.
    """
    path = options.out / _CHECKPOINT
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as stored:
        arrays: dict[str, NDArray[Any]] = {name: stored[name] for name in stored.files}
    if str(arrays["settings"]) != json.dumps(_settings(options)):
        raise UsageFault(
            "That folder holds another run", f"{path} was made with other arguments.", "Give those, or another --out."
        )
    return arrays


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    return {
        name: value
        for name, value in json.loads(json.dumps(vars(options), default=str)).items()
        if name not in _NOT_SETTINGS
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, nargs="+", help="folders of class folders, or flat ones")
    parser.add_argument("--teacher", type=Path, action="append", required=True, help="a .keras file; may be repeated")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, network and report")
    parser.add_argument("--name", default="showtell_v3s", help="of the files written")
    parser.add_argument("--start", type=Path, help=".keras file to begin with, instead of random weights")
    parser.add_argument("--size", type=int, default=160, help="side of the views to train on, a multiple of 32")
    parser.add_argument("--teacher-size", type=int, help="side of what teachers see, if not their own")
    parser.add_argument("--input-size", type=int, default=192, help="side of the pictures the network is made for")
    parser.add_argument("--steps", type=int, help="how many steps the cosine is long")
    parser.add_argument("--minutes", type=float, help="how long it may take instead, or at most")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=0.01, help="weight decay")
    parser.add_argument("--keep-statistics", action="store_true", help="leave normalisation as --start has it")
    parser.add_argument("--label-weight", type=float, default=0.5, help="of the cross-entropy")
    parser.add_argument("--mixed", type=float, default=0.0, help="share of views of two pictures")
    parser.add_argument("--reuse", type=int, default=4, help="how often a view is seen on average")
    parser.add_argument("--pool", type=int, default=2048, help="how many views are at hand")
    parser.add_argument("--held-out", type=float, default=0.1, help="share of each class for the probe")
    parser.add_argument("--every", type=int, default=200, help="steps between two checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.steps is None and options.minutes is None:
        parser.error("say how long: --steps, --minutes or both")
    if options.pool < options.batch:
        parser.error("--pool must hold at least a --batch")
    return options


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Accuracy on real pictures, against logistic regression on the same stored embeddings.

    python -m benchmarks.accuracy TRAIN TEST

TRAIN and TEST are folders of class folders. Three learners see the same training pictures: ours, all at once; ours,
class after class with `learn` in between; and scikit-learn's logistic regression on `project.embeddings()`, once as it
comes and once with its regularisation chosen by 5-fold cross-validation on the training pictures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from learner import open_project
from learner.pictures import read_image
from learner.project import Project
from learner.types import Image


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    arguments = parser.parse_args()
    print(machine())
    with (
        tempfile.TemporaryDirectory() as folder,
        open_project(Path(folder) / "all.showtell") as at_once,
        open_project(Path(folder) / "stream.showtell") as stream,
        open_project(Path(folder) / "test.showtell") as test,
    ):
        for _name, pictures in _classes(arguments.train):
            _add(at_once, _name, pictures)
        began = time.perf_counter()
        at_once.learn()
        seconds = time.perf_counter() - began
        slowest = 0.0
        for name, pictures in _classes(arguments.train):
            _add(stream, name, pictures)
            for increment in stream.learn():
                slowest = max(slowest, increment.seconds)
        for name, pictures in _classes(arguments.test):
            _add(test, name, pictures)
        x, y = at_once.embeddings()
        x_test, truth = test.embeddings()
        rows = [
            ("Showtell, all at once", _accuracy(at_once, arguments.test), f"{seconds:.1f} s with embedding"),
            (
                "Showtell, class after class",
                _accuracy(stream, arguments.test),
                f"slowest increment {slowest:.2f} s",
            ),
            *_logistic_regression(x, y, x_test, truth),
        ]
    print(f"{len(y)} training pictures, {len(truth)} test pictures, {len(set(y))} classes")
    for name, accuracy, note in rows:
        print(f"{name:<42} {accuracy:.4f}  {note}")


def _classes(folder: Path) -> Iterator[tuple[str, list[Image]]]:
    for entry in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield entry.name, [read_image(path) for path in sorted(entry.iterdir())]


def _add(project: Project, name: str, pictures: list[Image]) -> None:
    class_id = project.buffer.add_class(name).id
    burst_id = project.buffer.start_burst("benchmark").id
    project.buffer.add_samples((picture, class_id, burst_id) for picture in pictures)


def _accuracy(project: Project, folder: Path) -> float:
    right = [
        prediction.label == name for name, pictures in _classes(folder) for prediction in project.predict_many(pictures)
    ]
    return float(np.mean(right))


def _logistic_regression(
    x: np.ndarray, y: list[str], x_test: np.ndarray, truth: list[str]
) -> Iterator[tuple[str, float, str]]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    began = time.perf_counter()
    plain = LogisticRegression(max_iter=2000).fit(x, y)
    yield "logistic regression, C = 1", float(plain.score(x_test, truth)), f"{time.perf_counter() - began:.1f} s"
    began = time.perf_counter()
    strengths = {"C": [1, 10, 100, 1000, 10000]}
    chosen = GridSearchCV(LogisticRegression(max_iter=2000), strengths, cv=5).fit(x, y)
    yield (
        "logistic regression, C by cross-validation",
        float(chosen.score(x_test, truth)),
        f"{time.perf_counter() - began:.1f} s",
    )


if __name__ == "__main__":
    main()

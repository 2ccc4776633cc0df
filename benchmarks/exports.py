# SPDX-License-Identifier: Apache-2.0
"""Exported models beside the app, on pictures that neither has learned from: the same answer, how fast, how large.

    python -m benchmarks.exports [--quick] [--sets NAME …]

A project is taught a set and gone over once; every format is exported, and run by its own program on the set's test
pictures, picture by picture in turns with the app. What an export compares itself on (`….parity.json`) are samples of
the project, most of which the version has learned from; these figures say how much more it takes to agree on others.

The sets are not part of the checkout: --data is the folder of their .npz files. What is not there is told and left out.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks import image_sets
from benchmarks.image_sets import ImageSet
from benchmarks.machine import machine
from learner import Project, open_project
from learner.buffer import decode
from learner.interchange.models import Served
from learner.interchange.wishes import ExportFormat, Precision
from learner.preprocessing import model_input
from learner.types import Image

_SHARED = Path(__file__).parent.parent.parent / "shared"
_SETS = ("sign_digits_10", "grocery_store_81")
_RECORDING = 10
"""Pictures that count as one; the sets do not say which were taken together."""
_QUICK = 20
"""Pictures a class to learn from, and to be asked about, when it has to be quick."""
_KINDS = (
    (ExportFormat.KERAS, Precision.FLOAT32, "model.keras"),
    (ExportFormat.SAVED_MODEL, Precision.FLOAT32, "saved"),
    (ExportFormat.ONNX, Precision.FLOAT32, "model.onnx"),
    (ExportFormat.TFLITE, Precision.FLOAT32, "full.tflite"),
    (ExportFormat.TFLITE, Precision.FLOAT16, "half.tflite"),
    (ExportFormat.TFLITE, Precision.INT8, "quarter.tflite"),
)
_Asked = TypeVar("_Asked")
_Value = TypeVar("_Value")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_SHARED / "data", help="folder of the sets' .npz files")
    parser.add_argument("--sets", nargs="+", metavar="NAME", default=list(_SETS), help="sets in the folder of data")
    parser.add_argument("--quick", action="store_true", help=f"the first set, {_QUICK} pictures a class")
    arguments = parser.parse_args()
    print(machine(), flush=True)
    for name in arguments.sets[: 1 if arguments.quick else None]:
        path = arguments.data / f"{name}.npz"
        if path.exists():
            _table(image_sets.read(path), _QUICK if arguments.quick else None)
        else:
            print(f"\n{path} is not there.")


def _table(images: ImageSet, most: int | None) -> None:
    asked = [_picture(images, row) for row in _some(images, images.test, most)]
    print(f"\n{images.name}, {len(asked)} pictures that were not learned from")
    print(f"{'':<22}{'MB':>6}{'agrees':>9}{'apart':>9}{'ms':>7}{'app ms':>8}")
    with tempfile.TemporaryDirectory() as folder, open_project(Path(folder) / "set.showtell") as project:
        _teach(project, images, most)
        served = Served.of(project.buffer, project.version_id)
        pictures = [model_input(picture, project.backbone.input_size) for picture in asked]
        for format_, precision, name in _KINDS:
            out = Path(folder) / name
            exported = project.export(out, format_, precision=precision.value, force=True)
            answer = _open(format_, out)
            same, apart, took, app_took = _compare(served, answer, pictures)
            what = format_ if precision is Precision.FLOAT32 else f"{format_} {precision}"
            print(
                f"{what:<22}{exported.bytes / 1e6:>6.2f}{same:>9.2%}{apart:>9.1g}{took:>7.1f}{app_took:>8.1f}",
                flush=True,
            )


def _teach(project: Project, images: ImageSet, most: int | None) -> None:
    classes = {label: project.buffer.add_class(str(label)).id for label in range(images.classes)}
    rows = _some(images, images.train, most)
    for label, class_id in classes.items():
        own = [row for row in rows if images.labels[row] == label]
        for start in range(0, len(own), _RECORDING):
            burst = project.buffer.start_burst(images.name)
            project.buffer.add_samples(
                [(images.stored(row), class_id, burst.id) for row in own[start : start + _RECORDING]]
            )
    project.learn()
    project.sleep()


def _some(images: ImageSet, rows: NDArray[np.int64], most: int | None) -> list[int]:
    by_class = [rows[images.labels[rows] == label][:most] for label in range(images.classes)]
    return [int(row) for own in by_class for row in own]


def _picture(images: ImageSet, row: int) -> Image:
    return decode(images.stored(row).jpeg)


def _open(format_: ExportFormat, out: Path) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    from learner.nn import exported

    return {
        ExportFormat.KERAS: exported.open_keras,
        ExportFormat.SAVED_MODEL: exported.open_saved_model,
        ExportFormat.ONNX: exported.open_onnx,
        ExportFormat.TFLITE: exported.open_litert,
    }[format_](out)


def _compare(
    served: Served, answer: Callable[[NDArray[np.float32]], NDArray[np.float32]], pictures: list[Image]
) -> tuple[float, float, float, float]:
    """Return the share of the same answers, the largest difference, and the median milliseconds of either."""
    found = list(_both(served, answer, pictures))
    same = sum(app.argmax() == exported.argmax() for app, exported, *_ in found) / len(found)
    apart = max(float(np.abs(app - exported).max()) for app, exported, *_ in found)
    return same, apart, median(one[2] for one in found), median(one[3] for one in found)


def _both(
    served: Served, answer: Callable[[NDArray[np.float32]], NDArray[np.float32]], pictures: list[Image]
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32], float, float]]:
    for picture in pictures:
        seen = np.ascontiguousarray(picture[:, :, ::-1], np.float32)
        prediction, app_took = _timed(served.serving.predict, picture)
        exported, took = _timed(answer, seen)
        app = np.array([prediction.probabilities[label] for label in served.labels], np.float32)
        yield app, exported, took, app_took


def _timed(work: Callable[[_Asked], _Value], asked: _Asked) -> tuple[_Value, float]:
    began = perf_counter()
    return work(asked), (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()

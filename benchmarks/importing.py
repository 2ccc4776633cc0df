# SPDX-License-Identifier: Apache-2.0
"""How fast a folder of pictures comes into a project, and in how much memory.

    python -m benchmarks.importing [PICTURES]    # 20,000 unless told otherwise, once; takes some minutes

The folder has ten class folders of JPEGs of 640 × 480 pixels, as a camera gives them, drawn from a seed. It is imported
by the real pipeline into a real project: read, turned upright, cut to squares of 512 pixels, looked up, and written
with `synchronous=FULL`. Beside it stands `keras.utils.image_dataset_from_directory`, which reads the same files into
squares of the same size and keeps nothing. Both work in processes of their own with all cores, by turns; importing
modules is off the clock. Memory is the growth of a process's peak while it works; for the import it is also told for a
tenth of the pictures, since it must not depend on how many there are.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.apart import apart
from benchmarks.goals import Figure, over_rounds, ratio
from benchmarks.machine import machine
from benchmarks.memory import Peak
from benchmarks.suite import Setting
from learner.camera import DemoScene
from learner.cv import cv2
from learner.quiet import quiet_stderr

CLASSES = 10
SIZE = (480, 640)
_PICTURES, _PICTURES_QUICK = 1500, 200
_ROUNDS, _ROUNDS_QUICK = 3, 2
_MANY = 20_000
_SCENES = 8


@dataclass(frozen=True, slots=True)
class Run:
    """What reading a folder once took: pictures, seconds, and megabytes at the peak where the system tells."""

    pictures: int
    seconds: float
    megabytes: float | None

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return self.pictures / self.seconds


def measure(setting: Setting) -> Iterator[Figure]:
    """Measure pictures a second and memory."""
    if setting.quick:
        return compare(setting.place, _PICTURES_QUICK, _ROUNDS_QUICK, memory=False)
    return compare(setting.place, _PICTURES, _ROUNDS)


def compare(place: Path, count: int, rounds: int, *, memory: bool = True) -> Iterator[Figure]:
    """Import so many pictures by turns with Keras, so often."""
    folder, few = place / "pictures", place / "few"
    draw(folder, count)
    draw(few, count // 10)
    ours: list[Run] = []
    theirs: list[Run] = []
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as one, ProcessPoolExecutor(1, mp_context=context) as other:
        # Once off the clock: what is imported and built only the first time is theirs and not the folder's.
        one.submit(_import, few, place / "first.showtell").result()
        other.submit(_read_with_keras, few).result()
        for number in range(rounds):
            ours.append(one.submit(_import, folder, place / f"{number}.showtell").result())
            theirs.append(other.submit(_read_with_keras, folder).result())
        again = one.submit(_import, folder, place / "0.showtell").result()
    part, rates = f"{count:,} pictures", [run.rate for run in ours]
    keras_rates = [run.rate for run in theirs]
    yield over_rounds("Showtell's import", rates, "/s", part=part)
    yield over_rounds("image_dataset_from_directory", keras_rates, "/s", part=part)
    yield ratio("Showtell's, of that", rates, keras_rates, part=part)
    yield Figure("what is there already, again", again.rate, "/s", part=part)
    if memory:
        # In processes that have done nothing else.
        alone = apart(_import, folder, place / "memory.showtell")
        yield Figure("memory, Showtell's import", alone.megabytes, "MB", part=part)
        alone = apart(_import, few, place / "few.showtell")
        yield Figure("memory, a tenth of the pictures", alone.megabytes, "MB", part=part)
        alone = apart(_read_with_keras, folder)
        yield Figure("memory, image_dataset_from_directory", alone.megabytes, "MB", part=part)


def main() -> None:
    """Import as many as a person's collection may have."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="?", type=int, default=_MANY, metavar="PICTURES", help="how many")
    count = parser.parse_args().pictures
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="showtell-") as place:
        for figure in compare(Path(place), count, rounds=1):
            print(f"{figure.name:<40}{figure.text:>12}", flush=True)


def draw(folder: Path, count: int) -> None:
    """Write so many pictures that all differ."""
    scene, scenes = DemoScene(seed=0), []
    for number in range(_SCENES):
        scene.show(DemoScene.OBJECTS[number % len(DemoScene.OBJECTS)])
        scenes.append(cv2.resize(scene.render(number / 3), SIZE[::-1]))
    random = np.random.default_rng(0)
    grain = random.normal(0, 3, (64, *SIZE, 3)).astype(np.int16)
    for number in range(count):
        place = folder / f"class {number % CLASSES}"
        place.mkdir(parents=True, exist_ok=True)
        image = np.roll(scenes[number % _SCENES], (number * 7 % 480, number * 13 % 640), axis=(0, 1))
        noisy = np.clip(image + grain[number % len(grain)], 0, 255).astype(np.uint8)
        noisy[0, 0] = number % 256, number // 256 % 256, number // 65536
        cv2.imwrite(str(place / f"{number}.jpg"), noisy, [cv2.IMWRITE_JPEG_QUALITY, 90])


def _import(folder: Path, project: Path) -> Run:
    from learner.buffer import Buffer
    from learner.interchange.formats import source_of
    from learner.interchange.importing import import_source
    from learner.pictures import is_picture

    is_picture(project)  # loads Pillow
    peak, began = Peak(), time.perf_counter()
    with Buffer.open(project) as buffer:
        done = 0
        for progress in import_source(buffer, source_of(folder)):
            done = progress.done
    return Run(done, time.perf_counter() - began, peak.megabytes())


def _read_with_keras(folder: Path) -> Run:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with quiet_stderr():
        import keras

        keras.ops.zeros(1)  # TensorFlow gets ready at its first tensor

    peak, began = Peak(), time.perf_counter()
    dataset = keras.utils.image_dataset_from_directory(
        folder, image_size=(512, 512), crop_to_aspect_ratio=True, shuffle=False, verbose=False
    )
    done = sum(len(labels) for _, labels in dataset)
    return Run(done, time.perf_counter() - began, peak.megabytes())


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""How well a picture of what was never taught is told from those of what was, by its novelty.

Far: another set's test pictures. Near: those of a class that is left out of what is taught. Each project learns once,
in one increment, and takes no steps: novelty follows from the closed form alone. A class is left out by archiving it in
a copy of the file that has learned nothing yet, so nothing is known of it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import image_sets, stream
from benchmarks.goals import Figure
from benchmarks.row import Source, alone, material
from benchmarks.stream import Material
from benchmarks.taught import Taught, config
from learner.evaluation import area_under_curve
from learner.types import Vectors

FAR = {"sign_digits_10": "grocery_store_81", "grocery_store_81": "sign_digits_10"}
"""For what was taught, the set that is shown."""

_MEASURED_ON = "mobilenet_v2_035_224"
"""The backbone that the goals were set with."""
_FAR_GOALS = 0.99, 0.03
_NEAR_GOAL = {"sign_digits_10": 0.806, "grocery_store_81": 0.634}
_LEFT_OUT = 10
"""Classes that are left out in turn; of more they are drawn, always alike."""
_KNOWN_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class _Told:
    """How well two kinds of pictures are told apart: the area under the ROC curve, the share of the never taught that
    lies where 95 % of the known do, and the share that is called unknown."""

    area: float
    missed: float
    called: float

    @classmethod
    def of(cls, known: NDArray[np.float64], unknown: NDArray[np.float64]) -> _Told:
        missed = float((unknown <= np.quantile(known, _KNOWN_SHARE)).mean())
        return cls(area_under_curve(known, unknown), missed, float((unknown > 1).mean()))


def figures(sources: dict[str, Source]) -> list[Figure]:
    """Return what comes of every set among these that there is another one for, all of one backbone."""
    found = []
    for taught, shown in FAR.items():
        if {taught, shown} <= sources.keys():
            print(f"{taught}, {sources[taught].backbone.info.name}: never taught", file=sys.stderr, flush=True)
            found += alone(_measure, sources[taught], sources[shown])
    return found


def _measure(taught: Source, shown: Source) -> list[Figure]:
    return list(_told_apart(taught, shown))


def _told_apart(taught: Source, shown: Source) -> Iterator[Figure]:
    name, other = taught.images.stem, shown.images.stem
    area, missed, near_area = None, None, None
    if taught.backbone.info.name == _MEASURED_ON:
        (area, missed), near_area = _FAR_GOALS, _NEAR_GOAL[name]
    given, strange = (_of(source) for source in (taught, shown))
    with tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True) as folder:
        desk = _Desk(Path(folder), taught, given)
        far = desk.told(None, given.x[given.test], strange.x[strange.test])
        yield from _figures(f"{name}, shown {other}", [far], area, missed)
        near = []
        for label in _left_out(given.classes):
            mine = given.y[given.test] == label
            near.append(desk.told(label, given.x[given.test[~mine]], given.x[given.test[mine]]))
    yield from _figures(f"{name}, one of {len(near)} classes left out", near, near_area)


def _figures(
    what: str, told: Sequence[_Told], area: float | None = None, missed: float | None = None
) -> Iterator[Figure]:
    yield Figure(f"{what}: AUROC", float(np.mean([one.area for one in told])), goal=area, at_least=True)
    yield Figure(f"{what}: FPR at 95 % TPR", float(np.mean([one.missed for one in told])), "%", missed)
    yield Figure(f"{what}: called unknown", float(np.mean([one.called for one in told])), "%")


class _Desk:
    """A project file with everything recorded and nothing learned, and copies of it that learn."""

    def __init__(self, folder: Path, source: Source, given: Material) -> None:
        self._folder = folder
        self._recorded = folder / "recorded.showtell"
        self._config = replace(config(source), steps=0)
        images, raw = image_sets.read(source.images), np.load(source.embeddings, mmap_mode="r")
        with Taught(self._recorded, self._config, hurried=True) as taught:
            for burst in stream.cut(given, seed=0):
                taught.record(str(burst.y[0]), (images.stored(int(row)) for row in burst.rows), raw[burst.rows])

    def told(self, left_out: int | None, known: Vectors, unknown: Vectors) -> _Told:
        """Teach all but one class, or all, and return how well embeddings (n, views, d) are told apart."""
        path = self._folder / f"without {left_out}.showtell"
        shutil.copy(self._recorded, path)
        with Taught(path, self._config, hurried=True) as taught:
            if left_out is not None:
                taught.project.buffer.archive_class(taught.class_id(str(left_out)))
            taught.project.learn()
            novelty = taught.novelty
            told = _Told.of(novelty(taught.asked(known)), novelty(taught.asked(unknown)))
        path.unlink()
        return told


def _of(source: Source) -> Material:
    return material(source, image_sets.read(source.images), raw=False)


def _left_out(classes: int) -> list[int]:
    if classes <= _LEFT_OUT:
        return list(range(classes))
    return sorted(np.random.default_rng(0).choice(classes, _LEFT_OUT, replace=False).tolist())

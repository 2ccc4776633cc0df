# SPDX-License-Identifier: Apache-2.0
"""The pictures a backbone is trained on, and what of them it sees: always the very views its teachers judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2
from learner.errors import UsageFault
from learner.pictures import read_image
from learner.types import Image

SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".webp"})
NO_LABEL = -1
_AREA = (0.25, 1.0)
"""Of a picture, what a random crop keeps; consistent views may be this bold, since the teacher sees no more."""
_ASPECT = (3 / 4, 4 / 3)
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)
"""What blue, green and red add to brightness (ITU-R BT.601)."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one folder: `files`, their `labels` (columns, or NO_LABEL) and which of them are `held_out`."""

    name: str
    files: tuple[Path, ...]
    labels: NDArray[np.int64]
    held_out: NDArray[np.bool_]

    @property
    def is_labelled(self) -> bool:
        """Whether its pictures lie in folders named for what they show."""
        return bool((self.labels != NO_LABEL).any())


def read(folders: Sequence[Path], held_out: float, seed: int) -> tuple[list[Pictures], int]:
    """Find the pictures of folders, each either of class folders or flat.

    Of each class the share `held_out`, but at least one picture of five or more, is kept for the probe at the end.
    Classes of different folders are different ones, whatever they are called.

    Returns:
        The folders' pictures, and how many classes they have together.

    Raises:
        UsageFault: a folder is not there, or holds no pictures.
    """
    found, classes = [], 0
    for folder in folders:
        if not folder.is_dir():
            raise UsageFault("Those pictures are not there", f"{folder} is no folder.", "Name a folder of pictures.")
        random = np.random.default_rng(seed)
        files: list[Path] = []
        labels: list[int] = []
        spared: list[bool] = []
        for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
            of_class = _files(inside)
            if not of_class:
                continue
            count = max(int(len(of_class) * held_out), int(held_out > 0 and len(of_class) >= 5))
            rows = set(random.permutation(len(of_class))[:count].tolist())
            files += of_class
            labels += [classes] * len(of_class)
            spared += [row in rows for row in range(len(of_class))]
            classes += 1
        if not files:
            files = _files(folder)
            labels, spared = [NO_LABEL] * len(files), [False] * len(files)
        if not files:
            raise UsageFault(
                "There are no pictures",
                f"Neither {folder} nor a folder in it holds any.",
                f"Name a folder with some ({', '.join(sorted(SUFFIXES))}).",
            )
        found.append(Pictures(folder.name, tuple(files), np.array(labels, np.int64), np.array(spared, bool)))
    return found, classes


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())


def augmented(image: Image, size: int, random: np.random.Generator) -> Image:
    """Return a random view (size, size, 3) of a BGR picture: a crop, perhaps mirrored, in another light.

    Crops as in Inception (Szegedy et al., "Going deeper with convolutions", CVPR 2015), a tenth of them in grey.
    """
    view = np.asarray(cv2.resize(_crop(image, random), (size, size), interpolation=cv2.INTER_AREA), np.float32)
    if random.random() < 0.5:
        view = view[:, ::-1]
    saturation = 0.0 if random.random() < 0.1 else random.uniform(0.6, 1.4)
    grey = (view @ _LUMA)[..., None]
    view = grey + (view - grey) * saturation
    light = random.uniform(0.6, 1.4) * random.uniform(0.9, 1.1, 3)  # of the whole, and of each colour as lamps have it
    middle = view.mean()
    view = (middle + (view - middle) * random.uniform(0.7, 1.3)) * light
    return np.ascontiguousarray(np.clip(view, 0, 255).astype(np.uint8))


def _crop(image: Image, random: np.random.Generator) -> Image:
    height, width = image.shape[:2]
    area = random.uniform(*_AREA) * height * width
    aspect = np.exp(random.uniform(*np.log(_ASPECT)))
    wide = min(width, max(1, round(np.sqrt(area * aspect))))
    high = min(height, max(1, round(np.sqrt(area / aspect))))
    left, top = random.integers(width - wide + 1), random.integers(height - high + 1)
    return image[top : top + high, left : left + wide]


@dataclass(frozen=True, slots=True)
class Views:
    """Views (n, s, s, 3) uint8 RGB with labels (n,), and what each teacher says of them, (n, d) float32 each."""

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    answers: tuple[NDArray[np.float32], ...]


class Source:
    """Random views of pictures, drawn from every folder alike.

    Args:
        folders: where they come from; what is held out is never shown.
        size: s, the side of a view.
        mixed: share of the views that are two pictures laid over each other, without a label: a teacher has an
            answer to those too (Beyer et al., "Knowledge distillation: a good teacher is patient and consistent",
            CVPR 2022).
        ask: gives every teacher's answers to views (n, s, s, 3) uint8 RGB.
    """

    def __init__(
        self,
        folders: Sequence[Pictures],
        size: int,
        mixed: float,
        ask: Callable[[NDArray[np.uint8]], tuple[NDArray[np.float32], ...]],
    ) -> None:
        self._folders = folders
        self._rows = [np.flatnonzero(~folder.held_out) for folder in folders]
        self._size = size
        self._mixed = mixed
        self._ask = ask

    def draw(self, count: int, random: np.random.Generator) -> Views:
        """Return new views, and what the teachers say of these very views."""
        pictures = np.empty((count, self._size, self._size, 3), np.uint8)
        labels = np.empty(count, np.int64)
        for row in range(count):
            pictures[row], labels[row] = self._one(random)
            if random.random() < self._mixed:
                other, _ = self._one(random)
                weight = random.uniform(0.2, 0.8)
                pictures[row] = cv2.addWeighted(pictures[row], weight, other, 1 - weight, 0)
                labels[row] = NO_LABEL
        return Views(pictures, labels, self._ask(pictures))

    def _one(self, random: np.random.Generator) -> tuple[Image, int]:
        which = int(random.integers(len(self._folders)))
        row = int(random.choice(self._rows[which]))
        view = augmented(read_image(self._folders[which].files[row]), self._size, random)
        return view[..., ::-1], int(self._folders[which].labels[row])


class Pool:
    """The views at hand: a batch is drawn from them, and new ones take the place of the oldest.

    A teacher costs as much as the step it teaches. Seen several times, a view with its answers costs that much less,
    and stays consistent with them.
    """

    def __init__(self, views: Views) -> None:
        self._views = views
        self._oldest = 0

    def replace(self, new: Views) -> None:
        """Put new views in the place of the oldest."""
        old = self._views
        places = (self._oldest + np.arange(len(new.labels))) % len(old.labels)
        old.pictures[places], old.labels[places] = new.pictures, new.labels
        for answers, fresh in zip(old.answers, new.answers, strict=True):
            answers[places] = fresh
        self._oldest = int((self._oldest + len(new.labels)) % len(old.labels))

    def batch(self, count: int, random: np.random.Generator) -> Views:
        """Return as many different views at random."""
        rows = random.choice(len(self._views.labels), count, replace=False)
        views = self._views
        return Views(views.pictures[rows], views.labels[rows], tuple(answers[rows] for answers in views.answers))

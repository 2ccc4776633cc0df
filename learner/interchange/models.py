# SPDX-License-Identifier: Apache-2.0
"""A version as a file that other programs run: converted, run at once by such a program, and compared with the app."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.backbones import BackboneFiles, files_of, trainable
from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.errors import DamagedProject, EnvironmentFault, LabelFault, NothingLearned
from learner.interchange.dataset import ExportProgress
from learner.interchange.parity import AGREEMENT, AGREEMENT_INT8, Answers, Parity, compare, to_calibrate, to_compare
from learner.interchange.wishes import ExportFormat, ExportWish, Precision
from learner.loading import choose_device
from learner.preprocessing import model_input
from learner.roll import Content
from learner.serving import Serving
from learner.types import HeadWeights, Image

_CALIBRATED_ON = 100
"""Pictures that say how large the numbers within an int8 model become; TensorFlow recommends 100 to 500."""
_ONNX = ("onnx", "onnxruntime", "tf2onnx")

Answerer = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From an RGB picture (s, s, 3), 0…255, to probabilities (classes,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """A version that answers, with all that its answers come from.

    `head` has a column for each class that is there still, `labels` their names in the same order; `serving` answers
    as the app does.
    """

    buffer: Buffer
    version_id: int
    files: BackboneFiles
    head: HeadWeights
    labels: tuple[str, ...]
    serving: Serving

    @classmethod
    def of(cls, buffer: Buffer, version_id: int | None) -> Served:
        """Return a version as the app serves it.

        Args:
            buffer: the project.
            version_id: the version; None where nothing has been learned.

        Raises:
            NothingLearned: there is none, or all its classes have been removed since.
            LabelFault: there is no such version.
            DamagedProject: its weights are not those that were written.
            BackboneFault: its backbone is not on this machine.
        """
        if version_id is None:
            raise _nothing(f"{buffer.path.name} has no version to export.")
        files = files_of(buffer.version(version_id).backbone_sha256, buffer)
        serving = Serving(buffer, LiteRTEmbedder(files.model, files.info))
        head = buffer.head(version_id)
        serving.use(head, version_id)
        if not serving.class_ids:
            raise _nothing(f"The classes of version {version_id} have been removed.")
        columns = [head.class_ids.index(class_id) for class_id in serving.class_ids]
        names = buffer.class_names()
        return cls(
            buffer,
            version_id,
            files,
            HeadWeights(head.kernel[:, columns], head.bias[columns], serving.class_ids, head.mirrored),
            tuple(names[class_id] for class_id in serving.class_ids),
            serving,
        )

    @property
    def content(self) -> Content:
        """The samples there are, sorted by what this version knows of them."""
        return Content.of(self.buffer.members(), self.buffer.seen_by(self.files.info.sha256))

    def pictures(self, sample_ids: Sequence[int]) -> list[Image | None]:
        """Return what the app sees of samples, BGR (s, s, 3); None for one that is damaged, or gone by now."""
        found: list[Image | None] = []
        for sample_id in sample_ids:
            try:
                found.append(model_input(self.buffer.image(sample_id), self.files.info.input_size))
            except (DamagedProject, LabelFault):
                found.append(None)
        return found


def export_model(served: Served, wish: ExportWish, path: Path) -> Generator[ExportProgress, None, Parity]:
    """Write a model file, have it answered by its own program, and compare.

    Args:
        served: the version.
        wish: the format (of a bundle, `tflite`), how precise, and whether the model is kept whatever it answers.
        path: what to write, in a folder where nothing else is.

    Yields:
        How many pictures have been answered, by the app and then by the model.

    Raises:
        EnvironmentFault: it cannot be converted, answers otherwise, or an extra is not installed.
    """
    if wish.format is ExportFormat.ONNX:
        _require_onnx()
    content = served.content
    sample_ids, held_out = to_compare(content)
    found = served.pictures(sample_ids)
    held_out = sum(picture is not None for picture in found[:held_out])
    pictures = [picture for picture in found if picture is not None]
    if not pictures:
        raise EnvironmentFault(
            "There is nothing to compare with",
            "The project has no pictures that could show whether the exported model answers as the app does.",
            "Record some.",
        )
    app = Answers(np.zeros((len(pictures), len(served.labels)), np.float32), np.zeros(len(pictures)))
    for row, picture in enumerate(pictures):
        prediction = served.serving.predict(picture)
        app.probabilities[row] = [prediction.probabilities[label] for label in served.labels]
        app.milliseconds[row] = prediction.milliseconds
        yield ExportProgress(row + 1, 2 * len(pictures))
    answer = _converted(served, wish, path, content)
    exported = Answers(np.zeros_like(app.probabilities), np.zeros_like(app.milliseconds))
    answer(_rgb(pictures[0]))  # the first time takes longer than any other
    for row, picture in enumerate(pictures):
        seen = _rgb(picture)
        began = perf_counter()
        exported.probabilities[row] = answer(seen)
        exported.milliseconds[row] = (perf_counter() - began) * 1000
        yield ExportProgress(len(pictures) + row + 1, 2 * len(pictures))
    required = AGREEMENT_INT8 if wish.precision is Precision.INT8 else AGREEMENT
    parity = compare(app, exported, held_out=held_out, required=required)
    if not wish.force:
        parity.require()
    return parity


def signature(served: Served, wish: ExportWish) -> str:
    """Return what a program has to know to use a model file, as a JSON object."""
    info = served.files.info
    batch = 1 if wish.format in {ExportFormat.TFLITE, ExportFormat.BUNDLE} else None
    told: dict[str, Any] = {
        "made_by": f"Showtell {metadata.version('showtell')}",
        "format": wish.format,
        "precision": wish.precision,
        "input": {
            "shape": [batch, info.input_size, info.input_size, 3],
            "dtype": "float32",
            "channels": "RGB",
            "range": [0, 255],
            "crop": "the largest square in the middle of the upright picture",
            "resize": "averaging areas where it shrinks, linear where it grows",
        },
        "output": {
            "shape": [batch, len(served.labels)],
            "dtype": "float32",
            "meaning": "the probability of each class, in the order of `classes`; they sum to 1",
            "unknown": "There is no answer for what was never taught: something has to be likeliest. "
            "Showtell itself calls such pictures unknown.",
        },
        "classes": list(served.labels),
        "version": served.version_id,
        "backbone": {"name": info.name, "sha256": info.sha256},
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _converted(served: Served, wish: ExportWish, path: Path, content: Content) -> Answerer:
    """Write the file, and return what answers by it."""
    choose_device(LearnerConfig(device="cpu"))  # a GPU has nothing to do in it
    from learner.nn import exported, exporting

    info = served.files.info
    is_litert = wish.format in {ExportFormat.TFLITE, ExportFormat.BUNDLE}
    source = trainable(info.sha256, served.buffer)
    model = exporting.serving_model(source, info, served.head, batch=1 if is_litert else None)
    match wish.format:
        case ExportFormat.KERAS:
            exporting.write_keras(model, path)
            return exported.open_keras(path)
        case ExportFormat.SAVED_MODEL:
            exporting.write_saved_model(model, path)
            return exported.open_saved_model(path)
        case ExportFormat.ONNX:
            exporting.write_onnx(model, path)
            return exported.open_onnx(path)
    calibration = list(_calibration(served, content)) if wish.precision is Precision.INT8 else None
    exporting.write_litert(model, path, half=wish.precision is Precision.FLOAT16, calibration=calibration)
    return exported.open_litert(path)


def _calibration(served: Served, content: Content) -> Iterator[NDArray[np.float32]]:
    for picture in served.pictures(to_calibrate(content, _CALIBRATED_ON)):
        if picture is not None:
            yield _rgb(picture)[None]


def _rgb(picture: Image) -> NDArray[np.float32]:
    return np.ascontiguousarray(picture[:, :, ::-1], np.float32)


def _require_onnx() -> None:
    missing = [name for name in _ONNX if util.find_spec(name) is None]
    if missing:
        raise EnvironmentFault(
            "ONNX is not installed", f"{', '.join(missing)} cannot be found.", "Run pip install 'showtell[onnx]'."
        )


def _nothing(happened: str) -> NothingLearned:
    return NothingLearned("Nothing has been learned yet", happened, "Add labelled pictures and learn them first.")

# SPDX-License-Identifier: Apache-2.0
"""What can be asked of an export, and what comes of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from learner.errors import UsageFault
from learner.interchange.parity import Parity


class ExportFormat(StrEnum):
    """What is written."""

    KERAS = "keras"
    SAVED_MODEL = "saved_model"
    TFLITE = "tflite"
    ONNX = "onnx"
    BUNDLE = "bundle"
    DATASET = "dataset"
    EMBEDDINGS = "embeddings"
    REPORT = "report"


class Precision(StrEnum):
    """How a LiteRT model keeps its numbers: as they are, its weights in half the space, or most in a quarter."""

    FLOAT32 = "float32"
    FLOAT16 = "float16"
    INT8 = "int8"


MODELS = frozenset(
    {ExportFormat.KERAS, ExportFormat.SAVED_MODEL, ExportFormat.TFLITE, ExportFormat.ONNX, ExportFormat.BUNDLE}
)
"""Formats that answer for pictures."""

_QUANTIZED = frozenset({ExportFormat.TFLITE, ExportFormat.BUNDLE})
_ENDINGS = {
    ".keras": ExportFormat.KERAS,
    ".tflite": ExportFormat.TFLITE,
    ".onnx": ExportFormat.ONNX,
    ".npz": ExportFormat.EMBEDDINGS,
    ".html": ExportFormat.REPORT,
    ".htm": ExportFormat.REPORT,
    ".zip": ExportFormat.BUNDLE,
}


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is to be written.

    Attributes:
        out: The file, or the folder of a `dataset` or a `saved_model`; nothing may be called so yet.
        format: What is written.
        precision: Of a LiteRT model, alone or in a bundle.
        version_id: The version whose model it is; None takes the one in use.
        force: Keep a model that answers otherwise than the app.
    """

    out: Path
    format: ExportFormat
    precision: Precision = Precision.FLOAT32
    version_id: int | None = None
    force: bool = False

    def __post_init__(self) -> None:
        if self.format is ExportFormat.KERAS and self.out.suffix != ".keras":
            raise UsageFault(
                "That is no name for a Keras model",
                f"{self.out.name} ends otherwise, and Keras reads no such file.",
                "Let it end in .keras.",
            )
        if self.precision is not Precision.FLOAT32 and self.format not in _QUANTIZED:
            raise UsageFault(
                "That cannot be quantized",
                f"{self.format} has no {self.precision}.",
                "Ask for it with tflite or bundle.",
            )
        if self.version_id is not None and self.format not in MODELS:
            raise UsageFault("That has no version", f"{self.format} is of the whole project.", "Leave the version out.")

    def workspace(self) -> Path:
        """Return a folder beside what is to be written in which it can be made; it is not there yet."""
        out = self.out.absolute()
        return out.with_name(f".{out.name[:100]}.{secrets.token_hex(4)}.part")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many bytes.

    `parity` says how a model compares with the app. Samples have so many `samples` of so many `classes`.
    """

    out: Path
    bytes: int
    parity: Parity | None = None
    samples: int | None = None
    classes: int | None = None


def wish_for(
    out: Path, format_: str | None, precision: str, *, version_id: int | None = None, force: bool = False
) -> ExportWish:
    """Return the wish that words mean; without a format, the ending of the name says what is to be written.

    Raises:
        UsageFault: there is no such format or precision, or they do not go together.
    """
    for word, known in ((format_, ExportFormat), (precision, Precision)):
        if word is not None and word not in list(known):
            raise UsageFault("That cannot be exported", f"There is no {word}.", f"Choose one of {', '.join(known)}.")
    chosen = format_for(out) if format_ is None else ExportFormat(format_)
    return ExportWish(out, chosen, Precision(precision), version_id, force)


def format_for(out: Path) -> ExportFormat:
    """Return the format that the ending of a name stands for.

    Raises:
        UsageFault: it stands for none.
    """
    found = _ENDINGS.get(out.suffix.casefold())
    if found is None:
        raise UsageFault(
            "What is that to be?",
            f"The name {out.name} does not say what is to be written.",
            f"Name it with --format: {', '.join(ExportFormat)}.",
        )
    return found

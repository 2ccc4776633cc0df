# SPDX-License-Identifier: Apache-2.0
"""What can be exported, in words: what one gets, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.text import count_text, samples_text
from learner.interchange.parity import Parity
from learner.interchange.wishes import MODELS, Exported, ExportFormat, Precision

translate = QCoreApplication.translate

PRECISIONS = tuple(Precision)
"""In the order of `precision_choices`."""


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One of the choices.

    Attributes:
        format: What is written.
        title: What it is called.
        words: What it is and for whom.
        ending: What its file's name ends in; "" for a folder.
        files: What a file dialog calls such files.
    """

    format: ExportFormat
    title: str
    words: str
    ending: str = ""
    files: str = ""

    @property
    def is_model(self) -> bool:
        """Whether it answers for pictures."""
        return self.format in MODELS

    @property
    def has_sizes(self) -> bool:
        """Whether it can be made smaller."""
        return self.format in {ExportFormat.BUNDLE, ExportFormat.TFLITE}

    def name(self, project: str) -> str:
        """Return what it is called unless a person calls it otherwise; `project` is the project's name."""
        if self.format is ExportFormat.DATASET:
            return translate("Export", "{project} samples").format(project=project)
        if self.format is ExportFormat.SAVED_MODEL:
            return translate("Export", "{project} model").format(project=project)
        return f"{project}{self.ending}"


def kinds() -> tuple[ExportKind, ...]:
    """Return the choices, what most people want first."""
    return (
        ExportKind(
            ExportFormat.BUNDLE,
            translate("Export", "For another program or a Raspberry Pi"),
            translate(
                "Export",
                "A zip with the model, the names of its classes, and a short program that asks it. "
                "It runs wherever Python does, without Showtell.",
            ),
            ".zip",
            translate("Export", "Zip archives (*.zip)"),
        ),
        ExportKind(
            ExportFormat.TFLITE,
            translate("Export", "LiteRT model"),
            translate("Export", "One file for apps on phones and for small computers (TensorFlow Lite)."),
            ".tflite",
            translate("Export", "LiteRT models (*.tflite)"),
        ),
        ExportKind(
            ExportFormat.KERAS,
            translate("Export", "Keras"),
            translate("Export", "One file for who goes on with the model in Python."),
            ".keras",
            translate("Export", "Keras models (*.keras)"),
        ),
        ExportKind(
            ExportFormat.SAVED_MODEL,
            translate("Export", "TensorFlow SavedModel"),
            translate("Export", "A folder for TensorFlow's own tools and servers."),
        ),
        ExportKind(
            ExportFormat.ONNX,
            translate("Export", "ONNX"),
            translate("Export", "One file for programs in other languages, which run it with ONNX Runtime."),
            ".onnx",
            translate("Export", "ONNX models (*.onnx)"),
        ),
        ExportKind(
            ExportFormat.DATASET,
            translate("Export", "Samples as folders"),
            translate(
                "Export",
                "For other programs and for people: a folder of JPEG pictures for each class, and a table that says "
                "when each was taken and in which recording.",
            ),
        ),
        ExportKind(
            ExportFormat.EMBEDDINGS,
            translate("Export", "Numbers for other programs"),
            translate("Export", "What the model makes of each sample, for who explores it with NumPy."),
            ".npz",
            translate("Export", "NumPy arrays (*.npz)"),
        ),
        ExportKind(
            ExportFormat.REPORT,
            translate("Export", "Report as a web page"),
            translate(
                "Export",
                "One page to read or to send: what it knows, how often it is right, what it mixes up, "
                "and some of the samples.",
            ),
            ".html",
            translate("Export", "Web pages (*.html)"),
        ),
    )


def precision_choices() -> tuple[tuple[str, str], ...]:
    """Return the name of each size, and what it comes to."""
    return (
        (translate("Export", "Full"), translate("Export", "All its numbers as they are")),
        (translate("Export", "Half"), translate("Export", "Half as large, and hardly another answer")),
        (
            translate("Export", "Quarter"),
            translate(
                "Export",
                "A quarter as large, and faster on small computers. Its answers may differ now and then: "
                "it is tried on your own samples before it is kept.",
            ),
        ),
    )


def exported_words(exported: Exported) -> str:
    """Return what was written, and how a model compares."""
    size = QLocale().formattedDataSize(exported.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    words = [translate("Export", "{path} is written: {size}.").format(path=exported.out, size=size)]
    if exported.samples is not None:
        words.append(translate("Export", "There are {samples} in it.").format(samples=samples_text(exported.samples)))
    if exported.parity is not None:
        words.append(parity_words(exported.parity))
    return " ".join(words)


def parity_words(parity: Parity) -> str:
    """Return how a model compares with the window, and how fast it is."""
    words = translate(
        "Export", "It answers like this window for {same} of {count} pictures; {milliseconds} ms a picture."
    )
    return words.format(
        same=count_text(round(parity.agreement * parity.pictures)),
        count=count_text(parity.pictures),
        milliseconds=QLocale().toString(parity.milliseconds, "f", 1),
    )


def progress_words(kind: ExportKind, done: int, total: int) -> str:
    """Return how far an export is. A model is made after the app has answered, half of what it takes."""
    half = total // 2
    if not kind.is_model:
        words, shown, count = translate("Export", "{done} of {total} samples"), done, total
    elif done == half:
        return translate("Export", "Making the model…")
    elif done < half:
        words, shown, count = translate("Export", "Asking this window: {done} of {total} pictures"), done, half
    else:
        words, shown, count = translate("Export", "Asking the new model: {done} of {total} pictures"), done - half, half
    return words.format(done=count_text(shown), total=count_text(count))

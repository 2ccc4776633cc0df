# SPDX-License-Identifier: Apache-2.0
"""The labelled samples of a project as the head sees them: one `.npz` file with their embeddings and what is known."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.errors import EnvironmentFault, LabelFault
from learner.files import new_file
from learner.interchange.dataset import ExportProgress
from learner.project import Project
from learner.types import View

ARRAYS = {View.PICTURE: "embeddings", View.MIRROR: "mirror", View.ZOOM: "zoom"}
"""What the embeddings of each view of the pictures are called in the file."""

_CHUNK = 1024
"""Samples whose embeddings are in memory at a time."""


@dataclass(frozen=True, slots=True)
class EmbeddingsReport:
    """What was written: the file, of how many samples and classes, and how many numbers an embedding has."""

    path: Path
    samples: int
    classes: int
    size: int


def export_embeddings(project: Project, out: Path) -> Generator[ExportProgress, None, EmbeddingsReport]:
    """Write the embeddings of all labelled samples to a new `.npz` file, as they are when the head learns from them.

    What has no embedding yet is embedded first. Of n samples of k classes, with d numbers an embedding, the file has
    `embeddings`, `mirror` and `zoom` (n, d) float32, of the picture, its mirror image and its middle, each of unit
    length; `sample_ids`, `label_ids` and `recordings` (n,) int64; `labels` (n,) text; `held_out` (n,) bool, marked by a
    person as a test; `captured_at` (n,) datetime64[ms], UTC; `class_ids` (k,) int64 and `class_names` (k,) text;
    `backbone` and `backbone_sha256`, texts. Nothing in it is pickled. Samples whose pictures are damaged are left out.

    Args:
        project: the project, in the thread that opened it.
        out: the file to make; nothing that exists is written over. Closing the generator before the end removes it.

    Yields:
        How far it is.

    Returns:
        What was written.

    Raises:
        DiskFull: there is no room for it.
        EnvironmentFault: it cannot be written, or there is nothing to export.
    """
    waiting = 0
    for event in project.embed():
        left = getattr(event, "waiting", waiting)
        waiting = max(waiting, left + 1)
        yield ExportProgress(waiting - left, waiting)
    described = _described(project)
    ids: NDArray[np.int64] = described["sample_ids"]
    size = project.backbone.embedding_size
    total = len(ids) * len(ARRAYS)
    with new_file(out) as part, zipfile.ZipFile(part, "w") as archive:
        for name, array in described.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)
        for place, (view, name) in enumerate(ARRAYS.items()):
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                header = {"descr": "<f4", "fortran_order": False, "shape": (len(ids), size)}
                np.lib.format.write_array_header_1_0(entry, header)
                for start in range(0, len(ids), _CHUNK):
                    rows = ids[start : start + _CHUNK]
                    entry.write(_vectors(project, rows, view).astype("<f4").tobytes())
                    yield ExportProgress(place * len(ids) + start + len(rows), total)
    return EmbeddingsReport(out, len(ids), len(described["class_ids"]), size)


def _described(project: Project) -> Mapping[str, NDArray[Any]]:
    """Return all arrays but the embeddings."""
    names = {info.id: info.name for info in project.classes()}
    everything = project.buffer.catalogue()
    ids = np.array([member.sample_id for member in project.embedded()], np.int64)
    rows = np.isin(everything.sample_ids, ids) & np.isin(everything.class_ids, list(names)) & ~everything.deleted
    if not rows.any():
        raise EnvironmentFault(
            "There is nothing to export", "The project has no labelled samples.", "Name a thing and record it first."
        )
    label_ids = everything.class_ids[rows]
    return {
        "sample_ids": everything.sample_ids[rows],
        "label_ids": label_ids,
        "labels": np.array([names[int(class_id)] for class_id in label_ids]),
        "recordings": everything.burst_ids[rows],
        "held_out": everything.held_out[rows],
        "captured_at": np.rint(everything.captured_at[rows] * 1000).astype("datetime64[ms]"),
        "class_ids": np.array(list(names), np.int64),
        "class_names": np.array(list(names.values())),
        "backbone": np.array(project.backbone.name),
        "backbone_sha256": np.array(project.backbone.sha256),
    }


def _vectors(project: Project, ids: NDArray[np.int64], view: View) -> NDArray[np.float32]:
    try:
        return project.vectors(ids.tolist(), view)
    except LabelFault as fault:  # it was forgotten for good since the samples were listed
        raise EnvironmentFault(
            "The project has changed", "A sample that was to be exported is gone.", "Export it once more."
        ) from fault

# SPDX-License-Identifier: Apache-2.0
"""Any export of a project, from a wish to files that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path

from learner.errors import EnvironmentFault
from learner.files import name_whole, write_fault
from learner.interchange.bundle import export_bundle
from learner.interchange.dataset import ExportProgress, export_folders
from learner.interchange.embeddings import export_embeddings
from learner.interchange.models import Served, export_model, signature
from learner.interchange.report import export_report
from learner.interchange.wishes import MODELS, Exported, ExportFormat, ExportWish
from learner.project import Project

Work = Generator[ExportProgress, None, Exported]


def export(project: Project, wish: ExportWish, workspace: Path | None = None) -> Work:
    """Write what is wished for. Nothing that exists is written over.

    Beside a model come two small files: `….parity.json`, how it compares with the app, and `….signature.json`, what it
    takes and gives. A bundle has them in it.

    Args:
        project: the project, in the thread that opened it.
        wish: what is to be written.
        workspace: a folder to make, and to make everything in (`ExportWish.workspace`). It is removed in the end, and
            when the generator is closed before that.

    Yields:
        How far it is.

    Returns:
        What was written.

    Raises:
        NothingLearned: there is no version to export.
        DiskFull: there is no room for it.
        EnvironmentFault: something is called so already, it cannot be written, or the model answers otherwise.
    """
    out = wish.out.absolute()
    workspace = workspace or wish.workspace()
    try:
        names = [out.name, *(_beside(out) if wish.format in MODELS - {ExportFormat.BUNDLE} else ())]
        for name in names:
            _require_free(out.with_name(name))
        workspace.mkdir(mode=0o700)
        try:
            exported = yield from _made(project, replace(wish, out=out), workspace)
            _place({workspace / name: out.with_name(name) for name in names})
        finally:
            shutil.rmtree(workspace, ignore_errors=True)
    except OSError as error:
        raise write_fault(out, error) from error
    return replace(exported, out=wish.out)


def _made(project: Project, wish: ExportWish, workspace: Path) -> Work:
    """Make everything within the workspace, each under its own name."""
    target = workspace / wish.out.name
    if wish.format in MODELS:
        served = Served.of(project.buffer, wish.version_id or project.version_id)
        if wish.format is ExportFormat.BUNDLE:
            parity = yield from export_bundle(served, wish, target)
        else:
            parity = yield from export_model(served, wish, target)
            figures, told = (workspace / name for name in _beside(wish.out))
            figures.write_text(parity.as_json(), encoding="utf-8")
            told.write_text(signature(served, wish), encoding="utf-8")
        return Exported(wish.out, _size(target), parity)
    if wish.format is ExportFormat.DATASET:
        folders = yield from export_folders(project.buffer, workspace, target.name)
        if folders.folder != target:  # its name was not one that every system takes; the person chose it all the same
            folders.folder.rename(target)
        return Exported(wish.out, _size(target), samples=folders.pictures, classes=folders.classes)
    if wish.format is ExportFormat.EMBEDDINGS:
        embeddings = yield from export_embeddings(project, target)
        return Exported(wish.out, _size(target), samples=embeddings.samples, classes=embeddings.classes)
    yield from export_report(project, target)
    return Exported(wish.out, _size(target))


def _beside(out: Path) -> tuple[str, str]:
    """Return the names of what comes beside a model."""
    return f"{out.name}.parity.json", f"{out.name}.signature.json"


def _place(made: Mapping[Path, Path]) -> None:
    """Give everything its name; either all of it or nothing."""
    placed: list[Path] = []
    try:
        for source, target in made.items():
            if source.is_dir():
                _require_free(target)
                source.rename(target)
            else:
                name_whole(source, target)
            placed.append(target)
    except BaseException:
        for target in placed:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise


def _require_free(path: Path) -> None:
    if os.path.lexists(path):
        raise EnvironmentFault(
            "That name is taken", f"{path} is there already, and nothing is written over.", "Choose another name."
        )


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size

# SPDX-License-Identifier: Apache-2.0
"""Questions for a file, a folder or an address."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

translate = QCoreApplication.translate

BACKBONE = ".showtell-backbone"
"""What the name of a backbone's file ends in."""


def default_folder() -> Path:
    """Return the folder that file dialogs begin in."""
    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()


def new_project(parent: QWidget) -> Path | None:
    """Return where a new project is to be, None when the person thinks better of it."""
    name, _ = QFileDialog.getSaveFileName(parent, translate("Files", "New project"), str(default_folder()), _projects())
    if not name:
        return None
    return Path(name) if name.endswith(".showtell") else Path(f"{name}.showtell")


def project(parent: QWidget) -> Path | None:
    """Return a project that is there."""
    name, _ = QFileDialog.getOpenFileName(
        parent, translate("Files", "Open a project"), str(default_folder()), _projects()
    )
    return Path(name) if name else None


def clip(parent: QWidget) -> str:
    """Return the name of a clip, "" when none is wanted after all."""
    clips = translate("Files", "Clips (*.mp4 *.avi *.mov *.mkv *.webm *.m4v);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, translate("Files", "Choose a clip"), str(default_folder()), clips)
    return name


def folder(parent: QWidget) -> str:
    """Return the name of a folder of pictures."""
    return QFileDialog.getExistingDirectory(
        parent, translate("Files", "Choose a folder of pictures"), str(default_folder())
    )


def to_import(parent: QWidget) -> list[Path]:
    """Return files with pictures for the classes; none when none are wanted after all."""
    from learner.interchange.formats import ENDINGS

    files = translate(
        "Files",
        "Pictures, clips, archives, tables, projects ({endings});;All files (*)",
    ).format(endings=" ".join(f"*{ending}" for ending in sorted(ENDINGS)))
    names, _ = QFileDialog.getOpenFileNames(parent, translate("Files", "Import files"), str(default_folder()), files)
    return [Path(name) for name in names]


def folder_to_import(parent: QWidget) -> list[Path]:
    """Return a folder of class folders, or of pictures of one class; none when none is wanted after all."""
    name = QFileDialog.getExistingDirectory(parent, translate("Files", "Import a folder"), str(default_folder()))
    return [Path(name)] if name else []


def address(parent: QWidget) -> str:
    """Return the address of a phone."""
    text, sure = QInputDialog.getText(
        parent,
        translate("Files", "Address of a phone"),
        translate("Files", "The address that the phone's camera app shows, like http://…/video:"),
    )
    return text.strip() if sure else ""


def backbone(parent: QWidget) -> str:
    """Return the name of a file with a backbone."""
    files = translate("Files", "Backbones (*.keras *.showtell-backbone)")
    name, _ = QFileDialog.getOpenFileName(parent, translate("Files", "Choose a backbone"), str(default_folder()), files)
    return name


def new_backbone(parent: QWidget, name: str) -> tuple[Path, bool] | None:
    """Return where a backbone is to be saved, and whether a file that is there may be written over.

    Args:
        parent: what the question lies over.
        name: what the file is called unless the person calls it otherwise.
    """
    files = translate("Files", "Showtell backbones (*.showtell-backbone)")
    chosen, _ = QFileDialog.getSaveFileName(
        parent, translate("Files", "Save the backbone"), str(default_folder() / f"{name}{BACKBONE}"), files
    )
    if not chosen:
        return None
    # The dialog asks about the very name that was chosen, and not about what it becomes here.
    is_whole = chosen.endswith(BACKBONE)
    return Path(chosen if is_whole else f"{chosen}{BACKBONE}"), is_whole


def _projects() -> str:
    return translate("Files", "Showtell projects (*.showtell)")

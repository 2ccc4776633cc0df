# SPDX-License-Identifier: Apache-2.0
"""`showtell import`: class folders copied into a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learner.cli.options import AsJson, ClassFolders, Debug, ProjectFile
from learner.cli.output import Output
from learner.errors import EnvironmentFault

if TYPE_CHECKING:
    from learner.interchange.folders import ImportReport


def import_(project: ProjectFile, folder: ClassFolders, as_json: AsJson = False, debug: Debug = False) -> None:
    """Copy class folders into a project.

    The project is made if it is not there. Bad files are left out and listed; a picture that is there already is not
    added again.

    Example: showtell import desk.showtell pictures
    """
    from learner.buffer import Buffer
    from learner.interchange.folders import class_folders, import_folder

    output = Output(as_json=as_json)
    class_folders(folder)  # a mistyped folder must not leave an empty project behind
    with Buffer.open(project) as buffer, output.progress("Importing") as meter:
        report = import_folder(buffer, folder, lambda done, total: meter.show("Importing", done, total))
    output.result(_data(report), _text(report))
    output.skipped(report.skipped)
    if not report.added and not report.duplicates:
        raise EnvironmentFault("Nothing was imported", f"{folder} has no picture to add.", "See above for the reasons.")


def _data(report: ImportReport) -> dict[str, Any]:
    """Return the JSON object of an import."""
    skipped = [{"path": str(item.path), "why": item.why} for item in report.skipped]
    return {
        "added": report.added,
        "duplicates": report.duplicates,
        "skipped": skipped,
        "classes": report.classes,
    }


def _text(report: ImportReport) -> str:
    """Return what people read of an import."""
    lines = [f"Added {report.added} samples; {report.duplicates} were there already."]
    lines += [f"  {name}: {count}" for name, count in report.classes.items()]
    return "\n".join(lines)

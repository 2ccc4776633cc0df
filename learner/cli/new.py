# SPDX-License-Identifier: Apache-2.0
"""`showtell new`: an empty project."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.errors import UsageFault


def new(
    project: ProjectFile,
    classes: Annotated[
        list[str] | None, typer.Option("--class", metavar="NAME", help="A thing to tell apart; once for each of them.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Make a project.

    Whatever is there already is left as it is.

    Example: showtell new desk.showtell --class mug --class keys
    """
    from learner.buffer import Buffer, ProjectLock
    from learner.buffer.labels import clean_name

    output = Output(as_json=as_json)
    # A bad name must not leave half a project behind.
    names: dict[str, str] = {}
    for name in map(clean_name, classes or ()):
        names.setdefault(name.casefold(), name)
    if os.path.lexists(project):
        raise UsageFault(
            "There is something already", f"{project} is there, and is left as it is.", "Choose another name."
        )
    with ProjectLock(project, create=True), Buffer.open(project) as buffer:
        made = [buffer.add_class(name).name for name in names.values()]
    told = f"Made {project}" + (f" with {', '.join(made)}." if made else ".")
    output.result({"project": str(project), "classes": made}, told)
    output.note(f"Show it things in the window (showtell {project}), or by showtell label and showtell import.")

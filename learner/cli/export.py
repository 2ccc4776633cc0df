# SPDX-License-Identifier: Apache-2.0
"""`showtell export`: models, samples and reports of a project as files of other programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from learner.cli.opening import opened_project, require_version
from learner.cli.options import VERSION_HELP, AsJson, BackboneFile, Debug, ProjectFile
from learner.cli.output import Output

if TYPE_CHECKING:
    from learner.interchange.wishes import Exported, ExportWish


def export(
    project: ProjectFile,
    out: Annotated[
        Path, typer.Argument(metavar="OUT", readable=False, help="What to write; nothing may be called so yet.")
    ],
    format_: Annotated[
        Literal["keras", "saved_model", "tflite", "onnx", "bundle", "dataset", "embeddings", "report"] | None,
        typer.Option("--format", help="What it is to be; without it, the ending of OUT says so."),
    ] = None,
    quantize: Annotated[
        Literal["none", "float16", "int8"], typer.Option(help="Make a tflite model, or that of a bundle, smaller.")
    ] = "none",
    version: Annotated[
        int | None, typer.Option("--version", metavar="VERSION", help=f"Instead of the one in use. {VERSION_HELP}")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Keep a model that answers otherwise than the app.")] = False,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write a project's model, samples or report for other programs.

    A model takes an RGB picture and gives probabilities: keras, saved_model (a folder), tflite, onnx, or bundle, a zip
    of a tflite model with its labels, a script and a model card. It is run at once by its own program on pictures that
    were held out, and is not kept when it answers otherwise than the app. dataset is a folder of pictures, embeddings
    what the head learns from, and report a web page of one file.

    Example: showtell export desk.showtell desk.tflite
    """
    from learner.interchange.wishes import MODELS, wish_for

    output = Output(as_json=as_json)
    precision: Literal["float32", "float16", "int8"] = "float32" if quantize == "none" else quantize
    wish = wish_for(out, format_, precision, version_id=version, force=force)
    with opened_project(project, backbone=backbone, alone=False) as opened, output.progress("Exporting") as meter:
        if wish.format in MODELS and version is None:
            require_version(opened)
        exported = opened.export(
            out,
            wish.format,
            precision=precision,
            version_id=version,
            force=force,
            on_progress=lambda done, total: meter.show("Exporting", done, total),
        )
    output.result(_data(wish, exported), _text(exported))


def _data(wish: ExportWish, exported: Exported) -> dict[str, Any]:
    """Return the JSON object of an export."""
    return {
        "out": str(exported.out),
        "format": wish.format,
        "precision": wish.precision,
        "bytes": exported.bytes,
        "samples": exported.samples,
        "classes": exported.classes,
        "parity": asdict(exported.parity) if exported.parity else None,
    }


def _text(exported: Exported) -> str:
    """Return what people read of an export."""
    lines = [f"{exported.out} is written, {exported.bytes / 1e6:.1f} MB."]
    if exported.samples is not None:
        lines.append(f"It has {exported.samples} samples of {exported.classes} classes.")
    if exported.parity is not None:
        lines.append(exported.parity.in_words())
        if not exported.parity.is_enough:
            lines.append("That is less than what is wanted; it was kept because you forced it.")
    return "\n".join(lines)

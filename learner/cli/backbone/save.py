# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone save`: one of a project as a file, to keep or to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learner.cli.backbone.telling import in_short, in_use, info_data
from learner.cli.options import AsJson, Debug, ProjectFile, Yes
from learner.cli.output import Output
from learner.errors import EnvironmentFault, NothingLearned, UsageFault

if TYPE_CHECKING:
    from learner.buffer import Buffer
    from learner.types import BackboneInfo


def save(
    project: ProjectFile,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="What to write, like desk.showtell-backbone.")
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The name or hash of another one than that in use.")
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write a backbone of a project to a file.

    showtell backbone add takes it, on another computer as well. It holds no pictures, but one that was consolidated has
    learned from them.

    Example: showtell backbone save desk.showtell desk.showtell-backbone
    """
    from learner.backbone_cache import PACKAGE_SUFFIX
    from learner.buffer.guest import guest

    if file.suffix.casefold() != PACKAGE_SUFFIX:
        raise UsageFault(
            "That is no name for a backbone", f"{file} ends otherwise.", f"Let it end in {PACKAGE_SUFFIX}."
        )
    output = Output(as_json=as_json)
    with guest(project) as buffer:
        info = _meant(buffer, name)
        if file.exists() and not output.is_meant(
            "Is that to be replaced?", f"{file} is there already.", "Replace it?", yes=yes
        ):
            output.result({}, "Nothing was written.")
            return
        with output.progress("Reading the backbone"):
            content = _package(buffer, info)
        seen = next((kept.seen for kept in buffer.kept_backbones() if kept.info.sha256 == info.sha256), 0)
    _write(file, content)
    learned = f" It has learned from {seen} pictures of {project.name}." if seen else ""
    output.result(
        {**info_data(info), "file": str(file), "bytes": len(content), "consolidated_on": seen},
        f"{in_short(info)} is in {file}, {len(content) / 1e6:.1f} MB.{learned}",
    )


def _meant(buffer: Buffer, name: str | None) -> BackboneInfo:
    from learner import backbones

    if name is not None:
        return backbones.named(name, buffer).info
    sha256 = in_use(buffer)
    for _, info in buffer.backbones():
        if info.sha256 == sha256:
            return info
    raise NothingLearned(
        "Nothing has been learned yet",
        f"{buffer.path.name} has no backbone in use.",
        "Name one with --name; showtell backbone list has their names.",
    )


def _package(buffer: Buffer, info: BackboneInfo) -> bytes:
    """Return the package of a backbone; the embedded one is packed first, for which TensorFlow is loaded."""
    from learner.backbone_cache import PACKAGE_SUFFIX
    from learner.backbones import trainable

    name, content = trainable(info.sha256, buffer)
    if Path(name).suffix == PACKAGE_SUFFIX:
        return content
    from learner.config import LearnerConfig
    from learner.loading import choose_device

    choose_device(LearnerConfig(device="cpu"))  # a GPU has nothing to do in it
    from learner.nn.package import model_from, pack

    return pack(model_from(name, content), info)


def _write(file: Path, content: bytes) -> None:
    from learner.files import write_whole

    try:
        write_whole(file, content)
    except OSError as error:
        raise EnvironmentFault(
            "The backbone cannot be written", f"{file}: {error.strerror}.", "Write it to another place."
        ) from error

# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone list`: those of this computer, and of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.backbone.telling import in_use, info_data
from learner.cli.options import AsJson, Debug
from learner.cli.output import Output
from learner.cli.tables import table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.buffer import Buffer
    from learner.types import BackboneInfo, KeptBackbone


def list_(
    project: Annotated[
        Path | None, typer.Argument(metavar="PROJECT", readable=False, help="A project, to list those it keeps too.")
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """List the backbones that there are.

    Example: showtell backbone list desk.showtell
    """
    from learner.buffer.guest import guest

    output = Output(as_json=as_json)
    if project is None:
        rows = _rows(None)
    else:
        with guest(project) as buffer:
            rows = _rows(buffer)
    output.result({"backbones": [_data(row) for row in rows]}, _drawn(rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """A backbone, where it is, whether the project has it in use, and what the project keeps of it."""

    info: BackboneInfo
    where: tuple[str, ...]
    in_use: bool
    kept: KeptBackbone | None


def _rows(buffer: Buffer | None) -> list[_Row]:
    from learner.backbones import embedded, registered

    ships = embedded().info.sha256
    found = {files.info.sha256: files.info for files in registered()}
    here = dict.fromkeys(found, "this computer") | {ships: "comes with Showtell"}
    kept: dict[str, KeptBackbone] = {}
    used = None
    if buffer is not None:
        kept = {backbone.info.sha256: backbone for backbone in buffer.kept_backbones()}
        used = in_use(buffer)
        found |= {backbone.info.sha256: backbone.info for backbone in kept.values()}
        found |= {info.sha256: info for _, info in buffer.backbones() if info.sha256 == used}
    rows = []
    for sha256, info in found.items():
        where = [here[sha256]] if sha256 in here else []
        if sha256 in kept:
            where.append("this project")
        rows.append(_Row(info, tuple(where), sha256 == used, kept.get(sha256)))
    return rows


def _data(row: _Row) -> dict[str, Any]:
    """Return the JSON object of a backbone in the list."""
    kept = row.kept
    return {
        **info_data(row.info),
        "where": list(row.where),
        "in_use": row.in_use,
        "consolidated_from": kept.parent_sha256 if kept else None,
        "consolidated_on": kept.seen if kept else 0,
        "gone": kept.gone if kept else 0,
    }


def _drawn(rows: Sequence[_Row]) -> RenderableType:
    """Return the table that people read."""
    drawn = table("name", "input", "scaled to", "numbers", "hash", "where", "", words=("hash", "where", ""))
    for row in rows:
        info = row.info
        drawn.add_row(
            info.name,
            f"{info.input_size} × {info.input_size}",
            f"{info.low:g} … {info.high:g}",
            str(info.embedding_size),
            info.sha256[:12],
            ", ".join(row.where) or "not here",
            ", ".join(_remarks(row)),
        )
    return drawn


def _remarks(row: _Row) -> list[str]:
    remarks = ["in use"] if row.in_use else []
    if row.kept and row.kept.seen:
        gone = f" ({row.kept.gone} of them gone)" if row.kept.gone else ""
        remarks.append(f"consolidated on {row.kept.seen} pictures{gone}")
    return remarks

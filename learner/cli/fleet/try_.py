# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet try`: a fleet of several projects on one machine, by Flower's simulation engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from learner.cli.fleet.common import others_text
from learner.cli.needed import needed
from learner.cli.options import AsJson, Debug
from learner.cli.output import Output

if TYPE_CHECKING:
    from learner.fleet.member import Delivery


def try_(
    projects: Annotated[
        list[Path], typer.Argument(metavar="PROJECT…", readable=False, help="At least two project files.")
    ],
    rounds: Annotated[int, typer.Option(min=0, max=100, help="Refine weights together in so many rounds.")] = 0,
    strategy: Annotated[
        Literal["fedavg", "fedprox", "fedadam", "median", "trimmed"],
        typer.Option(help="How weights from many laptops become one."),
    ] = "fedavg",
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """See what projects would learn from each other, on this machine alone. The projects stay as they are.

    Example: showtell fleet try anna.showtell ben.showtell
    """
    output = Output(as_json=as_json)
    with needed("fleet"):
        from learner.fleet.rounds import Wishes
        from learner.fleet.simulation import simulate
        from learner.fleet.strategy import Refining
    from learner.backbones import embedded

    info = embedded().info
    wishes = Wishes(info.sha256, info.embedding_size, len(projects), 60.0, 300.0, rounds, refining=Refining(strategy))
    with output.progress("Learning together") as meter:
        found = simulate(projects, wishes, lambda what, figures: meter.show(what))
    data: dict[str, Any] = {
        "projects": [
            {"project": str(path), "laptops": one.laptops, "classes": _classes(one, info.embedding_size)}
            for path, one in found.items()
        ]
    }
    lines = [
        f"{path.name} would learn from {others_text(one.laptops)}: {', '.join(_classes(one, info.embedding_size))}."
        for path, one in found.items()
    ]
    output.result(data, "\n".join(lines) or "Nothing came of it: too few projects have something to share.")


def _classes(delivery: Delivery, size: int) -> list[str]:
    """Return the classes of which something has come, and not only from the project itself."""
    from learner.contribution import Contribution

    known = Contribution.from_arrays(delivery.names, size, delivery.arrays)
    return sorted(name for name, count in zip(known.names, known.counts, strict=True) if count)

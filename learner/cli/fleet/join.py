# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet join`: a project takes part in a fleet."""

from __future__ import annotations

import tempfile
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.fleet.common import ended_by_sigterm, ended_with_stdin, others_text, shared_text
from learner.cli.needed import needed
from learner.cli.opening import opened_project
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, Yes
from learner.cli.output import Output
from learner.cli.progress import learning_shown_on
from learner.errors import OpenElsewhere

if TYPE_CHECKING:
    from learner.fleet.member import Delivery

CODE_VARIABLE = "SHOWTELL_JOIN_CODE"
_RETRY_LOOKS = 10
"""Times that nothing comes before a project that was open elsewhere is tried again."""

_numbers = count()
"""Of files that were handed over."""
_GONE = (
    {"what": "unreachable"},
    "The serving laptop has ended, or is out of reach. What has come stays; Ctrl+C leaves.",
)
_BACK = ({"what": "reached"}, "The serving laptop answers again.")


def join(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of the serving laptop, as it prints it.")],
    project: Annotated[
        Path, typer.Argument(metavar="PROJECT", readable=False, help="The project file, like desk.showtell.")
    ],
    code: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            envvar=CODE_VARIABLE,
            show_envvar=False,
            help="The join code that the serving laptop prints.",
        ),
    ],
    classes: Annotated[
        list[str] | None, typer.Option("--class", metavar="NAME", help="Share this class and no others; repeatable.")
    ] = None,
    hand_over: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            readable=False,
            help="Put what comes into a folder, for who has the project open; ends with its input.",
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End when something has come from the others.")] = False,
    yes: Yes = False,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Learn from the other laptops of a fleet, and let them learn from this one, until Ctrl+C.

    What would be sent is shown first, and nothing is sent before you agree. Classes that are new after that are not
    shared until you join again. What comes is learned with, as a version of its own, if it makes nothing worse.

    Example: showtell fleet join 192.168.1.20:8471 desk.showtell --code ABCD-EFGH-IJKL-MNOP-QRST-UVWX
    """
    output = Output(as_json=as_json)
    with needed("fleet"):
        from learner.fleet.joined import Joined
        from learner.fleet.joining import JoinCode
    from learner.config import LearnerConfig

    read = JoinCode.read(code)
    with opened_project(project, backbone=backbone, alone=False) as opened:
        shared = opened.shared(classes)
    names = () if shared.contribution is None else shared.contribution.names
    if not output.is_meant(
        "Sharing has to be agreed to", shared_text(shared), f"Share this with the fleet at {address}?", yes=yes
    ):
        output.note("Nothing was sent.")
        return
    config = LearnerConfig(device=device, backbone=backbone)
    with (
        ended_by_sigterm(),
        ended_with_stdin() if hand_over else nullcontext(),
        tempfile.TemporaryDirectory(prefix="showtell-fleet-") as folder,
        Joined(Path(folder), address, read, project, names, config) as joined,
    ):
        output.result({"what": "joined", "classes": list(names)}, "Joined. Waiting for the others; Ctrl+C leaves.")
        waiting: Delivery | None = None
        quiet, is_reached = 0, True
        for delivery in joined.deliveries():
            if joined.is_reached is not is_reached:
                is_reached = joined.is_reached
                output.result(*(_BACK if is_reached else _GONE))
            quiet = 0 if delivery is not None else quiet + 1
            waiting = delivery or waiting
            if waiting is None or (delivery is None and quiet % _RETRY_LOOKS):
                continue
            told = _put(waiting, hand_over) if hand_over else _take(waiting, project, config, output)
            if told is None:
                continue
            waiting = None
            output.result(*told)
            if once:
                return


def _put(delivery: Delivery, folder: Path) -> tuple[dict[str, Any], str]:
    """Put what has come into a folder, whole or not at all; return where it is."""
    import numpy as np

    path = folder / f"{next(_numbers)}.npz"
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, **delivery.arrays)  # type: ignore[arg-type]
    part.rename(path)
    data = {
        "what": "came",
        "file": str(path),
        "backbone": delivery.backbone,
        "laptops": delivery.laptops,
        "names": list(delivery.names),
    }
    return data, f"What came from {others_text(delivery.laptops)} is in {path}."


def _take(delivery: Delivery, project: Path, config: Any, output: Output) -> tuple[dict[str, Any], str] | None:
    """Learn with what has come; return what came of that, or None while the project is open elsewhere."""
    try:
        with opened_project(project, backbone=config.backbone, device=config.device) as opened:
            new = opened.take_from_others(delivery.laptops, delivery.names, delivery.arrays, delivery.backbone)
            with output.progress("Loading TensorFlow") as meter:
                increments = opened.learn("from the fleet", learning_shown_on(meter, output))
            version = opened.version_id
    except OpenElsewhere:
        return None
    accepted = [increment for increment in increments if increment.accepted]
    why = next((increment.why for increment in increments if not increment.accepted), "")
    data = {"what": "learned", "laptops": delivery.laptops, "new": new, "version": version, "refused": why}
    if why and not accepted:
        return data, f"What came from {others_text(delivery.laptops)} was not taken: {why} Version {version} stays."
    text = f"Learned from {others_text(delivery.laptops)}: version {version}."
    return data, text + (f" New here: {', '.join(new)}." if new else "")

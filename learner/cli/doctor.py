# SPDX-License-Identifier: Apache-2.0
"""`showtell doctor`: what this machine has, and what of it works."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from learner.cli.options import AsJson, Debug
from learner.cli.output import Output
from learner.errors import EnvironmentFault

if TYPE_CHECKING:
    from rich.console import RenderableType

    from learner.doctor import Diagnosis


def doctor(as_json: AsJson = False, debug: Debug = False) -> None:
    """Tell what this machine has, and try whether the parts work.

    Example: showtell doctor --json
    """
    from learner.doctor import diagnose

    output = Output(as_json=as_json)
    with output.progress("Looking") as meter:
        diagnosis = diagnose(lambda name: meter.show(f"Trying: {name}"))
    output.result(_data(diagnosis), *_parts(diagnosis))
    if not diagnosis.is_healthy:
        raise typer.Exit(EnvironmentFault.exit_code)


def _data(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the JSON object of the doctor."""
    return asdict(diagnosis)


def _parts(diagnosis: Diagnosis) -> tuple[RenderableType, ...]:
    """Return what people read of the doctor."""
    from rich.table import Table
    from rich.text import Text

    facts = Table.grid(padding=(0, 3, 0, 0))
    facts.add_row("Python", diagnosis.python)
    facts.add_row("platform", diagnosis.platform)
    for name, version in (("TensorFlow", diagnosis.tensorflow), ("Keras", diagnosis.keras), ("Qt", diagnosis.qt)):
        facts.add_row(name, version or "missing")
    for device in diagnosis.devices:
        facts.add_row("device", f"{device.name}. {device.reason}")
    for camera in diagnosis.cameras:
        facts.add_row("camera", f"{camera.index}: {camera.name}")
    if diagnosis.backbone:
        facts.add_row("backbone", f"{diagnosis.backbone.name} ({diagnosis.backbone.sha256[:12]})")
    checks = Table.grid(padding=(0, 3, 0, 0))
    for check in diagnosis.checks:
        checks.add_row(check.name, "works" if check.ok else Text("does not work", "bold red"), check.detail)
    return facts, "", checks

# SPDX-License-Identifier: Apache-2.0
"""What this Showtell is made of, and what it runs on: for the About dialog and for reports of bugs."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.icons import FONT_VERSION

if TYPE_CHECKING:
    from importlib import metadata

_NAME = "showtell"


@dataclass(frozen=True, slots=True)
class Part:
    """A library in use. `licence` is what its makers state, "" where they state none in a few words."""

    name: str
    version: str
    licence: str


def version() -> str:
    """Return the version of Showtell."""
    from importlib import metadata

    try:
        return metadata.version(_NAME)
    except metadata.PackageNotFoundError:
        return "of a working copy"


def details(device: str = "") -> str:
    """Return versions and system, one a line, for a report of a bug; nothing of any project.

    Args:
        device: where training runs, in words.
    """
    lines = [
        f"Showtell {version()}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.platform()}, {platform.machine()}",
    ]
    if isinstance(QGuiApplication.instance(), QGuiApplication):
        screens = ", ".join(
            f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():.2g}"
            for screen in QGuiApplication.screens()
        )
        lines.append(f"Screens: {screens} ({QGuiApplication.platformName()})")
    if device:
        lines.append(f"Training on: {device}")
    return "\n".join(lines)


def parts() -> Iterator[Part]:
    """Yield Python, the icons, and every library that Showtell needs and is there, one by one: each takes a while."""
    from importlib import metadata

    yield Part("Python", platform.python_version(), "PSF-2.0")
    yield Part("Phosphor Icons", FONT_VERSION, "MIT")
    waiting, seen = [_NAME], {_NAME}
    while waiting:
        try:
            found = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            continue  # of another system
        for requirement in found.requires or []:
            name = _normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
            if "extra ==" not in requirement and name not in seen:
                seen.add(name)
                waiting.append(name)
        if _normal(found.name) != _NAME:
            yield Part(found.name, found.version, _licence(found))


def _licence(found: metadata.Distribution) -> str:
    about = found.metadata
    if "License-Expression" in about:
        return str(about["License-Expression"])
    classes = [entry.rpartition(" :: ")[2] for entry in about.get_all("Classifier", []) if entry.startswith("License")]
    if classes:
        return ", ".join(classes)
    text = str(about["License"]).strip() if "License" in about else ""
    return text if len(text.splitlines()) == 1 else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

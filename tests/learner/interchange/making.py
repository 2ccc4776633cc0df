# SPDX-License-Identifier: Apache-2.0
"""What the tests of importing share: pictures in files, and an import carried out to its end."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from learner.buffer import Buffer
from learner.cv import cv2
from learner.interchange.formats import source_of
from learner.interchange.importing import Progress, Report, import_source
from tests.learner.fakes import picture

Yielded = TypeVar("Yielded")
Result = TypeVar("Result")


def finish(work: Generator[Yielded, None, Result]) -> tuple[list[Yielded], Result]:
    """Return all that a generator yields, and what it returns."""
    said = []
    while True:
        try:
            said.append(next(work))
        except StopIteration as end:
            return said, end.value


def watched(
    buffer: Buffer, path: Path, *, label: str | None = None, every: int | None = None
) -> tuple[list[Progress], Report]:
    return finish(import_source(buffer, source_of(path, label=label, every=every, into=buffer.path)))


def bring_in(buffer: Buffer, path: Path, *, label: str | None = None, every: int | None = None) -> Report:
    return watched(buffer, path, label=label, every=every)[1]


def content(kind: int, number: int = 0, ending: str = ".png") -> bytes:
    return cv2.imencode(ending, picture(kind, number))[1].tobytes()


def put(folder: Path, name: str, kind: int, number: int = 0) -> Path:
    """Write a picture, whatever characters its name has."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content(kind, number, path.suffix if path.suffix in {".jpg", ".webp"} else ".png"))
    return path


def counts(buffer: Buffer) -> dict[str, int]:
    return {info.name: info.count for info in buffer.classes()}


def whys(report: Report) -> dict[str, str]:
    """Return why each file was left out, by its name."""
    return {item.path.name: item.why for item in report.skipped}

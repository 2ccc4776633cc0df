# SPDX-License-Identifier: Apache-2.0
"""What the tests of the verbs share, besides their fixtures."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from learner.backbones import embedded
from learner.buffer import LITERT, PACKAGE, Buffer, Checkpoint
from learner.cv import cv2
from tests.learner.buffer.making import increment
from tests.learner.fakes import picture

Capture = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


def put(path: Path, kind: int, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())
    return path


def as_json(capsys: Capture) -> Any:
    return json.loads(capsys.readouterr().out)


def recorder(answer: int, asked: list[Any]) -> Callable[[Any], int]:
    def open_it(request: Any) -> int:
        asked.append(request)
        return answer

    return open_it


def cells(line: str) -> list[str]:
    """Return the cells of a row, which lie two spaces or more apart."""
    return re.split(" {2,}", line.strip())


def consolidated(path: Path, delete: int = 0) -> None:
    """Leave in a project a backbone that was consolidated on all that it has and is in use; some was deleted since.

    It embeds as the embedded one does.
    """
    ships = embedded()
    tuned = dataclasses.replace(ships.info, name="tuned", sha256="ef" * 32)
    with Buffer.open(path) as buffer:
        seen = [sample.id for sample in buffer.samples()]
        done = Checkpoint(ships.info.sha256, "test", datetime.now(UTC), 0, 1.0, {}, seen, {})
        buffer.save_checkpoint(done)
        buffer.finish_consolidation(done, tuned, {PACKAGE: b"its package", LITERT: ships.model})
        champion = buffer.champion_id()
        assert champion is not None
        made = dataclasses.replace(increment(buffer, []), backbone_id=buffer.register_backbone(tuned))
        buffer.publish(made, buffer.head(champion))
        buffer.delete(seen[:delete])

# SPDX-License-Identifier: Apache-2.0
"""What the tests of the verbs share, besides their fixtures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from learner.cv import cv2
from tests.learner.fakes import picture

Capture = pytest.CaptureFixture[str]


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

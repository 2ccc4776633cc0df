# SPDX-License-Identifier: Apache-2.0
"""What is installed on request, and whether it is."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

Extra = Literal["fleet", "onnx", "serve"]

_MODULES: dict[Extra, tuple[str, ...]] = {
    "fleet": ("flwr",),
    "onnx": ("onnx", "onnxruntime", "tf2onnx"),
    "serve": ("starlette", "uvicorn", "sse_starlette", "python_multipart", "prometheus_client"),
}


def is_missing(extra: Extra) -> bool:
    """Return whether something of an extra is not installed."""
    return any(find_spec(name) is None for name in _MODULES[extra])


def install_command(extra: Extra) -> str:
    """Return the command that installs it, quoted as every shell reads it."""
    return f'pip install "showtell[{extra}]"'

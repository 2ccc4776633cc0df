# SPDX-License-Identifier: Apache-2.0
"""Work in a process of its own, so that what it imports and leaves behind disturbs nothing else that is measured."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Came = TypeVar("_Came")


def apart(work: Callable[_Given, _Came], *arguments: _Given.args, **named: _Given.kwargs) -> _Came:
    """Return what comes of work in a process of its own; the function and all it is given have to travel there."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **named).result()

# SPDX-License-Identifier: Apache-2.0
"""What is told where a verb takes an extra that is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from learner.errors import EnvironmentFault


@contextmanager
def needed(extra: Literal["fleet", "serve"]) -> Iterator[None]:
    """Say that an extra is missing when something that is imported in the block is not there.

    Raises:
        EnvironmentFault: it is not.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "learner":
            raise
        raise EnvironmentFault(
            "That needs more than is installed",
            f"{error.name} is not there.",
            f"Install it with: pip install 'showtell[{extra}]'",
        ) from error

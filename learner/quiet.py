# SPDX-License-Identifier: Apache-2.0
"""Keeping C++ libraries from writing into the middle of a terminal's progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send file descriptor 2 to nowhere for a while.

    TensorFlow and LiteRT log through absl before absl is set up, which no environment variable silences.
    """
    if sys.stderr is None:  # a Windows program without a console
        yield
        return
    sys.stderr.flush()
    saved = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)

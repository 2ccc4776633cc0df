# SPDX-License-Identifier: Apache-2.0
"""How much memory a piece of work adds to this process at its peak."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


class Peak:
    """The growth of this process's peak since this was made.

    On Linux the peak is set back first, so that what imports and loading took for a moment hides nothing; elsewhere the
    growth is that of `ru_maxrss`.
    """

    def __init__(self) -> None:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
        self._before = _peak()

    def megabytes(self) -> float | None:
        """Return the growth so far; None where the system tells no peak (Windows)."""
        now = _peak()
        return None if now is None or self._before is None else (now - self._before) / 2**20


def _peak() -> float | None:
    # A child's ru_maxrss starts at its parent's, on Linux; VmHWM is this process's own.
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) * 2**10
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 2.0**10)

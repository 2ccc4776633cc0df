# SPDX-License-Identifier: Apache-2.0
"""Whether this machine has what Qt is built on; one that never had a screen often has not."""

from __future__ import annotations

import pytest


def _why_not() -> str | None:
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded here ({error})"
    return None


WHY_NOT = _why_not()
"""What keeps Qt from being loaded, or None."""

needs_qt = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))

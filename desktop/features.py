# SPDX-License-Identifier: Apache-2.0
"""What of PySide the app can do without."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  # where there is something to do without


def skip_features() -> None:
    """Have PySide import modules without looking into each for what is to be different in it.

    After its own import PySide reads the source of every module that is imported, a tenth of the time it takes the app
    to start, and looks whether it mentions PySide: it could have asked for `__feature__`, other names of methods. None
    of ours does. Where PySide no longer does this, or does it otherwise, nothing happens.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _: False  # type: ignore[union-attr]

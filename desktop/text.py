# SPDX-License-Identifier: Apache-2.0
"""Names that people give, shown as they are: Qt takes some texts for HTML and an ampersand for a shortcut."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt


def tooltip(text: str) -> str:
    """Return a tooltip that shows this very text."""
    return f"<span>{html.escape(text)}</span>" if Qt.mightBeRichText(text) else text


def caption(text: str) -> str:
    """Return a text for a menu or a button that shows this very text."""
    return text.replace("&", "&&")


def samples_text(count: int) -> str:
    """Return "1 sample" or "2 samples"."""
    return "1 sample" if count == 1 else f"{count:,} samples"

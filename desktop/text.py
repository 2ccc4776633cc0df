# SPDX-License-Identifier: Apache-2.0
"""Names that people give, shown as they are: Qt takes some texts for HTML and an ampersand for a shortcut."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import Qt


def tooltip(text: str) -> str:
    """Return a tooltip that shows this very text."""
    return f"<span>{html.escape(text)}</span>" if Qt.mightBeRichText(text) else text


def caption(text: str) -> str:
    """Return a text for a menu or a button that shows this very text."""
    return text.replace("&", "&&")


def count_text(count: int) -> str:
    """Return a number as people here write it, in groups of three digits."""
    here = QLocale()
    # A system without a place of its own, such as a container, writes no groups.
    return (QLocale(QLocale.Language.English) if here.language() is QLocale.Language.C else here).toString(count)


def samples_text(count: int) -> str:
    """Return "1 sample" or "2 samples"."""
    if count == 1:
        return QCoreApplication.translate("Text", "1 sample")
    return QCoreApplication.translate("Text", "{count} samples").format(count=count_text(count))

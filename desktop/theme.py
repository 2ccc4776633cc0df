# SPDX-License-Identifier: Apache-2.0
"""Every colour and size of the app, but for those of the classes, which the file has. Nothing else names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

Mode = Literal["light", "dark", "system"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, as "#RRGGBB"."""

    background: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str


LIGHT = Tokens(
    background="#F6F6F3",
    surface="#FFFFFF",
    line="#E3E3DE",
    text="#1C1E22",
    muted="#666B72",
    accent="#2F6BEB",
    on_accent="#FFFFFF",
    good="#1B8455",
    warn="#A86A12",
    bad="#B93A34",
)
DARK = Tokens(
    background="#141619",
    surface="#1C1F23",
    line="#2B2F35",
    text="#ECEDEE",
    muted="#9AA0A7",
    accent="#78A5FF",
    on_accent="#0E1116",
    good="#4CC38A",
    warn="#E2A94F",
    bad="#F0776F",
)

NEAR_BLACK = "#101214"
"""Ink on light colours, and what surrounds a picture that is narrower or lower than its place."""

SCRIM = "#000000"
"""Laid thinly over what the model does not see."""

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
RADIUS, CARD_RADIUS = 8, 12
SMALL, BODY, TITLE, LARGE, HUGE = 12, 13, 15, 20, 28
ICON = 20
RING = 2
CARD_HEIGHT = 64
CHIP = 36
LIST_WIDTH = 320
WINDOW = (1200, 780)
SMALLEST_WINDOW = (860, 600)
WIDE = 1080
"""From this width on there is room for everything."""


class Theme(QObject):
    """The appearance in use; widgets that paint themselves listen to `changed`."""

    changed = Signal()

    def __init__(self, mode: Mode = "system") -> None:
        super().__init__()
        self._mode: Mode = mode
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was chosen."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """What it comes to."""
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return DARK if self.is_dark else LIGHT

    def set_mode(self, mode: Mode) -> None:
        """Choose light, dark, or whatever the system has."""
        self._mode = mode
        self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyle("Fusion")
            app.setPalette(_palette(self.tokens))
            app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()


def mix(one: str, other: str, share: float) -> str:
    """Return a colour that is `share` of the other and the rest of the one."""
    a, b = QColor(one), QColor(other)
    parts = ((b.red(), a.red()), (b.green(), a.green()), (b.blue(), a.blue()))
    return "#" + "".join(f"{round(share * to + (1 - share) * of):02X}" for to, of in parts)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    return max(("#FFFFFF", NEAR_BLACK), key=lambda ink: contrast(ink, colour))


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of the whole app."""
    t = tokens
    hover = mix(t.surface, t.text, 0.06)
    return f"""
    * {{ font-size: {BODY}px; color: {t.text}; }}
    QMainWindow, QDialog, QMessageBox {{ background: {t.background}; }}
    QToolTip {{ background: {t.text}; color: {t.background}; border: none; padding: {XS}px {S}px; }}
    QLabel {{ background: transparent; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QLabel[role="small"] {{ color: {t.muted}; font-size: {SMALL}px; }}
    QLabel[role="title"] {{ font-size: {TITLE}px; font-weight: 600; }}
    QLabel[role="large"] {{ font-size: {LARGE}px; font-weight: 600; }}
    QLabel[role="bad"] {{ color: {t.bad}; font-size: {SMALL}px; }}
    QLabel[role="key"] {{ color: {t.muted}; border: 1px solid {t.line}; border-radius: {XS}px;
        font-size: {SMALL}px; font-weight: 600; }}
    QMenuBar {{ background: {t.background}; padding: 2px {S}px; }}
    QMenuBar::item {{ padding: {XS}px {S}px; border-radius: {XS}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {hover}; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: {XS}px; }}
    QMenu::item {{ padding: 6px {XL}px 6px {M}px; border-radius: {XS}px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: {XS}px {S}px; }}
    QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
        padding: 7px {M}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
    QPushButton:focus, QToolButton:focus {{ border: {RING}px solid {t.accent}; padding: 6px 11px; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {mix(t.surface, t.text, 0.12)}; }}
    QPushButton:disabled {{ color: {t.muted}; }}
    QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
        font-weight: 600; }}
    QPushButton[role="primary"]:hover {{ background: {mix(t.accent, t.text, 0.12)}; }}
    QPushButton[role="primary"]:focus {{ border: {RING}px solid {t.text}; }}
    QToolButton[role="quiet"], QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent;
        padding: {XS}px; }}
    QToolButton[role="quiet"]:hover, QPushButton[role="quiet"]:hover {{ background: {hover}; }}
    QToolButton[role="quiet"]:focus, QPushButton[role="quiet"]:focus {{ border: {RING}px solid {t.accent};
        padding: 3px; }}
    QToolButton[role="door"] {{ background: transparent; border: 1px solid transparent; color: {t.muted};
        padding: {XS}px {L}px; font-weight: 600; }}
    QToolButton[role="door"]:hover {{ background: {hover}; color: {t.text}; }}
    QToolButton[role="door"]:checked {{ background: {mix(t.background, t.accent, 0.14)}; color: {t.text}; }}
    QToolButton[role="door"]:focus {{ border: {RING}px solid {t.accent}; padding: 3px 15px; }}
    QToolButton::menu-indicator {{ image: none; }}
    QPushButton[role="add"] {{ background: transparent; border: 1px dashed {mix(t.line, t.muted, 0.6)};
        border-radius: {CARD_RADIUS}px; padding: {M}px; color: {t.muted}; text-align: left; }}
    QPushButton[role="add"]:hover {{ background: {hover}; color: {t.text}; }}
    QPushButton[role="add"]:focus {{ border: {RING}px solid {t.accent}; padding: 11px; }}
    QLineEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; padding: 6px {S}px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QLineEdit:focus {{ border: {RING}px solid {t.accent}; padding: 5px 7px; }}
    QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="strip"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
    QFrame[role="rule"] {{ background: {t.line}; border: none; max-width: 1px; min-width: 1px; }}
    QFrame[role="panel"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="caption"] {{ background: {t.text}; border: none; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="caption"] QLabel {{ color: {t.background}; font-size: {TITLE}px; }}
    QProgressBar {{ background: {t.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {mix(t.line, t.muted, 0.5)}; border-radius: 3px; min-height: 32px;
        margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
        height: 0; }}
    """


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.background,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.background,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.ToolTipBase: tokens.text,
        QPalette.ColorRole.ToolTipText: tokens.background,
        QPalette.ColorRole.Link: tokens.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

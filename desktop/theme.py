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

ON_PICTURE = "#FFFFFF"
"""Marks over a picture, edged with `NEAR_BLACK` so that they are seen on every one."""

SCRIM = "#000000"
"""Laid thinly over what the model does not see."""

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
RADIUS, CARD_RADIUS = 8, 12
SMALL, BODY, TITLE, LARGE, HUGE = 12, 13, 15, 20, 28
ICON = 20
RING = 2
CARD_HEIGHT = 104
CHIP = 36
SMALL_PICTURE, QUESTION_PICTURE = 36, 72
BLOCK, BLOCK_HEIGHT = 7, 12
COUNTDOWN = 120
"""It is read from across the room."""
LIST_WIDTH, NARROW_LIST_WIDTH = 320, 248
STRIP_HEIGHT = 44
DOT = 10
POPOVER_WIDTH = 340
PROJECT_WIDTH, LEAST_PROJECT_WIDTH = 220, 56
PREFERENCES = (720, 600)
SIDE_WIDTH = 160
KEY_WIDTH = 170
ABOUT = (560, 560)
REPORT = (640, 520)
BACKUPS = (680, 460)
THUMBNAIL, SMALLEST_THUMBNAIL, LARGEST_THUMBNAIL = 112, 64, 192
THUMBNAIL_GAP, THUMBNAIL_CHIP = 12, 18
PREVIEW_WIDTH, LARGE_PREVIEW_WIDTH = 328, 544
READABLE, COLUMN = 1400, 760
"""Wider than this, cards or a single column of them are not made."""
TILE_HEIGHT = 88
CHARTS_HEIGHT = 440
"""Lower than this, charts below each other say nothing."""
WINDOW = (1200, 780)
SMALLEST_WINDOW = (840, 520)
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
        sheet = style_sheet(self.tokens)
        # Dressing what is dressed like this already takes as long as doing it for the first time.
        if isinstance(app, QApplication) and app.styleSheet() != sheet:
            if not app.styleSheet():  # the style stays, and setting it anew dresses everything once more
                app.setStyle("Fusion")
            # Where one sheet takes another's place, Qt dresses a widget as many times as it lies deep; else only once.
            app.setStyleSheet("")
            app.setPalette(_palette(self.tokens))
            app.setStyleSheet(sheet)
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
    QFileDialog QToolButton {{ padding: {XS}px; }}
    QToolButton[role="quiet"], QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent;
        padding: {XS}px; }}
    QToolButton[role="quiet"]:disabled {{ color: {mix(t.muted, t.background, 0.45)}; }}
    QToolButton[role="quiet"]:hover, QPushButton[role="quiet"]:hover {{ background: {hover}; }}
    QToolButton[role="quiet"]:focus, QPushButton[role="quiet"]:focus {{ border: {RING}px solid {t.accent};
        padding: 3px; }}
    QToolButton[role="door"] {{ background: transparent; border: 1px solid transparent; color: {t.muted};
        padding: {XS}px {L}px; font-weight: 600; }}
    QToolButton[role="door"][narrow="true"] {{ padding: {XS}px {S}px; }}
    QToolButton[role="door"]:hover {{ background: {hover}; color: {t.text}; }}
    QToolButton[role="door"]:checked {{ background: {mix(t.background, t.accent, 0.14)}; color: {t.text}; }}
    QToolButton[role="door"]:focus {{ border: {RING}px solid {t.accent}; padding: 3px 15px; }}
    QToolButton[role="door"][narrow="true"]:focus {{ padding: 3px 7px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QToolButton[role="chip"] {{ border-radius: 15px; padding: 5px {M}px; min-height: 18px; }}
    QToolButton[role="chip"]:disabled {{ background: transparent; }}
    QToolButton[role="chip"]:checked {{ background: {t.accent}; border: 1px solid {t.accent}; color: {t.on_accent}; }}
    QToolButton[role="chip"]:checked:hover {{ background: {mix(t.accent, t.text, 0.12)}; }}
    QToolButton[role="chip"]:focus {{ border: {RING}px solid {t.accent}; padding: {XS}px 11px; }}
    QToolButton[role="chip"]:checked:focus {{ border: {RING}px solid {t.text}; }}
    QToolButton[role="picture"] {{ padding: 2px; border-radius: {XS}px; background: {t.line}; }}
    QToolButton[role="picture"]:hover {{ border: 1px solid {t.muted}; }}
    QToolButton[role="picture"]:focus {{ border: {RING}px solid {t.accent}; padding: 1px; }}
    QFrame[role="hint"] {{ background: {mix(t.surface, t.warn, 0.12)}; border: 1px solid {mix(t.surface, t.warn, 0.4)};
        border-radius: {RADIUS}px; }}
    QListWidget {{ background: transparent; border: none; outline: none; }}
    QListWidget::item {{ padding: 6px {S}px; border-radius: {XS}px; }}
    QListWidget::item:hover {{ background: {hover}; }}
    QListWidget::item:selected {{ background: {mix(t.surface, t.accent, 0.18)}; color: {t.text}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {mix(t.line, t.muted, 0.3)}; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
        background: {t.accent}; }}
    QSlider::handle:horizontal:focus {{ border: {RING}px solid {t.text}; width: 12px; height: 12px; margin: -6px 0;
        border-radius: 8px; }}
    QPushButton[role="pill"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 15px;
        padding: 5px {M}px; min-height: 18px; }}
    QPushButton[role="pill"]:hover {{ background: {hover}; }}
    QPushButton[role="pill"]:focus {{ border: {RING}px solid {t.accent}; padding: {XS}px 11px; }}
    QToolButton[role="segment"] {{ padding: 6px {M}px; }}
    QToolButton[role="segment"]:checked {{ background: {mix(t.surface, t.accent, 0.18)}; border: 1px solid {t.accent};
        font-weight: 600; }}
    QToolButton[role="segment"]:focus {{ border: {RING}px solid {t.accent}; padding: 5px 11px; }}
    QPushButton[role="menu"] {{ text-align: left; }}
    QToolButton[role="chip"][tight="true"] {{ padding: 5px 9px; }}
    QToolButton[role="chip"][tight="true"]:focus {{ padding: {XS}px {S}px; }}
    QFrame[role="drawer"] {{ background: {t.surface}; border: 1px solid {mix(t.line, t.muted, 0.5)};
        border-radius: {CARD_RADIUS}px; }}
    QPushButton[role="add"] {{ background: transparent; border: 1px dashed {mix(t.line, t.muted, 0.6)};
        border-radius: {CARD_RADIUS}px; padding: {M}px; color: {t.muted}; text-align: left; }}
    QPushButton[role="add"]:hover {{ background: {hover}; color: {t.text}; }}
    QPushButton[role="add"]:focus {{ border: {RING}px solid {t.accent}; padding: 11px; }}
    QLineEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; padding: 6px {S}px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QLineEdit:focus {{ border: {RING}px solid {t.accent}; padding: 5px 7px; }}
    QPlainTextEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; padding: {S}px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QPlainTextEdit:focus {{ border: {RING}px solid {t.accent}; padding: 7px; }}
    QTreeWidget {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; outline: none; }}
    QTreeWidget:focus {{ border: {RING}px solid {t.accent}; }}
    QTreeWidget::item {{ padding: {XS}px; }}
    QTreeWidget::item:selected {{ background: {mix(t.surface, t.accent, 0.18)}; color: {t.text}; }}
    QLabel[role="heading"] {{ font-size: {BODY}px; font-weight: 600; }}
    QToolButton[role="section"] {{ background: transparent; border: 1px solid transparent; color: {t.muted};
        padding: 6px {M}px; }}
    QToolButton[role="section"]:hover {{ background: {hover}; color: {t.text}; }}
    QToolButton[role="section"]:checked {{ background: {t.surface}; border: 1px solid {t.line}; color: {t.text}; }}
    QToolButton[role="section"]:focus {{ border: {RING}px solid {t.accent}; padding: 5px 11px; }}
    QAbstractScrollArea[role="chart"] {{ background: transparent; border: {RING}px solid transparent;
        border-radius: {RADIUS}px; }}
    QAbstractScrollArea[role="chart"]:focus {{ border: {RING}px solid {t.accent}; }}
    QTableWidget[role="table"] {{ background: {t.surface}; border: {RING}px solid transparent; outline: none;
        border-radius: {RADIUS}px; selection-background-color: {mix(t.surface, t.accent, 0.18)};
        selection-color: {t.text}; }}
    QTableWidget[role="table"]:focus {{ border: {RING}px solid {t.accent}; }}
    QTableWidget[role="table"]::item {{ padding: 0 5px; border: none; }}
    QHeaderView {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QHeaderView::section {{ background: transparent; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
        padding: 6px {S}px; font-size: {SMALL}px; }}
    QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="strip"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
    QFrame[role="rule"] {{ background: {t.line}; border: none; max-width: 1px; min-width: 1px; }}
    QFrame[role="drop"] {{ background: {t.accent}; border: none; border-radius: 1px; }}
    QFrame[role="panel"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="popover"] {{ background: {t.surface}; border: 1px solid {t.line}; }}
    QFrame[role="footer"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
    QFrame[role="side"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
    QFrame[role="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
    QPushButton[role="tile"] {{ border-radius: {CARD_RADIUS}px; text-align: left; padding: 0; }}
    QPushButton[role="tile"]:hover {{ border: 1px solid {t.accent}; background: {t.surface}; }}
    QPushButton[role="tile"]:focus {{ border: {RING}px solid {t.accent}; padding: 0; }}
    QPushButton[role="recent"] {{ background: transparent; border: 1px solid transparent; padding: 0; }}
    QPushButton[role="recent"]:hover {{ background: {hover}; }}
    QPushButton[role="recent"]:focus {{ border: {RING}px solid {t.accent}; padding: 0; }}
    QFrame[role="row"] {{ background: {mix(t.surface, t.background, 0.7)}; border: 1px solid {t.line};
        border-radius: {RADIUS}px; }}
    QFrame[role="bar"] {{ background: {mix(t.surface, t.accent, 0.10)}; border: none;
        border-bottom: 1px solid {mix(t.surface, t.accent, 0.3)}; }}
    QLabel[role="code"] {{ background: {mix(t.surface, t.text, 0.06)}; border-radius: {XS}px; padding: {XS}px {S}px; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="warning"] {{ color: {t.warn}; font-size: {SMALL}px; }}
    QLabel[role="good"] {{ color: {t.good}; font-size: {SMALL}px; }}
    QLabel[role="huge"] {{ font-size: {HUGE}px; font-weight: 600; }}
    QToolButton[role="swatch"] {{ padding: 3px; border: {RING}px solid transparent; background: transparent; }}
    QToolButton[role="swatch"]:checked {{ border: {RING}px solid {t.text}; }}
    QToolButton[role="swatch"]:focus {{ border: {RING}px solid {t.accent}; padding: 3px; }}
    QAbstractSpinBox, QComboBox {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
        padding: 6px {S}px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QAbstractSpinBox:focus, QComboBox:focus {{ border: {RING}px solid {t.accent}; padding: 5px 7px; }}
    QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none;
        background: transparent; width: {XL}px; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ border-left: {XS}px solid {t.surface};
        border-right: {XS}px solid {t.surface}; border-top: {XS}px solid {t.muted}; width: 0; height: 0; }}
    QAbstractSpinBox::up-arrow {{ border-left: {XS}px solid {t.surface}; border-right: {XS}px solid {t.surface};
        border-bottom: {XS}px solid {t.muted}; width: 0; height: 0; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line}; outline: none;
        selection-background-color: {mix(t.surface, t.accent, 0.18)}; selection-color: {t.text}; }}
    QComboBox QAbstractItemView::item {{ min-height: {XL}px; padding: 0 {S}px; }}
    QFrame[role="caption"] {{ background: {t.text}; border: none; border-radius: {CARD_RADIUS}px; }}
    QFrame[role="caption"] QLabel {{ color: {t.background}; font-size: {TITLE}px; }}
    QProgressBar {{ background: {t.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {mix(t.line, t.muted, 0.5)}; border-radius: 3px; min-height: 32px;
        margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {mix(t.line, t.muted, 0.5)}; border-radius: 3px; min-width: 32px;
        margin: 2px; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
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
    # Icons of what cannot be pressed are drawn in it.
    faded = QColor(mix(tokens.muted, tokens.background, 0.45))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, faded)
    return palette


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

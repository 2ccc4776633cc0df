# SPDX-License-Identifier: Apache-2.0
"""The preferences: how it looks and sounds, in which language, with which keys, learning, backups, privacy."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.crash_report import log_file
from desktop.icons import icon
from desktop.settings import SCALES, Device, Language, Settings
from desktop.shortcuts import Shortcuts
from desktop.sound import Sounds
from desktop.theme import Mode, Theme
from desktop.views.backups_page import BackupsPage
from desktop.views.choice import ChoiceRow
from desktop.views.dialog_size import size_dialog
from desktop.views.key_page import KeyPage

_MODES: tuple[Mode, ...] = ("light", "dark", "system")
_LANGUAGES: tuple[Language, ...] = get_args(Language)
_DEVICES: tuple[Device, ...] = get_args(Device)
_KEYS, _BACKUPS = 2, 4
"""The places of the keys and of the backups among the sections."""


class Preferences(QDialog):
    """Every change holds at once, but for size, language and device, which hold from the next start on.

    Args:
        parent: the window it belongs to; it goes on meanwhile.
        appearance: light or dark is switched here.
        settings: where everything is kept.
        sounds: are switched on and off here.
        keys: are chosen here.
        can_restart: whether the app can start anew by itself.
    """

    restart = Signal()
    consolidation_allowed = Signal(bool)
    """Whether consolidation may begin by itself from now on."""

    def __init__(
        self,
        parent: QWidget,
        appearance: Theme,
        settings: Settings,
        sounds: Sounds,
        keys: Shortcuts,
        *,
        can_restart: bool,
    ) -> None:
        super().__init__(parent)
        self._theme = appearance
        self._settings = settings
        self._sounds = sounds
        self._at_start = settings.scale, settings.language, settings.device
        self.setWindowTitle(self.tr("Preferences"))
        self.setModal(False)
        size_dialog(self, theme.PREFERENCES)
        self._make_choices()
        self._shortcuts = keys
        self._keys: KeyPage | None = None
        self.backups = BackupsPage(settings)
        self.sections = QListWidget()
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setToolTip(self.tr("Choose what to set"))
        self.sections.setIconSize(QSize(theme.ICON, theme.ICON))
        self._pages = QStackedWidget()
        place_of_keys = QWidget()
        self._place_of_keys = QVBoxLayout(place_of_keys)
        self._place_of_keys.setContentsMargins(0, 0, 0, 0)
        for name, page in (
            (self.tr("Appearance"), self._appearance_page()),
            (self.tr("Language"), self._language_page()),
            (self.tr("Keys"), place_of_keys),
            (self.tr("Learning"), self._learning_page()),
            (self.tr("Backups"), self._backups_page()),
            (self.tr("Privacy"), self._privacy_page()),
        ):
            self.sections.addItem(QListWidgetItem(name))
            self._pages.addWidget(page)
        self.restart_now = QPushButton(self.tr("Restart now"))
        self.restart_now.setProperty("role", "primary")
        self.restart_now.setAccessibleName(self.tr("Restart now"))
        self.restart_now.setToolTip(self.tr("Close Showtell and start it again with this project; nothing is lost"))
        self.restart_now.setVisible(can_restart)
        self.restart_now.setAutoDefault(False)
        self.restart_now.clicked.connect(self.restart)
        self._later = self._build_later()
        self._lay_out()
        self.sections.currentRowChanged.connect(self._open_section)
        self.sections.setCurrentRow(0)
        appearance.changed.connect(self._show)
        self._show()

    def open_backups(self) -> None:
        """Open the section of the backups."""
        self.sections.setCurrentRow(_BACKUPS)

    @property
    def keys(self) -> KeyPage:
        """The page of the keys."""
        return self._make_keys()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Show what is set now; some of it can be set elsewhere too."""
        super().showEvent(event)
        self._show()

    def _make_choices(self) -> None:
        self.mode = ChoiceRow(
            self.tr("Colours"),
            [
                (self.tr("Light"), self.tr("Dark writing on light")),
                (self.tr("Dark"), self.tr("Light writing on dark")),
                (self.tr("As the system"), self.tr("Change with the system's setting")),
            ],
        )
        larger = self.tr("Show everything at {scale} of its size")
        self.scale = ChoiceRow(self.tr("Size"), [(f"{scale} %", larger.format(scale=f"{scale} %")) for scale in SCALES])
        self.motion = ChoiceRow(
            self.tr("Motion"),
            [
                (self.tr("On"), self.tr("Pictures fly to where they are kept")),
                (self.tr("Off"), self.tr("Nothing moves but the camera's picture")),
            ],
        )
        self.sound = ChoiceRow(
            self.tr("Sounds"),
            [
                (self.tr("On"), self.tr("Soft sounds say that something is kept, or learned")),
                (self.tr("Off"), self.tr("No sounds")),
            ],
        )
        self.language = ChoiceRow(
            self.tr("Language"),
            [
                (self.tr("As the system"), self.tr("The system's language, where Showtell speaks it")),
                ("English", "English"),
                ("Deutsch", "Deutsch"),
                ("Français", "Français"),
            ],
        )
        self.consolidates = ChoiceRow(
            self.tr("Consolidate by itself"),
            [
                (self.tr("On"), self.tr("Consolidate when the computer has nothing else to do")),
                (self.tr("Off"), self.tr("Consolidate only when you ask for it")),
            ],
        )
        self.device = ChoiceRow(
            self.tr("Where it learns"),
            [
                (
                    self.tr("Automatic"),
                    self.tr("On the CPU; consolidation on a graphics card that works"),
                ),
                (self.tr("CPU"), self.tr("On the CPU, even if there is a graphics card")),
                (self.tr("GPU"), self.tr("On the graphics card and nowhere else")),
            ],
        )
        self.mode.chosen.connect(self._choose_mode)
        self.scale.chosen.connect(self._choose_scale)
        self.motion.chosen.connect(lambda place: setattr(self._settings, "motion", place == 0))
        self.sound.chosen.connect(self._choose_sound)
        self.language.chosen.connect(self._choose_language)
        self.consolidates.chosen.connect(self._choose_consolidation)
        self.device.chosen.connect(self._choose_device)

    def _appearance_page(self) -> QWidget:
        return _page(
            self.tr("Appearance"),
            _setting(self.tr("Colours"), "", self.mode),
            _setting(self.tr("Size of everything"), self.tr("Holds from the next start on."), self.scale),
            _setting(self.tr("Motion"), self.tr("Shows where a picture goes when it is kept."), self.motion),
            _setting(self.tr("Sounds"), self.tr("Say that something is kept, or learned."), self.sound),
            _text(
                self.tr(
                    "The colours of the classes can be told apart with any kind of colour vision, and each has its "
                    "letter or number beside it."
                )
            ),
        )

    def _language_page(self) -> QWidget:
        return _page(
            self.tr("Language"),
            _setting(self.tr("Words on screen"), self.tr("Holds from the next start on."), self.language),
        )

    def _learning_page(self) -> QWidget:
        return _page(
            self.tr("Learning"),
            _setting(
                self.tr("Consolidate by itself"),
                self.tr(
                    "When the computer has nothing else to do. Consolidating fine-tunes what the model sees with on "
                    "your own pictures; it is kept only if it is better."
                ),
                self.consolidates,
            ),
            _setting(self.tr("Where it learns"), self.tr("Holds from the next start on."), self.device),
        )

    def _backups_page(self) -> QWidget:
        return _page(
            self.tr("Backups"),
            _text(
                self.tr(
                    "Copies of a project are kept by themselves: one a day while something changes, and one before "
                    "every big change. Of the last twelve days, ten weeks and nine months, the newest of each stays."
                )
            ),
            self.backups,
        )

    def _privacy_page(self) -> QWidget:
        self.folder = QPushButton(self.tr("Show the log's folder"))
        self.folder.setAccessibleName(self.tr("Show the log's folder"))
        self.folder.setToolTip(self.tr("Look at what Showtell has written down"))
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent))))
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.folder)
        inside.addStretch(1)
        return _page(
            self.tr("Privacy"),
            _text(
                self.tr(
                    "Pictures, names and what was learned from them stay in your project files on this computer. "
                    "There is no account and no server."
                )
            ),
            _text(
                self.tr(
                    "Showtell uses the network only when you ask it to: for the picture of a phone whose address you "
                    "typed in."
                )
            ),
            _text(
                self.tr(
                    "Faults are written to a log on this computer. Nothing of it is sent by itself; a report is a text "
                    "file that you can read, and send or not."
                )
            ),
            row,
        )

    def _build_later(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "footer")
        said = QLabel(self.tr("Size, language and where it learns change when Showtell starts again."))
        said.setWordWrap(True)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(said, 1)
        row.addWidget(self.restart_now)
        return bar

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("role", "side")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(theme.M, theme.L, theme.M, theme.L)
        inside.addWidget(self.sections)
        side.setFixedWidth(theme.SIDE_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side)
        middle.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self._later)

    def _choose_mode(self, place: int) -> None:
        self._settings.theme = _MODES[place]
        self._theme.set_mode(_MODES[place])

    def _choose_scale(self, place: int) -> None:
        self._settings.scale = SCALES[place]
        self._show()

    def _choose_sound(self, place: int) -> None:
        self._sounds.on = self._settings.sound = place == 0

    def _choose_language(self, place: int) -> None:
        self._settings.language = _LANGUAGES[place]
        self._show()

    def _choose_consolidation(self, place: int) -> None:
        self._settings.consolidates = place == 0
        self.consolidation_allowed.emit(place == 0)

    def _choose_device(self, place: int) -> None:
        self._settings.device = _DEVICES[place]
        self._show()

    def _make_keys(self) -> KeyPage:
        """Return the page of the keys, which has so many fields that it is made when it is wanted first."""
        if self._keys is None:
            self._keys = KeyPage(self._theme, self._shortcuts)
            self._place_of_keys.addWidget(_page(self.tr("Keys"), self._keys))
        return self._keys

    def _open_section(self, place: int) -> None:
        if place == _KEYS:
            self._make_keys()
        elif place == _BACKUPS:
            self.backups.look()
        self._pages.setCurrentIndex(place)

    def _show(self) -> None:
        settings = self._settings
        self.mode.show_choice(_MODES.index(self._theme.mode))
        self.scale.show_choice(SCALES.index(settings.scale))
        self.motion.show_choice(0 if settings.motion else 1)
        self.sound.show_choice(0 if self._sounds.on else 1)
        self.language.show_choice(_LANGUAGES.index(settings.language))
        self.consolidates.show_choice(0 if settings.consolidates else 1)
        self.device.show_choice(_DEVICES.index(settings.device))
        self._later.setVisible((settings.scale, settings.language, settings.device) != self._at_start)
        for place, name in enumerate(("look", "language", "keys", "learning", "backups", "privacy")):
            self.sections.item(place).setIcon(icon(name, self._theme.tokens.muted))


def _page(title: str, *parts: QWidget) -> QWidget:
    page = QWidget()
    heading = QLabel(title)
    heading.setProperty("role", "large")
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
    column.setSpacing(theme.XL)
    column.addWidget(heading)
    scrolls_itself = any(isinstance(part, KeyPage) for part in parts)
    for part in parts:
        column.addWidget(part, 1 if scrolls_itself else 0)
    if scrolls_itself:
        return page
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _setting(name: str, meaning: str, choice: QWidget) -> QWidget:
    setting = QWidget()
    title = QLabel(name)
    title.setProperty("role", "title")
    column = QVBoxLayout(setting)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.S)
    column.addWidget(title)
    if meaning:
        said = QLabel(meaning)
        said.setProperty("role", "small")
        said.setWordWrap(True)
        column.addWidget(said)
    column.addWidget(choice)
    return setting


def _text(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label

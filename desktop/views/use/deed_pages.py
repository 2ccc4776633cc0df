# SPDX-License-Identifier: Apache-2.0
"""What an action does, to be chosen: one page for each kind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Signal
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.actions import SOUNDS, Deed, FillScreen, PlaySound, RunCommand, WriteLog
from desktop.text import tooltip
from desktop.views.use.action_words import sound_names
from desktop.views.use.use_card import sentence
from learner.buffer import CLASS_COLOURS

_SWATCH = 24


class DeedPage(QWidget):
    """Lets one kind of deed be chosen."""

    changed = Signal()
    symbol = ""
    """The name of its icon."""

    @property
    def title(self) -> str:
        """What this kind of deed is called."""
        raise NotImplementedError

    @property
    def deed(self) -> Deed | None:
        """What was chosen; None where something is missing."""
        raise NotImplementedError

    def show_deed(self, deed: Deed) -> bool:
        """Show a deed, if it is of this kind; return whether it is."""
        raise NotImplementedError


class SoundPage(DeedPage):
    """A built-in sound, or a WAV file."""

    symbol = "sound"

    def __init__(self) -> None:
        super().__init__()
        self._file = ""
        self.sounds = QComboBox()
        self.sounds.setAccessibleName(self.tr("Sound"))
        self.sounds.setToolTip(self.tr("Which sound is played"))
        for name, words in sound_names().items():
            self.sounds.addItem(words, name)
        self.sounds.addItem(self.tr("A WAV file…"), "")
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setToolTip(self.tr("Choose a WAV file on this computer"))
        self.choose.setAccessibleName(self.tr("Choose a WAV file"))
        self.choose.setAutoDefault(False)  # Enter keeps the action, as everywhere in the dialog
        self.choose.clicked.connect(self._ask)
        self._path = sentence(role="small")
        self.sounds.currentIndexChanged.connect(self._show)
        row = QHBoxLayout()
        row.addWidget(self.sounds, 1)
        row.addWidget(self.choose)
        column = _column(self)
        column.addLayout(row)
        column.addWidget(self._path)
        column.addStretch(1)
        self._show()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Sound")

    @property
    def deed(self) -> PlaySound | None:
        """The sound; None while no file is chosen."""
        name = self.sounds.currentData()
        if name:
            return PlaySound(name)
        return PlaySound(SOUNDS[0], self._file) if self._file else None

    def show_deed(self, deed: Deed) -> bool:
        """Show which sound it is."""
        if not isinstance(deed, PlaySound):
            return False
        self._file = deed.file
        self.sounds.setCurrentIndex(self.sounds.findData("" if deed.file else deed.sound))
        self._show()
        return True

    def _ask(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a sound"), folder, self.tr("Sounds (*.wav)"))
        if name:
            self._file = name
            self._show()

    def _show(self) -> None:
        is_file = not self.sounds.currentData()
        self.choose.setVisible(is_file)
        self._path.setText((self._file or self.tr("No file is chosen yet.")) if is_file else "")
        self.changed.emit()


class ScreenPage(DeedPage):
    """A colour and a text."""

    symbol = "screen"

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setMaxLength(200)
        self.text.setPlaceholderText(self.tr("What it says, for instance: Door open"))
        self.text.setAccessibleName(self.tr("Text on the screen"))
        self.text.setToolTip(self.tr("What the screen says, as large as it can; it may be empty"))
        self.seconds = _seconds(0.0, 600.0)
        self.seconds.setSpecialValueText(self.tr("until it is gone"))
        self.seconds.setAccessibleName(self.tr("For how long"))
        self.seconds.setToolTip(self.tr("For how long the screen is filled; Esc or a click frees it before"))
        self._colours = QButtonGroup(self)
        swatches = QHBoxLayout()
        swatches.setSpacing(theme.XS)
        for number, colour in enumerate(CLASS_COLOURS):
            swatches.addWidget(self._swatch(number, colour))
        swatches.addStretch(1)
        swatches.addWidget(self.seconds)
        column = _column(self)
        column.addWidget(self.text)
        column.addLayout(swatches)
        column.addStretch(1)
        self._other = ""
        self.show_deed(FillScreen())

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Screen")

    @property
    def deed(self) -> FillScreen:
        """The colour and the text."""
        chosen = self._colours.checkedId()
        colour = CLASS_COLOURS[chosen] if chosen >= 0 else self._other
        return FillScreen(colour, self.text.text(), self.seconds.value())

    def show_deed(self, deed: Deed) -> bool:
        """Show colour and text."""
        if not isinstance(deed, FillScreen):
            return False
        self._other = deed.colour
        for number, colour in enumerate(CLASS_COLOURS):
            if colour.upper() == deed.colour.upper():
                self._colours.button(number).setChecked(True)
        self.text.setText(deed.text)
        self.seconds.setValue(deed.seconds)
        return True

    def _swatch(self, number: int, colour: str) -> QToolButton:
        picture = QPixmap(_SWATCH, _SWATCH)
        picture.fill(QColor(colour))
        button = QToolButton()
        button.setProperty("role", "swatch")
        button.setIcon(QIcon(picture))
        button.setIconSize(QSize(_SWATCH, _SWATCH))
        button.setCheckable(True)
        words = self.tr("Colour {number}").format(number=number + 1)
        button.setAccessibleName(words)
        button.setToolTip(words)
        self._colours.addButton(button, number)
        return button


class CommandPage(DeedPage):
    """A command line."""

    symbol = "terminal"

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(2000)
        self.line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.line.setPlaceholderText('notify-send "{class}"')
        self.line.setAccessibleName(self.tr("Command"))
        self.line.setToolTip(self.tr("A program and what it is given, quoted as in a terminal"))
        self.line.textChanged.connect(self.changed)
        self.limit = _seconds(1.0, 3600.0)
        self.limit.setValue(60.0)
        self.limit.setPrefix(self.tr("stop it after "))
        self.limit.setAccessibleName(self.tr("Stop it after"))
        self.limit.setToolTip(self.tr("A command that takes longer is stopped"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.limit)
        column = _column(self)
        column.addWidget(self.line)
        column.addWidget(
            sentence(
                self.tr(
                    "{class} and {confidence} are put in for what was seen. It runs without a shell, and only "
                    "while commands are allowed on this computer."
                ),
                "small",
            )
        )
        column.addLayout(row)
        column.addStretch(1)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Command")

    @property
    def deed(self) -> RunCommand | None:
        """The command; None while there is none."""
        line = self.line.text().strip()
        return RunCommand(line, self.limit.value()) if line else None

    def show_deed(self, deed: Deed) -> bool:
        """Show the command."""
        if not isinstance(deed, RunCommand):
            return False
        self.line.setText(deed.command)
        self.limit.setValue(deed.limit)
        return True


class LogPage(DeedPage):
    """A CSV file."""

    symbol = "log"

    def __init__(self) -> None:
        super().__init__()
        self._file = ""
        self._path = sentence(role="small")
        self.choose = QPushButton(self.tr("Choose a file…"))
        self.choose.setToolTip(self.tr("Choose the CSV file that lines are added to"))
        self.choose.setAccessibleName(self.tr("Choose a file"))
        self.choose.setAutoDefault(False)  # Enter keeps the action, as everywhere in the dialog
        self.choose.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self._path, 1)
        column = _column(self)
        column.addLayout(row)
        words = self.tr("Each line has the time, the class, how sure it was (0 to 1), and the version that said so.")
        column.addWidget(sentence(words, "small"))
        column.addStretch(1)
        self._show("")

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("Log")

    @property
    def deed(self) -> WriteLog | None:
        """The file; None while none is chosen."""
        return WriteLog(self._file) if self._file else None

    def show_deed(self, deed: Deed) -> bool:
        """Show which file it is."""
        if not isinstance(deed, WriteLog):
            return False
        self._show(deed.file)
        return True

    def _ask(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / "showtell-log.csv")
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Choose a file for the log"),
            self._file or proposed,
            self.tr("Tables (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # lines are added, nothing is written over
        )
        if name:
            self._show(name if Path(name).suffix else f"{name}.csv")

    def _show(self, file: str) -> None:
        self._file = file
        self._path.setText(file or self.tr("No file is chosen yet."))
        self._path.setToolTip(tooltip(file))
        self.changed.emit()


def pages() -> list[DeedPage]:
    """Return a page for every kind of deed."""
    return [SoundPage(), ScreenPage(), CommandPage(), LogPage()]


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.S)
    return column


def _seconds(least: float, most: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(least, most)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" s")
    return box

# SPDX-License-Identifier: Apache-2.0
"""How to record: camera, size, square, rate, countdown, length; everything holds at once and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QLocale, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from desktop import theme
from desktop.framing import NEAREST, Framing
from desktop.recorder import Manner
from desktop.settings import COUNTDOWNS, LENGTHS, RATES, RESOLUTIONS, Settings
from desktop.text import caption, tooltip
from desktop.theme import Theme
from desktop.views.side_panel import SidePanel
from desktop.views.teach.controls import chip_button, menu_button, slider
from learner.camera import CameraInfo

_ZOOM_STEPS = 100
_LABEL_WIDTH = 76


class RecordSettings(SidePanel):
    """The panel.

    Args:
        appearance: light or dark.
        over: the widget it lies over.
        settings: where everything is kept.
        cameras: lists the cameras; it may take a while, so it is called in a thread.
        sound: whether sounds are on.
    """

    camera_wanted = Signal(str)
    """A source, as `open_source` takes it."""
    clip_wanted = Signal()
    folder_wanted = Signal()
    address_wanted = Signal()
    framing_changed = Signal(object)
    """Another square is to be learned from (Framing)."""
    mirror_changed = Signal(bool)
    manner_changed = Signal(object)
    """Recordings are made in another manner (Manner)."""
    sound_wanted = Signal(bool)
    _found = Signal(object)

    def __init__(
        self,
        appearance: Theme,
        over: QWidget,
        settings: Settings,
        cameras: Callable[[], Sequence[CameraInfo]],
        sound: Callable[[], bool],
    ) -> None:
        super().__init__(appearance, over, at_top=True)
        self.set_title(self.tr("Recording"))
        self._settings = settings
        self._cameras = cameras
        self._sound_is_on = sound
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._found.connect(self._list_cameras)
        self._make_camera_row()
        self._make_zoom_row()
        self._make_rate_row()
        self._make_choices()
        self._make_switches()
        self.show_framing(settings.framing)

    @property
    def manner(self) -> Manner:
        """How recordings are made."""
        settings = self._settings
        return Manner(settings.rate, settings.countdown, settings.burst_length)

    def open_it(self) -> None:
        """Show it, with what may have changed elsewhere, and look for cameras."""
        self.sound.setChecked(self._sound_is_on())
        self.asks.setChecked(self._settings.asks)
        self._name_camera(())
        self.look_for_cameras()
        super().open_it()

    def look_for_cameras(self) -> None:
        """List the cameras of this machine anew, in a thread: drivers take their time."""

        def look() -> None:
            found = list(self._cameras())
            with suppress(RuntimeError):  # the panel has gone meanwhile
                self._found.emit(found)

        if not self._pool.activeThreadCount():
            self._pool.start(look)

    def show_framing(self, framing: Framing) -> None:
        """Show how near the picture is looked at."""
        self.zoom.blockSignals(True)
        self.zoom.setValue(round((framing.zoom - 1) / (NEAREST - 1) * _ZOOM_STEPS))
        self.zoom.blockSignals(False)
        self._zoom_text.setText(f"{QLocale().toString(framing.zoom, 'f', 1)} ×")
        self.centre.setEnabled(framing != Framing())

    def _make_camera_row(self) -> None:
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.look_for_cameras)
        self.camera = menu_button(self.tr("Camera"), self.tr("Choose what the picture comes from"), self._menu)
        self._row(self.tr("Camera"), self.camera)
        sizes = QMenu(self)
        for size in (None, *RESOLUTIONS):
            sizes.addAction(self._size_text(size)).triggered.connect(partial(self._choose_size, size))
        self.size_ = menu_button(
            self.tr("Size of the picture"),
            self.tr("Ask the camera for pictures of this size; it may give others. Samples are kept 512 pixels wide."),
            sizes,
        )
        self.size_.setText(_short(self._size_text(self._settings.resolution), self.size_))
        self._row(self.tr("Size"), self.size_)

    def _make_zoom_row(self) -> None:
        self.zoom = slider(
            0, _ZOOM_STEPS, self.tr("Zoom"), self.tr("How near to look: only the bright square is learned from")
        )
        self.zoom.valueChanged.connect(self._zoom)
        self._zoom_text = QLabel()
        self._zoom_text.setProperty("role", "small")
        self._zoom_text.setFixedWidth(34)
        self.centre = QPushButton(self.tr("Reset"))
        self.centre.setAccessibleName(self.tr("Put the square back"))
        self.centre.setToolTip(
            self.tr(
                "Put the bright square back into the middle, as large as it can be.\n"
                "Drag it in the picture to move it, or move it with the arrow keys when the picture has the focus."
            )
        )
        self.centre.clicked.connect(lambda: self._frame(Framing()))
        self._row(self.tr("Zoom"), self.zoom, self._zoom_text, self.centre)

    def _make_rate_row(self) -> None:
        fewest, most = RATES
        self.rate = slider(fewest, most, self.tr("Rate"), self.tr("How many pictures a second are recorded"))
        self._rate_text = QLabel()
        self._rate_text.setProperty("role", "small")
        self._rate_text.setFixedWidth(74)
        self.rate.valueChanged.connect(self._set_rate)
        self.rate.setValue(self._settings.rate)
        self._show_rate()
        self._row(self.tr("Rate"), self.rate, self._rate_text)

    def _make_choices(self) -> None:
        self.countdown = self._chips(
            {seconds: (f"{seconds} s" if seconds else self.tr("None")) for seconds in COUNTDOWNS},
            self._settings.countdown,
            self.tr("Countdown"),
            self.tr("How long after the key is pressed recording begins; one press is enough, another one ends it"),
            self._set_countdown,
        )
        self.length = self._chips(
            {length: (str(length) if length else self.tr("Held")) for length in LENGTHS},
            self._settings.burst_length,
            self.tr("Pictures"),
            self.tr("How many pictures a recording has: as many as come while the key is held, or so many by itself"),
            self._set_length,
        )

    def _make_switches(self) -> None:
        self.mirror = self._switch(
            self.tr("Mirror"),
            self.tr("Show the picture as in a mirror. What is learned stays as the camera sees it."),
            self._settings.mirror,
            self._set_mirror,
        )
        self.sound = self._switch(
            self.tr("Sound"),
            self.tr("Play a sound when something was recorded and when it was learned"),
            self._sound_is_on(),
            self.sound_wanted.emit,
        )
        self.asks = self._switch(
            self.tr("Ask me"),
            self.tr("Ask “What is this?” when something is held still that the model does not know"),
            self._settings.asks,
            self._set_asks,
        )
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for switch in (self.mirror, self.sound, self.asks):
            row.addWidget(switch)
        row.addStretch(1)
        self.body.addSpacing(theme.XS)
        self.body.addLayout(row)

    def _row(self, text: str, *widgets: QWidget) -> None:
        label = QLabel(text)
        label.setProperty("role", "small")
        label.setFixedWidth(_LABEL_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(label)
        for place, widget in enumerate(widgets):
            row.addWidget(widget, 0 if place else 1)
        self.body.addLayout(row)

    def _chips(
        self, texts: dict[int, str], chosen: int, name: str, meaning: str, choose: Callable[[int], None]
    ) -> dict[int, QToolButton]:
        group = QButtonGroup(self)
        group.setExclusive(True)
        chips = {}
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        for value, text in texts.items():
            chip = chips[value] = chip_button(text, f"{name}: {text}", f"{name}: {text}\n{meaning}")
            chip.setProperty("tight", True)
            chip.setChecked(value == chosen)
            chip.clicked.connect(partial(_chosen, choose, value))
            group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self._row(name, holder)
        return chips

    def _switch(self, text: str, meaning: str, on: bool, choose: Callable[[bool], None]) -> QToolButton:
        chip = chip_button(text, text, meaning)
        chip.setChecked(on)
        chip.clicked.connect(lambda on: choose(bool(on)))
        return chip

    def _list_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._menu.clear()
        for camera in cameras:
            self._add_source(camera.name, partial(self.camera_wanted.emit, str(camera.index)))
        if not cameras:
            self._menu.addAction(self.tr("No camera found")).setEnabled(False)
        self._menu.addSeparator()
        self._add_source(self.tr("Demo scene"), partial(self.camera_wanted.emit, "demo"))
        self._add_source(self.tr("Clip…"), self.clip_wanted.emit)
        self._add_source(self.tr("Folder of pictures…"), self.folder_wanted.emit)
        self._add_source(self.tr("Address of a phone…"), self.address_wanted.emit)
        self._name_camera(cameras)

    def _add_source(self, text: str, deed: Callable[[], object]) -> None:
        def choose() -> None:
            deed()
            self.look_for_cameras()  # to name the one that is in use now

        self._menu.addAction(caption(text)).triggered.connect(lambda _checked: choose())

    def _name_camera(self, cameras: Sequence[CameraInfo]) -> None:
        spec = self._settings.camera
        names = {str(camera.index): camera.name for camera in cameras} | {"demo": self.tr("Demo scene")}
        name = names.get(spec) or (self.tr("Camera {number}").format(number=spec) if spec.isdecimal() else spec)
        self.camera.setText(_short(name, self.camera))
        self.camera.setToolTip(tooltip(self.tr("Choose what the picture comes from; now: {name}").format(name=name)))

    def _size_text(self, size: tuple[int, int] | None) -> str:
        return f"{size[0]} × {size[1]}" if size else self.tr("As the camera likes")

    def _choose_size(self, size: tuple[int, int] | None, _checked: bool = False) -> None:
        self._settings.resolution = size
        self.size_.setText(_short(self._size_text(size), self.size_))
        spec = self._settings.camera
        if spec.isdecimal() or spec.startswith("/dev/"):  # all else comes as it is
            self.camera_wanted.emit(spec)

    def _zoom(self, steps: int) -> None:
        framing = self._settings.framing
        self._frame(Framing(framing.across, framing.down, 1 + steps / _ZOOM_STEPS * (NEAREST - 1)))

    def _frame(self, framing: Framing) -> None:
        self.show_framing(framing)
        self.framing_changed.emit(framing)

    def _set_rate(self, rate: int) -> None:
        self._settings.rate = rate
        self._show_rate()
        self.manner_changed.emit(self.manner)

    def _show_rate(self) -> None:
        self._rate_text.setText(self.tr("{rate} a second").format(rate=self._settings.rate))

    def _set_countdown(self, seconds: int) -> None:
        self._settings.countdown = seconds
        self.manner_changed.emit(self.manner)

    def _set_length(self, length: int) -> None:
        self._settings.burst_length = length
        self.manner_changed.emit(self.manner)

    def _set_mirror(self, on: bool) -> None:
        self._settings.mirror = on
        self.mirror_changed.emit(on)

    def _set_asks(self, on: bool) -> None:
        self._settings.asks = on


def _chosen(choose: Callable[[int], None], value: int, _checked: bool = False) -> None:
    choose(value)


def _short(text: str, button: QPushButton) -> str:
    """Return as much of a text as a menu's button has room for, and the arrow that says that it opens one."""
    room = theme.LIST_WIDTH - _LABEL_WIDTH - 3 * theme.XXL
    return caption(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)) + " ▾"

# SPDX-License-Identifier: Apache-2.0
"""Pictures of every room and of every fault, made by one command: `python -m desktop.screenshots OUT`.

A project is taught on the drawn desk, by the acts of a person and with a real learner, in a home folder of its own that
is gone afterwards. Then each view is brought up and the window is painted into a file: light and dark, in two sizes, at
two scales. The files are called like `teach-light-1280x800-100.png`, after view, colours, size in pixels and scale in
per cent. It takes minutes, and neither a screen nor a camera nor a network. A dialog is put over the middle of the
window, since there is no desktop that would do it.

`python -m desktop.screenshots --docs` makes all of `docs/images` anew, which are some of these, small, under the names
that `desktop.docs_pictures` gives them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from desktop import docs_pictures, theme
from desktop.app import App
from desktop.settings import Settings
from desktop.start import start_qt
from desktop.studio import ROUNDS, Studio, rest
from desktop.studio_faults import Faults

ROOMS = ("teach", "review", "insight", "use", "welcome", "preferences", "begin")
FAULTS = "faults"
MODES: tuple[theme.Mode, ...] = ("light", "dark")
SIZES = ((1280, 800), (1920, 1080))
SCALES = (100, 150)

_SETTLED = 0.6
"""So many seconds are enough to lay everything out, to fetch pictures and to paint."""
_SHADE = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m desktop.screenshots", description="Take pictures of every room and fault."
    )
    parser.add_argument("out", type=Path, nargs="?", help="the folder they are put into")
    parser.add_argument("--docs", action="store_true", help="those of the documentation alone, into its folder")
    parser.add_argument("--only", choices=(*ROOMS, FAULTS), help="this room alone, or the faults that people meet")
    parser.add_argument("--quick", action="store_true", help="one size and scale, in light colours alone")
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=int, default=SCALES[0], help=argparse.SUPPRESS)
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = parser.parse_args(given)
    if (chosen.out is None) != chosen.docs:
        parser.error("either a folder or --docs is wanted")
    if chosen.docs and not docs_pictures.FOLDER.is_dir():
        parser.error("--docs is for a checkout, which has the documentation")
    if chosen.home is not None:
        app = _app(chosen.home, chosen.scale)
        if app is None:
            return 1
        photographer = (
            DocsPhotographer(app) if chosen.docs else Photographer(app, chosen.out, chosen.scale, quick=chosen.quick)
        )
        return _take(app, photographer, chosen.home, chosen.only)
    # How large everything is cannot be changed once Qt has started, so each scale has a process of its own.
    with tempfile.TemporaryDirectory(prefix="showtell-pictures-", ignore_cleanup_errors=True) as home:
        for scale in SCALES[:1] if chosen.quick or chosen.docs else SCALES:
            command = [sys.executable, "-m", "desktop.screenshots", *given, "--home", home, "--scale", str(scale)]
            code = subprocess.run(command, env=_surroundings(Path(home)), check=False).returncode
            if code:
                return code
    return 0


def _surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a process with another home, and with a screen that nobody sees unless one is named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_SCALE"))}
    width, height = SIZES[-1]
    screen = home / "screen.json"
    shape = {"name": "drawn", "x": 0, "y": 0, "width": width, "height": height, "dpi": 96, "dpr": 1}
    screen.write_text(json.dumps({"screens": [shape]}), encoding="utf-8")
    ours = {"HOME": str(home), "USERPROFILE": str(home)}
    fonts = {"win32": r"C:\Windows\Fonts", "darwin": "/System/Library/Fonts"}.get(sys.platform)
    if fonts is not None:  # without a screen, Qt finds the system's fonts by itself on Linux alone
        ours["QT_QPA_FONTDIR"] = fonts
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}", **kept, **ours}


def _app(home: Path, scale: int) -> App | None:
    """Start Qt, and return an app in another home; None where nothing can be written for want of a font."""
    settings = Settings(home / "settings.ini")
    settings.scale, settings.camera, settings.language = scale, "demo", "en"
    start_qt(settings)
    sys.excepthook = sys.__excepthook__  # nobody would see the dialog
    if not QFontDatabase.families():
        sys.stderr.write("No font was found: install one, or name a folder of them in QT_QPA_FONTDIR.\n")
        return None
    return App(settings)


def _take(app: App, photographer: Photographer, home: Path, only: str | None) -> int:
    """Take the pictures of one scale in this process; teach first, if nobody has yet."""
    project = home / "Documents" / "Showtell" / "desk.showtell"
    project.parent.mkdir(parents=True, exist_ok=True)
    is_new = not project.exists()
    try:
        studio = Studio(app, project)
        if is_new:
            studio.teach(1 if only == FAULTS else ROUNDS)
        for name, arrange in studio.views().items():
            if only in {None, name.partition("-")[0]} and photographer.wants(name):
                studio.tidy()
                photographer.take(name, arrange)
        if only in {None, FAULTS}:
            studio.tidy()
            faults = Faults(app, project, home)
            for name, bring_about in faults.views().items():
                faults.tidy()
                photographer.take(name, bring_about)
            faults.tidy()
    finally:
        app.stop()
    return 0


class Photographer:
    """Paints the window into files.

    Args:
        app: the app, with a view arranged in its window.
        out: the folder for the files.
        scale: how large everything is, in per cent.
        quick: take the smaller size alone, in light colours.
    """

    def __init__(self, app: App, out: Path, scale: int, *, quick: bool) -> None:
        self._app = app
        self._out = out
        self._scale = scale
        self._sizes = SIZES[:1] if quick else SIZES
        self._modes = MODES[:1] if quick else MODES
        out.mkdir(parents=True, exist_ok=True)

    def wants(self, name: str) -> bool:
        """Return whether there is to be a picture of a view."""
        return bool(self._modes_of(name))

    def take(self, name: str, arrange: Callable[[], QDialog | None]) -> None:
        """Take all the pictures of one view.

        Args:
            name: of the view.
            arrange: brings it up, and returns a dialog that is to lie in front, in the middle.

        Raises:
            RuntimeError: the window cannot be made so small.
        """
        window, modes = self._app.window, self._modes_of(name)
        self._app.theme.set_mode(modes[0])
        dialog = arrange()
        for mode in modes:
            self._app.theme.set_mode(mode)
            for width, height in self._sizes:
                room = QSize(int(100 * width / self._scale), int(100 * height / self._scale))
                window.resize(room)
                if dialog is not None:
                    edge = QSize(theme.XXL, 2 * theme.XXL)
                    has_one_width = dialog.minimumWidth() == dialog.maximumWidth()
                    wanted = dialog.sizeHint() if has_one_width else QSize(*theme.PREFERENCES)
                    dialog.resize(wanted.boundedTo(room - edge))
                rest(_SETTLED)
                picture = window.grab()
                if (picture.width(), picture.height()) != (width, height):
                    raise RuntimeError(f"{name} cannot be {width} by {height} pixels at {self._scale} %")
                if dialog is not None:
                    self._lay_over(picture, room, dialog.grab())
                self._keep(picture, name, mode)

    def _modes_of(self, _name: str) -> Sequence[theme.Mode]:
        return self._modes

    def _keep(self, picture: QPixmap, name: str, mode: theme.Mode) -> None:
        size = f"{picture.width()}x{picture.height()}"
        picture.save(str(self._out / f"{name}-{mode}-{size}-{self._scale}.png"))

    def _lay_over(self, picture: QPixmap, room: QSize, front: QPixmap) -> None:
        place = QRect(QPoint(0, 0), front.deviceIndependentSize().toSize())
        place.moveCenter(QRect(QPoint(0, 0), room).center())
        shade = QColor(theme.SCRIM)
        painter = QPainter(picture)
        shade.setAlphaF(_SHADE)
        painter.fillRect(QRect(QPoint(0, 0), room), shade)
        painter.drawPixmap(place.topLeft(), front)
        painter.setPen(QColor(self._app.theme.tokens.line))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()


class DocsPhotographer(Photographer):
    """Takes the pictures that the documentation has, and no others.

    Args:
        app: as above.
    """

    def __init__(self, app: App) -> None:
        super().__init__(app, docs_pictures.FOLDER, SCALES[0], quick=True)

    def _modes_of(self, name: str) -> Sequence[theme.Mode]:
        return [shown.mode for shown in docs_pictures.PICTURES.values() if shown.view == name]

    def _keep(self, picture: QPixmap, name: str, mode: theme.Mode) -> None:
        for file, shown in docs_pictures.PICTURES.items():
            if shown == docs_pictures.Shown(name, mode):
                docs_pictures.save(picture, self._out / file)


if __name__ == "__main__":
    sys.exit(main())

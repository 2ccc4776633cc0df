# SPDX-License-Identifier: Apache-2.0
"""The app's and the project files' icon in every size that systems ask for: `python packaging/icons.py build/icons`.

Drawn from `assets/icon.svg` and `assets/project.svg`, each size from the drawing itself:

- `showtell.ico` and `project.ico` for Windows, `showtell.icns` and `project.icns` for macOS,
- `hicolor/`, the folder of an icon theme as freedesktop.org's desktops want it,
- `social-preview.png`, 1280 × 640, the picture of a link to the project.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tomllib
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).parent.parent
APP_ID = "org.showtell.Showtell"
MIME_TYPE = "application/vnd.showtell"

_THEME_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_ICNS_SIZES = (32, 64, 128, 256, 512, 1024)
_PREVIEW = (1280, 640)


def write_icons(out: Path) -> list[Path]:
    """Draw all of them into a folder, which is made, and return the files.

    Raises:
        OSError: they cannot be written there.
    """
    files = []
    for name in ("icon", "project"):
        source = ROOT / "assets" / f"{name}.svg"
        stem = "showtell" if name == "icon" else name
        out.mkdir(parents=True, exist_ok=True)
        icon, *further = (_drawn(source, size) for size in sorted({*_ICO_SIZES, *_ICNS_SIZES}, reverse=True))
        for ending, sizes in (("ico", _ICO_SIZES), ("icns", _ICNS_SIZES)):
            path = out / f"{stem}.{ending}"
            wanted = [one for one in (icon, *further) if one.width in sizes]
            wanted[0].save(path, sizes=[one.size for one in wanted], append_images=wanted[1:])
            files.append(path)
        files += _theme(out / "hicolor", source, APP_ID if name == "icon" else MIME_TYPE.replace("/", "-"), name)
    preview = out / "social-preview.png"
    _social_preview().save(preview, optimize=True)
    return [*files, preview]


def _theme(folder: Path, source: Path, name: str, kind: str) -> list[Path]:
    below = "apps" if kind == "icon" else "mimetypes"
    files = []
    for size in _THEME_SIZES:
        path = folder / f"{size}x{size}" / below / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        _drawn(source, size).save(path, optimize=True)
        files.append(path)
    path = folder / "scalable" / below / f"{name}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source.read_bytes())
    return [*files, path]


def _drawn(source: Path, size: int) -> Image.Image:
    """Return a drawing as a square RGBA picture with a side of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        QSvgRenderer(str(source)).render(painter)
    return _as_pillow(image)


def _social_preview() -> Image.Image:
    """Return the window's picture beside name and description, RGB."""
    width, height = _PREVIEW
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#F6F6F3"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with QPainter(image) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        QSvgRenderer(str(ROOT / "assets" / "icon.svg")).render(painter, QRectF(64, 88, 112, 112))
        painter.setPen(QColor("#1C1E22"))
        painter.setFont(_font(60, QFont.Weight.Bold))
        painter.drawText(QRectF(64, 224, 480, 80), Qt.AlignmentFlag.AlignVCenter, "Showtell")
        painter.setPen(QColor("#666B72"))
        painter.setFont(_font(28, QFont.Weight.Normal))
        painter.drawText(QRectF(64, 316, 440, 240), Qt.TextFlag.TextWordWrap, project["description"])
        window = QRectF(552, 88, 880, 550)
        frame = QPainterPath()
        frame.addRoundedRect(window, 14, 14)
        painter.setClipPath(frame)
        painter.drawImage(window, QImage(str(ROOT / "docs" / "images" / "teach.png")))
        painter.setClipping(False)
        painter.setPen(QColor("#E3E3DE"))
        painter.drawPath(frame)
    return _as_pillow(image).convert("RGB")


def _font(pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(["Inter", "Cantarell", "DejaVu Sans"])
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _as_pillow(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide's stubs know paths only
        raise OSError("Qt could not write a picture")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def main() -> int:
    """Run the command line of this script."""
    parser = argparse.ArgumentParser(description="Draw the icons in every size that systems ask for.")
    parser.add_argument("out", type=Path, help="the folder for them")
    out = parser.parse_args().out
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QGuiApplication(sys.argv[:1])
    files = write_icons(out)
    print(f"{len(files)} files in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

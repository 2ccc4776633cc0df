# SPDX-License-Identifier: Apache-2.0
"""Picture files from anywhere, read safely: nothing in them is trusted, nor decoded before its size is known.

Pillow reads JPEG, PNG, WebP, BMP, TIFF, GIF, AVIF and PNM, and pillow-heif the HEIC of telephones. Formats whose
readers start other programs or are seldom looked at (EPS, PSD and many more) are never tried.
"""

from __future__ import annotations

import io
import os
import stat
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from learner.cv import MAX_PIXELS, cv2
from learner.errors import ImageFault
from learner.files import without_waiting
from learner.types import Image

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

ENDINGS = frozenset(
    {
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif"),
        *(".heic", ".heif", ".hif", ".avif", ".ppm", ".pgm", ".pbm", ".pnm", ".mpo"),
    }
)
"""Endings that say that a file is a picture. Files are read by what is in them, whatever they are called."""

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF", "PPM")
MOST_BYTES = 128 * 2**20
"""Of a picture file. 50 million pixels take less in every format but an uncompressed one."""
_MOST_PIXELS = {"WEBP": 30_000_000}
"""Of formats whose readers hold several copies of a picture; others have MAX_PIXELS."""
_LONGEST_SIDE = 65_535
_MOST_SCANS = 500
_MOST_SCANNED = 10**9
"""Passes over a progressive JPEG, and pixels in all of them: an empty one has ten bytes, and takes as long as any.
Encoders make about ten. Source: libjpeg-turbo's advisory of 2015, "Two Issues with the JPEG Standard"."""
_BAND = 2**20
"""Pixels that are converted at a time."""
_UPRIGHT: dict[int, Callable[[Image], Image]] = {
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.transpose(1, 0, 2),
    6: lambda image: np.rot90(image, -1),
    7: lambda image: image[::-1, ::-1].transpose(1, 0, 2),
    8: np.rot90,
}
"""What turns a picture back that EXIF says this of; see Exif 2.32, tag 0x0112."""
_ORIENTATION = 0x0112
_SIDE = 32


def read_image(path: Path, wanted: int | None = None) -> Image:
    """Read a picture file as BGR uint8 (see `decode_image`).

    Raises:
        ImageFault: the file cannot be read, is no picture, or has more than 50 million pixels.
    """
    return decode_image(read_file(path), wanted, name=str(path))


def read_file(path: Path) -> bytes:
    """Return what is in a picture file.

    Raises:
        ImageFault: it cannot be read, is no ordinary file, or larger than any picture.
    """
    try:
        with open(path, "rb", opener=without_waiting) as file:
            found = os.fstat(file.fileno())
            if stat.S_ISFIFO(found.st_mode):
                raise _unreadable(str(path), "it is a pipe")
            if not stat.S_ISREG(found.st_mode):
                raise _unreadable(str(path), "it is not an ordinary file")
            if found.st_size > MOST_BYTES:
                raise _unreadable(str(path), "it is too large for a picture")
            return file.read(MOST_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        raise _unreadable(str(path), getattr(error, "strerror", None) or str(error)) from error


def decode_image(content: bytes, wanted: int | None = None, *, name: str = "") -> Image:
    """Return the picture in the bytes of a file as BGR uint8 (h, w, 3), upright as EXIF says.

    Grey ones, palettes, CMYK, 16 bits and floats (0 to 1) become ordinary colours, and what is transparent is laid over
    white. Of several pages or frames the first is taken. What is cut off is refused.

    Args:
        content: the file.
        wanted: pixels that are needed along the shorter side. A picture of twice that or more comes at half its size,
            or less, but never below what is needed. A JPEG is decoded so, in a fraction of the time.
        name: what the file is called, for people.

    Raises:
        ImageFault: it is no picture, is damaged, has more than 50 million pixels (30 million as WebP) or more than
            65,535 along a side, or would take far too long to decode.
    """
    pillow = _pillow()
    if len(content) > MOST_BYTES:
        raise _unreadable(name, "it is too large for a picture")
    try:
        # Pillow's readers meet what is broken with exceptions of all kinds, down to struct.error and IndexError.
        with pillow.open(io.BytesIO(content), formats=_FORMATS) as opened:
            _check_size(opened, name)
            _check_scans(content, opened, name)
            if wanted is not None and opened.format in {"JPEG", "MPO"}:
                opened.draft(None, (wanted, wanted))
            opened.load()
            _check_size(opened, name)
            turn = _turn(opened)
            image = _bgr(opened, wanted)
            opened.close()  # leaving the block would close the file alone, and keep the pixels
    except ImageFault:
        raise
    except (pillow.DecompressionBombError, pillow.DecompressionBombWarning) as error:
        raise _too_large(name) from error
    except pillow.UnidentifiedImageError as error:
        raise _unreadable(name, "it is not a picture of a kind that Showtell knows") from error
    except (Exception, Warning) as error:
        raise _unreadable(name, "it is damaged, or only a part of a picture") from error
    if 0 in image.shape:
        raise _unreadable(name, "it has no pixels")
    return image if turn is None else np.ascontiguousarray(turn(image))


def is_picture(path: Path) -> bool:
    """Return whether a file begins like a picture of a kind that can be read; nothing is decoded."""
    pillow = _pillow()
    try:
        with path.open("rb") as file, pillow.open(file, formats=_FORMATS):
            return True
    except Exception:
        return False


def small_grey(image: Image) -> NDArray[np.float32]:
    """Return a BGR picture as (32, 32) float32 grey, which noise and small movements hardly change."""
    step = max(1, min(image.shape[:2]) // (4 * _SIDE))  # all pixels of a large picture would take milliseconds
    small = cv2.resize(np.ascontiguousarray(image[::step, ::step]), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)


def difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return by how much two small grey pictures differ, 0 to 255; a change of light alone counts little."""
    return float(np.abs((one - one.mean()) - (other - other.mean())).mean() + 0.25 * abs(one.mean() - other.mean()))


@cache
def _pillow() -> Any:
    """Return `PIL.Image` with the readers of the formats above, and none of the others."""
    from PIL import AvifImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401  # they register themselves
    from PIL import Image as pillow  # noqa: N813
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    # Of sizes Pillow warns from 89 million pixels on, and we refuse before; of broken metadata nobody has to hear.
    warnings.filterwarnings("ignore", category=pillow.DecompressionBombWarning)
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return pillow


def _check_size(opened: Opened, name: str) -> None:
    most = _MOST_PIXELS.get(opened.format or "", MAX_PIXELS)
    if opened.size[0] * opened.size[1] > most:
        raise _too_large(name, most)
    if max(opened.size) > _LONGEST_SIDE:  # Pillow keeps a pointer a row, and a band is at least one row
        raise _unreadable(name, f"it has more than {_LONGEST_SIDE:,} pixels along a side")


def _check_scans(content: bytes, opened: Opened, name: str) -> None:
    if opened.format not in {"JPEG", "MPO"}:
        return
    scans = content.count(b"\xff\xda")
    if scans > _MOST_SCANS or scans * opened.size[0] * opened.size[1] > max(_MOST_SCANNED, MAX_PIXELS):
        raise _unreadable(name, "it takes far too long to decode")


def _turn(opened: Opened) -> Callable[[Image], Image] | None:
    """Return what turns a picture as EXIF says; what is broken in EXIF is no reason to lose the picture."""
    try:
        return _UPRIGHT.get(opened.getexif().get(_ORIENTATION, 1))
    except Exception:
        return None


def _bgr(opened: Opened, wanted: int | None) -> Image:
    """Convert a picture band by band, so that there is no second copy of all of it, and reduce it on the way."""
    width, height = opened.size
    factor = 1 if wanted is None else max(1, min(width, height) // wanted)
    image = np.empty((-(-height // factor), -(-width // factor), 3), np.uint8)
    rows = factor * max(1, _BAND // max(1, width * factor))
    for top in range(0, height, rows):
        band = _colours(opened.crop((0, top, width, min(height, top + rows))))
        if factor > 1:
            band = np.asarray(_pillow().fromarray(band).reduce(factor))
        image[top // factor : top // factor + len(band)] = band
    return image


def _colours(opened: Opened) -> Image:
    mode = opened.mode
    if mode.startswith(("I", "F")):
        grey = _eight_bit(np.asarray(opened))
        return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
    if mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        opened = _pillow().new("RGBA", clear.size, (255, 255, 255, 255))
        opened.alpha_composite(clear)
    rgb = np.asarray(opened if opened.mode == "RGB" else opened.convert("RGB"))
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)


def _eight_bit(grey: NDArray[Any]) -> NDArray[np.uint8]:
    """Return deep grey as 8 bits: whole numbers count to 65535, others from 0 to 1; what is no number is black."""
    if grey.dtype.kind == "f":
        return np.asarray(np.clip(np.nan_to_num(grey.astype(np.float32)) * 255, 0, 255), np.uint8)
    return np.asarray(np.clip(grey, 0, 0xFFFF).astype(np.uint16) >> 8, np.uint8)


def _too_large(name: str, most: int = MAX_PIXELS) -> ImageFault:
    return _unreadable(name, f"it has more than {most // 1_000_000} million pixels")


def _unreadable(name: str, why: str) -> ImageFault:
    happened = f"{name}: {why}." if name else f"{why[:1].upper()}{why[1:]}."
    return ImageFault("That picture cannot be read", happened, "Leave it out, or save it again as JPEG or PNG.")

# SPDX-License-Identifier: Apache-2.0
"""Pictures and vectors as the file keeps them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learner.cv import MAX_PIXELS, cv2
from learner.errors import ImageFault
from learner.types import Image

_LONG_SIDE = 512
_QUALITY = 92


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture ready to be stored. `sha256` is that of its pixels, so the same picture is known again."""

    jpeg: bytes
    sha256: str


def centre_square(image: Image) -> Image:
    """Return the largest centred square of a picture, as a view of it."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]


def encode(image: Image) -> EncodedImage:
    """Cut out the centre square of a BGR picture, at most 512 pixels wide, and compress it.

    Raises:
        ImageFault: it is not a BGR uint8 picture (h, w, 3).
    """
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise ImageFault(
            "That is not a picture",
            f"It is an array of {image.dtype} and shape {image.shape}.",
            "Give a BGR picture: uint8, (height, width, 3), as OpenCV reads it.",
        )
    square = centre_square(image)
    if square.shape[0] > _LONG_SIDE:
        square = np.asarray(cv2.resize(square, (_LONG_SIDE, _LONG_SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    square = np.ascontiguousarray(square)
    done, jpeg = cv2.imencode(".jpg", square, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ImageFault("That picture cannot be stored", "OpenCV could not compress it.", "Try another picture.")
    digest = hashlib.sha256(f"{square.shape[0]} ".encode())
    digest.update(square.data)
    return EncodedImage(jpeg.tobytes(), digest.hexdigest())


def decode(jpeg: bytes) -> Image:
    """Return the BGR picture in a JPEG.

    Raises:
        ImageFault: the bytes are not a picture.
    """
    try:
        image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) if jpeg else None
    except cv2.error:
        image = None
    if image is None:
        raise ImageFault("That is not a picture", "Its bytes cannot be decoded.", "Leave it out.")
    return np.asarray(image, np.uint8)


def read_image(path: Path) -> Image:
    """Read a picture file as BGR uint8; grey, transparent (laid over white) and 16-bit ones are converted.

    Raises:
        ImageFault: the file cannot be read, is no picture, or has more than 50 million pixels.
    """
    try:
        if path.is_fifo():  # it would wait for a writer for ever
            raise _unreadable(path, "it is a pipe")
        # Not cv2.imread, which on Windows fails on names beyond ASCII.
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    # IMREAD_UNCHANGED would keep transparency but ignore EXIF orientation, so it is used for transparent files only.
    try:
        image = cv2.imdecode(content, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH) if content.size else None
        alpha = _transparency(content) if image is not None and content[:4].tobytes() in _MAY_BE_TRANSPARENT else None
    except cv2.error as error:  # raised for headers that promise more pixels than allowed
        raise _unreadable(path, f"it may be larger than {MAX_PIXELS // 1_000_000} million pixels") from error
    if image is None:
        raise _unreadable(path, "it is not a picture that OpenCV knows")
    colour = _eight_bit(image)
    if alpha is not None and alpha.shape == colour.shape[:2]:
        share = cv2.cvtColor(_eight_bit(alpha), cv2.COLOR_GRAY2BGR)
        white = cv2.bitwise_not(share)
        colour = np.asarray(cv2.add(cv2.multiply(colour, share, scale=1 / 255), white), np.uint8)
    return np.ascontiguousarray(colour)


VECTOR_BYTES = 2
"""Bytes a number of a stored vector."""


def vector_to_blob(vector: NDArray[np.float32]) -> bytes:
    """Return a vector (d,) as float16 bytes, little-endian; numbers beyond float16's are cut to its largest."""
    largest = float(np.finfo(np.float16).max)
    return np.clip(vector, -largest, largest).astype("<f2").tobytes()


def blob_to_vector(blob: bytes) -> NDArray[np.float32]:
    """Return the vector (d,) float32 in float16 bytes.

    What is no number in it, since a bit has flipped on the disk, becomes 0: it must not make all the rest infinite.
    """
    return np.nan_to_num(np.frombuffer(blob, "<f2").astype(np.float32), copy=False, nan=0.0, posinf=0.0, neginf=0.0)


_MAY_BE_TRANSPARENT = frozenset({b"\x89PNG", b"RIFF", b"GIF8"})


def _transparency(content: NDArray[np.uint8]) -> NDArray[np.generic] | None:
    image = cv2.imdecode(content, cv2.IMREAD_UNCHANGED)
    return image[:, :, 3] if image is not None and image.ndim == 3 and image.shape[2] == 4 else None


def _eight_bit(image: NDArray[np.generic]) -> Image:
    if image.dtype == np.uint8:
        return np.asarray(image, np.uint8)
    if image.dtype == np.uint16:
        return np.asarray(image >> 8, np.uint8)  # type: ignore[operator]  # the dtype was just checked
    return np.asarray(np.clip(np.nan_to_num(np.asarray(image, np.float32)) * 255, 0, 255), np.uint8)


def _unreadable(path: Path, why: str) -> ImageFault:
    return ImageFault(
        "That picture cannot be read", f"{path}: {why}.", "Leave it out, or save it again as JPEG or PNG."
    )

# SPDX-License-Identifier: Apache-2.0
"""Pictures and vectors as the file keeps them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learner.cv import cv2
from learner.errors import ImageFault
from learner.types import Image

LONG_SIDE = 512
"""A picture is stored with at most so many pixels along its sides."""
_QUALITY = 92
_KEPT_BYTES = 3 * LONG_SIDE * LONG_SIDE
"""No JPEG of a stored picture's size needs more."""
MOST_PICTURE = 2 * 2**20
"""Bytes of a stored picture; 512 × 512 pixels of noise take a fifth of that."""
_MOST_SCANS = 100
"""Passes over a progressive JPEG, each of which takes as long as the whole picture; encoders make ten."""
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""JPEG's baseline, extended and progressive frames with Huffman codes: ITU-T T.81, table B.1."""


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


def encode(image: Image, file: bytes = b"") -> EncodedImage:
    """Cut out the centre square of a BGR picture, at most 512 pixels wide, and compress it.

    Args:
        image: uint8 (h, w, 3).
        file: what the picture was read from. A JPEG that could have been stored is stored as it is, byte for byte, so
            that nothing is lost when pictures go out and come in again (see `can_be_kept`).

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
    if square.shape[0] > LONG_SIDE:
        square = np.asarray(cv2.resize(square, (LONG_SIDE, LONG_SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    square = np.ascontiguousarray(square)
    digest = hashlib.sha256(f"{square.shape[0]} ".encode())
    digest.update(square.data)
    if square.shape == image.shape and can_be_kept(file):
        return EncodedImage(file, digest.hexdigest())
    done, jpeg = cv2.imencode(".jpg", square, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ImageFault("That picture cannot be stored", "OpenCV could not compress it.", "Try another picture.")
    return EncodedImage(jpeg.tobytes(), digest.hexdigest())


def can_be_kept(file: bytes) -> bool:
    """Return whether a file is a JPEG that could have been stored: a square of at most 512 pixels in colour.

    It has what it takes to decode it and nothing else: no EXIF or other metadata, which may say where and by whom a
    picture was taken, no comment, no second picture, and nothing behind its end. Source: ITU-T T.81, annex B.
    """
    if not 4 <= len(file) <= _KEPT_BYTES or file[:2] != b"\xff\xd8" or file[-2:] != b"\xff\xd9":
        return False
    place, has_frame = 2, False
    while place + 4 <= len(file) and file[place] == 0xFF:
        marker = file[place + 1]
        if marker == 0xD9:
            return has_frame and place + 2 == len(file)
        length = int.from_bytes(file[place + 2 : place + 4], "big")
        body = file[place + 4 : place + 2 + length]
        if len(body) != length - 2:
            return False
        if marker in _FRAMES:
            if has_frame or not _is_colour_square(body):
                return False
            has_frame = True
        elif not _is_bare(marker, body):
            return False
        place += 2 + length
        if marker == 0xDA:
            place = _end_of_scan(file, place)
    return has_frame and place + 2 == len(file) and file[place:] == b"\xff\xd9"


def _is_colour_square(frame: bytes) -> bool:
    """Return whether the body of a frame header says so: precision, height, width, number of components, …."""
    if len(frame) < 6:
        return False
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    return frame[0] == 8 and 1 <= height == width <= LONG_SIDE and frame[5] == 3


def _is_bare(marker: int, body: bytes) -> bool:
    """Return whether a segment is needed to decode a picture, and has no room for anything else."""
    if marker == 0xE0:  # its last two bytes are the size of a thumbnail
        return body[:5] == b"JFIF\0" and len(body) == 14 and body[12:] == b"\0\0"
    if marker == 0xEE:
        return body[:5] == b"Adobe" and len(body) == 12
    return marker in {0xC4, 0xDB, 0xDA, 0xDD}  # tables, the head of a scan, the restart interval


def _end_of_scan(file: bytes, place: int) -> int:
    """Return where the marker is that ends the data of a scan: stuffed bytes and restarts belong to the data."""
    while (place := file.find(b"\xff", place)) >= 0 and place + 1 < len(file):
        follows = file[place + 1]
        if follows != 0 and not 0xD0 <= follows <= 0xD7:
            return place
        place += 2
    return len(file)


def decode(jpeg: bytes) -> Image:
    """Return the BGR picture in a JPEG.

    Raises:
        ImageFault: the bytes are not a JPEG, or one that is larger than what is stored.
    """
    try:
        # OpenCV would try a dozen formats, and any size: a file that a stranger made has no claim to that.
        is_ours = jpeg[:2] == b"\xff\xd8" and len(jpeg) <= MOST_PICTURE and jpeg.count(b"\xff\xda") <= _MOST_SCANS
        image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) if is_ours and _is_small(jpeg) else None
    except cv2.error:
        image = None
    if image is None:
        raise ImageFault("That is not a picture", "Its bytes cannot be decoded.", "Leave it out.")
    return np.asarray(image, np.uint8)


def _is_small(jpeg: bytes) -> bool:
    """Return whether the first frame header of a JPEG has no more than a stored picture's pixels."""
    place = 2
    while (marker := jpeg[place : place + 2])[:1] == b"\xff" and len(marker) == 2:
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in {0xC4, 0xC8, 0xCC}:
            height, width = (int.from_bytes(jpeg[place + at : place + at + 2], "big") for at in (5, 7))
            return max(height, width) <= LONG_SIDE
        if marker[1] == 0xFF:  # filling
            place += 1
            continue
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return False


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

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learner.buffer.codec import blob_to_vector, can_be_kept, centre_square, decode, encode, vector_to_blob
from learner.cv import cv2
from tests.learner.fakes import picture


@given(height=st.integers(1, 60), width=st.integers(1, 60))
def test_centre_square_is_centred(height: int, width: int) -> None:
    rows, columns = np.mgrid[:height, :width]
    square = centre_square(np.dstack([rows, columns, rows]).astype(np.uint8))
    side = min(height, width)
    assert square.shape == (side, side, 3)
    for place, length in ((0, height), (1, width)):
        before, after = int(square[0, 0, place]), length - 1 - int(square[-1, -1, place])
        assert abs(before - after) <= 1


def test_pictures_survive_compression() -> None:
    image = np.asarray(cv2.GaussianBlur(picture(3), (0, 0), 3), np.uint8)
    back = decode(encode(image).jpeg)
    assert back.shape == image.shape
    assert np.abs(back.astype(int) - image).mean() < 4


def test_hash_is_that_of_the_picture() -> None:
    assert encode(picture(1)).sha256 == encode(picture(1).copy()).sha256
    assert encode(picture(1)).sha256 != encode(picture(1, 1)).sha256
    padded = np.pad(picture(1), ((0, 0), (20, 20), (0, 0)))
    assert encode(padded).sha256 == encode(picture(1)).sha256, "only the centre square is kept"


@given(st.lists(st.floats(-1000, 1000, width=16), min_size=1, max_size=20))
def test_vectors_are_kept_as_half_precision(values: list[float]) -> None:
    vector = np.array(values, np.float32)
    assert np.array_equal(blob_to_vector(vector_to_blob(vector)), vector)


SQUARE = np.asarray(cv2.GaussianBlur(picture(3), (0, 0), 3), np.uint8)


def jpeg(image: np.ndarray, *options: int) -> bytes:
    return cv2.imencode(".jpg", image, list(options))[1].tobytes()


@pytest.mark.parametrize(
    "options",
    [
        (),
        (cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
        (cv2.IMWRITE_JPEG_RST_INTERVAL, 2),
        (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444),
    ],
)
def test_a_jpeg_that_could_have_been_stored_is_stored_as_it_is(options: tuple[int, ...]) -> None:
    file = jpeg(SQUARE, *options)
    kept = encode(decode(file), file)
    assert kept.jpeg == file
    assert kept.sha256 == encode(decode(file)).sha256, "it is that of the pixels"
    assert encode(decode(kept.jpeg), kept.jpeg) == kept


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segment(file: bytes, marker: int, body: bytes) -> bytes:
    return file[:2] + segment(marker, body) + file[2:]


FILE = jpeg(SQUARE)


@pytest.mark.parametrize(
    "file",
    [
        with_segment(FILE, 0xE1, b"Exif\0\0" + bytes(20)),
        with_segment(FILE, 0xE2, b"ICC_PROFILE\0"),
        with_segment(FILE, 0xED, b"Photoshop 3.0\0"),
        with_segment(FILE, 0xFE, b"taken at home"),
        with_segment(FILE, 0xE0, b"JFXX\0\x10" + FILE),
        with_segment(FILE, 0xEE, b"Adobe" + bytes(30)),
        FILE + b"PK",
        FILE + FILE,
        FILE[:-2] + segment(0xFE, b"after the picture") + FILE[-2:],
        jpeg(cv2.cvtColor(SQUARE, cv2.COLOR_BGR2GRAY)),
        jpeg(SQUARE[:, :-1]),
        jpeg(cv2.resize(SQUARE, (513, 513))),
        FILE[:-20],
        FILE[:2],
        FILE[:2] + FILE[-2:],
        b"",
        b"\xff\xd8" + b"\xff\xd9" * 20,
        cv2.imencode(".png", SQUARE)[1].tobytes(),
    ],
    ids=[
        *("EXIF", "profile", "Photoshop", "comment", "thumbnail", "long Adobe", "something behind", "two pictures"),
        *("late comment", "grey", "no square", "too large", "cut", "no end", "nothing in it", "empty", "ends", "PNG"),
    ],
)
def test_any_other_file_is_compressed_anew(file: bytes) -> None:
    assert not can_be_kept(file)
    assert encode(SQUARE, file) == encode(SQUARE)


@settings(deadline=None)
@given(st.binary(max_size=40), st.integers(0, len(FILE)), st.integers(0, 40))
def test_whatever_is_kept_holds_a_square_picture_and_no_hidden_words(new: bytes, place: int, gone: int) -> None:
    file = FILE[:place] + new + FILE[place + gone :]
    if can_be_kept(file):
        assert b"\xff\xe1" not in file[: file.index(b"\xff\xda")]

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.buffer.codec import blob_to_vector, centre_square, decode, encode, read_image, vector_to_blob
from learner.cv import cv2
from learner.errors import ImageFault
from learner.types import Image
from tests.learner.fakes import picture


def write(path: Path, image: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, image)[1].tobytes())
    return path


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


@pytest.mark.parametrize("name", ["a.png", "b.jpg", "c.bmp", "d.webp", "größe 日本.png", "e.tif"])
def test_picture_files_are_read(tmp_path: Path, name: str) -> None:
    smooth = cv2.GaussianBlur(picture(2), (0, 0), 3)
    image = read_image(write(tmp_path / name, smooth))
    assert image.dtype == np.uint8
    assert np.abs(image.astype(int) - smooth).mean() < 6


def test_grey_deep_and_transparent_pictures_become_ordinary_ones(tmp_path: Path) -> None:
    grey = read_image(write(tmp_path / "grey.png", np.full((8, 8), 77, np.uint8)))
    assert (grey == 77).all()
    assert grey.shape == (8, 8, 3)
    deep = read_image(write(tmp_path / "deep.png", np.full((8, 8, 3), 0x8000, np.uint16)))
    assert (deep == 0x80).all()
    clear = np.zeros((8, 8, 4), np.uint8)
    clear[:4, :, 3] = 255
    laid = read_image(write(tmp_path / "clear.png", clear))
    assert (laid[:4] == 0).all()
    assert (laid[4:] == 255).all()


def test_orientation_of_a_phone_picture_is_honoured(tmp_path: Path) -> None:
    image = np.zeros((40, 80, 3), np.uint8)
    image[:, :40] = 255
    jpeg = cv2.imencode(".jpg", image)[1].tobytes()
    turned = b"\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01"  # a TIFF directory with one entry:
    turned += b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + bytes(4)  # orientation 6, a quarter turn
    (tmp_path / "phone.jpg").write_bytes(jpeg[:2] + turned + jpeg[2:])
    upright: Image = read_image(tmp_path / "phone.jpg")
    assert upright.shape == (80, 40, 3)
    assert upright[:30].min() > 200
    assert upright[50:].max() < 60


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.png").write_bytes(content)
    with pytest.raises(ImageFault):
        read_image(tmp_path / "bad.png")
    with pytest.raises(ImageFault):
        decode(content)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageFault):
        read_image(tmp_path / "nowhere.png")


def test_a_header_that_promises_too_much_is_refused(tmp_path: Path) -> None:
    bomb = bytearray(cv2.imencode(".bmp", np.zeros((2, 2, 3), np.uint8))[1].tobytes())
    bomb[18:26] = (60_000).to_bytes(4, "little") * 2
    (tmp_path / "bomb.bmp").write_bytes(bomb)
    with pytest.raises(ImageFault):
        read_image(tmp_path / "bomb.bmp")


@given(st.lists(st.floats(-1000, 1000, width=16), min_size=1, max_size=20))
def test_vectors_are_kept_as_half_precision(values: list[float]) -> None:
    vector = np.array(values, np.float32)
    assert np.array_equal(blob_to_vector(vector_to_blob(vector)), vector)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(ImageFault, match="pipe"):
        read_image(tmp_path / "pipe.png")


def test_numbers_that_are_none_become_black(tmp_path: Path) -> None:
    image = np.full((8, 8, 3), 0.5, np.float32)
    image[0, 0] = np.nan
    seen = read_image(write(tmp_path / "float.tiff", image))
    assert seen[0, 0].tolist() == [0, 0, 0]
    assert seen[4, 4].tolist() == [127, 127, 127]

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from learner.cv import cv2
from learner.errors import ImageFault
from learner.pictures import decode_image, difference, is_picture, read_image, small_grey
from learner.types import Image
from tests.learner.fakes import picture

HALVES = np.zeros((40, 80, 3), np.uint8)
HALVES[:, :40] = 255


def write(path: Path, image: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, image)[1].tobytes())
    return path


def saved(image: Pillow.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG whose head says what it likes, with a few bytes behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    content = bytearray(cv2.imencode(".jpg", HALVES)[1].tobytes())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


@pytest.mark.parametrize("name", ["a.png", "b.jpg", "c.bmp", "d.webp", "größe 日本.png", "e.tif", "f.avif"])
def test_picture_files_are_read(tmp_path: Path, name: str) -> None:
    smooth = cv2.GaussianBlur(picture(2), (0, 0), 3)
    image = read_image(write(tmp_path / name, smooth))
    assert image.dtype == np.uint8
    assert np.abs(image.astype(int) - smooth).mean() < 6


@pytest.mark.parametrize("kind", ["HEIF", "GIF", "PPM", "MPO"])
def test_what_telephones_and_old_programs_write_is_read(kind: str) -> None:
    decode_image(cv2.imencode(".png", HALVES)[1].tobytes())  # which has HEIC known to Pillow
    image = decode_image(saved(Pillow.fromarray(HALVES), kind))
    assert image.shape == HALVES.shape
    assert np.abs(image.astype(int) - HALVES).mean() < 6


def test_the_first_page_and_the_first_frame_count() -> None:
    pages = [Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for kind in ("TIFF", "GIF"):
        image = decode_image(saved(pages[0], kind, save_all=True, append_images=pages[1:]))
        assert image[4, 4].tolist() == [0, 0, 255], "red, as OpenCV has it"


def test_grey_deep_and_transparent_pictures_become_ordinary_ones(tmp_path: Path) -> None:
    grey = read_image(write(tmp_path / "grey.png", np.full((8, 8), 77, np.uint8)))
    assert (grey == 77).all()
    assert grey.shape == (8, 8, 3)
    for depth in ((8, 8, 3), (8, 8)):
        deep = read_image(write(tmp_path / "deep.png", np.full(depth, 0x8000, np.uint16)))
        assert (deep == 0x80).all()
        assert deep.shape == (8, 8, 3)
    clear = np.zeros((8, 8, 4), np.uint8)
    clear[:4, :, 3] = 255
    laid = read_image(write(tmp_path / "clear.png", clear))
    assert (laid[:4] == 0).all()
    assert (laid[4:] == 255).all()


def test_palettes_with_a_hole_and_inks_become_ordinary_colours() -> None:
    drawn = Pillow.new("P", (8, 8), 0)
    drawn.putpalette([0, 0, 0, 255, 0, 0])
    drawn.paste(1, (0, 0, 8, 4))
    image = decode_image(saved(drawn, "GIF", transparency=0))
    assert (image[:4] == (0, 0, 255)).all()
    assert (image[4:] == 255).all()
    inks = decode_image(saved(Pillow.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=95))
    assert np.abs(inks[4, 4].astype(int) - (0, 0, 255)).max() < 8
    assert decode_image(saved(Pillow.new("1", (8, 8), 1), "PNG")).tolist() == np.full((8, 8, 3), 255).tolist()


def test_numbers_that_are_none_become_black(tmp_path: Path) -> None:
    image = np.full((8, 8), 0.5, np.float32)
    image[0, 0] = np.nan
    seen = read_image(write(tmp_path / "float.tiff", image))
    assert seen[0, 0].tolist() == [0, 0, 0]
    assert seen[4, 4].tolist() == [127, 127, 127]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_of_a_phone_picture_is_honoured(kind: str, orientation: int) -> None:
    corner = np.zeros((40, 80, 3), np.uint8)
    corner[:20, :40] = 255
    turned = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]  # how the sensor saw it
    seen = Pillow.fromarray(corner)
    if turned is not None:
        seen = seen.transpose(Pillow.Transpose(turned))
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    upright: Image = decode_image(saved(seen, kind, exif=exif))
    assert upright.shape == corner.shape
    assert np.abs(upright.astype(int) - corner).mean() < 10


def test_broken_metadata_is_no_reason_to_lose_a_picture() -> None:
    jpeg = cv2.imencode(".jpg", HALVES)[1].tobytes()
    rubbish = b"Exif\0\0MM\0*" + b"\xff" * 40
    segment = b"\xff\xe1" + struct.pack(">H", len(rubbish) + 2) + rubbish
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as they are where no test is running
        assert decode_image(jpeg[:2] + segment + jpeg[2:]).shape == HALVES.shape


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.png").write_bytes(content)
    with pytest.raises(ImageFault, match=r"bad\.png"):
        read_image(tmp_path / "bad.png")
    assert not is_picture(tmp_path / "bad.png")


@pytest.mark.parametrize(
    "content",
    [
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n",
        b"8BPS\0\1" + bytes(6) + struct.pack(">HLLHH", 3, 10, 10, 8, 3) + bytes(1000),
        b"\0\0\0\x1cftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 4,
        b"\0\0\0\x1cftypavif\0\0\0\0mif1avif" + bytes(range(256)) * 4,
    ],
    ids=["EPS", "PSD", "HEIC garbage", "AVIF garbage"],
)
def test_what_is_not_worth_the_risk_is_not_tried(content: bytes) -> None:
    with pytest.raises(ImageFault):
        decode_image(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF", "AVIF"])
def test_half_a_picture_is_none(kind: str) -> None:
    decode_image(png(1, 1)[:0] or saved(Pillow.new("RGB", (2, 2)), "PNG"))
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    whole = saved(Pillow.fromarray(noise), kind)
    assert decode_image(whole).shape == noise.shape
    with pytest.raises(ImageFault):
        decode_image(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    "content", [png(50_000, 50_000), jpeg_of(50_000, 50_000), jpeg_of(10_000, 5_001)], ids=["PNG", "JPEG", "just so"]
)
def test_a_header_that_promises_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(ImageFault, match="50 million pixels"):
        decode_image(content)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageFault):
        read_image(tmp_path / "nowhere.png")
    with pytest.raises(ImageFault):
        read_image(tmp_path)
    with pytest.raises(ImageFault):
        read_image(tmp_path / "a\0b.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(ImageFault, match="pipe"):
        read_image(tmp_path / "pipe.png")


@settings(deadline=None)
@given(st.integers(1, 700), st.integers(1, 700), st.integers(1, 300), st.sampled_from(["JPEG", "PNG"]))
def test_a_picture_never_comes_smaller_than_what_is_needed(width: int, height: int, wanted: int, kind: str) -> None:
    image = decode_image(saved(Pillow.new("RGB", (width, height), "red"), kind), wanted)
    assert min(image.shape[:2]) >= min(wanted, width, height)
    if min(width, height) < 2 * wanted:
        assert image.shape == (height, width, 3)
    else:
        assert min(image.shape[:2]) < 2 * wanted + 2


def test_a_reduced_picture_is_upright_too() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    for kind in ("PNG", "TIFF", "JPEG", "WEBP"):
        image = decode_image(saved(Pillow.new("RGB", (80, 40)), kind, exif=exif), 10)
        assert image.shape == (20, 10, 3)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF"]), st.data())
def test_what_is_broken_anywhere_is_read_or_refused(rubbish: bytes, kind: str, data: st.DataObject) -> None:
    decode_image(saved(Pillow.new("RGB", (2, 2)), "PNG"))
    whole = bytearray(saved(Pillow.fromarray(HALVES), kind))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place : place + len(rubbish)] = rubbish
    with suppress(ImageFault):
        assert decode_image(bytes(whole)).ndim == 3


def test_how_different_pictures_look() -> None:
    one, noisy, other = (small_grey(image) for image in (picture(1), picture(1, 1), picture(2)))
    assert difference(one, one) == 0
    assert difference(one, noisy) < difference(one, other)

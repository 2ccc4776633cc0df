# SPDX-License-Identifier: Apache-2.0
"""Picture files that a stranger made."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from tests.fuzz.corpus import Corpus

CORPUS = Corpus("picture", ".png", "ImageFault")

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "PPM", "HEIF", "AVIF")


@cache
def saved(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """Return a picture of noise in a format."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    noise = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3)).astype(np.uint8)
    file = io.BytesIO()
    Pillow.fromarray(noise).convert(mode).save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    """Return a chunk of a PNG, which may lie about its length."""
    size = len(data) if length is None else length
    return struct.pack(">L", size) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, colour: int = 2, depth: int = 8, data: bytes | None = None) -> bytes:
    """Return a PNG of these chunks, and zeros for pixels."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)) if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def tiff(*entries: tuple[int, int, int, int], behind: int = 0, data: bytes = b"") -> bytes:
    """Return a TIFF with one directory of (tag, type, count, value), the place of the next, and something behind it."""
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<L", 8) + directory + struct.pack("<L", behind) + data


def _zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(size // 2**20)) + packer.flush()


def _written(content: Callable[[], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content())


def put(name: str, content: Callable[[], bytes], *allowed: str, ending: str = ".png", heavy: bool = False) -> None:
    """Put in a file with this content."""
    CORPUS.add(name, _written(content), *allowed, ending=ending, heavy=heavy)


def _beginning(kind: str, size: int) -> bytes:
    return saved(kind)[:size]


def _followed(kind: str) -> bytes:
    return saved(kind) + bytes(2**20)


def _just_so(colour: int, channels: int) -> bytes:
    palette = [chunk(b"PLTE", bytes(768)), chunk(b"tRNS", bytes(256))] if colour == 3 else []
    return png(7071, 7071, *palette, colour=colour, data=_zeros((7071 * channels + 1) * 7071 + 2**20))


def sized(kind: str, width: int, height: int) -> bytes:
    """Return a small picture whose header says that it is of another size."""
    content = bytearray(saved(kind))
    if kind == "JPEG":
        at = content.index(b"\xff\xc0")
        content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    elif kind == "BMP":
        content[18:26] = struct.pack("<ll", width, height)
    elif kind == "GIF":
        content[6:10] = struct.pack("<HH", width, height)
    elif kind == "PPM":
        return b"P6 %d %d 255\n" % (width, height) + bytes(content[-1000:])
    elif kind == "TIFF":
        for tag, value in ((256, width), (257, height)):
            at = content.index(struct.pack("<HHL", tag, 3, 1)) if struct.pack("<HHL", tag, 3, 1) in content else -1
            if at < 0:
                at = content.index(struct.pack("<HHL", tag, 4, 1))
            content[at + 2 : at + 12] = struct.pack("<HLL", 4, 1, value)
    elif kind in {"HEIF", "AVIF"}:
        at = content.index(b"ispe")
        content[at + 8 : at + 16] = struct.pack(">LL", width, height)
    elif kind == "WEBP":
        at = content.index(b"VP8 ")
        content[at + 14 : at + 18] = struct.pack("<HH", width & 0x3FFF, height & 0x3FFF)
    return bytes(content)


for _kind in FORMATS:
    if _kind != "PNG":
        put(f"{_kind} that says it is enormous", partial(sized, _kind, 60_000, 60_000), "ImageFault")
    put(f"{_kind} cut short", partial(_beginning, _kind, 500))
    put(f"{_kind} of a head alone", partial(_beginning, _kind, 24))
    put(f"{_kind} followed by a megabyte", partial(_followed, _kind), "read", "ImageFault")

put("PNG of two thousand million pixels", lambda: png(65_000, 32_000))
put("PNG of 2^31 by 1", lambda: png(2**31 - 1, 1))
put("PNG of no pixels", lambda: png(0, 0))
put("PNG whose text unpacks to a gigabyte", lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + _zeros(2**30))), heavy=True)
put("PNG whose text unpacks to 60 MB", lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + _zeros(60 * 2**20))))
put(
    "PNG with a thousand texts",
    lambda: png(8, 8, *[chunk(b"zTXt", b"a\0\0" + _zeros(2**20))] * 1000),
)
put(
    "PNG whose colours unpack to a gigabyte",
    lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + _zeros(2**30))),
    "read",
    "ImageFault",
    heavy=True,
)
put(
    "PNG whose colours unpack to 60 MB",
    lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + _zeros(60 * 2**20))),
    "read",
    "ImageFault",
)
put(
    "PNG whose international text unpacks",
    lambda: png(8, 8, chunk(b"iTXt", b"a\0\1\0\0\0" + _zeros(60 * 2**20))),
    "read",
    "ImageFault",
)
put("PNG with a chunk of two gigabytes, as it says", lambda: png(8, 8, chunk(b"tEXt", b"a\0b", 2**31 - 1)))
put("PNG whose pixels unpack to a gigabyte", lambda: png(8, 8, data=_zeros(2**30)), "read", "ImageFault", heavy=True)
put("PNG whose pixels unpack to 100 MB", lambda: png(8, 8, data=_zeros(100 * 2**20)), "read", "ImageFault")
put(
    "PNG of twenty thousand chunks",
    lambda: png(8, 8, chunk(b"tEXt", b"a\0b") * 20_000, data=zlib.compress(bytes(1000))),
    "read",
    "ImageFault",
)
put("PNG without a palette", lambda: png(8, 8, colour=3, data=zlib.compress(bytes(72))), "read", "ImageFault")
put("PNG of a strange depth", lambda: png(8, 8, depth=3))
put(
    "PNG that moves in a million frames",
    lambda: png(8, 8, chunk(b"acTL", struct.pack(">LL", 10**6, 0)), data=zlib.compress(bytes(200))),
    "read",
    "ImageFault",
)
put(
    "PNG that moves in no frames",
    lambda: png(8, 8, chunk(b"acTL", struct.pack(">LL", 0, 0)), data=zlib.compress(bytes(200))),
    "read",
    "ImageFault",
)
for _mode, _colour, _channels in (("colour", 2, 3), ("clear", 6, 4), ("grey", 0, 1), ("palette", 3, 1)):
    put(
        f"PNG of just 50 million pixels, {_mode}",
        partial(_just_so, _colour, _channels),
        "read",
        heavy=True,
    )
put(
    "PNG of just 50 million pixels, 16 bits",
    lambda: png(7071, 7071, colour=0, depth=16, data=_zeros((7071 * 2 + 1) * 7071 + 2**20)),
    "read",
    heavy=True,
)
put("PNG of one row of 50 million", lambda: png(50_000_000, 1, data=_zeros(150 * 2**20)), heavy=True)
put("PNG of one column of 50 million", lambda: png(1, 50_000_000, data=_zeros(220 * 2**20)), heavy=True)
put("WebP of 50 million pixels", lambda: saved_plain("WEBP", (7000, 7000), quality=1, method=0), heavy=True)
put(
    "lossless WebP of just 30 million pixels",
    lambda: saved_plain("WEBP", (5470, 5470), lossless=True, method=0),
    "read",
    heavy=True,
)
put("JPEG of just 50 million pixels", lambda: saved_plain("JPEG", (7000, 7000)), "read", heavy=True)
put(
    "JPEG of just 50 million pixels, turned",
    lambda: saved_plain("JPEG", (7000, 7000), exif=_turned()),
    "read",
    heavy=True,
)
put(
    "JPEG of just 50 million pixels, progressive",
    lambda: saved_plain("JPEG", (7000, 7000), progressive=True),
    "read",
    heavy=True,
)
put(
    "TIFF of just 50 million pixels",
    lambda: saved_plain("TIFF", (7000, 7000), compression="tiff_lzw"),
    "read",
    heavy=True,
)
put("GIF of just 50 million pixels", lambda: saved_plain("GIF", (7000, 7000)), "read", heavy=True)
put("HEIC of just 50 million pixels", lambda: saved_plain("HEIF", (7000, 7000), quality=1), "read", heavy=True)
put(
    "AVIF of just 50 million pixels", lambda: saved_plain("AVIF", (7000, 7000), quality=1, speed=10), "read", heavy=True
)


def saved_plain(kind: str, size: tuple[int, int], **options: object) -> bytes:
    """Return a picture of one colour."""
    saved("HEIF")
    file = io.BytesIO()
    Pillow.new("RGB", size, (200, 10, 90)).save(file, kind, **options)
    return file.getvalue()


def _turned() -> Pillow.Exif:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    return exif


def _scans(number: int, side: int) -> bytes:
    """Return a progressive JPEG with one pass again and again, which has ten bytes and takes as long as a picture."""
    content = saved_plain("JPEG", (side, side), progressive=True)
    start = content.rindex(b"\xff\xda")
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x10"  # the first component, all of its frequencies, a first bit
    return content[:start] + content[start:-2] + (scan + b"\0" * 2) * number + b"\xff\xd9"


put("JPEG of a thousand passes", lambda: _scans(1000, 512))
put("JPEG of three hundred passes over 50 million pixels", lambda: _scans(300, 7000), heavy=True)
put("JPEG of twenty thousand passes over a megapixel", lambda: _scans(20_000, 1000))


def _with_segment(marker: int, data: bytes) -> bytes:
    content = saved("JPEG")
    return content[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + content[2:]


_EXIF_LOOP = b"Exif\0\0" + tiff((0x8769, 4, 1, 8), (0x0112, 3, 1, 6), behind=8)
put("JPEG whose EXIF leads in a circle", lambda: _with_segment(0xE1, _EXIF_LOOP), "read")
put(
    "JPEG whose EXIF counts to four billion",
    lambda: _with_segment(0xE1, b"Exif\0\0" + tiff((0x0112, 3, 2**32 - 1, 8))),
    "read",
)
put(
    "JPEG whose EXIF has strings without end",
    lambda: _with_segment(0xE1, b"Exif\0\0" + tiff(*[(0x010F, 2, 60_000, 8)] * 4000)),
    "read",
    "ImageFault",
)
put("JPEG turned 99 ways", lambda: _with_segment(0xE1, b"Exif\0\0" + tiff((0x0112, 3, 1, 99))), "read")
put("JPEG of 65535 colours", lambda: saved("JPEG").replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x10"))
put(
    "JPEG of other pictures",
    lambda: _with_segment(0xE2, b"MPF\0" + tiff((0xB001, 4, 1, 2**31), (0xB002, 7, 2**31, 8))),
    "read",
    "ImageFault",
)
put("JPEG of colours in 255 parts", lambda: _with_segment(0xE2, b"ICC_PROFILE\0\x01\xff" + bytes(1000)), "read")
put(
    "JPEG of a hundred thousand comments",
    lambda: saved("JPEG")[:2] + b"\xff\xfe\x00\x04ab" * 100_000 + saved("JPEG")[2:],
    "read",
)

put("TIFF whose directories go in a circle", lambda: tiff((256, 4, 1, 8), (257, 4, 1, 8), behind=8))
put("TIFF with a directory of 65535", lambda: tiff(*[(256, 4, 1, 8)] * 65_535))
put(
    "TIFF of tiles that are enormous",
    lambda: tiff(
        (256, 4, 1, 8),
        (257, 4, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 8),
        (262, 3, 1, 1),
        (277, 3, 1, 1),
        (322, 4, 1, 2**30),
        (323, 4, 1, 2**30),
        (324, 4, 1, 8),
        (325, 4, 1, 4),
        data=b"x" * 100,
    ),
)
put(
    "TIFF of tiles of a hundred million",
    lambda: tiff(
        (256, 4, 1, 8),
        (257, 4, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 5),
        (262, 3, 1, 1),
        (277, 3, 1, 1),
        (322, 4, 1, 16_000),
        (323, 4, 1, 16_000),
        (324, 4, 1, 8),
        (325, 4, 1, 4),
        data=b"x" * 100,
    ),
)
put(
    "TIFF of strips that are enormous",
    lambda: tiff(
        (256, 4, 1, 8),
        (257, 4, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 5),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, 2**31 - 1),
        (279, 4, 1, 2**31 - 1),
        data=b"x" * 100,
    ),
    "ImageFault",
    "read",
)
put(
    "TIFF of four billion samples a pixel",
    lambda: tiff(
        (256, 4, 1, 8),
        (257, 4, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 8),
        (277, 3, 1, 65_535),
        (278, 4, 1, 8),
        (279, 4, 1, 64),
        data=b"x" * 100,
    ),
)
put("TIFF of a tag with two gigabytes", lambda: tiff((256, 4, 1, 8), (257, 4, 1, 8), (700, 1, 2**31 - 1, 8)))
put(
    "TIFF that unpacks to far more",
    lambda: tiff(
        (256, 4, 1, 7000),
        (257, 4, 1, 7000),
        (258, 3, 1, 8),
        (259, 3, 1, 8),
        (262, 3, 1, 1),
        (273, 4, 1, 134),
        (277, 3, 1, 1),
        (278, 4, 1, 7000),
        (279, 4, 1, 60_000),
        data=b"\0" * 12 + _zeros(50 * 2**20),
    ),
    "read",
    "ImageFault",
)


def _frames(kind: str, number: int, **options: object) -> bytes:
    file = io.BytesIO()
    pictures = [Pillow.new("RGB", (8, 8), (number % 256, number // 256, 7)) for number in range(number)]
    pictures[0].save(file, kind, save_all=True, append_images=pictures[1:], **options)
    return file.getvalue()


for _kind in ("GIF", "WEBP", "PNG", "TIFF"):
    put(
        f"{_kind} of three thousand frames",
        partial(_frames, _kind, 3000, **({"minimize_size": False} if _kind == "WEBP" else {})),
        "read",
        heavy=True,
    )
put(
    "GIF of a canvas that is enormous",
    lambda: b"GIF89a\xff\xff\xff\xff\0\0\0," + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x4c\x01\0;",
)
put("WebP of a canvas that is enormous", lambda: _webp_canvas(16_384, 16_384))


def _webp_canvas(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    parts = b"VP8X" + struct.pack("<L", 10) + b"\x02\0\0\0" + sides + b"ANIM" + struct.pack("<L", 6) + bytes(6)
    frame = bytes(6) + (63).to_bytes(3, "little") + (47).to_bytes(3, "little") + b"\0\0\0\0" + saved("WEBP")[12:]
    parts += b"ANMF" + struct.pack("<L", len(frame)) + frame
    return b"RIFF" + struct.pack("<L", len(parts) + 4) + b"WEBP" + parts


for _name, _content in {
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' width='9999999' height='9999999'><script>1</script></svg>",
    "SVG of entities": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
    "PDF": b"%PDF-1.7\n1 0 obj << /JS (app.alert(1)) >> endobj\n%%EOF",
    "EPS that runs": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(%pipe%touch /tmp/x) (w) file\nshowpage\n",
    "WMF": b"\xd7\xcd\xc6\x9a" + bytes(100),
    "ICO": b"\0\0\1\0\1\0" + bytes(100),
    "ICNS": b"icns\0\0\0\x10ic10\0\0\0\x08",
    "PSD": b"8BPS\0\1" + bytes(60),
    "FITS": b"SIMPLE  =                    T" + bytes(3000),
    "FLI": bytes([0, 0, 0, 0, 0x11, 0xAF]) + bytes(200),
    "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(100),
    "DDS": b"DDS |\0\0\0" + b"\xff" * 200,
    "XPM": b'/* XPM */ static char *x[] = {"9999999 9999999 1 1", "a c None"};',
    "HDF5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "OpenEXR": b"v/1\x01" + b"\xff" * 200,
    "text": b"a picture of a mug" * 100,
    "nothing": b"",
}.items():
    put(f"{_name} called .png", partial(bytes, _content))


@CORPUS.file("600 MB of zeros", heavy=True)
def _zeros_on_disk(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(600 * 2**20)


@CORPUS.file("BMP of 127 MB", "read", heavy=True)
def _large_bmp(path: Path) -> None:
    with path.open("wb") as file:
        Pillow.new("RGB", (6650, 6650)).save(file, "BMP")


@CORPUS.file("PNG followed by 120 MB", "read", "ImageFault", heavy=True)
def _padded(path: Path) -> None:
    with path.open("wb") as file:
        file.write(png(7071, 7071, colour=6, data=_zeros((7071 * 4 + 1) * 7071 + 2**20)))
        file.truncate(120 * 2**20)


@CORPUS.file("one that is itself", "ImageFault")
def _itself(path: Path) -> None:
    path.symlink_to(path)


@CORPUS.file("one that never ends", "ImageFault")
def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")

# SPDX-License-Identifier: Apache-2.0
"""Archives that a stranger made."""

from __future__ import annotations

import io
import json
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.fuzz.corpus import Corpus
from tests.fuzz.pictures import png, saved

CORPUS = Corpus("import", ".zip", "left out", "EnvironmentFault", "NoLabels")

REFUSED = "EnvironmentFault"
Entry = tuple[str | zipfile.ZipInfo, bytes]


def packed(entries: Iterable[Entry], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these entries, whatever they are called."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def _kind(name: str, kind: int, content: bytes) -> Entry:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o644) << 16
    return info, content


def put(name: str, content: Callable[[], bytes], *allowed: str, ending: str = ".zip", heavy: bool = False) -> None:
    """Put in an archive with this content."""
    CORPUS.add(name, lambda path: path.write_bytes(content()), *allowed, ending=ending, heavy=heavy)


PICTURE = saved("PNG")
_NAMES = (
    "../up.png",
    "mug/../../up.png",
    "/etc/up.png",
    "C:\\up.png",
    "C:up.png",
    "\\\\host\\share\\up.png",
    "..\\up.png",
    "mug/..\\..\\up.png",
    "....//....//up.png",
    "mug/\u202egnp.up",
    "mug/\uff0e\uff0e/\uff0e\uff0e/up.png",
    "mug/..%2f..%2fup.png",
    "mug/a\nb\x1b[2J.png",
    "mug/" + "x" * 5000 + ".png",
    "mug/" + "y/" * 300 + "1.png",
    "mug/\ud7ff\U0010ffff.png",
    "CON/aux.png",
    "mug/ .png",
    "//mug//1.png",
    "~/up.png",
    "mug/1.png/2.png",
    "",
    ".",
    "..",
    "/",
)
put(
    "names that lead out in every way",
    lambda: packed([*((name, PICTURE) for name in _NAMES if name), ("mug/1.png", PICTURE)]),
)
put(
    "links, devices, pipes and sockets",
    lambda: packed(
        [
            _kind(f"mug/{number}.png", kind, b"/etc/passwd")
            for number, kind in enumerate(
                (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, 0o150000)
            )
        ]
    ),
)
put("the same name many times", lambda: packed([("mug/1.png", PICTURE)] * 1000))
put(
    "a file that is a folder as well",
    lambda: packed([("mug/1.png", PICTURE), ("mug/1.png/2.png", PICTURE), ("mug", b"x")]),
)
put("archives within archives", lambda: packed([("mug/1.zip", packed([("2.zip", packed([("3.zip", b"")]))]))]))
put("encrypted", lambda: _flagged(packed([("mug/1.png", PICTURE)]), 1))
put("strongly encrypted", lambda: _flagged(packed([("mug/1.png", PICTURE)]), 0x41))
put("packed in an unknown way", lambda: _method(packed([("mug/1.png", PICTURE)]), 99), "left out", REFUSED)
put("patched data", lambda: _flagged(packed([("mug/1.png", PICTURE)]), 0x20), "left out", REFUSED)


def _flagged(content: bytes, flag: int) -> bytes:
    changed = bytearray(content)
    changed[content.rindex(b"PK\1\2") + 8] |= flag
    return bytes(changed)


def _method(content: bytes, method: int) -> bytes:
    changed = bytearray(content)
    changed[content.rindex(b"PK\1\2") + 10] = method
    return bytes(changed)


def _directory(content: bytes, change: Callable[[bytearray, int], object]) -> bytes:
    changed = bytearray(content)
    change(changed, content.rindex(b"PK\1\2"))
    return bytes(changed)


def _at(place: int, data: bytes) -> Callable[[bytearray, int], object]:
    def change(content: bytearray, start: int) -> None:
        content[start + place : start + place + len(data)] = data

    return change


_ONE = lambda: packed([("mug/1.png", PICTURE)])  # noqa: E731
put(
    "a size of four gigabytes, as it says",
    lambda: _directory(_ONE(), _at(24, b"\xfe\xff\xff\xff")),
    "left out",
    REFUSED,
)
put("a size that is smaller than it is", lambda: _directory(_ONE(), _at(24, b"\x01\0\0\0")))
put(
    "a packed size beyond the end",
    lambda: _directory(_ONE(), _at(20, b"\xfe\xff\xff\x7f")),
    "left out",
    "read",
    REFUSED,
)
put("an entry beyond the end", lambda: _directory(_ONE(), _at(42, b"\xfe\xff\xff\x7f")), "left out", REFUSED)
put("another checksum", lambda: _directory(_ONE(), _at(16, b"\0\0\0\0")))
put("another name in front than in the table", lambda: _ONE().replace(b"mug/1.png", b"mug/2.png", 1))
put("a longer name in front than in the table", lambda: _front(_ONE(), 26, b"\xff\x7f"))
put("a table of contents that is longer than the file", lambda: _end(_ONE(), 12, b"\xff\xff\xff\x7f"), REFUSED)
put("a table of contents that begins behind the end", lambda: _end(_ONE(), 16, b"\xff\xff\xff\x7f"), REFUSED)
put(
    "more entries than there are, as it says", lambda: _end(_ONE(), 8, b"\xff\xff\xff\xff"), REFUSED, "read", "left out"
)
put("on another disk", lambda: _end(_ONE(), 4, b"\x05\0\x05\0"), REFUSED, "read")
put("a comment that is longer than it is", lambda: _end(_ONE(), 20, b"\xff\xff"), REFUSED, "read")
put("two ends", lambda: _ONE() + _ONE()[-22:], REFUSED, "read")
put("two archives in one", lambda: packed([("key/1.png", PICTURE)]) + _ONE(), "read", REFUSED)
put("something in front of it", lambda: b"#!/bin/sh\n" * 100 + _ONE(), REFUSED, "NoLabels")


def _front(content: bytes, place: int, data: bytes) -> bytes:
    changed = bytearray(content)
    changed[place : place + len(data)] = data
    return bytes(changed)


def _end(content: bytes, place: int, data: bytes) -> bytes:
    changed, start = bytearray(content), content.rindex(b"PK\5\6")
    changed[start + place : start + place + len(data)] = data
    return bytes(changed)


def _zip64(entries: int, length: int, start: int) -> bytes:
    """Return an archive that says of itself in 64 bits what it likes."""
    content = _ONE()
    end = content.rindex(b"PK\5\6")
    record = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, entries, entries, length, start)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, end, 1)
    return content[:end] + record + locator + b"PK\5\6" + b"\0" * 4 + b"\xff" * 12 + b"\0\0"


put("64 bits: 2^63 entries", lambda: _zip64(2**63, 55, 0), REFUSED, "read", "left out")
put("64 bits: a table of 2^62 bytes", lambda: _zip64(1, 2**62, 0), REFUSED)
put("64 bits: a table at 2^63", lambda: _zip64(1, 55, 2**63), REFUSED)


def _extra(data: bytes) -> bytes:
    info = zipfile.ZipInfo("mug/1.png")
    info.extra = data
    return packed([(info, PICTURE)])


put(
    "64 bits: an entry of 2^60 bytes",
    lambda: _directory(_extra(struct.pack("<HHQQ", 1, 16, 2**60, 2**60)), _at(20, b"\xff" * 8)),
    REFUSED,
    "left out",
)
put("an extra field that breaks off", lambda: _extra(b"\x01\0\xff\xff"), REFUSED, "left out", "read")
put("tightly packed zeros", lambda: packed([("mug/1.bmp", bytes(30 * 2**20)), ("mug/2.png", PICTURE)]))
put(
    "many tightly packed zeros",
    lambda: packed([(f"mug/{number}.bmp", bytes(3 * 2**20)) for number in range(20)]),
    heavy=True,
)


def _lzma_dictionary() -> bytes:
    content = bytearray(packed([("mug/1.png", PICTURE)], zipfile.ZIP_LZMA))
    start = 30 + len("mug/1.png") + 4
    content[start + 1 : start + 5] = b"\xff\xff\xff\xff"
    return bytes(content)


put("pictures that are bombs", lambda: packed([(f"mug/{number}.png", png(60_000, 60_000)) for number in range(50)]))
put("BZIP2 of zeros", lambda: packed([("mug/1.bmp", bytes(30 * 2**20))], zipfile.ZIP_BZIP2), heavy=True)
put("LZMA of zeros", lambda: packed([("mug/1.bmp", bytes(30 * 2**20))], zipfile.ZIP_LZMA), heavy=True)
put("LZMA that wants a dictionary of four gigabytes", _lzma_dictionary, "left out", "read", REFUSED)


def _quoted(number: int) -> bytes:
    """Return an archive each of whose entries quotes all that come after it (D. Fifield, 2019)."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = data.compress(bytes(2**20)) + data.flush()
    crc = zlib.crc32(bytes(2**20))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(body), 2**20, 5, 0) + b"a.bmp" + body
    table = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(body), 2**20, 9, 0, 0, 0, 0, 0, 0)
        + b"mug/%05d" % one
        for one in range(number)
    )
    return local + table + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(table), len(local), 0)


put("entries that share their bytes", lambda: _quoted(5000), REFUSED)
put(
    "five thousand empty entries",
    lambda: packed((f"mug/{number}.png", b"") for number in range(5_000)),
    "left out",
    heavy=True,
)
put("a million entries", lambda: _many(1_000_000), REFUSED, heavy=True)


def _many(number: int) -> bytes:
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    table = entry * number
    return local + table + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFE, 0xFFFE, len(table), len(local), 0)


def _manifest(content: bytes, *more: Entry) -> Callable[[], bytes]:
    return lambda: packed([("manifest.json", content), *more])


for _name, _made in {
    "Teachable Machine: nothing": _manifest(b"{}"),
    "Teachable Machine: brackets without end": _manifest(b"[" * 10**6),
    "Teachable Machine: five million objects": _manifest(b'{"a": [' + b"{}," * 5_000_000 + b"{}]}"),
    "Teachable Machine: ten million numbers": _manifest(b'{"a": [' + b"1," * 10_000_000 + b"1]}"),
    "Teachable Machine: a number of a million digits": _manifest(b'{"a": ' + b"9" * 10**6 + b"}"),
    "Teachable Machine: labels that are none": _manifest(
        json.dumps({"type": "image", "labels": [None, 7, {}, "\x00"]}).encode(),
        ("samples/0_1.png", PICTURE),
        ("samples/99999999999_1.png", PICTURE),
    ),
    "Teachable Machine: type in a list": _manifest(b'{"type": ["image"]}'),
    "Teachable Machine: pictures that are none": _manifest(
        json.dumps(
            {
                "type": "image",
                "classes": [{"name": "mug", "samples": ["data:image/png;base64,!!!!", "data:image/png;base64,"]}],
            }
        ).encode()
    ),
}.items():
    put(_name, _made, REFUSED, "left out", ending=".tm", heavy="million" in _name)

put(
    "Teachable Machine: 300 MB of text",
    lambda: packed([("manifest.json", b'{"a": "' + b"ab" * (60 * 2**20) + b'"}')], zipfile.ZIP_STORED),
    REFUSED,
    ending=".tm",
    heavy=True,
)
put("no archive", lambda: b"PK\3\4" + b"rubbish" * 1000, REFUSED)
put("an end alone", lambda: b"PK\5\6" + bytes(18), REFUSED, "left out")
put("cut in half", lambda: _ONE()[: len(_ONE()) // 2], REFUSED)


@CORPUS.file("a link to a device", REFUSED)
def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")

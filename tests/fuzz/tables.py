# SPDX-License-Identifier: Apache-2.0
"""Tables, and clips, that a stranger made."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np

from learner.cv import cv2
from tests.fuzz.corpus import Corpus

CORPUS = Corpus("import", ".csv", "EnvironmentFault", "NoLabels", "left out")

REFUSED = "EnvironmentFault"


def put(
    name: str, parts: Callable[[], Iterable[bytes]], *allowed: str, ending: str = ".csv", heavy: bool = False
) -> None:
    """Put in a file of these parts."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            for part in parts():
                file.write(part)

    CORPUS.add(name, make, *allowed, ending=ending, heavy=heavy)


_HEAD = b"path,label\n"
put("a million columns", lambda: [b"path,label" + b",x" * 10**6 + b"\n", b"a.png,mug\n"])
put("a million columns in each row", lambda: [_HEAD, *[b"a.png,mug" + b"," * 10**6 + b"\n"] * 3])
put(
    "thirty thousand columns in each of a thousand rows",
    lambda: [_HEAD, *[b"a.png,mug" + b"," * 30_000 + b"\n"] * 1000],
    heavy=True,
)
put("100 MB without the end of a line", lambda: [_HEAD, *[b"x" * 2**20] * 100], heavy=True)
put("100 MB without the end of a line or a head", lambda: [b"x" * 2**20] * 100, heavy=True)
put("NULs", lambda: [_HEAD, b"a\0.png,mug\n", b"\0" * 10**6])
put("UTF-16 that breaks off", lambda: ["path,label\na.png,mug\n".encode("utf-16")[:-1]])
put("UTF-16 of halves", lambda: [b"\xff\xfe" + b"\x00\xd8" * 10_000])
put("UTF-16 without a mark", lambda: ["path,label\na.png,mug\n".encode("utf-16-le")])
put("bytes that are no text", lambda: [_HEAD, bytes(range(256)) * 1000])
put("a quote that is never closed", lambda: [_HEAD, b'"a.png,mug\n' + b"x,y\n" * 500_000])
put("quotes alone", lambda: [_HEAD, b'"' * 10**6])
put(
    "paths that lead out",
    lambda: [
        _HEAD,
        *(
            name + b",mug\n"
            for name in (
                b"../../etc/passwd",
                b"/dev/zero",
                b"/proc/self/mem",
                b"/dev/stdin",
                b"..",
                b".",
                b"C:\\x.png",
                b"x" * 5000,
            )
        ),
    ],
)
put("carriage returns alone", lambda: [b"path,label\r" + b"a.png,mug\r" * 100_000])
put("labels for the terminal", lambda: [_HEAD, b"a.png,\x1b[2J\x07\x9b\n" * 10])
put("labels of every length", lambda: [_HEAD, *(b"a.png," + b"m" * number + b"\n" for number in range(0, 3000, 100))])
put(
    "times that are none",
    lambda: [
        b"path,label,captured_at,recording_started_at,recording,held_out,sha256\n",
        b"a.png,mug,9999-12-31T23:59:59-23:59,0001-01-01T00:00:00+23:59,r,maybe,zz\n",
    ],
)
put("a hundred thousand rows of nothing", lambda: [_HEAD, b",\n" * 10**5], heavy=True)
put("columns that are all called path", lambda: [b"path," * 1000 + b"\n"])
put("empty", lambda: [b""])


def _clip(ending: str, code: str, size: tuple[int, int] = (64, 48), frames: int = 10) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip{ending}"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 10.0, size)
        for number in range(frames):
            writer.write(np.full((size[1], size[0], 3), 20 * number % 256, np.uint8))
        writer.release()
        return path.read_bytes()


def clip(name: str, content: Callable[[], bytes], *allowed: str, ending: str = ".avi", heavy: bool = False) -> None:
    """Put in a clip."""
    put(name, lambda: [content()], *(allowed or (REFUSED, "left out", "read")), ending=ending, heavy=heavy)


def _changed(content: bytes, place: int, data: bytes) -> bytes:
    return content[:place] + data + content[place + len(data) :]


clip("clip cut short", lambda: _clip(".avi", "MJPG")[:3000])
clip("clip of a head alone", lambda: _clip(".avi", "MJPG")[:200])
clip("clip that says it is enormous", lambda: _changed(_clip(".avi", "MJPG"), 64, struct.pack("<LL", 60_000, 60_000)))
clip(
    "clip whose pictures are said to be enormous",
    lambda: _clip(".avi", "MJPG").replace(struct.pack("<LLL", 40, 64, 48), struct.pack("<LLL", 40, 30_000, 30_000)),
)
clip("clip of 2^32 frames a second", lambda: _changed(_clip(".avi", "MJPG"), 32, b"\0\0\0\0\xff\xff\xff\xff"))
clip("MP4 cut short", lambda: _clip(".mp4", "mp4v")[:-200], ending=".mp4")
clip("MP4 with rubbish inside", lambda: _changed(_clip(".mp4", "mp4v"), 300, bytes(range(256))), ending=".mp4")
clip(
    "MP4 of boxes within boxes",
    lambda: (
        b"\0\0\0\x18ftypisom\0\0\2\0isommp41"
        + b"".join(struct.pack(">L4s", 8 * (20_000 - number), b"moov") for number in range(20_000))
    ),
    ending=".mp4",
)
clip(
    "MP4 of a table of four billion",
    lambda: _clip(".mp4", "mp4v").replace(b"stts\0\0\0\0\0\0\0\1", b"stts\0\0\0\0\xff\xff\xff\xff"),
    ending=".mp4",
)
clip("Matroska of rubbish", lambda: b"\x1aE\xdf\xa3" + b"\xff" * 10_000, ending=".mkv")
clip("Ogg of rubbish", lambda: b"OggS" + bytes(10_000), ending=".ogv")
clip("MPEG of rubbish", lambda: b"\0\0\1\xba" + b"\0\0\1\xb3" * 10_000, ending=".mpg")
for _name, _text in {
    "playlist": "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "list of clips": "ffconcat version 1.0\nfile /etc/passwd\nfile http://127.0.0.1:9/a.mp4\n",
    "session description": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
    "DASH description": "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static'><Period>"
    "<AdaptationSet><Representation id='1'><BaseURL>http://127.0.0.1:9/a.mp4</BaseURL></Representation>"
    "</AdaptationSet></Period></MPD>",
    "subtitles": "1\n00:00:00,000 --> 00:00:10,000\nhello\n",
    "old playlist": "[playlist]\nFile1=http://127.0.0.1:9/a.mp4\n",
}.items():
    clip(f"{_name} called .mp4", partial(str.encode, _text), REFUSED, ending=".mp4")
clip("clip of large pictures", lambda: _clip(".avi", "MJPG", (7680, 4320), 3), heavy=True)


@CORPUS.file("clip of 600 MB of zeros", REFUSED, ending=".mp4", heavy=True)
def _zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(600 * 2**20)


@CORPUS.file("clip that never ends", REFUSED, ending=".mp4")
def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")

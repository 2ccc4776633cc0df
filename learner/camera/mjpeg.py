# SPDX-License-Identifier: Apache-2.0
"""Pictures over HTTP, one JPEG after another: `multipart/x-mixed-replace`, as phones and network cameras send it.

FFmpeg reads such streams too, but it wants many pictures before it opens, which takes a slow camera longer than a
person waits, keeps what comes while nobody reads, fills in what is missing of half a picture, and makes room for
whatever size a picture's header claims. Here each picture has a deadline, and the newest one wins.
"""

from __future__ import annotations

import base64
import re
import select
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import numpy as np

from learner.camera.frames import bgr
from learner.cv import cv2
from learner.types import Image

_MOST_BYTES = 16 * 2**20
"""Of one picture."""
_MOST_HEAD = 2**16
"""Bytes of the headers of an answer, or of a picture."""
_READ = 2**18
_BLANK = re.compile(rb"\r?\n\r?\n")
_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"
"""Of a JPEG."""


class Silence(Exception):
    """No picture came in time, or none will."""


class MjpegStream:
    """A connection that sends pictures.

    Args:
        line: connected, and past the headers of the answer.
        boundary: what lies between two pictures, without the dashes before it.
        left: what has been read of the line beyond those headers.
    """

    def __init__(self, line: socket.socket, boundary: bytes, left: bytes) -> None:
        self._line = line
        self._delimiter = b"--" + boundary
        self._bytes = bytearray(left)

    @classmethod
    def open(cls, address: str, patience: float) -> MjpegStream | None:
        """Connect to an `http` address; None when what answers there sends something else.

        Args:
            address: where, with a name and password if there are any.
            patience: seconds until the answer has to be there.

        Raises:
            Silence: nothing answers.
        """
        until = time.monotonic() + patience
        try:
            parts = urlsplit(address)
            line = socket.create_connection((parts.hostname or "", parts.port or 80), patience)
        except (OSError, ValueError) as error:
            raise Silence from error
        try:
            line.sendall(_request(address))
            head, left = _answer(line, until)
        except (OSError, Silence) as error:
            line.close()
            raise Silence from error
        status, headers = _headers(head)
        boundary = _boundary(headers.get(b"content-type", b""))
        if b" 200" in status and boundary and b"transfer-encoding" not in headers:
            return cls(line, boundary, left)
        line.close()
        return None

    def read(self, patience: float) -> Image:
        """Wait for a picture, and return the newest one, BGR uint8 (h, w, 3).

        What is no whole picture, or too large to be one, is passed over.

        Raises:
            Silence: none came within `patience` seconds, or the line is closed.
        """
        until = time.monotonic() + patience
        while True:
            for picture in reversed(self._pictures()):
                image = _decoded(picture)
                if image is not None:
                    return image
            self._bytes += _received(self._line, until)
            # More may be there already; only the newest of it counts.
            most = len(self._bytes) + _MOST_BYTES
            with suppress(Silence):  # which is heard of again after what there is
                while len(self._bytes) < most and select.select([self._line], [], [], 0)[0]:
                    self._bytes += _received(self._line, until)

    def close(self) -> None:
        """Disconnect."""
        self._line.close()

    def _pictures(self) -> list[bytes]:
        """Take the parts that are complete from what has been read, oldest first."""
        found = []
        while (part := self._part()) is not None:
            found.append(part)
        return found

    def _part(self) -> bytes | None:
        """Take the next part; None while it is not all there.

        It ends where the next one begins, whatever it says of its length. That is believed only where a JPEG ends
        there, which spares waiting for the next one.
        """
        start = self._bytes.find(self._delimiter)
        if start < 0:
            del self._bytes[: -len(self._delimiter)]  # rubbish
            return None
        blank = _BLANK.search(self._bytes, start)
        following = self._bytes.find(self._delimiter, start + len(self._delimiter))
        if following >= 0:
            part = bytes(self._bytes[blank.end() : following]) if blank and blank.end() <= following else b""
            del self._bytes[:following]
            return part
        if blank is not None:
            length = _length(bytes(self._bytes[start : blank.start()]))
            part = bytes(self._bytes[blank.end() : blank.end() + length])
            if length and len(part) == length and _is_whole(part):
                del self._bytes[: blank.end() + length]
                return part
        if len(self._bytes) - start > (_MOST_HEAD if blank is None else _MOST_BYTES):
            raise Silence
        return None


def _request(address: str) -> bytes:
    """Return what to ask for, in HTTP 1.0, since answers come in pieces of their own in 1.1."""
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    lines = [f"GET {target} HTTP/1.0", f"Host: {host}", "Accept: multipart/x-mixed-replace, image/jpeg"]
    if parts.username is not None:
        named = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        lines.append(f"Authorization: Basic {base64.b64encode(named.encode()).decode()}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _answer(line: socket.socket, until: float) -> tuple[bytes, bytes]:
    """Return the headers of the answer, and what has been read beyond them."""
    read = bytearray()
    while (blank := _BLANK.search(read)) is None:
        if len(read) > _MOST_HEAD:
            raise Silence
        read += _received(line, until)
    return bytes(read[: blank.start()]), bytes(read[blank.end() :])


def _received(line: socket.socket, until: float) -> bytes:
    left = until - time.monotonic()
    try:
        if left <= 0:
            raise Silence
        line.settimeout(left)
        data = line.recv(_READ)
    except OSError as error:
        raise Silence from error
    if not data:
        raise Silence
    return data


def _headers(head: bytes) -> tuple[bytes, Mapping[bytes, bytes]]:
    status, *lines = head.splitlines() or [b""]
    named = (line.partition(b":") for line in lines)
    return status, {name.strip().lower(): value.strip() for name, _, value in named}


def _boundary(content_type: bytes) -> bytes:
    """Return what lies between the parts; some cameras write the dashes before it as a part of it."""
    kind, _, rest = content_type.partition(b";")
    found = re.search(rb'boundary\s*=\s*"?([^";]+)', rest, re.IGNORECASE)
    if kind.strip().lower() != b"multipart/x-mixed-replace" or found is None:
        return b""
    return found[1].strip().lstrip(b"-")


def _length(head: bytes) -> int:
    value = _headers(head)[1].get(b"content-length", b"")
    return int(value) if value.isdigit() and len(value) < 10 else 0


def _is_whole(picture: bytes) -> bool:
    return picture.rstrip(b"\r\n\0 ").endswith(_END)


def _decoded(picture: bytes) -> Image | None:
    """Return the picture of a part; None where there is none, or only half of one."""
    begin = picture.find(_BEGIN)
    if begin < 0 or len(picture) > _MOST_BYTES or not _is_whole(picture):
        return None
    try:
        found = cv2.imdecode(np.frombuffer(picture, np.uint8, offset=begin), cv2.IMREAD_COLOR)
    except cv2.error:  # larger than OpenCV is told to make room for
        return None
    return None if found is None else bgr(found)

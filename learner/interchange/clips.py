# SPDX-License-Identifier: Apache-2.0
"""Clips: the frames of a video file, all of one recording."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

from learner.buffer import EncodedImage, encode
from learner.camera.video import VideoSource
from learner.errors import CameraFault, EnvironmentFault
from learner.files import without_waiting
from learner.interchange.items import Found, Item, Recording, Skipped, Source, Still
from learner.pictures import difference, small_grey

ENDINGS = frozenset({".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv", ".3gp", ".ogv"})
"""Endings of what is read as a clip."""
FRAMES_A_SECOND = 10.0
"""At most so many are taken where nobody says which."""
_NO_CLIP = "It is damaged, or not a video that OpenCV knows."
_HEAD = 64
_OF_TEXT = frozenset({*b"\t\n\r", *range(0x20, 0x7F), 0xEF, 0xBB, 0xBF})
"""Bytes of ASCII, and of the mark of UTF-8; every container has others among its first."""
_SAME = 2.0
"""Frames that differ less than this from the last one taken show nothing else (see `learner.pictures.difference`)."""


def is_clip(name: str) -> bool:
    """Return whether a file's name says that it is a clip."""
    return Path(name).suffix.lower() in ENDINGS


def is_text(file: Path) -> bool:
    """Return whether a file begins as text does, or cannot be read at all.

    FFmpeg takes lists of other files and addresses for clips, whatever they are called, and opens what they name.
    """
    try:
        with open(file, "rb", opener=without_waiting) as stream:
            head = stream.read(_HEAD) if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else b""
    except (OSError, ValueError):
        return True
    return all(byte in _OF_TEXT for byte in head)


def clip_source(path: Path, label: str, every: int | None = None) -> Source:
    """Return a clip as a source (see `clip_frames`).

    Raises:
        EnvironmentFault: it cannot be played.
    """
    if is_text(path):
        raise _unreadable(path)
    with closing(VideoSource(path, loop=False, realtime=False)) as clip:
        try:
            clip.open()
        except CameraFault as fault:
            raise _unreadable(path) from fault
        total = clip.length
    return Source(clip_frames(path, path, label, every, steps=1), total or None)


def clip_frames(
    file: Path, path: Path, label: str, every: int | None = None, *, held_out: bool = False, steps: int = 0
) -> Generator[Found, None, None]:
    """Yield frames of a clip.

    Args:
        file: the clip.
        path: what it is called, for people.
        label: what it shows.
        every: take every so many frames, whatever they show. Without it about ten a second are taken, and of those only
            what does not look like the last one taken.
        held_out: they are to measure with.
        steps: how much further an import is with each frame that was looked at; in a folder the clip is one step.
    """
    if is_text(file):
        yield Skipped(path, _NO_CLIP)
        return
    recording = Recording(("clip", str(path)), f"import: {path.name}")
    with closing(VideoSource(file, loop=False, realtime=False)) as clip:
        try:
            clip.open()
            stride = every or max(1, round(clip.rate / FRAMES_A_SECOND))
            last, number, waiting = None, 0, 0
            while (image := clip.read()) is not None:
                number, waiting = number + 1, waiting + steps
                if (number - 1) % stride:
                    continue
                grey = small_grey(image)
                is_alike = last is not None and difference(grey, last) < _SAME
                last = last if is_alike and every is None else grey
                if is_alike and every is None:
                    yield Still(waiting, is_left_out=True)
                    waiting = 0
                    continue
                # Compressed here, since frames in full that wait for a thread would fill the memory.
                yield Item(
                    path.with_name(f"{path.name}, frame {number}"),
                    label,
                    partial(_same, encode(image)),
                    recording,
                    held_out,
                    steps=waiting,
                    is_alike=is_alike,
                )
                waiting = 0
        except CameraFault:
            yield Skipped(path, _NO_CLIP)


def _unreadable(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "That clip cannot be read",
        f"{path} is damaged, or not a video that OpenCV knows.",
        "Save it as MP4, and import that.",
    )


def _same(encoded: EncodedImage) -> EncodedImage:
    return encoded

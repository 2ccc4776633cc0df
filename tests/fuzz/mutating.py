# SPDX-License-Identifier: Apache-2.0
"""Files that are nearly right: seeds of each kind, and what may befall them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz import archives, backbones, pictures, projects

_PAGE = 4096
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_VALUES = (
    "",
    "x",
    "NaN",
    "[]",
    "{}",
    "[1e999]",
    "2024-01-01",
    -1,
    0,
    1,
    2**31,
    2**53 + 1,
    2**63 - 1,
    1.5,
    9e99,
    None,
    b"",
    b"\xff\0",
)


@dataclass(frozen=True)
class Kind:
    """A kind of file: what reads it, how its name ends, and files of it that are right.

    What is fuzzed may be a part of the file alone: `wrap` makes one of that.
    """

    target: str
    ending: str
    seeds: Callable[[], list[bytes]]
    wrap: Callable[[bytes], bytes] = bytes


def _tables() -> list[bytes]:
    return [
        b"path,label,recording,captured_at,held_out\na/1.png,mug,r1,2024-05-01T12:00:00+02:00,false\na/2.png,key,,,\n",
        "Datei;Klasse\r\n".encode("utf-16"),
        b'a.png,"mug ""x"""\nb.png,key\n',
    ]


def _manifests() -> list[bytes]:
    return [
        json.dumps({"type": "image", "version": "2.4.4", "appdata": {}, "labels": ["mug", "key"]}).encode(),
        json.dumps(
            {"type": "image", "classes": [{"name": "mug", "samples": ["data:image/png;base64,iVBORw0KGgo="]}]}
        ).encode(),
    ]


def _networks() -> list[bytes]:
    convolution = ("Conv2D", {"filters": 2, "kernel_size": [3, 3], "strides": [2, 2], "activation": "relu"})
    return [json.dumps(backbones.network(convolution, ("GlobalAveragePooling2D", {}))).encode()]


KINDS: dict[str, Kind] = {
    "project": Kind("project", ".showtell", lambda: [projects.ordinary()]),
    "picture": Kind("picture", ".png", lambda: [pictures.saved(kind, (24, 16)) for kind in pictures.FORMATS]),
    "archive": Kind(
        "import",
        ".zip",
        lambda: [
            archives.packed(
                [("mug/1.png", pictures.saved("PNG", (8, 8))), ("key/2.jpg", pictures.saved("JPEG", (8, 8)))]
            )
        ],
    ),
    "table": Kind("import", ".csv", _tables),
    "manifest": Kind(
        "import",
        ".tm",
        _manifests,
        lambda content: archives.packed(
            [("manifest.json", content), ("samples/0_1.png", pictures.saved("PNG", (8, 8)))]
        ),
    ),
    "network": Kind("backbone", ".keras", _networks, backbones.keras_file),
    "package": Kind(
        "backbone",
        ".showtell-backbone",
        lambda: [backbones.package(json.loads(_networks()[0]), [("float32", [2], bytes(8))])],
    ),
}


def mutated(content: bytes, random: Random) -> bytes:
    """Return a file to which a few things have happened."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4))):
        random.choice(_MISHAPS)(changed, random)
    return bytes(changed)


def _flip(content: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 1, 8, 64))):
        if content:
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def _number(content: bytearray, random: Random) -> None:
    size, place = random.choice((1, 2, 4)), random.randrange(len(content) + 1)
    value = (random.choice(_NUMBERS) & (256**size - 1)).to_bytes(size, random.choice(("big", "little")))
    content[place : place + size] = value


def _cut(content: bytearray, random: Random) -> None:
    start = random.randrange(len(content) + 1)
    del content[start : start + random.choice((1, 7, 100, 5000, len(content)))]


def _repeat(content: bytearray, random: Random) -> None:
    start = random.randrange(len(content) + 1)
    content[start:start] = content[start : start + random.choice((1, 30, 500))] * random.choice((1, 2, 50))


def _swap(content: bytearray, random: Random) -> None:
    pages = len(content) // _PAGE
    if pages > 1:
        one, other = (_PAGE * random.randrange(pages) for _ in range(2))
        content[one : one + _PAGE], content[other : other + _PAGE] = (
            content[other : other + _PAGE],
            content[one : one + _PAGE],
        )


def _copy(content: bytearray, random: Random) -> None:
    source, target, size = (
        random.randrange(len(content) + 1),
        random.randrange(len(content) + 1),
        random.choice((4, 40, 400)),
    )
    content[target : target + size] = content[source : source + size]


_MISHAPS = (_flip, _flip, _number, _number, _cut, _repeat, _swap, _copy)


def edited(path: Path, random: Random) -> None:
    """Change a few values in a project by SQL, with everything allowed."""
    path.write_bytes(projects.ordinary())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(random.choice((1, 1, 2, 3))):
            table = random.choice(tables)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info ({table})")]
            where = (
                f"rowid = {random.randrange(1, 8)}" if table not in {"settings", "steps", "backbone_samples"} else "1"
            )
            with suppress(sqlite3.Error):  # a value that the schema itself does not take
                connection.execute(
                    f"UPDATE {table} SET {random.choice(columns)} = ? WHERE {where}", (random.choice(_VALUES),)
                )

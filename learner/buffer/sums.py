# SPDX-License-Identifier: Apache-2.0
"""What a learner holds in mind of a project, kept in it: a large one need not be read anew whenever it is opened.

It follows from the samples and their embeddings, and goes whenever one of those is forgotten that may be in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from learner.buffer.connection import Connection

_STORED_AS = {"int32": "<i4", "int64": "<i8", "uint64": "<u8", "float64": "<f8"}


class Sums(Connection):
    """Sums of the embeddings in a project file."""

    def keep_sums(self, backbone_id: int, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep arrays (rows, columns) of int32, int64, uint64 or float64, in place of those before."""
        ready = [(backbone_id, *packed(name, array)) for name, array in arrays.items()]
        with self._writing() as db:
            drop_sums(db)
            db.conn.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?)", ready)

    def kept_sums(self, backbone_id: int) -> dict[str, NDArray[Any]]:
        """Return the arrays that were kept, writable; none if there are none, or not as they were written."""
        rows = self._each(f"SELECT {PACKED} FROM sums WHERE backbone_id = ?", (backbone_id,))
        return unpacked(rows) or {}


def drop_sums(db: Database) -> None:
    """Let go of what is kept, in the transaction in which something is forgotten."""
    db.execute("DELETE FROM sums")


Packed = tuple[str, str, int, int, str, bytes]
"""An array as it is stored."""
PACKED = "name, dtype, rows, columns, sha256, CAST(data AS BLOB)"
"""The columns of one."""


def packed(name: str, array: NDArray[Any]) -> Packed:
    """Return what is to be stored of an array (rows, columns) of int32, int64, uint64 or float64."""
    dtype, (rows, columns) = array.dtype.name, array.shape
    data = array.astype(_STORED_AS[dtype], copy=False).tobytes()
    return name, dtype, rows, columns, _sha256(name, dtype, rows, columns, data), data


def unpacked(rows: Iterable[Packed]) -> dict[str, NDArray[Any]] | None:
    """Return arrays by name, writable, or None when one is not as it was written."""
    found: dict[str, NDArray[Any]] = {}
    for name, dtype, count, columns, sha256, data in rows:
        size = count * columns * np.dtype(_STORED_AS.get(dtype, "V1")).itemsize
        if dtype not in _STORED_AS or len(data) != size or _sha256(name, dtype, count, columns, data) != sha256:
            return None
        found[name] = np.frombuffer(data, _STORED_AS[dtype]).reshape(count, columns).astype(dtype)
    return found


def _sha256(name: str, dtype: str, rows: int, columns: int, data: bytes) -> str:
    digest = hashlib.sha256(f"{name}\n{dtype}\n{rows}\n{columns}\n".encode())
    digest.update(data)
    return digest.hexdigest()

# SPDX-License-Identifier: Apache-2.0
"""Further named arrays of a version: raw numbers with their shape and hash, never pickles."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

_STORED_AS = {"float16": "<f2", "float32": "<f4", "float64": "<f8"}

_MOST_SIDES = 8
_LIMITS = "novelty_limits"
"""Infinite where nothing has been measured yet that would set one."""

ARRAYS = (
    "SELECT name, dtype, shape, sha256, CAST(data AS BLOB) FROM version_arrays WHERE version_id = :version "
    "AND (:names IS NULL OR name IN (SELECT value FROM json_each(:names))) ORDER BY name"
)
"""What `array_from` reads, of one version: the arrays with these names (JSON), or all."""


def write_arrays(db: Database, version_id: int, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep the arrays of a version, little-endian.

    Raises:
        ValueError: one is neither float16, float32 nor float64.
    """
    for name, array in arrays.items():
        dtype, shape = array.dtype.name, json.dumps(array.shape)
        if dtype not in _STORED_AS:
            raise ValueError(f"{name} is an array of {dtype}; only floats are kept")
        data = array.astype(_STORED_AS[dtype]).tobytes()
        db.execute(
            "INSERT INTO version_arrays (version_id, name, dtype, shape, sha256, data) VALUES (?, ?, ?, ?, ?, ?)",
            (version_id, name, dtype, shape, _sha256(name, dtype, shape, data), data),
        )


def array_from(row: tuple[str, str, str, str, bytes]) -> tuple[str, NDArray[Any]] | None:
    """Return an array, writable, with its name, or None when it is not what was written."""
    name, dtype, shape, sha256, data = row
    if dtype not in _STORED_AS or _sha256(name, dtype, shape, data) != sha256:
        return None
    sides = json.loads(shape)
    # Who makes a file can make its hashes as well.
    if not isinstance(sides, list) or not all(type(side) is int and side >= 0 for side in sides):
        return None
    if len(sides) > _MOST_SIDES or len(data) != math.prod(sides) * np.dtype(_STORED_AS[dtype]).itemsize:
        return None
    try:
        return name, np.frombuffer(data, _STORED_AS[dtype]).reshape(sides).astype(dtype)
    except (ValueError, OverflowError):  # sides beyond NumPy's, beside one of 0
        return None


def _sha256(name: str, dtype: str, shape: str, data: bytes) -> str:
    digest = hashlib.sha256(f"{name}\n{dtype}\n{shape}\n".encode())
    digest.update(data)
    return digest.hexdigest()


def is_sound(name: str, array: NDArray[Any]) -> bool:
    """Return whether what is in an array of a version are numbers to reckon with."""
    return not np.isnan(array).any() if name == _LIMITS else bool(np.isfinite(array).all())

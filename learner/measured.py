# SPDX-License-Identifier: Apache-2.0
"""What was measured of this machine, kept in the person's data folder, so that it is measured once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from learner.files import data_folder, private_folder, write_whole


def recall(what: str, of: Mapping[str, Any]) -> Any | None:
    """Return what was found, as JSON has it, or None where nothing was kept or what was kept is damaged.

    Args:
        what: what is measured.
        of: everything it depends on: when any of it changes, it is measured anew.
    """
    with suppress(OSError, ValueError):
        kept = json.loads(_path(what, of).read_bytes())
        if isinstance(kept, dict) and kept.get("of") == json.loads(json.dumps(of)):
            return kept.get("found")
    return None


def keep(what: str, of: Mapping[str, Any], found: Any) -> None:
    """Keep what was found, which JSON must be able to hold; a folder that cannot be written to costs time alone."""
    path = _path(what, of)
    with suppress(OSError):
        private_folder(path.parent)
        write_whole(path, (json.dumps({"of": of, "found": found}, indent=2) + "\n").encode())


def _path(what: str, of: Mapping[str, Any]) -> Path:
    name = hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:16]
    return data_folder() / "measured" / f"{what}-{name}.json"

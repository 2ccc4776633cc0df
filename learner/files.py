# SPDX-License-Identifier: Apache-2.0
"""The person's data folder, and files in it that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """Return the folder for what Showtell keeps on this machine; it need not be there yet."""
    return Path(platformdirs.user_data_dir("showtell", appauthor=False))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in such a way that nobody ever finds half of it, whatever happens meanwhile.

    Raises:
        OSError: it cannot be written; what was there before is as it was.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)

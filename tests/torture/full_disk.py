# SPDX-License-Identifier: Apache-2.0
"""A window on a small disk that fills while it records, and has room again later.

    unshare --map-root-user --mount python -m tests.torture.full_disk FOLDER

makes the disk, which nobody else sees, and drives the window on it.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

from tests.torture.faulty import FaultyLife
from tests.torture.place import Place
from tests.torture.tally import Tally

SIZE = 4_000_000
_LEFT = 250_000
"""Bytes that are left when it is made narrow: room for a few samples."""


def main() -> None:
    """Fill the disk, and make room again."""
    place = Place(Path(sys.argv[1]), None)
    place.projects.mkdir(parents=True)
    (place.folder / "home").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", place.projects], check=True)
    with closing(place), closing(FaultyLife(place, 0, Random(1), Tally(1))) as life:
        life.begin()
        fitted = life.fill(_LEFT)
    print(f"full after {fitted} samples ({', '.join(life.told)}); they are there, and it went on when there was room")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What is driven, and killed: the command line, the window with a hand that does what it reads, or
either of them out of a nursery.

    python -m tests.torture.driven verb VERB …
    python -m tests.torture.driven window PROJECT SETTINGS
    python -m tests.torture.driven nursery SOCKET

A process that is spawned imports this module again, which is how the learner and the consolidation get a name to be
aimed at, and learn without TensorFlow where that is wanted.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.torture.aim import name_process

LIGHT = "TORTURE_LIGHT"
"""Set where TensorFlow is to be left out."""

if __name__ in {"__main__", "__mp_main__"}:
    name_process(multiprocessing.current_process().name)
    if os.environ.get(LIGHT):
        from tests.torture import light

        light.use()


def main(words: Sequence[str]) -> int:
    """Do what a command line says."""
    what, *rest = words
    if what == "nursery":
        from tests.torture.nursery import serve

        serve(Path(rest[0]), main)
    if what == "verb":
        from desktop.__main__ import main as showtell

        sys.argv[1:] = rest
        showtell()
        return 0
    from tests.torture.window import run

    return run(Path(rest[0]), Path(rest[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

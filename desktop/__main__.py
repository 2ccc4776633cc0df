# SPDX-License-Identifier: Apache-2.0
"""The command `showtell`: without a verb it opens the app, a verb goes to the command line.

The learner's process imports this module again when it is spawned, so nothing heavy may be imported at its top.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learner.cli import DemoRequest, OpenRequest


def main() -> None:
    """Run the command line of this process."""
    # Whatever is made here, by us, by a library or in a process of the learner's, can show a person's things.
    os.umask(0o077)
    multiprocessing.freeze_support()
    from learner.cli import run

    sys.exit(run(sys.argv[1:], open_window=_open_window, demo_window=_demo_window))


def _open_window(request: OpenRequest) -> int:
    _check_display()
    gc.disable()  # until everything is there: what is imported stays, and would be looked through again and again
    from desktop.features import skip_features

    skip_features()
    from desktop.start import run_app

    return run_app(
        project=request.project,
        camera=request.camera,
        backbone=request.backbone,
        device=request.device,
    )


def _demo_window(request: DemoRequest) -> int:
    _check_display()
    from desktop.demo import run_demo

    return run_demo(request.project)


def _check_display() -> None:
    """Say why no window can be opened, before Qt is imported.

    Raises:
        DisplayFault: none can.
    """
    from desktop.display import display_fault

    fault = display_fault()
    if fault is not None:
        raise fault


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What is said when something went wrong: of a fault that we know, and of a bug of ours.

The exit codes of faults are in `learner.errors`.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import platformdirs

from learner.errors import ShowtellError
from learner.files import private_folder, private_opener
from learner.scrubbing import scrubbed

BUG = 3
"""Exit code of a bug of ours."""

_STREAM_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF})
"""Of a stream that cannot be written to; they name no file."""


def is_of_a_stream(error: OSError) -> bool:
    """Return whether an error says that what we print cannot be written."""
    return error.errno in _STREAM_ERRORS and error.filename is None


def print_fault(error: ShowtellError) -> None:
    """Say what went wrong and what to do next."""
    from learner.cli.output import Output

    Output(as_json=False).fault(error)


def print_bug(trace: str, *, debug: bool) -> None:
    """Say that it is our fault, and keep the traceback where a person can find it to send it."""
    print(
        "A bug of ours\nShowtell met something it was not prepared for. Your project is as it was last saved.",
        file=sys.stderr,
    )
    if debug:
        print(trace, file=sys.stderr)
        return
    path = Path(platformdirs.user_log_dir("showtell", appauthor=False)) / "last-error.txt"
    try:
        private_folder(path.parent)
        with open(path, "w", encoding="utf-8", errors="backslashreplace", opener=private_opener) as file:
            file.write(scrubbed(trace))
    except OSError:
        print("Run the same again with --debug to see what it was.", file=sys.stderr)
    else:
        print(f"What it was is written down in {path}.", file=sys.stderr)

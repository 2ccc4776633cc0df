# SPDX-License-Identifier: Apache-2.0
"""A command line carried out, from its words to an exit code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from learner.cli.faults import BUG, is_of_a_stream, print_bug, print_fault
from learner.cli.request import VERBS, DemoRequest, OpenRequest, Session, plain_request
from learner.errors import EnvironmentFault, ShowtellError

_FIRST = ("--help", "--version", "--install-completion", "--show-completion")
"""What may stand in the place of a verb; anything else is a project to open."""
_INTERRUPTED = 130


def run(
    argv: Sequence[str],
    *,
    open_window: Callable[[OpenRequest], int] | None = None,
    demo_window: Callable[[DemoRequest], int] | None = None,
) -> int:
    """Carry out a command line and return the exit code.

    Args:
        argv: what stands behind the command's name.
        open_window: opens the window and returns when it is closed; may raise `DisplayFault`.
        demo_window: the same for the demo.
    """
    _prepare_streams()
    session = Session(open_window, demo_window)
    try:
        request = plain_request(argv)
        if request is not None and open_window is not None:
            return open_window(request)
        _carry_out(argv, session)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except SystemExit as leaving:
        # Typer leaves so in any case: after a verb, on wrong usage, on Ctrl+C, and when our reader has gone.
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ShowtellError as error:
        print_fault(error)
        return error.exit_code
    except OSError as error:
        if not is_of_a_stream(error):
            print_bug(traceback.format_exc(), debug=session.debug)
            return BUG
        print_fault(EnvironmentFault("The output cannot be written", f"{error.strerror}.", "Send it somewhere else."))
        _drop_stdout()  # what is left would fail again at exit
        return EnvironmentFault.exit_code
    except Exception:
        print_bug(traceback.format_exc(), debug=session.debug)
        return BUG
    return 0


def _carry_out(argv: Sequence[str], session: Session) -> None:
    """Have Typer read the line and call its verb."""
    from learner.cli.verbs import app

    arguments = list(argv)
    if not arguments or arguments[0].partition("=")[0] not in (*VERBS, *_FIRST):
        arguments.insert(0, "open")
    app(arguments, prog_name="showtell", obj=session)


def _prepare_streams() -> None:
    if sys.stdout is None:  # closed by the shell; what is written to it goes where it was sent
        _drop_stdout()
    # A file's name need not be text, nor a terminal know every letter; a name is never a reason to stop.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_stdout() -> None:
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it lasts as long as the process

# SPDX-License-Identifier: Apache-2.0
"""The command `showtell`: one verb a file, with the command and what it prints.

What the verbs share is in `app` (the Typer app), `options`, `opening` (of a project), `output` (people or JSON),
`progress`, `tables`, `looking_back` (on versions) and `renewing` (of a backbone). `verbs` puts them in order, `request`
says what a window may be asked for, and reads a line that does no more than that, `main` carries out a command line,
and `faults` says what went wrong, and with which exit code. The verbs of `showtell backbone` are in `backbone`.

Importing this package is cheap. What needs TensorFlow, NumPy or Rich, or takes long to import, is imported by the verb
that needs it, when it is called.
"""

from __future__ import annotations

from learner.cli.main import run
from learner.cli.request import VERBS, DemoRequest, OpenRequest

__all__ = ["VERBS", "DemoRequest", "OpenRequest", "run"]

# SPDX-License-Identifier: Apache-2.0
"""The verbs of `showtell fleet`, in the order in which --help lists them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from learner.cli.fleet.join import join
from learner.cli.fleet.leave import leave
from learner.cli.fleet.preview import preview
from learner.cli.fleet.serve import serve
from learner.cli.fleet.try_ import try_

_COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serve,
    "preview": preview,
    "join": join,
    "leave": leave,
    "try": try_,
}

fleet = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


@fleet.callback()
def _fleet() -> None:
    """Learn from other laptops, and let them learn from this one.

    No picture leaves a laptop: what travels are sums over many of them.

    Example: showtell fleet serve
    """


for _verb, _command in _COMMANDS.items():
    fleet.command(_verb)(_command)

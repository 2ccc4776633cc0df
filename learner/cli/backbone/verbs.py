# SPDX-License-Identifier: Apache-2.0
"""The verbs of `showtell backbone`, in the order in which --help lists them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from learner.cli.backbone.add import add
from learner.cli.backbone.download import download
from learner.cli.backbone.list_ import list_
from learner.cli.backbone.save import save
from learner.cli.backbone.use import use

_COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_,
    "add": add,
    "download": download,
    "use": use,
    "save": save,
}

backbone = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


@backbone.callback()
def _backbone() -> None:
    """List, add, change and hand on backbones.

    A backbone turns a picture into numbers, from which a project learns.

    Example: showtell backbone list desk.showtell
    """


for _verb, _command in _COMMANDS.items():
    backbone.command(_verb)(_command)

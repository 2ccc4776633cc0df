# SPDX-License-Identifier: Apache-2.0
"""The verbs, in the order in which --help lists them."""

from __future__ import annotations

from collections.abc import Callable

from learner.cli.app import app
from learner.cli.backbone import backbone
from learner.cli.compare import compare
from learner.cli.consolidate import consolidate
from learner.cli.demo import demo
from learner.cli.doctor import doctor
from learner.cli.evaluate import evaluate
from learner.cli.forget import forget
from learner.cli.history import history
from learner.cli.import_ import import_
from learner.cli.learn import learn
from learner.cli.open_ import open_
from learner.cli.pin import pin
from learner.cli.predict import predict
from learner.cli.restore import restore
from learner.cli.suggest import suggest
from learner.cli.versions import versions

_COMMANDS: dict[str, Callable[..., None]] = {
    "open": open_,
    "import": import_,
    "learn": learn,
    "consolidate": consolidate,
    "predict": predict,
    "evaluate": evaluate,
    "suggest": suggest,
    "history": history,
    "versions": versions,
    "compare": compare,
    "restore": restore,
    "pin": pin,
    "forget": forget,
    "doctor": doctor,
    "demo": demo,
}

for _verb, _command in _COMMANDS.items():
    app.command(_verb)(_command)
app.add_typer(backbone, name="backbone")

VERBS = (*_COMMANDS, "backbone")

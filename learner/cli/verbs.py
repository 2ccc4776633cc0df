# SPDX-License-Identifier: Apache-2.0
"""The Typer app with all its verbs."""

from __future__ import annotations

from collections.abc import Callable

from learner.cli.app import app
from learner.cli.backbone import backbone
from learner.cli.backup import backup
from learner.cli.check import check
from learner.cli.compare import compare
from learner.cli.consolidate import consolidate
from learner.cli.demo import demo
from learner.cli.doctor import doctor
from learner.cli.evaluate import evaluate
from learner.cli.export import export
from learner.cli.fleet import fleet
from learner.cli.forget import forget
from learner.cli.history import history
from learner.cli.import_ import import_
from learner.cli.label import label
from learner.cli.learn import learn
from learner.cli.new import new
from learner.cli.open_ import open_
from learner.cli.pin import pin
from learner.cli.predict import predict
from learner.cli.restore import restore
from learner.cli.restore_backup import restore_backup
from learner.cli.serve import serve
from learner.cli.sleep import sleep
from learner.cli.suggest import suggest
from learner.cli.versions import versions
from learner.cli.watch import watch

_COMMANDS: dict[str, Callable[..., None]] = {
    "open": open_,
    "new": new,
    "import": import_,
    "label": label,
    "learn": learn,
    "sleep": sleep,
    "consolidate": consolidate,
    "predict": predict,
    "evaluate": evaluate,
    "watch": watch,
    "serve": serve,
    "suggest": suggest,
    "history": history,
    "versions": versions,
    "compare": compare,
    "restore": restore,
    "pin": pin,
    "forget": forget,
    "export": export,
    "backup": backup,
    "restore-backup": restore_backup,
    "check": check,
    "doctor": doctor,
    "demo": demo,
}

for _verb, _command in _COMMANDS.items():
    app.command(_verb)(_command)
app.add_typer(backbone, name="backbone")
app.add_typer(fleet, name="fleet")

__all__ = ["app"]

# SPDX-License-Identifier: Apache-2.0
"""What Flower runs on the laptop that serves; what is to be done comes with the run's configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from flwr.app import Context
from flwr.serverapp import Grid, ServerApp

from learner.fleet.rounds import Wishes, learn_together
from learner.fleet.strategy import Refining

app = ServerApp()


@app.main()
def main(grid: Grid, context: Context) -> None:
    """Learn together, and write down line by line what happens, as JSON, for whoever serves."""
    config = context.run_config
    refining = Refining(
        cast(Any, config["strategy"]), float(config["proximal"]), float(config["noise"]), float(config["clip"])
    )
    wishes = Wishes(
        backbone=str(config["backbone"]),
        size=int(config["size"]),
        laptops=int(config["laptops"]),
        patience=float(config["patience"]),
        timeout=float(config["timeout"]),
        rounds=int(config["rounds"]),
        steps=int(config["steps"]),
        refining=refining,
    )
    with Path(str(config["told"])).open("a", encoding="utf-8", buffering=1) as told:

        def tell(what: str, figures: Mapping[str, Any]) -> None:
            told.write(json.dumps({"what": what, **figures}, ensure_ascii=False) + "\n")

        outcome = learn_together(grid, wishes, tell)
        if outcome is not None:
            tell("done", {"laptops": outcome.laptops, "asked": outcome.asked, "samples": outcome.samples})

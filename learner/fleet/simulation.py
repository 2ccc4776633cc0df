# SPDX-License-Identifier: Apache-2.0
"""A fleet on one machine, by Flower's simulation engine: to see what several projects would learn from each other."""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from flwr.app import Context
from flwr.serverapp import Grid, ServerApp

from learner.config import LearnerConfig
from learner.errors import EnvironmentFault
from learner.fleet.client_app import app_for
from learner.fleet.member import Delivery, Member
from learner.fleet.rounds import Tell, Wishes, learn_together

_NAMES = "names of the classes"
_ENVIRONMENT = {
    "FLWR_TELEMETRY_ENABLED": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""Nobody is told anything, and what goes on in there is not for people to read."""
_members: dict[Path, Member] = {}


def simulate(projects: Sequence[Path], wishes: Wishes, tell: Tell) -> dict[Path, Delivery]:
    """Have projects learn together; nothing is written to them.

    Args:
        projects: the project files, each a laptop of its own.
        wishes: what is to be done.
        tell: called with what happens.

    Returns:
        What has come to each.

    Raises:
        EnvironmentFault: Flower's simulation engine is not installed.
    """
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    from learner.nn.device import choose

    choose("cpu")  # which is quiet about it; Flower imports TensorFlow as well
    try:
        import ray  # noqa: F401  # Flower says no more than that it is not there
        from flwr.simulation import run_simulation
    except ImportError as error:
        raise EnvironmentFault(
            "Flower's simulation engine is not installed",
            f"{error.name} is not there.",
            "Install it with: pip install 'showtell[fleet]' 'flwr[simulation]'",
        ) from error
    logging.getLogger("flwr").setLevel(logging.ERROR)
    server = ServerApp()

    @server.main()
    def main(grid: Grid, context: Context) -> None:
        learn_together(grid, wishes, tell)

    with tempfile.TemporaryDirectory(prefix="showtell-fleet-") as place:
        folder = Path(place)
        paths = [project.absolute() for project in projects]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            run_simulation(
                server,
                app_for(partial(_member_of, paths, folder)),
                num_supernodes=len(paths),
                backend_config={
                    "client_resources": {"num_cpus": 1, "num_gpus": 0.0},
                    "init_args": {"logging_level": logging.ERROR, "log_to_driver": False},
                },
            )
        found = {}
        for number, project in enumerate(projects):
            path = folder / f"{number}.npz"
            if path.exists():
                found[project] = _read(path)
        return found


def _member_of(paths: Sequence[Path], folder: Path, context: Context) -> Member:
    number = int(context.node_config["partition-id"])
    path = paths[number]
    if path not in _members:  # in the process of an actor, which answers for one laptop after the other
        deliver = partial(_write, folder / f"{number}.npz")
        _members[path] = Member(path, _classes_of(path), deliver, LearnerConfig(device="cpu"))
    return _members[path]


def _classes_of(path: Path) -> list[str]:
    from learner.buffer import Buffer

    with Buffer.open(path, create=False, read_only=True) as buffer:
        return list(buffer.class_names().values())


def _write(path: Path, delivery: Delivery) -> None:
    about = np.array([delivery.backbone, str(delivery.laptops), *delivery.names])
    np.savez(path, **{_NAMES: about}, **delivery.arrays)  # type: ignore[arg-type]


def _read(path: Path) -> Delivery:
    with np.load(path) as kept:
        arrays = {name: kept[name] for name in kept.files}
    backbone, laptops, *names = arrays.pop(_NAMES).tolist()
    return Delivery(backbone, int(laptops), tuple(names), arrays)

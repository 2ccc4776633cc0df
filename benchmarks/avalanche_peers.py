# SPDX-License-Identifier: Apache-2.0
# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = ["avalanche-lib==0.6.*", "torch==2.15.*", "numpy>=2"]
# ///
"""Avalanche's strategies on the embeddings and the stream of `benchmarks.learning`, which runs this.

    uv run --no-project --script benchmarks/avalanche_peers.py MATERIAL NAME SEED

PyTorch and what else Avalanche needs is no part of Showtell's environment, so this script brings one of its own (some
gigabytes, once). MATERIAL is an `.npz` with the fields of `benchmarks.stream.Material`; the outcome is the last line of
the output, as JSON. Without arguments it only says whether everything is there. Each burst is an experience, the memory
has room for every sample up to 2000, the head is linear, and rate and epochs are the best of a few on sign_digits_10.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import stream
from benchmarks.stream import Burst, Labels, Material

NAMES = ("Replay", "ER_ACE", "GDumb", "StreamingLDA")

_MEMORY = 2000
_RATE = 0.1
_EPOCHS = 10
_BATCH = 32


class Strategy:
    """One of Avalanche's strategies on a linear head, on one thread of the CPU."""

    def __init__(self, name: str, material: Material, seed: int) -> None:
        import torch
        from avalanche.training import supervised

        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self._torch = torch
        self._number = 0
        common: dict[str, Any] = {"evaluator": None, "device": "cpu"}
        criterion = torch.nn.CrossEntropyLoss()
        self._strategy: Any
        if name == "StreamingLDA":
            self._strategy = supervised.StreamingLDA(
                slda_model=torch.nn.Identity(),
                criterion=criterion,
                input_size=material.size,
                num_classes=material.classes,
                # It inverts a matrix with every batch, so a burst is one.
                train_mb_size=stream.BURST,
                **common,
            )
            return
        head = torch.nn.Linear(material.size, material.classes)
        self._strategy = getattr(supervised, name)(
            model=head,
            optimizer=torch.optim.Adam(head.parameters(), _RATE),
            criterion=criterion,
            mem_size=min(len(material.train), _MEMORY),
            train_mb_size=_BATCH,
            train_epochs=_EPOCHS,
            **({"batch_size_mem": _BATCH} if name == "ER_ACE" else {}),
            **common,
        )

    def record(self, burst: Burst) -> None:
        """Make the experience."""
        from avalanche.benchmarks import benchmark_from_datasets
        from avalanche.benchmarks.utils.classification_dataset import TaskAwareClassificationDataset
        from avalanche.benchmarks.utils.data_attribute import DataAttribute

        y = burst.y.tolist()
        pairs = self._torch.utils.data.TensorDataset(
            self._torch.from_numpy(burst.x[:, 0].copy()), self._torch.tensor(y)
        )
        made = TaskAwareClassificationDataset(
            [pairs],
            data_attributes=[
                DataAttribute(y, "targets"),
                DataAttribute([0] * len(y), "targets_task_labels", use_in_getitem=True),
            ],
        )
        self._experience: Any = benchmark_from_datasets(train=[made]).train_stream[0]
        self._experience.current_experience = self._number
        self._number += 1

    def update(self, burst: Burst) -> None:
        """Train on the experience."""
        self._strategy.train(self._experience)

    def finish(self) -> None:
        """Do nothing."""

    def predict(self, x: NDArray[np.float32]) -> Labels:
        """Return the most likely class."""
        pictures = self._torch.from_numpy(x[:, 0].copy())
        with self._torch.no_grad():
            answer: Callable[[Any], Any] = getattr(self._strategy, "predict", self._strategy.model)
            return np.asarray(answer(pictures).argmax(1).numpy(), np.int64)


def main() -> None:
    """Run one strategy through one stream."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("material", type=Path, nargs="?")
    parser.add_argument("name", choices=NAMES, nargs="?")
    parser.add_argument("seed", type=int, nargs="?", default=0)
    arguments = parser.parse_args()
    if arguments.material is None:
        import avalanche

        print(f"avalanche-lib {avalanche.__version__}")
        return
    with np.load(arguments.material, allow_pickle=False) as kept:
        material = Material(kept["x"], kept["y"], kept["train"], kept["test"], int(kept["classes"]))
    strategy = Strategy(arguments.name, material, arguments.seed)
    print(json.dumps(asdict(stream.run(strategy, material, arguments.seed))))


if __name__ == "__main__":
    main()

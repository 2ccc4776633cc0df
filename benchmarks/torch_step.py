# SPDX-License-Identifier: Apache-2.0
"""The step of `benchmarks.step` in PyTorch, which runs this with a Python that has it.

    python benchmarks/torch_step.py SIZE COLUMNS CLASSES

A line "ROWS STEPS" is answered by a line with the microseconds of a step. The first line says the version of PyTorch.
"""

from __future__ import annotations

import math
import sys
import time

_RATE = 0.002


def main() -> None:
    """Answer until nobody asks."""
    import numpy as np
    import torch

    size, columns, classes = map(int, sys.argv[1:])
    torch.set_num_threads(1)
    kernel = torch.zeros(size, columns, requires_grad=True)
    bias = torch.zeros(columns, requires_grad=True)
    mask = torch.where(torch.arange(columns) < classes, 0.0, -1e9)
    optimiser = torch.optim.Adam([kernel, bias], _RATE, eps=1e-7)
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        rows, steps = map(int, line.split())
        x = np.random.default_rng(0).standard_normal((rows, size), np.float32)
        y = np.arange(rows) % classes
        began = time.perf_counter()
        for number in range(steps):
            optimiser.param_groups[0]["lr"] = _RATE * (1 + math.cos(math.pi * number / steps)) / 2
            columns_of = torch.from_numpy(y)
            logits = torch.from_numpy(x) @ kernel + bias + mask
            loss = torch.nn.functional.cross_entropy(logits, columns_of)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss.item()
            (logits.argmax(1) == columns_of).float().mean().item()
        print((time.perf_counter() - began) / steps * 1e6, flush=True)


if __name__ == "__main__":
    main()

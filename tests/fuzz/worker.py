# SPDX-License-Identifier: Apache-2.0
"""A process that reads hostile files, and says of each what came of it, how long it took and at what cost.

`python -m tests.fuzz.worker` takes a line of JSON a file, {"target": …, "path": …}, and answers each with a line.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import resource
import sys
import time
import traceback
import warnings
from pathlib import Path

from learner.errors import ShowtellError
from tests.fuzz.targets import TARGETS

_WATCHDOG_SECONDS = 60.0
"""A file that takes longer has the process ended; on a busy machine this says nothing of how long one should take."""
_ADDRESSES = 16 * 2**30
"""Of the process; what is mapped and never touched counts as well, and a process with TensorFlow has much of that."""


def memory(what: str) -> int:
    """Return bytes of memory that this process has (VmRSS), or had at most since the last `forget_peak` (VmHWM)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    raise LookupError(what)


def forget_peak() -> None:
    """Have `VmHWM` begin anew; see proc(5)."""
    Path("/proc/self/clear_refs").write_text("5")


def _import_tensorflow() -> None:
    """Import it, and have it set itself up, which takes seconds that are nobody's file's."""
    import numpy as np

    from learner.nn.download import network

    network("MobileNetV3Small").predict_on_batch(np.zeros((1, 224, 224, 3), np.float32))


def main() -> None:
    """Read files until there are no more."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    warnings.simplefilter("ignore")
    is_warm = False
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["target"] == "backbone" and not is_warm:
            _import_tensorflow()
            is_warm = True
        target, path = TARGETS[asked["target"]], Path(asked["path"])
        gc.collect()
        forget_peak()
        before, began = memory("VmRSS"), time.perf_counter()
        faulthandler.dump_traceback_later(_WATCHDOG_SECONDS, exit=True)
        try:
            outcome, told = target(path), ""
        except ShowtellError as fault:
            outcome, told = type(fault).__name__, str(fault)
        except BaseException:
            outcome, told = "bug", traceback.format_exc()
        seconds = time.perf_counter() - began
        faulthandler.cancel_dump_traceback_later()
        answer = {"outcome": outcome, "told": told, "seconds": seconds, "bytes": max(0, memory("VmHWM") - before)}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

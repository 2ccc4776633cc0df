# SPDX-License-Identifier: Apache-2.0
"""How fast Showtell is, beside its goals, beside others on the same machine in the same minutes, and beside itself.

    python -m benchmarks [NAME…] [--quick] [--json OUT] [--keep | --again]

Everything is real: project files on a disk, the learner's process, the camera's thread, a window. Whoever is compared
takes turns, round after round, and the median of the rounds is told, with the least and the most that any came to.
Seconds are those of this machine at that hour; ratios within a round are what can be relied on. Where the benchmark was
run before, by whoever kept the figures of the documentation or into OUT, the last column compares.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import kept, suite
from benchmarks.goals import Figure
from benchmarks.kept import Run, Runs
from benchmarks.machine import machine


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<12}{about}" for name, about in suite.ABOUT.items()),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of those below; all of them unless told otherwise")
    parser.add_argument("--quick", action="store_true", help="a few minutes: fewer rounds, and nothing that is large")
    parser.add_argument(
        "--json", type=Path, metavar="OUT", help="compare with what is in this file, then keep the run there"
    )
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--keep", action="store_true", help="keep the run as the one that the documentation quotes")
    keeping.add_argument("--again", action="store_true", help="keep the run as the second one that stands beside it")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in suite.ABOUT]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(suite.ABOUT)}")
    if (chosen.keep or chosen.again) and chosen.quick:
        parser.error("a quick run is not worth keeping: its spread is too large to be quoted")
    before = kept.read(chosen.json if chosen.json and chosen.json.exists() else kept.KEPT)
    print(machine(), flush=True)
    for name in chosen.names or suite.ABOUT:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        run = Run(machine(), now, version("showtell"), chosen.quick, suite.run(name, quick=chosen.quick))
        for line in lines(run, before):
            print(line, flush=True)
        # At once, so that what took minutes is not lost when a later one is cancelled.
        for path, is_wanted in ((chosen.json, chosen.json), (kept.KEPT, chosen.keep), (kept.AGAIN, chosen.again)):
            if is_wanted:
                kept.write(path, [run])


def lines(run: Run, before: Runs) -> Iterator[str]:
    """Return what came of a benchmark as a table, a figure a line."""
    came = run.came
    yield f"\n{came.name}: {suite.ABOUT[came.name]} ({came.seconds:.0f} s)"
    if came.skipped:
        yield f"  not measured: {came.skipped}"
        return
    yield f"  {'':<46}{'figure':>12}  {'rounds':<16}{'goal':<24}kept"
    earlier = before.get(came.name)
    same_machine = earlier is not None and earlier.machine == run.machine and earlier.quick == run.quick
    part = ""
    for figure in came.figures:
        if figure.part != part:
            part = figure.part
            yield f"  {part}"
        yield _line(figure, kept.compared(figure, kept.find(before, came.name, figure), same_machine=same_machine))
        if figure.note:
            yield f"      {figure.note}"


def _line(figure: Figure, compared: str) -> str:
    goal = figure.goal_text if figure.goal is not None else ""
    indented = ("  " if figure.part else "") + figure.name
    return f"  {indented:<46}{figure.text:>12}  {figure.spread:<16}{goal:<24}{compared}".rstrip()


if __name__ == "__main__":
    main()

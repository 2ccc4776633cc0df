# SPDX-License-Identifier: Apache-2.0
"""Hostile files: how each of a corpus is refused, and whatever else can be made of files that are right.

`python -m benchmarks.fuzzing corpus` reads every file of `tests/fuzz` in processes of their own, and prints the longest
time and the most memory that one took. `python -m benchmarks.fuzzing TARGET --seconds 60` makes files of a kind, or
requests, for so long. Where Atheris is installed (`pip install atheris`) that is guided by which lines of code they
reach, and left to chance where it is not. What ends in anything but words for people is kept in a file, or its number
is told.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.machine import machine
from learner.errors import ShowtellError
from tests.fuzz.corpus import everything
from tests.fuzz.measuring import Measured, Worker
from tests.fuzz.mutating import KINDS, edited, mutated

_SECONDS, _BYTES = 2.0, 500e6
"""What refusing a file may take."""
_FINDINGS = 20
_REFUSALS = frozenset({"read", "left out", "told"})
"""Outcomes that are none."""

Try = Callable[[Random], object]


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=["corpus", *KINDS, "rows", "http"])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to go on")
    parser.add_argument("--only", default="", help="of the corpus, files with this in their names")
    parser.add_argument("--unguided", action="store_true", help="leave Atheris out")
    parser.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir()) / "showtell-findings")
    asked = parser.parse_args()
    print(machine())
    if asked.target == "corpus":
        sys.exit(_corpus(asked.only))
    has_atheris = importlib.util.find_spec("atheris") is not None
    if asked.target in KINDS and has_atheris and not asked.unguided:
        _guided(asked.target, asked.seconds, asked.findings)
    if asked.target in KINDS and not has_atheris:
        print("Atheris is not installed: what is tried is made by chance")
    sys.exit(_unguided(asked.target, asked.seconds))


def _corpus(only: str) -> int:
    files = [file for file in everything() if only in file.id]
    with Worker() as worker:
        measured = [_told(one) for one in worker.measure(files)]
    wrong = [one for one in measured if not one.is_right]
    refused = [one for one in measured if one.is_right and one.outcome not in _REFUSALS]
    for name, part in (
        ("refused", refused),
        ("read, or left out", [one for one in measured if one.outcome in _REFUSALS]),
    ):
        if part:
            slowest, largest = max(part, key=lambda one: one.seconds), max(part, key=lambda one: one.bytes)
            print(
                f"{len(part)} {name}: at most {slowest.seconds:.2f} s ({slowest.file.id}) "
                f"and {largest.bytes / 1e6:.0f} MB ({largest.file.id})"
            )
    beyond = [one for one in refused if one.seconds > _SECONDS or one.bytes > _BYTES]
    print(f"{len(files)} files, {len(wrong)} with a wrong outcome, {len(beyond)} refused beyond 2 s or 500 MB")
    return bool(wrong or beyond)


def _told(one: Measured) -> Measured:
    if not one.is_right or one.seconds > _SECONDS or one.bytes > _BYTES:
        print(
            f"  {one.file.id}: {one.outcome}, {one.seconds:.2f} s, {one.bytes / 1e6:.0f} MB; {one.told[-300:]}",
            flush=True,
        )
    return one


def _guided(name: str, seconds: float, findings: Path) -> None:
    """Have Atheris make files; it ends the process by itself.

    Source: https://github.com/google/atheris, and libFuzzer's options.
    """
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with atheris.instrument_imports(include=["learner", "PIL", "zipfile", "csv", "json"]):
        from tests.fuzz.targets import TARGETS
    for module in [known for key, known in sys.modules.items() if key.startswith(("learner.", "PIL."))]:
        for value in vars(module).values():
            if callable(value) and hasattr(value, "__code__") and getattr(value, "__module__", "") == module.__name__:
                atheris.instrument_func(value)
    kind = KINDS[name]
    folder = Path(tempfile.mkdtemp())
    findings.mkdir(parents=True, exist_ok=True)
    path = folder / f"strange{kind.ending}"
    for number, seed in enumerate(kind.seeds()):
        (folder / "seeds").mkdir(exist_ok=True)
        (folder / "seeds" / str(number)).write_bytes(seed)
    tried, until = 0, time.monotonic() + seconds
    traces: set[str] = set()

    def one(content: bytes) -> None:
        nonlocal tried
        if time.monotonic() > until:
            print(f"{name}: guided by Atheris, {tried} inputs in {seconds:.0f} s, {len(traces)} findings", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(bool(traces))  # libFuzzer would end the process without a word of ours
        tried += 1
        path.write_bytes(kind.wrap(content))
        try:
            TARGETS[kind.target](path)
        except ShowtellError:
            pass
        except Exception as error:
            trace = "".join(traceback.format_exception(error))
            where = trace.splitlines()[-4:-1] if len(traces) < _FINDINGS else None
            if where is not None and str(where) not in traces:
                traces.add(str(where))
                kept = findings / f"{name}-{os.getpid()}-{len(traces)}{kind.ending}"
                kept.write_bytes(path.read_bytes())
                print(f"FOUND {kept}\n{trace}", flush=True)

    largest = max(map(len, kind.seeds())) + 4096
    options = [
        sys.argv[0],
        f"-max_total_time={int(seconds) + 60}",
        f"-max_len={largest}",
        "-rss_limit_mb=4096",
        "-timeout=30",
        "-verbosity=0",
    ]
    atheris.Setup([*options, str(folder / "seeds")], one)
    atheris.Fuzz()


def _unguided(name: str, seconds: float) -> int:
    attempt, close = _attempt(name)
    until, tried, found = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until and found < _FINDINGS:
        tried += 1
        try:
            attempt(Random(tried))
        except Exception:
            found += 1
            print(f"FOUND with number {tried}\n{traceback.format_exc()}", flush=True)
    close()
    print(f"{name}: by chance, {tried} inputs in {seconds:.0f} s, {found} findings")
    return bool(found)


def _attempt(name: str) -> tuple[Try, Callable[[], object]]:
    """Return what tries one thing, and what is to be done in the end."""
    if name == "http":
        from learner.serve.server import Server
        from tests.fuzz.test_http import Stranger, is_survived
        from tests.learner.serve.desk import TOKEN, FakeHub

        server = Server(FakeHub(), token=TOKEN)
        stranger = Stranger(server)
        return (lambda random: is_survived(stranger, random)), server.stop
    from tests.fuzz.targets import TARGETS

    folder = tempfile.TemporaryDirectory()

    def rows(random: Random) -> None:
        path = Path(folder.name) / "strange.showtell"
        edited(path, random)
        for target in (TARGETS["check"], TARGETS["project"]):
            _read(partial(target, path))
        for one in Path(folder.name).glob("strange.showtell-*"):
            one.unlink()

    def files(random: Random) -> None:
        kind = KINDS[name]
        path = Path(folder.name) / f"strange{kind.ending}"
        path.write_bytes(kind.wrap(mutated(random.choice(kind.seeds()), random)))
        _read(partial(TARGETS[kind.target], path))

    return (rows if name == "rows" else files), folder.cleanup


def _read(read: Callable[[], object]) -> None:
    try:
        read()
    except ShowtellError:
        return


if __name__ == "__main__":
    main()

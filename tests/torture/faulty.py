# SPDX-License-Identifier: Apache-2.0
"""The same life on a disk that fails now and then, as a full, a broken or a read-only one does."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.torture import acts
from tests.torture.aim import SHORT, WRITING, Aim, Sight
from tests.torture.driving import Driven
from tests.torture.life import Life
from tests.torture.looking import look
from tests.torture.place import Place
from tests.torture.tally import Tally

KINDS = {
    "no room (ENOSPC)": (errno.ENOSPC, WRITING),
    "broken (EIO)": (errno.EIO, WRITING),
    "read only (EROFS)": (errno.EROFS, (*WRITING, "open", "unlink", "rename", "link")),
    "writes the half": (SHORT, ("pwrite", "write")),
}
"""What the disk does, by the errno and the calls that fail with it."""


class FaultyLife(Life):
    """A life in which nobody dies, and the disk fails instead.

    Attributes:
        injected: how often verbs ran into each kind of fault, or had the chance to.
        told: how often people were told, by the title of what they read.
    """

    def __init__(self, place: Place, number: int, random: Random, tally: Tally) -> None:
        super().__init__(place, number, random, tally)
        self.injected: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self._is_disturbed = False

    def begin(self) -> None:
        """Make the project, undisturbed."""
        self.make()
        self._verb(["learn", self.path, "--quick"], acts.Nothing("learn"))

    def suffer(self, times: int) -> None:
        """Run so many verbs on a disk that fails, and as many others when it is well again."""
        for _ in range(times):
            self._is_disturbed = True
            self.by_verb()
            self._is_disturbed = False
            self.by_verb()
        self.resume()

    def _run(self, argv: Sequence[str | Path], called: str, *, harmless: bool = False) -> tuple[Driven, bool]:
        kind = self.random.choice(sorted(KINDS)) if self._is_disturbed else ""
        if kind:
            error, calls = KINDS[kind]
            times = self.random.choice([0, 0, 1])  # for good, until nobody looks; or once
            most = int(self.reach.setdefault(called, 24))
            self.sight.take(Aim(calls, self.random.randrange(max(1, most)), error, times))
        driven = self.start(["verb", *argv, "--json"])
        driven.end()
        self.sight.lower()
        assert "Traceback" not in driven.complaint, driven.complaint
        assert "bug of ours" not in driven.complaint, driven.complaint
        code = driven.process.returncode
        if kind:
            self.injected[kind] += 1
            self.learn_reach(called, aimed=True, hit=code != 0)
        if code:
            title, _, message = driven.complaint.strip().partition("\n")
            assert code == 1, f"{kind}: {argv}: {code}\n{driven.complaint}"
            assert title, "nothing is said"
            assert message, "it is not said what to do"
            self.told[title] += 1
        return driven, False

    def _codes(self, called: str) -> set[int]:
        return {0, 1} if self._is_disturbed else super()._codes(called)

    # In the window.

    def record_on_it(self) -> None:
        """Record while the disk fails, in the window and in the learner, and go on when it does no longer."""
        driven = self.start(["window", self.path, self.folder / "settings.ini"])
        assert driven.until(lambda told: "ready" in told), driven.complaint
        assert self.found is not None
        name = self.state.names[0]
        for kind, (error, calls) in KINDS.items():
            act = acts.Record(name, 4)
            self.sight.take(Aim(calls, self.random.randrange(8), error))
            number = self._ask(driven, act)
            told = driven.done_or_failed(number)
            assert told is not None, driven.complaint
            self.injected[kind] += 1
            if error == SHORT:
                assert told.get("done") == number, "what can be written in two goes is written"
            else:
                self._read(driven, told)
            self.sight.lower()
            driven.do("sleep")  # what was kept before the fault is told of as well
            kept = max((told["count"] for told in driven.said if "count" in told), default=0) if error else 4
            driven.said.clear()
            self.check([act], int(error == SHORT), writing=False, kept=0 if error == SHORT else kept)
            self._finish(driven, act)  # by itself: nothing has to be opened anew
            self.check([act], 1, writing=False)
            self.tally.acts += 1
            driven.said.clear()
        self.sight.take(Aim(WRITING, 0, errno.ENOSPC, process="showtell_learner"))
        act = acts.Record(name, 3)
        number = self._ask(driven, act)
        while not (any("failed" in told for told in driven.said) and driven.has_done(number)):
            assert driven.listen() is not None, driven.complaint
        self.injected["no room (ENOSPC)"] += 1
        self.told["The disk is full"] += 1
        self.sight.lower()
        self.check([act], 1, writing=False)
        while look(self.path).waiting:
            assert driven.listen() is not None, driven.complaint
        driven.ask("close")
        driven.end()
        assert driven.process.returncode == 0, driven.complaint
        self.check([], 0, writing=True)

    def without_a_home(self, error: int) -> None:
        """Work while nothing can be written to the person's own folders: settings, log, what is measured and copied.

        Args:
            error: what every attempt to write there fails with.
        """
        home = self.place.folder / "home"
        for path in sorted(home.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        calls = ("write", "pwrite", "open", "rename", "link", "unlink", "fsync", "ftruncate")
        Sight(self.place.folder / "aim", home, self.place.library).take(Aim(calls, 0, error, process="*"))
        driven = self.start(["window", self.path, home / "settings.ini"])
        assert driven.until(lambda told: "ready" in told), driven.complaint
        assert self.found is not None
        act = acts.Record(self.state.names[0], 3)
        self._finish(driven, act)
        self.check([act], 1, writing=False)
        self._until_learned(driven)
        driven.ask("close")
        driven.end()
        assert driven.process.returncode == 0, driven.complaint
        assert "Traceback" not in driven.complaint, driven.complaint
        for verb in ("sleep", "learn"):
            driven = self.start(["verb", verb, self.path, "--json"])
            driven.end()
            assert driven.process.returncode == 0, driven.complaint
        self.sight.lower()
        assert not [path for path in home.rglob("*") if path.is_file()], "something could be written there"
        self.check([], 0, writing=True)

    def fill(self, left: int) -> int:
        """Record until the disk is full, and go on when there is room again; return how many samples fitted.

        Args:
            left: bytes that are free at first.
        """
        driven = self.start(["window", self.path, self.folder / "settings.ini"])
        assert driven.until(lambda told: "ready" in told), driven.complaint
        self._until_learned(driven)
        ballast = self.path.with_name("something else")
        room = os.statvfs(self.path.parent)
        ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - left))
        name, before = self.state.names[0], len(self.state.samples)
        while True:
            driven.said.clear()
            act = acts.Record(name, 4)
            number = self._ask(driven, act)
            told = driven.done_or_failed(number)
            assert told is not None, driven.complaint
            if "failed" in told:
                break
            self.check([act], 1, writing=False)
        self._read(driven, told)
        kept = max((told["count"] for told in driven.said if "count" in told), default=0)
        self.check([act], 0, writing=False, kept=kept)
        fitted = len(self.state.samples) - before
        ballast.unlink()
        # The learner may tell only now that there was no room for what it had to write.
        number = self._ask(driven, act)
        assert driven.until(lambda told: told.get("done") == number) is not None, driven.complaint
        self.check([act], 1, writing=False)
        self._until_learned(driven)
        driven.ask("close")
        driven.end()
        assert driven.process.returncode == 0, driven.complaint
        self.check([], 0, writing=True)
        return fitted

    def _read(self, driven: Driven, told: dict[str, object]) -> None:
        """What went wrong is on screen, with what to do."""
        assert "failed" in told, told
        seen = driven.do("look")
        assert seen is not None
        assert seen["notice"], "nothing is on screen"
        assert seen["notice"][0] == told["failed"]
        assert len(seen["notice"][1]) > len(str(told["failed"]))
        self.told[str(told["failed"])] += 1
        driven.do("unsay")

# SPDX-License-Identifier: Apache-2.0
"""What is done with a project from a terminal, by verbs that are killed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from learner.buffer.checking import verify
from tests.torture import acts
from tests.torture.acts import Act
from tests.torture.desk import AIMED, AT_ANY_TIME, Desk
from tests.torture.driving import Driven
from tests.torture.looking import look

Wish = tuple[list[str | Path], Act]
"""The words of a command line, and what it is to do."""


class ByVerb(Desk):
    """A project that verbs work on."""

    def make(self) -> None:
        """Make the project, which may take more than one try."""
        names = tuple(self.new_name() for _ in range(3))
        argv: list[str | Path] = ["new", self.path, *(word for name in names for word in ("--class", name))]
        while True:
            driven, killed = self._run(argv, "new", harmless=self.runs > 3)
            if not killed:
                assert driven.process.returncode == 0, driven.complaint
                break
            if self.path.exists():  # empty, or with the first of its classes
                found = self.look(writing=True)
                got = [name for name, _ in found.classes.values()]
                assert got == list(names[: len(got)]), got
                for path in list(self.path.parent.iterdir()):
                    path.unlink()
        self.check([], 0, writing=False)
        assert list(self.state.classes) == list(names)
        for name in names:  # so that there is something to learn from the first moment on
            self._verb(*self._label(name))

    def by_verb(self) -> None:
        self._verb(*self.random.choice(self._possible_verbs())())

    def _possible_verbs(self) -> list[Callable[[], Wish]]:
        state, found = self.state, self.found
        assert found is not None
        names, live = state.names, state.live()
        choices: list[Callable[[], Wish]] = [lambda: self._label(self.random.choice(names))] * 3
        choices += [lambda: self._label(self.new_name()), self._import, self._import, self._backup, self._backup]
        choices += [lambda: (["learn", self.path, "--quick"], acts.Nothing("learn"))] * 2
        choices.append(lambda: (["sleep", self.path], acts.Nothing("sleep")))
        choices.append(lambda: (["forget", self.path, "--yes"], acts.Forget()))
        if live:
            choices.append(lambda: self._call(self.random.sample(live, min(2, len(live)))))
        if found.versions:
            choices.append(lambda: self._restore(self.random.choice(found.versions)))
            choices.append(lambda: (["consolidate", self.path], acts.Nothing("consolidate")))
        if self.backups:
            choices += [self._put_back] * 3
        return choices

    def _label(self, name: str) -> Wish:
        files, hashes = self.draw(name, self.random.randint(1, 4))
        act = acts.Add(tuple((sha256, name) for sha256 in hashes), "label")
        return ["label", self.path, name, *files], act

    def _call(self, ids: Sequence[int]) -> Wish:
        name = self.random.choice(self.state.names)
        argv: list[str | Path] = ["label", self.path, name, *(word for one in ids for word in ("--sample", str(one)))]
        return argv, acts.Relabel(tuple(ids), name)

    def _import(self) -> Wish:
        source, pictures = self.draw_folder()
        return ["import", self.path, source], acts.Add(pictures, "import")

    def _restore(self, version: int) -> Wish:
        return ["restore", self.path, str(version)], acts.Nothing(f"restore {version}")

    def _backup(self) -> Wish:
        self.runs += 1
        return ["backup", self.path, self.place.projects / f"copy {self.runs}.showtell"], acts.Nothing("backup")

    def _put_back(self) -> Wish:
        copy = self.random.choice(sorted(self.backups))
        return ["restore-backup", copy, self.path], acts.PutBack(self.backups[copy])

    def _verb(self, argv: Sequence[str | Path], act: Act) -> None:
        """Run a verb, kill it or not, and look."""
        called = act.called.partition(" ")[0] if act.called.startswith("restore ") else act.called
        driven, killed = self._run(argv, called)
        done = not killed and driven.process.returncode == 0
        if not killed:
            assert driven.process.returncode in self._codes(called), f"{argv}\n{driven.complaint}"
        self.tally.acts += done
        if called == "backup":
            self._look_at_copy(Path(argv[2]), done=done)
        if called == "restore-backup":
            self._look_for_aside(killed=killed)
            self.increments = set()  # those of the copy are others
        self.check([act], int(done), writing=self.random.random() < 0.5)
        assert self.found is not None
        if called == "restore" and done:
            assert self.found.champion == int(str(argv[2])), "the version that was restored is in use"

    def _codes(self, called: str) -> set[int]:
        """Return the exit codes that a verb may have which nobody disturbs."""
        return {0, 1} if called == "consolidate" else {0}  # which takes more recordings than there may be

    def _run(self, argv: Sequence[str | Path], called: str, *, harmless: bool = False) -> tuple[Driven, bool]:
        """Run a verb, and kill it at some moment or not at all; return it, and whether it was killed."""
        plan = 1.0 if harmless else self.random.random()
        aimed = self.sight.is_possible and plan < AIMED
        if aimed:
            self.aim(called)
        driven = self.start(["verb", *argv, "--json"])
        if not aimed and plan < AIMED + AT_ANY_TIME and not driven.wait(self.some_time(called)):
            driven.kill()
        leaving = driven.end()
        self.sight.lower()
        self.learn_reach(called, aimed=aimed, hit=driven.was_killed)
        if driven.was_killed:
            self.died("a verb", called, aimed=aimed, leaving=leaving)
        assert "Traceback" not in driven.complaint, driven.complaint
        return driven, driven.was_killed

    def _look_at_copy(self, copy: Path, *, done: bool) -> None:
        """A copy is there as a whole or not at all."""
        assert copy.exists() or not done
        if copy.exists():
            assert verify(copy).is_well
            self.backups[copy] = look(copy).state(self.state.samples, self.hashes)
            assert self.backups[copy] == self.state

    def _look_for_aside(self, *, killed: bool) -> None:
        """The project that was there before is there still, under its name or the other one."""
        asides = sorted(self.path.parent.glob("*before-restore*.showtell"))
        if not self.path.exists():
            assert killed
            assert asides, "neither the project nor what it was before is there"
            asides[-1].rename(self.path)
            for suffix in ("-wal", "-shm"):
                beside = asides[-1].with_name(asides[-1].name + suffix)
                if beside.exists():
                    beside.rename(self.path.with_name(self.path.name + suffix))
            self.tally.missing += 1
        for aside in asides:
            if aside.exists():
                assert verify(aside).is_well

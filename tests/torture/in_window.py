# SPDX-License-Identifier: Apache-2.0
"""What is done with a project in the window, which is killed, and its learner, which is killed more often."""

from __future__ import annotations

import queue
import time
from collections.abc import Sequence

from tests.torture import acts
from tests.torture.acts import Act, State
from tests.torture.desk import AIMED, Desk
from tests.torture.driving import Driven
from tests.torture.looking import look

_OPENING_SECONDS = 1.0
_AIM_SECONDS, _DEEP_SECONDS = 3.0, 8.0
"""For so long is waited for somebody to come to the call at which he is to die; a consolidation has to start first."""
_LEARNER, _CONSOLIDATION = "showtell_learner", "showtell_consolidation"


class InWindow(Desk):
    """A project that the window has open."""

    def in_window(self, end: int) -> None:
        """Open the window, do this and that, and have the learner die again and again, and the window at the end."""
        driven = self.start(["window", self.path, self.folder / "settings.ini"])
        if self.random.random() < 0.15 and not driven.wait(self.random.random() * _OPENING_SECONDS):
            self._kill_window(driven, [], "opening", aimed=False)
            return
        if driven.until(lambda told: "ready" in told) is None:
            raise AssertionError(driven.complaint)
        for _ in range(self.random.randint(3, 6)):
            if self.tally.total < end - 1:
                self._with_learner(driven)
        if self.random.random() < 0.3:
            self._until_learned(driven)
        wanted = self._window_acts(self.random.randint(1, 3))
        aimed = self.sight.is_possible and self.random.random() < AIMED
        if aimed:
            self.aim("window", times=len(wanted))
        self._kill_window(driven, wanted, wanted[0].called, aimed=aimed)

    def _kill_window(self, driven: Driven, wanted: Sequence[Act], called: str, *, aimed: bool) -> None:
        """Let the window die while acts are under way, and look."""
        numbers = [self._ask(driven, act) for act in wanted]
        before = len(driven.said)
        if not driven.wait(_AIM_SECONDS if aimed else self.some_time("window")):
            driven.kill()
        hit = self.sight.lower()
        leaving = driven.end()
        assert driven.was_killed, f"{driven.process.returncode}\n{driven.complaint}"
        self.learn_reach("window", aimed=aimed, hit=hit)
        self.died("the window", called, aimed=aimed and hit, leaving=leaving)
        self._take_in(driven)
        done = sum(driven.has_done(number) for number in numbers)
        kept = 0 if done == len(wanted) else max((told.get("count", 0) for told in driven.said[before:]), default=0)
        self.tally.acts += done
        self.check(wanted, done, writing=self.random.random() < 0.5, kept=kept)

    def _with_learner(self, driven: Driven) -> None:
        """Do something that is to be learned; kill who learns it, and look; the next one goes on."""
        wanted = self._window_acts(self.random.randint(1, 2))
        # Consolidating takes a version, and has a process of its own.
        deep = bool(self.found and self.found.versions) and self.random.random() < 0.25
        aimed = self.sight.is_possible and self.random.random() < AIMED
        victim = _CONSOLIDATION if deep and aimed else _LEARNER
        if aimed:
            self.aim(victim, process=victim)
        for act in wanted:
            self._finish(driven, act)
        called = wanted[-1].called
        if deep:
            called = "consolidate"
            driven.do("consolidate")
        elif self.found and self.found.versions and self.random.random() < 0.2:
            called = "restore"
            driven.do("restore", version=self.random.choice(self.found.versions))
        elif self.random.random() < 0.3:
            called = "sleep"
            driven.do("sleep")
        died = self._let_die(driven, victim, aimed=aimed)
        self._take_in(driven)
        self.check(wanted, len(wanted), writing=False)
        self.tally.acts += len(wanted)
        if died:
            self.tally.killed("the consolidation" if died == _CONSOLIDATION else "the learner", called, aimed=aimed)

    def _let_die(self, driven: Driven, victim: str, *, aimed: bool) -> str:
        """Wait until the one that is aimed at has died, or kill the learner at some moment; return who died, or ""."""
        died = ""
        if aimed:
            died = victim if self._was_hit(driven, _AIM_SECONDS if victim == _LEARNER else _DEEP_SECONDS) else ""
            self.sight.lower()
        elif not driven.wait(2 * self.some_time(_LEARNER)) and (children := driven.children()):
            children[0].kill()
            driven.until(lambda told: told.get("event") == "LearnerDied")
            died = _LEARNER
        assert driven.process.returncode is None, f"the window left\n{driven.complaint}"
        self.learn_reach(victim, aimed=aimed, hit=bool(died))
        return died

    def _was_hit(self, driven: Driven, seconds: float) -> bool:
        """Return whether somebody has died of the aim before long; what is told meanwhile is read."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.sight.is_up:
                return True
            try:
                driven.listen(0.1)
            except queue.Empty:
                continue
        return False

    def _window_acts(self, count: int) -> list[Act]:
        """Choose acts, each of which builds on those before it."""
        state, chosen = self.state, list[Act]()
        while len(chosen) < count:
            act = self.random.choice(self._possible_acts(state, chosen))
            if any(isinstance(one, acts.Rename | acts.Remove | acts.Undo) for one in chosen):
                break  # what these change is known by other names when it is looked at
            chosen.append(act)
            state = acts.after(state, act)
            if isinstance(act, acts.Record | acts.Add):
                break  # what these store piece by piece would come in between the acts after them
            if isinstance(act, acts.Delete | acts.Rename | acts.NewClass) and len(chosen) < count:
                before = self.state if len(chosen) == 1 else None
                if before is not None and self.random.random() < 0.5:
                    chosen.append(acts.Undo(act, before))
                    break
        return chosen

    def _possible_acts(self, state: State, chosen: Sequence[Act]) -> list[Act]:
        assert self.found is not None
        known = [name for name, _ in self.found.classes.values()]
        names = [name for name in state.names if name in known]
        live = state.live()
        name = self.random.choice(names)
        some = tuple(self.random.sample(live, min(len(live), 2)))
        choices: list[Act] = [acts.Record(name, self.random.randint(1, 4))] * 4
        choices += [acts.NewClass(self.new_name()), acts.Add(self.draw_folder()[1], "import")]
        if some:
            choices += [acts.Delete(some)] * 2
            choices.append(acts.Relabel(some, name))
        if not chosen:
            choices.append(acts.Rename(name, self.new_name()))
            if len(names) > 3:
                choices.append(acts.Remove(name))
        return choices

    def _ask(self, driven: Driven, act: Act) -> int:
        """Tell the window to do something."""
        assert self.found is not None
        match act:
            case acts.NewClass():
                return driven.ask("new", name=act.name)
            case acts.Record():
                return driven.ask("record", class_id=self.found.class_id(act.name), count=act.count)
            case acts.Add():
                return driven.ask("import", path=str(self.folders[act.pictures]))
            case acts.Delete():
                return driven.ask("delete", ids=act.ids)
            case acts.Relabel():
                return driven.ask("relabel", ids=act.ids, class_id=self.found.class_id(act.name))
            case acts.Rename():
                return driven.ask("rename", class_id=self.found.class_id(act.name), name=act.other)
            case acts.Remove():
                return driven.ask("remove", class_id=self.found.class_id(act.name))
            case acts.Undo():
                return driven.ask("undo")
        raise AssertionError(act)

    def _finish(self, driven: Driven, act: Act) -> None:
        number = self._ask(driven, act)
        told = driven.until(lambda told: told.get("done") == number or "failed" in told or "fault" in told)
        assert told is not None, driven.complaint
        assert "failed" not in told, told
        assert not told.get("fault"), told

    def _until_learned(self, driven: Driven) -> None:
        """Wait until the learner, whichever one it is by now, has learned all there is."""
        driven.ask("sleep")
        while look(self.path).waiting:
            told = driven.listen()
            assert told is not None, driven.complaint
        self._take_in(driven)
        self.check([], 0, writing=False)

    def _take_in(self, driven: Driven) -> None:
        """Remember the increments that were told of."""
        learned = {told["learned"] for told in driven.said if "learned" in told}
        self.tally.increments += len(learned - self.increments)
        self.increments |= learned
        told = {told["event"]: told["words"] for told in driven.said if told.get("words")}
        assert not told, told

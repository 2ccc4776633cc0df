# SPDX-License-Identifier: Apache-2.0
"""The scripted life of a project: what a person does with it, in real processes that are killed all the time.

Whatever is random comes from one seed. After every kill the file is opened and read through, and compared with what
`acts` says that it has to hold.
"""

from __future__ import annotations

from tests.torture.by_verb import ByVerb
from tests.torture.in_window import InWindow


class Life(ByVerb, InWindow):
    """One project from its making on, by verbs and in the window by turns."""

    def live(self, kills: int) -> None:
        """Live until so many have died, and then once more without any harm."""
        end = self.tally.total + kills
        self.make()
        while self.tally.total < end:
            for _ in range(self.random.randint(3, 6)):
                if self.tally.total < end:
                    self.by_verb()
            if self.tally.total < end:
                self.in_window(end)
        self.resume()
        self.clear()

    def resume(self) -> None:
        """At the end of a life whatever is still waiting is learned, by a process that knows nothing but the file."""
        driven = self.start(["verb", "learn", self.path, "--quick", "--json"])
        driven.end()
        assert driven.process.returncode == 0, driven.complaint
        self.check([], 0, writing=True)
        assert self.found is not None
        assert self.found.waiting == 0, "whatever was kept is learned"
        self.tally.samples += len(self.found.samples)

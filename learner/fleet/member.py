# SPDX-License-Identifier: Apache-2.0
"""A laptop in a fleet, as its project sees it: what it says, what it sends, and what becomes of what comes.

It reads the project and writes nothing to it. What comes is handed to whoever has the project open, to be kept there
and learned with like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learner.buffer import key_of
from learner.config import LearnerConfig
from learner.contribution import BIAS, KERNEL, Contribution
from learner.errors import BackboneFault
from learner.fleet.records import Head, Hello
from learner.project import Project, open_project
from learner.sharing import Shared


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """What has come from other laptops, ready for `Project.take_from_others`: `arrays` are those of their sums."""

    backbone: str
    laptops: int
    names: tuple[str, ...]
    arrays: dict[str, NDArray[Any]]


class Member:
    """A project that takes part. It is opened when it is asked first, in that thread, which has to close it.

    Args:
        project: the project file.
        names: of the classes that a person agreed to share.
        deliver: called with what has come.
        config: settings of the learner.
    """

    def __init__(
        self,
        project: Path,
        names: Collection[str],
        deliver: Callable[[Delivery], None],
        config: LearnerConfig | None = None,
    ) -> None:
        self._path, self._names, self._deliver = project, frozenset(names), deliver
        self._config = config or LearnerConfig()
        self._sent: list[Contribution] = []
        self._last: dict[bool, Contribution] = {}
        self._opened: Project | None = None

    @property
    def size(self) -> int:
        """Of an embedding."""
        return self._project.backbone.embedding_size

    def close(self) -> None:
        """Close the project."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def hello(self) -> Hello:
        """Return who is here."""
        contribution, sha256 = self._shared().contribution, self._project.backbone.sha256
        if contribution is None:
            return Hello(sha256, (), ())
        return Hello(sha256, contribution.names, contribution.counts)

    def contribution(self, *, with_held_out: bool = True) -> Contribution:
        """Return what is sent, and keep it in mind, since it has to be told from what others know.

        When too little has changed since any of the times before, it is sent as it was.

        Args:
            with_held_out: with the recordings that are held out here to measure with.

        Raises:
            NothingShared: there is nothing to send, or no way to send it without giving single samples away.
        """
        found = self._shared(with_held_out=with_held_out).contribution
        # The difference between two sums is what came between them, which must not be one sample or two either.
        if found is not None and all(found.hides_changes_since(one) for one in self._sent):
            if not any(one.digest == found.digest for one in self._sent):
                self._sent.append(found)
            self._last[with_held_out] = found
        if found is None or with_held_out not in self._last:
            raise NothingShared(self._path)
        return self._last[with_held_out]

    def refined(
        self,
        names: Sequence[str],
        kernel: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        steps: int,
        proximal: float,
    ) -> Head:
        """Return a head after some steps on what is here, with how many samples of each class it saw.

        Args:
            names: of its classes; those that are not shared here are left as they are.
            kernel: (d, C) to begin with.
            bias: (C,) to begin with.
            steps: how many.
            proximal: the weight of FedProx' pull back to where it began.
        """
        agreed = {key_of(name) for name in self._names}
        shared = [name if key_of(name) in agreed else None for name in names]
        return Head(*self._project.refine_head(shared, kernel, bias, steps=steps, proximal=proximal))

    def take(
        self,
        total: Contribution,
        *,
        laptops: int,
        is_in: bool,
        with_held_out: bool = True,
        head: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
    ) -> None:
        """Hand on what all know together, without what was sent from here.

        Args:
            total: the sums of all.
            laptops: how many are in it.
            is_in: whether this one is.
            with_held_out: whether what was sent from here had the recordings in it that are held out, for when another
                process sent it.
            head: what the others refined together: (d, C) and (C,).

        Raises:
            ValueError: what was sent from here is not in it, although it is said to be.
        """
        if is_in:
            sent = self._last.get(with_held_out) or self.contribution(with_held_out=with_held_out)
            total, laptops = total.without(sent), laptops - 1
        if not total.samples:
            return
        arrays = total.arrays()
        if head is not None:
            kernel, bias = head
            arrays |= {KERNEL: kernel.astype(np.float64), BIAS: bias[None].astype(np.float64)}
        self._deliver(Delivery(self._project.backbone.sha256, laptops, total.names, arrays))

    def _shared(self, *, with_held_out: bool = True) -> Shared:
        return self._project.shared(self._names, with_held_out=with_held_out)

    @property
    def _project(self) -> Project:
        if self._opened is None:
            self._opened = open_project(self._path, create=False, config=self._config, alone=False)
        return self._opened


class NothingShared(BackboneFault):
    """A project has nothing that may be shared."""

    def __init__(self, project: Path) -> None:
        super().__init__(
            "There is nothing to share yet",
            f"No class in {project.name} has enough different samples to be shared without giving one of them away.",
            "Record more of them, in more than one recording, and join again.",
        )

# SPDX-License-Identifier: Apache-2.0
"""What a project has to hold: the acts of a person, and what each of them makes of it, one transaction after another.

An act that was acknowledged is there in full. Of one that was under way when its process was killed, the first so many
transactions are there, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol


@dataclass(frozen=True)
class State:
    """What a person has put into a project.

    Attributes:
        classes: whether it was taken out, by name.
        samples: class name and whether it was deleted, of the samples that were known before, by their number.
        new: how many there are of the others: by the hash of the picture, "" for those of the camera, and class name.
    """

    classes: Mapping[str, bool] = field(default_factory=dict)
    samples: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    new: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def with_class(self, name: str, *, removed: bool = False) -> State:
        return replace(self, classes={**self.classes, name: removed})

    def with_new(self, pictures: Sequence[tuple[str, str]]) -> State:
        return replace(self, new=dict(Counter(self.new) + Counter(pictures)))

    def with_samples(self, ids: Sequence[int], *, name: str | None = None, deleted: bool | None = None) -> State:
        changed = {}
        for sample_id in ids:
            was, gone = self.samples[sample_id]
            changed[sample_id] = (was if name is None else name, gone if deleted is None else deleted)
        return replace(self, samples={**self.samples, **changed})

    def live(self, name: str | None = None) -> list[int]:
        """Return the numbers of samples that are learned from, of one class or of all."""
        return [
            sample_id
            for sample_id, (of, deleted) in self.samples.items()
            if not deleted and not self.classes.get(of, True) and name in {None, of}
        ]

    @property
    def deleted(self) -> list[int]:
        """The numbers of those that were deleted."""
        return [sample_id for sample_id, (_, deleted) in self.samples.items() if deleted]

    @property
    def names(self) -> list[str]:
        """The names of the classes that are there."""
        return [name for name, removed in self.classes.items() if not removed]


class Act(Protocol):
    """Something that a person does."""

    @property
    def called(self) -> str:
        """What it is called in the account."""

    def steps(self, state: State) -> list[State]:
        """Return what the project holds after each transaction, from what it holds before the first."""


def after(state: State, act: Act) -> State:
    """Return what a project holds when an act is done."""
    return [state, *act.steps(state)][-1]


@dataclass(frozen=True)
class Nothing:
    """An act that changes nothing of what a person has put in: learning, sleeping, restoring, a backup."""

    called: str

    def steps(self, state: State) -> list[State]:
        return []


@dataclass(frozen=True)
class NewClass:
    name: str
    called: str = "new class"

    def steps(self, state: State) -> list[State]:
        return [] if self.name in state.classes else [state.with_class(self.name)]


@dataclass(frozen=True)
class Add:
    """Pictures that come in, by hash and class name, in one transaction; the classes that are new come before them."""

    pictures: tuple[tuple[str, str], ...]
    called: str

    def steps(self, state: State) -> list[State]:
        steps = []
        for name in dict.fromkeys(name for _, name in self.pictures):
            if name not in state.classes:
                state = state.with_class(name)
                steps.append(state)
        return [*steps, state.with_new(self.pictures)]


@dataclass(frozen=True)
class Record:
    """So many frames of the camera, each of which is kept by itself."""

    name: str
    count: int
    called: str = "record"

    def steps(self, state: State) -> list[State]:
        return [state.with_new([("", self.name)] * number) for number in range(1, self.count + 1)]


@dataclass(frozen=True)
class Relabel:
    ids: tuple[int, ...]
    name: str
    called: str = "relabel"

    def steps(self, state: State) -> list[State]:
        made = [] if self.name in state.classes else [state.with_class(self.name)]
        return [*made, (made or [state])[-1].with_samples(self.ids, name=self.name)]


@dataclass(frozen=True)
class Delete:
    ids: tuple[int, ...]
    deleted: bool = True
    called: str = "delete"

    def steps(self, state: State) -> list[State]:
        return [state.with_samples(self.ids, deleted=self.deleted)]


@dataclass(frozen=True)
class Rename:
    name: str
    other: str
    called: str = "rename"

    def steps(self, state: State) -> list[State]:
        def new(name: str) -> str:
            return self.other if name == self.name else name

        return [
            State(
                {new(name): removed for name, removed in state.classes.items()},
                {sample_id: (new(name), deleted) for sample_id, (name, deleted) in state.samples.items()},
                {(sha256, new(name)): count for (sha256, name), count in state.new.items()},
            )
        ]


@dataclass(frozen=True)
class Remove:
    """A class that is taken out; its samples stay in the file."""

    name: str
    called: str = "remove class"

    def steps(self, state: State) -> list[State]:
        return [state.with_class(self.name, removed=True)]


@dataclass(frozen=True)
class Undo:
    """An act taken back, in one transaction: the project holds what it held before it."""

    act: Act
    before: State
    called: str = "undo"

    def steps(self, state: State) -> list[State]:
        if isinstance(self.act, NewClass):
            return [state.with_class(self.act.name, removed=True)]
        return [self.before]


@dataclass(frozen=True)
class Forget:
    """What was deleted goes for good."""

    called: str = "forget"

    def steps(self, state: State) -> list[State]:
        return [
            State(
                {name: False for name, removed in state.classes.items() if not removed},
                {sample_id: state.samples[sample_id] for sample_id in state.live()},
                {(sha256, name): count for (sha256, name), count in state.new.items() if not state.classes[name]},
            )
        ]


@dataclass(frozen=True)
class PutBack:
    """A backup in the place of the project: all of what it held then."""

    then: State
    called: str = "restore-backup"

    def steps(self, state: State) -> list[State]:
        return [self.then]

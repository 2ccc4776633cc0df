# SPDX-License-Identifier: Apache-2.0
"""What of a project may leave the laptop, and what has come from others."""

from __future__ import annotations

from collections.abc import Container, Generator, Mapping
from dataclasses import dataclass

from learner.contribution import LEAST_LOOKS, LEAST_SAMPLES, Contribution
from learner.memory import Memory, chunks
from learner.messages import Event
from learner.roll import Content
from learner.types import View


@dataclass(frozen=True, slots=True)
class Kept:
    """A class that is not shared: so many samples with so many different looks are too few, or nobody agreed to it."""

    name: str
    samples: int
    looks: int


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What may leave the laptop, if there is anything, and the classes that stay."""

    contribution: Contribution | None
    kept: tuple[Kept, ...]


def share(
    memory: Memory,
    content: Content,
    names: Mapping[int, str],
    agreed: Container[str] | None = None,
    *,
    with_held_out: bool = True,
) -> Generator[Event | None, None, Shared]:
    """Sum up what there is to learn, without the classes that have too few samples to hide any one of them.

    Recordings that a person holds out as tests are left out, as they are of everything that is learned.

    Args:
        memory: of the project.
        content: what is in it.
        names: of its classes.
        agreed: those that may be shared at all; None for all of them.
        with_held_out: with the recordings that are held out to measure with.
    """
    yield from memory.take_in(content)
    sums = {which: memory.view(which) if with_held_out else memory.twin_view(which) for which in View}
    kept: list[Kept] = []
    shared: dict[str, int] = {}
    samples = looks = 0
    for class_id, part in content.parts.items():
        found = part.learned if with_held_out else part.twin
        count = sum(map(len, found))
        different = sum(int(memory.clusters(recording).max()) + 1 for recording in found)
        is_agreed = agreed is None or names[class_id] in agreed
        if is_agreed and count >= LEAST_SAMPLES and different >= LEAST_LOOKS:
            shared[names[class_id]] = class_id
            samples, looks = samples + count, looks + different
            continue
        kept.append(Kept(names[class_id], count, different))
        # The second moment is one for all classes, so what stays has to be taken out of it, sample by sample.
        for recording in found:
            for chunk in chunks(recording.sample_ids.tolist()):
                for which, mine in sums.items():
                    mine.remove(memory.rows(chunk, which), [class_id] * len(chunk))
                yield None
    kept.sort(key=lambda one: one.name)
    if not shared:
        return Shared(None, tuple(kept))
    labels = tuple(sorted(shared))
    places = {shared[name]: place for place, name in enumerate(labels)}
    numbered = {which: mine.renamed(places) for which, mine in sums.items()}
    return Shared(Contribution(labels, numbered, samples, looks), tuple(kept))

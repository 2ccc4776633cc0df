# SPDX-License-Identifier: Apache-2.0
"""A project's part in a fleet: what it sends, and what it hands on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from learner import open_project
from learner.buffer import Buffer, EncodedImage, encode
from learner.fleet.member import Delivery, Member, NothingShared
from tests.learner.desk import look, recordings

NAMES = ("mug", "pen")


def record(path: Path, name: str, images: Sequence[EncodedImage]) -> None:
    with Buffer.open(path) as buffer:
        class_id = (buffer.class_named(name) or buffer.add_class(name)).id
        burst_id = buffer.start_burst("test").id
        buffer.add_samples((image, class_id, burst_id) for image in images)


def learn(path: Path) -> None:
    with open_project(path) as project:
        project.learn()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project whose classes have a recording to learn from and one that is held out."""
    path = tmp_path / "desk.showtell"
    for kind, name in enumerate(NAMES):
        for measured in (False, True):
            record(path, name, next(recordings(kind, measured=measured, frames=8)))
    learn(path)
    return path


@pytest.mark.parametrize(("with_held_out", "count"), [(True, 16), (False, 8)])
def test_another_process_knows_what_was_sent(path: Path, with_held_out: bool, count: int) -> None:
    """One is asked for sums and another gets the result, as in Flower's simulation."""
    came: list[Delivery] = []
    asked, answering = Member(path, NAMES, came.append), Member(path, NAMES, came.append)
    sent = asked.contribution(with_held_out=with_held_out)
    assert sent.counts == (count, count)
    answering.take(sent.merged([sent]), laptops=2, is_in=True, with_held_out=with_held_out)
    asked.close()
    answering.close()
    [delivery] = came
    assert delivery.laptops == 1
    assert np.allclose(delivery.arrays["picture: sums"], sent.arrays()["picture: sums"])


def test_one_sample_more_is_not_given_away_by_the_difference(path: Path) -> None:
    member = Member(path, NAMES, lambda _: None)
    first = member.contribution().digest
    record(path, "mug", next(recordings(0, measured=False, frames=2)))
    learn(path)
    assert member.contribution().digest == first
    member.contribution(with_held_out=False)
    assert member.contribution().digest == first, "not by way of what is asked in between either"
    record(path, "mug", [encode(look(0, 900 + number)) for number in range(10)])
    learn(path)
    assert member.contribution().counts[0] > 16
    member.close()


def test_nothing_is_sent_of_what_was_not_agreed_to(path: Path) -> None:
    member = Member(path, ["mug"], lambda _: None)
    assert member.contribution().names == member.hello().names == ("mug",)
    member.close()
    member = Member(path, [], lambda _: None)
    assert member.hello().names == ()
    with pytest.raises(NothingShared):
        member.contribution()
    member.close()


def test_where_nobody_else_is_in_it_nothing_comes(path: Path) -> None:
    came: list[Delivery] = []
    member = Member(path, NAMES, came.append)
    member.take(member.contribution(), laptops=1, is_in=True)
    member.close()
    assert came == []

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from learner.sampling import (
    Recording,
    ReplaySampler,
    bank,
    by_class,
    digest,
    digest_of,
    held_out,
    near_duplicates,
    recordings,
)
from learner.types import Member, Role


def member(sample_id: int, class_id: int, burst_id: int = 1) -> Member:
    return Member(sample_id, class_id, burst_id, f"{sample_id:064x}", Role.TRAIN)


def sampler(
    members: Sequence[Member], new: Iterable[int] = (), clusters: Mapping[int, int] | None = None, seed: int = 0
) -> ReplaySampler:
    class_ids = sorted({member.class_id for member in members})
    found, parts = recordings(members), recordings(member for member in members if member.sample_id in set(new))

    def clusters_of(recording: Recording) -> NDArray[np.int64]:
        return np.array([(clusters or {}).get(sample_id, 0) for sample_id in recording.sample_ids.tolist()])

    return ReplaySampler(by_class(found), class_ids, clusters_of, parts, seed)


def drawn(
    members: Sequence[Member],
    new: Iterable[int] = (),
    share: float = 0.5,
    clusters: Mapping[int, int] | None = None,
    size: int = 4000,
) -> tuple[Counter[int], list[int]]:
    ids, columns = sampler(members, new, clusters).draw(size, share)
    return Counter(ids), list(columns)


def test_classes_weigh_the_same_however_many_samples_they_have() -> None:
    members = [member(number, 1) for number in range(100)] + [member(1000, 2)]
    counts, columns = drawn(members)
    assert 0.45 < counts[1000] / 4000 < 0.55
    assert set(columns) == {0, 1}


def test_recordings_of_a_class_weigh_the_same() -> None:
    members = [member(number, 1, burst_id=1) for number in range(100)] + [member(1000, 1, burst_id=2)]
    assert 0.45 < drawn(members)[0][1000] / 4000 < 0.55


def test_near_duplicates_weigh_as_much_as_one_other_look() -> None:
    members = [member(number, 1) for number in range(100)]
    clusters = dict.fromkeys(range(99), 0) | {99: 1}
    assert 0.45 < drawn(members, clusters=clusters)[0][99] / 4000 < 0.55


def test_every_sample_can_be_drawn() -> None:
    members = [member(number, 1, burst_id=number % 5) for number in range(40)]
    clusters = {number: number % 3 for number in range(40)}
    assert set(drawn(members, clusters=clusters)[0]) == set(range(40))


def test_new_samples_get_their_share_within_their_class_only() -> None:
    members = [member(number, 1, burst_id=number) for number in range(100)] + [
        member(number, 2) for number in range(100, 200)
    ]
    counts, columns = drawn(members, new={0}, share=0.5)
    assert 0.2 < counts[0] / 4000 < 0.3
    assert 0.45 < sum(columns) / 4000 < 0.55


def test_columns_belong_to_the_samples() -> None:
    members = [member(number, 10 + number % 3) for number in range(30)]
    ids, columns = sampler(members, seed=1).draw(100)
    assert [10 + sample_id % 3 for sample_id in ids] == [10 + column for column in columns]


def test_same_seed_same_batches_whatever_the_order_of_the_members() -> None:
    members = [member(number, number % 4, burst_id=number % 7) for number in range(50)]
    one = sampler(members, {3}, seed=5).draw(64, 0.5)[0]
    assert one == sampler(members[::-1], {3}, seed=5).draw(64, 0.5)[0]
    assert one != sampler(members, {3}, seed=6).draw(64, 0.5)[0]


def test_batches_do_not_depend_on_row_ids() -> None:
    members = [member(number, number % 4, burst_id=number % 7) for number in range(50)]
    later = [replace(one, sample_id=one.sample_id + 1000, burst_id=one.burst_id + 9) for one in members]
    ids = sampler(members).draw(64)[0]
    assert [id_ + 1000 for id_ in ids] == sampler(later).draw(64)[0]


def test_held_out_are_whole_recordings_about_one_in_five_and_never_all_of_a_class() -> None:
    members = [member(number, number % 50, burst_id=number // 250) for number in range(10_000)]
    found = recordings(members)
    out = held_out(found)
    assert 0.15 < len(out) / len(found) < 0.35
    assert set(out) <= set(found)
    assert held_out(recordings([member(number, number, burst_id=number) for number in range(500)])) == []


def test_with_enough_recordings_something_is_held_out_however_the_hashes_fall() -> None:
    for start in range(200):
        assert held_out(recordings([member(start + 1000 * number, 1, burst_id=number) for number in range(6)]))


def test_a_recording_keeps_its_part_when_others_come_after_it() -> None:
    for start in range(50):
        members = [member(start + 1000 * number, 1, burst_id=number) for number in range(20)]
        all_out = {found.burst_id for found in held_out(recordings(members))}
        for count in range(1, 20):
            out = {found.burst_id for found in held_out(recordings(members[:count]))}
            assert out == {burst_id for burst_id in all_out if burst_id < count}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40, unique=True), st.data())
def test_a_recording_stays_held_out_while_it_grows_and_shrinks(numbers: list[int], data: st.DataObject) -> None:
    other = [member(1000 + number, 1, burst_id=2) for number in range(3)]
    members = [member(number, 1) for number in sorted(numbers)]
    gone = data.draw(st.sets(st.sampled_from(sorted(numbers)[1:])))
    before = {found.burst_id for found in held_out(recordings([*members, *other]))}
    after = {
        found.burst_id
        for found in held_out(recordings([*(one for one in members if one.sample_id not in gone), *other]))
    }
    assert before == after


def test_a_class_in_two_bursts_can_be_learned_whichever_way_its_hashes_fall() -> None:
    for number in range(200):
        found = recordings([member(number, 1, burst_id=1), member(number + 1000, 1, burst_id=2)])
        assert len(held_out(found)) < 2


def test_frames_that_show_the_same_are_near_duplicates() -> None:
    random = np.random.default_rng(0)
    looks = random.normal(size=(4, 64))
    x = np.repeat(looks, [10, 1, 5, 3], axis=0) + random.normal(0, 0.02, (19, 64))
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    assert near_duplicates(x).tolist() == [0] * 10 + [1] + [2] * 5 + [3] * 3
    back = np.concatenate([x[:3], x[11:13], x[:2]])
    assert near_duplicates(back).tolist() == [0, 0, 0, 1, 1, 0, 0], "what comes back joins its cluster"


@pytest.mark.parametrize("size", [1, 5, 40, 100])
def test_a_bank_has_the_mean_of_all_and_the_hardest(size: int) -> None:
    random = np.random.default_rng(0)
    x = random.normal(1, 1, (100, 8)).astype(np.float32)
    margins = random.normal(2, 1, 100)
    rows = bank(x, margins, size)
    assert len(set(rows.tolist())) == size
    assert set(np.argsort(margins)[: size // 5].tolist()) <= set(rows.tolist())
    if size == 40:
        at_random = [np.linalg.norm(x[random.permutation(100)[:40]].mean(0) - x.mean(0)) for _ in range(50)]
        assert np.linalg.norm(x[rows].mean(0) - x.mean(0)) < np.median(at_random)


def test_digest_names_pictures_and_labels_and_nothing_else() -> None:
    one, two = member(1, 1), member(2, 2)

    def named(*members: Member) -> str:
        return digest([digest_of(recordings(members))])

    assert named(one, two) == named(two, one)
    assert named(one, two) != named(one)
    assert named(one) != named(Member(1, 2, 1, one.sha256, Role.TRAIN))
    assert named(one) == named(Member(9, 1, 5, one.sha256, Role.TRAIN, learned=True))

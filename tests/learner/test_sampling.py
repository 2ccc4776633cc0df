# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter

from learner.sampling import ReplaySampler, digest
from learner.types import Member, Role


def member(sample_id: int, class_id: int, burst_id: int = 1) -> Member:
    return Member(sample_id, class_id, burst_id, f"{sample_id:064x}", Role.TRAIN)


def drawn(members: list[Member], new: set[int], share: float = 0.5, size: int = 4000) -> tuple[Counter[int], list[int]]:
    ids, columns = ReplaySampler(members, new, share, seed=0).draw(size)
    return Counter(ids), list(columns)


def test_classes_weigh_the_same_however_many_samples_they_have() -> None:
    members = [member(number, 1) for number in range(100)] + [member(1000, 2)]
    counts, columns = drawn(members, new=set())
    assert 0.45 < counts[1000] / 4000 < 0.55
    assert set(columns) == {0, 1}


def test_bursts_of_a_class_weigh_the_same() -> None:
    members = [member(number, 1, burst_id=1) for number in range(100)] + [member(1000, 1, burst_id=2)]
    counts, _ = drawn(members, new=set())
    assert 0.45 < counts[1000] / 4000 < 0.55


def test_new_samples_get_their_share_within_their_class_only() -> None:
    members = [member(number, 1, burst_id=number) for number in range(100)] + [
        member(number, 2) for number in range(100, 200)
    ]
    counts, columns = drawn(members, new={0}, share=0.5)
    assert 0.2 < counts[0] / 4000 < 0.3
    assert 0.45 < sum(columns) / 4000 < 0.55


def test_columns_belong_to_the_samples() -> None:
    members = [member(number, 10 + number % 3) for number in range(30)]
    ids, columns = ReplaySampler(members, set(), 0.5, seed=1).draw(100)
    assert [10 + sample_id % 3 for sample_id in ids] == [10 + column for column in columns]


def test_same_seed_same_batches_whatever_the_order_of_the_members() -> None:
    members = [member(number, number % 4, burst_id=number % 7) for number in range(50)]
    one = ReplaySampler(members, {3}, 0.5, seed=5).draw(64)[0]
    other = ReplaySampler(members[::-1], {3}, 0.5, seed=5).draw(64)[0]
    assert one == other
    assert one != ReplaySampler(members, {3}, 0.5, seed=6).draw(64)[0]


def test_digest_names_pictures_and_labels_and_nothing_else() -> None:
    one, two = member(1, 1), member(2, 2)
    assert digest([one, two]) == digest([two, one])
    assert digest([one, two]) != digest([one])
    assert digest([one]) != digest([Member(1, 2, 1, one.sha256, Role.TRAIN)])
    assert digest([one]) == digest([Member(9, 1, 5, one.sha256, Role.TRAIN, learned=True)])

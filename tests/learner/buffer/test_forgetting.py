# SPDX-License-Identifier: Apache-2.0
"""Whatever is learned, unlearned and taken back in whatever order: no version knows what it may not know."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from learner.buffer import Buffer, encode
from learner.errors import LabelFault
from tests.learner.buffer.making import embed, head, increment, kept
from tests.learner.fakes import picture

_PICTURE = encode(picture(1))
_KEPT = 3

classes = st.integers(0, 2)


@dataclass
class _Sample:
    class_id: int | None
    deleted: bool = False
    embedded: bool = False


class Forgetting(RuleBasedStateMachine):
    samples = Bundle("samples")

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr("learner.buffer.unlearning.KEPT_VERSIONS", _KEPT)
        self._buffer = Buffer.open(Path(self._folder.name) / "desk.showtell")
        self._classes = [self._buffer.add_class(name).id for name in "abc"]
        self._archived: set[int] = set()
        self._samples: dict[int, _Sample] = {}
        self._knows: dict[int, set[int]] = {}  # by version; what the newest knows, the next one builds on
        self._newest: set[int] = set()
        self._forgotten: set[int] = set()
        self._pinned: set[int] = set()
        self._let_go: set[int] = set()

    def _there(self, sample_ids: list[int]) -> list[int]:
        return [id_ for id_ in sample_ids if id_ in self._samples]

    def _is_gone(self, sample_id: int) -> bool:
        sample = self._samples[sample_id]
        return sample.deleted or sample.class_id in self._archived

    def _publish(self, sample_ids: list[int], forget: list[int]) -> None:
        done = self._buffer.publish(increment(self._buffer, sample_ids), head(), forget=forget)
        assert done.version_id is not None
        self._newest = (self._newest | set(sample_ids)) - set(forget)
        self._knows[done.version_id] = self._newest
        self._forgotten = (self._forgotten | set(forget)) - self._newest
        self._let_go.clear()
        for sample_id in forget:
            self._samples[sample_id].embedded &= not self._is_gone(sample_id)
        assert kept(self._buffer)[-1] == done.version_id == self._buffer.champion_id()
        assert len(set(kept(self._buffer)) - self._pinned) <= _KEPT

    @rule(target=samples, number=classes | st.none())
    def add(self, number: int | None) -> int:
        class_id = None if number is None else self._classes[number]
        class_id = None if class_id in self._archived else class_id
        (sample,) = self._buffer.add_samples([(_PICTURE, class_id, self._buffer.burst_for("test", class_id).id)])
        self._samples[sample.id] = _Sample(class_id)
        return sample.id

    @rule(sample_ids=st.lists(samples, max_size=3), number=classes | st.none())
    def relabel(self, sample_ids: list[int], number: int | None) -> None:
        class_id = None if number is None else self._classes[number]
        self._buffer.relabel(self._there(sample_ids), class_id)
        for sample_id in self._there(sample_ids):
            self._samples[sample_id].class_id = class_id

    @rule(sample_ids=st.lists(samples, max_size=3), deleted=st.booleans())
    def delete_or_undelete(self, sample_ids: list[int], deleted: bool) -> None:
        (self._buffer.delete if deleted else self._buffer.undelete)(self._there(sample_ids))
        for sample_id in self._there(sample_ids):
            self._samples[sample_id].deleted = deleted

    @rule(number=classes)
    def archive_or_unarchive(self, number: int) -> None:
        class_id = self._classes[number]
        (self._buffer.unarchive_class if class_id in self._archived else self._buffer.archive_class)(class_id)
        self._archived ^= {class_id}

    @rule(meanwhile=st.lists(samples, max_size=2), forget=st.booleans(), accepted=st.sampled_from([True, True, False]))
    def learn(self, meanwhile: list[int], forget: bool, accepted: bool) -> None:
        """Learn what is new; a person deletes samples while it is learned."""
        forgotten = self._buffer.unlearnable() if forget else []
        new = [member.sample_id for member in self._buffer.members() if not member.learned]
        embed(self._buffer, new)
        for sample_id in new:
            self._samples[sample_id].embedded = True
        self.delete_or_undelete(meanwhile, True)
        if accepted:
            self._publish(new, forgotten)
        else:
            self._buffer.publish(increment(self._buffer, new, accepted=False), None, forget=forgotten)

    @rule(data=st.data(), pinned=st.booleans())
    def pin(self, data: st.DataObject, pinned: bool) -> None:
        if ids := kept(self._buffer):
            version_id = data.draw(st.sampled_from(ids))
            self._buffer.pin(version_id, pinned)
            if pinned:
                self._pinned.add(version_id)
            elif version_id in self._pinned:
                self._pinned.remove(version_id)
                self._let_go.add(version_id)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        if ids := kept(self._buffer):
            self._buffer.set_champion(data.draw(st.sampled_from(ids)))

    @rule()
    def erase(self) -> None:
        gone = {sample_id for sample_id in self._samples if self._is_gone(sample_id)}
        if gone & set(self._buffer.unlearnable()):
            with pytest.raises(LabelFault):
                self._buffer.erase()
            return
        before = kept(self._buffer)
        erased = self._buffer.erase()
        left = kept(self._buffer)
        assert (erased.samples, erased.versions) == (len(gone), len(before) - len(left))
        assert not any(self._knows[version_id] & gone for version_id in left)
        assert set(before[-1:]) <= set(left), "the newest is the one that unlearned, or came after it"
        self._samples = {id_: sample for id_, sample in self._samples.items() if id_ not in gone}
        self._pinned &= set(left)
        for number, class_id in enumerate(self._classes):
            if class_id in self._archived:
                self._archived.remove(class_id)
                self._classes[number] = self._buffer.add_class("abc"[number]).id

    @invariant()
    def what_is_to_be_unlearned_is_known(self) -> None:
        assert self._buffer.unlearnable() == [
            id_
            for id_, sample in self._samples.items()
            if (id_ in self._newest and (self._is_gone(id_) or sample.class_id is None))
            or (sample.embedded and self._is_gone(id_))
        ]

    @invariant()
    def no_version_knows_what_was_forgotten_unless_a_person_keeps_it(self) -> None:
        versions = set(kept(self._buffer))
        assert self._pinned <= versions
        for version_id in versions - self._pinned - self._let_go:
            assert not self._knows[version_id] & self._forgotten

    @invariant()
    def what_is_learned_is_what_the_newest_version_knows(self) -> None:
        for member in self._buffer.members():
            assert not member.learned or member.sample_id in self._newest

    @invariant()
    def a_version_is_in_use_when_there_is_one(self) -> None:
        versions = kept(self._buffer)
        assert self._buffer.champion_id() in versions if versions else self._buffer.champion() is None

    @invariant()
    def the_file_is_sound(self) -> None:
        assert self._buffer._rows("PRAGMA foreign_key_check") == self._buffer.integrity_check() == []

    def teardown(self) -> None:
        self._buffer.close()
        self._folder.cleanup()
        self._patch.undo()


TestForgetting = Forgetting.TestCase
TestForgetting.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

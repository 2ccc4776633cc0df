# SPDX-License-Identifier: Apache-2.0
"""Any sequence of acts leaves the file as a plain dict would have it, also after it has been closed and opened."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from learner.buffer import Buffer, encode
from learner.errors import LabelFault
from learner.types import Role
from tests.learner.fakes import picture

_PICTURES = [encode(picture(kind)) for kind in range(4)]

names = st.sampled_from(["a", "A", " b ", "B", "é", "e\u0301", "c"])


@dataclass
class _Class:
    name: str
    shortcut: str | None
    archived: bool = False

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass
class _Sample:
    class_id: int | None
    picture: int
    deleted: bool = False
    held_out: bool = False


def stored_as(name: str) -> str:
    return name.strip().replace("e\u0301", "é")


class Acts(RuleBasedStateMachine):
    classes = Bundle("classes")
    samples = Bundle("samples")
    relabelled = Bundle("relabelled")

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._buffer = Buffer.open(Path(self._folder.name) / "desk.showtell")
        self._burst = self._buffer.start_burst("test").id
        self._classes: dict[int, _Class] = {}
        self._samples: dict[int, _Sample] = {}

    def _taken(self, name: str, besides: int | None = None) -> bool:
        return any(
            known.key == name.lower() and not known.archived and id_ != besides for id_, known in self._classes.items()
        )

    @rule(target=classes, name=names)
    def add_class(self, name: str) -> int:
        name = stored_as(name)
        if self._taken(name):
            with pytest.raises(LabelFault):
                self._buffer.add_class(name)
            return next(id_ for id_, known in self._classes.items() if known.key == name.lower() and not known.archived)
        info = self._buffer.add_class(name)
        assert info.id not in self._classes
        in_use = {known.shortcut for known in self._classes.values() if not known.archived}
        assert info.shortcut == next(key for key in "1234567890" if key not in in_use)
        self._classes[info.id] = _Class(name, info.shortcut)
        return info.id

    @rule(class_id=classes, name=names)
    def rename(self, class_id: int, name: str) -> None:
        name = stored_as(name)
        if self._taken(name, besides=class_id):
            with pytest.raises(LabelFault):
                self._buffer.rename_class(class_id, name)
        else:
            self._buffer.rename_class(class_id, name)
            self._classes[class_id].name = name

    @rule(class_id=classes, shortcut=st.sampled_from(["1", "2", None]))
    def set_shortcut(self, class_id: int, shortcut: str | None) -> None:
        self._buffer.set_shortcut(class_id, shortcut)
        for known in self._classes.values():
            if shortcut is not None and known.shortcut == shortcut and not known.archived:
                known.shortcut = None
        self._classes[class_id].shortcut = shortcut

    @rule(class_id=classes)
    def archive(self, class_id: int) -> None:
        self._buffer.archive_class(class_id)
        self._classes[class_id].archived = True

    @rule(class_id=classes)
    def unarchive(self, class_id: int) -> None:
        known = self._classes[class_id]
        if self._taken(known.name, besides=class_id):
            with pytest.raises(LabelFault):
                self._buffer.unarchive_class(class_id)
            return
        self._buffer.unarchive_class(class_id)
        known.archived = False
        if any(
            other.shortcut == known.shortcut and not other.archived and id_ != class_id
            for id_, other in self._classes.items()
        ):
            known.shortcut = None

    @rule(target=samples, class_id=classes | st.none(), number=st.integers(0, 3))
    def add_sample(self, class_id: int | None, number: int) -> int:
        (sample,) = self._buffer.add_samples([(_PICTURES[number], class_id, self._burst)])
        assert sample.id not in self._samples
        self._samples[sample.id] = _Sample(class_id, number)
        return sample.id

    @rule(target=relabelled, sample_ids=st.lists(samples, max_size=4), class_id=classes | st.none())
    def relabel(self, sample_ids: list[int], class_id: int | None) -> dict[int, int | None]:
        former = self._buffer.relabel(sample_ids, class_id)
        assert former == {id_: self._samples[id_].class_id for id_ in sample_ids}
        for id_ in sample_ids:
            self._samples[id_].class_id = class_id
        return former

    @rule(former=consumes(relabelled))
    def undo_relabel(self, former: dict[int, int | None]) -> None:
        for sample_id, class_id in former.items():
            self._buffer.relabel([sample_id], class_id)
            self._samples[sample_id].class_id = class_id

    @rule(sample_ids=st.lists(samples, max_size=4), deleted=st.booleans())
    def delete_or_undelete(self, sample_ids: list[int], deleted: bool) -> None:
        (self._buffer.delete if deleted else self._buffer.undelete)(sample_ids)
        for id_ in sample_ids:
            self._samples[id_].deleted = deleted

    @rule(sample_ids=st.lists(samples, max_size=4), held_out=st.booleans())
    def hold_out(self, sample_ids: list[int], held_out: bool) -> None:
        former = self._buffer.hold_out(sample_ids, held_out)
        assert former == {id_: self._samples[id_].held_out for id_ in sample_ids}
        for id_ in sample_ids:
            self._samples[id_].held_out = held_out

    @rule(sample_ids=st.lists(samples, max_size=2))
    def act_on_a_sample_that_is_not_there(self, sample_ids: list[int]) -> None:
        with pytest.raises(LabelFault):
            self._buffer.delete([*sample_ids, 10**6])
        with pytest.raises(LabelFault):
            self._buffer.relabel([*sample_ids, 10**6], None)

    @rule()
    def reopen(self) -> None:
        path = self._buffer.path
        self._buffer.close()
        self._buffer = Buffer.open(path, create=False)

    @invariant()
    def classes_are_those_of_the_model(self) -> None:
        for info in self._buffer.classes(archived=True):
            known = self._classes[info.id]
            assert (info.name, info.shortcut, info.archived) == (known.name, known.shortcut, known.archived)
            assert info.count == sum(
                sample.class_id == info.id and not sample.deleted for sample in self._samples.values()
            )
        living = [id_ for id_, known in self._classes.items() if not known.archived]
        assert sorted(info.id for info in self._buffer.classes()) == living

    @invariant()
    def samples_are_those_of_the_model(self) -> None:
        for deleted in (False, True):
            assert [
                (sample.id, sample.class_id, sample.sha256, sample.role is Role.HOLDOUT)
                for sample in self._buffer.samples(deleted=deleted)
            ] == [
                (id_, sample.class_id, _PICTURES[sample.picture].sha256, sample.held_out)
                for id_, sample in self._samples.items()
                if sample.deleted == deleted
            ]
        live = {id_: sample for id_, sample in self._samples.items() if not sample.deleted}
        assert [sample.id for sample in self._buffer.unlabelled()] == [
            id_ for id_, sample in reversed(live.items()) if sample.class_id is None
        ]
        learnable = {
            id_: sample
            for id_, sample in live.items()
            if sample.class_id is not None and not self._classes[sample.class_id].archived
        }
        assert [
            (member.sample_id, member.class_id, member.role is Role.HOLDOUT) for member in self._buffer.members()
        ] == [(id_, sample.class_id, sample.held_out) for id_, sample in learnable.items()]
        for number, encoded in enumerate(_PICTURES):
            found = self._buffer.has_picture(encoded.sha256)
            there = [id_ for id_, sample in learnable.items() if sample.picture == number]
            assert (found and found.id) == (there[0] if there else None)

    def teardown(self) -> None:
        assert self._buffer.integrity_check() == []
        self._buffer.close()
        self._folder.cleanup()


TestActs = Acts.TestCase
# Acts on classes and samples that are not there yet are filtered out, which at times are many.
TestActs.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

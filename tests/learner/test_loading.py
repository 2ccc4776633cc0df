# SPDX-License-Identifier: Apache-2.0
"""Which backbone a learner begins with, where what the file keeps of one is damaged."""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from learner import backbones, loading
from learner.backbones import BackboneFiles
from learner.buffer import LITERT, PACKAGE, Buffer
from learner.config import LearnerConfig
from learner.engine import Engine
from learner.errors import DamagedProject, EnvironmentFault, MemoryFault
from learner.loading import Loader, choose_backbone
from tests.learner.fakes import INFO, FakeEmbedder, NumPyHead, picture

OTHER = replace(INFO, name="other", sha256="b" * 64)
FILES = {PACKAGE: b"weights", LITERT: b"model"}


def learn(buffer: Buffer, embedder: FakeEmbedder) -> int | None:
    engine = Engine(buffer, embedder, LearnerConfig(steps=3), NumPyHead)
    list(engine.learn("test"))
    return engine.version_id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a version of one backbone, and then one of another."""
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        for kind, name in enumerate("ab"):
            info, burst = buffer.add_class(name), buffer.start_burst("test")
            for number in range(4):
                buffer.add_sample(picture(kind, number), info.id, burst.id)
        for one in (INFO, OTHER):
            buffer.keep_backbone(one, FILES)
            assert learn(buffer, FakeEmbedder(one)) is not None
    return path


def damage(buffer: Buffer, *infos: str) -> None:
    with buffer._writing() as db:
        for sha256 in infos:
            mine = "(SELECT id FROM backbones WHERE sha256 = ?)"
            db.execute(f"UPDATE backbone_files SET data = x'00' WHERE backbone_id = {mine}", (sha256,))


def chosen(buffer: Buffer) -> tuple[str, list[str]]:
    told: list[DamagedProject] = []
    files: BackboneFiles = choose_backbone(buffer, LearnerConfig(), told.append)
    return files.info.sha256, [damage.title for damage in told]


def test_a_damaged_backbone_is_told_and_the_version_before_answers_until_another_is_made(path: Path) -> None:
    with Buffer.open(path) as buffer:
        assert chosen(buffer) == (OTHER.sha256, [])
        damage(buffer, OTHER.sha256)
        assert chosen(buffer) == (INFO.sha256, ["A backbone is damaged"])
        engine = Engine(buffer, FakeEmbedder(), LearnerConfig(steps=3), NumPyHead)
        first = engine.version_id
        assert first is not None
        engine.note_damage()
        assert engine.is_due(), "although that version knows everything there is"
        list(engine.learn("resumed"))
        assert engine.version_id not in {None, first}
        assert engine.version_id == buffer.champion_id()
        assert chosen(buffer) == (INFO.sha256, []), "it is told once"


def test_where_no_backbone_is_whole_it_begins_with_the_one_that_comes_with_the_app(path: Path) -> None:
    with Buffer.open(path) as buffer:
        damage(buffer, INFO.sha256, OTHER.sha256)
        assert chosen(buffer) == (backbones.embedded().info.sha256, ["A backbone is damaged"])


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (MemoryError(), MemoryFault),
        (ImportError("_pywrap_cpu_feature_guard.so: failed to map segment from shared object"), MemoryFault),
        (ImportError("libtensorflow_cc.so.2: cannot open shared object file: Cannot allocate memory"), MemoryFault),
        (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), MemoryFault),
        (RuntimeError("can't start new thread"), MemoryFault),
        (ImportError("libgomp.so.1: cannot allocate memory in static TLS block"), EnvironmentFault),
        (ImportError("No module named 'tensorflow'"), EnvironmentFault),
    ],
)
def test_tensorflow_that_finds_no_memory_to_load_into_is_told_from_one_that_is_broken(
    monkeypatch: pytest.MonkeyPatch, error: Exception, fault: type[EnvironmentFault]
) -> None:
    def load(config: LearnerConfig, embedding_size: int) -> NoReturn:
        raise error

    monkeypatch.setattr(loading, "load_model", load)
    loader = Loader(LearnerConfig())
    loader.begin(8)
    for thread in threading.enumerate():
        if thread.name == "load TensorFlow":
            thread.join()
    assert type(loader.error) is fault


def test_loading_goes_on_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    head, began = NumPyHead(), threading.Event()

    def load(config: LearnerConfig, embedding_size: int) -> NumPyHead:
        began.set()
        return head

    monkeypatch.setattr(loading, "load_model", load)
    loader = Loader(LearnerConfig(), patience=60)
    loader.begin(8)
    assert not began.is_set()
    loader.go_on()
    assert began.wait(60)
    for thread in threading.enumerate():
        if thread.name == "load TensorFlow":
            thread.join()
    assert loader.model(8) is head

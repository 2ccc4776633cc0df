# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from learner import Project, open_project
from learner.errors import EnvironmentFault
from learner.interchange.dataset import ExportProgress
from learner.interchange.embeddings import EmbeddingsReport, export_embeddings
from learner.types import View
from tests.learner.fakes import picture
from tests.learner.interchange.projects import learned

NAMES = ["mug", "Schlüssel [2]"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "desk.showtell"
    learned(path, NAMES, recordings=2)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "desk.npz"


def finish(
    work: Generator[ExportProgress, None, EmbeddingsReport],
) -> tuple[list[ExportProgress], EmbeddingsReport]:
    said = []
    while True:
        try:
            said.append(next(work))
        except StopIteration as end:
            return said, end.value


def test_all_that_is_known_of_each_sample(project: Project, out: Path) -> None:
    held_out = project.buffer.samples()[2]
    project.buffer.hold_out([held_out.id])
    said, report = finish(export_embeddings(project, out))
    assert report == EmbeddingsReport(out, 8, 2, project.backbone.embedding_size)
    assert said[-1].done == said[-1].total == 24
    x, labels = project.embeddings()
    with np.load(out, allow_pickle=False) as stored:
        arrays = dict(stored)
    np.testing.assert_array_equal(arrays["embeddings"], x)
    np.testing.assert_allclose(np.linalg.norm(arrays["mirror"], axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(
        arrays["zoom"], project.vectors([int(id_) for id_ in arrays["sample_ids"]], View.ZOOM)
    )
    assert not np.array_equal(arrays["zoom"], arrays["embeddings"])
    assert arrays["labels"].tolist() == labels
    samples = project.buffer.samples()
    assert arrays["sample_ids"].tolist() == [sample.id for sample in samples]
    assert arrays["label_ids"].tolist() == [sample.class_id for sample in samples]
    assert arrays["recordings"].tolist() == [sample.burst_id for sample in samples]
    assert arrays["held_out"].tolist() == [sample.id == held_out.id for sample in samples]
    taken = [np.datetime64(sample.captured_at.replace(tzinfo=None), "ms") for sample in samples]
    assert np.abs(arrays["captured_at"] - np.array(taken)).max() <= np.timedelta64(1, "ms")
    assert dict(zip(arrays["class_ids"].tolist(), arrays["class_names"].tolist(), strict=True)) == {
        info.id: info.name for info in project.classes()
    }
    assert str(arrays["backbone"]) == project.backbone.name
    assert str(arrays["backbone_sha256"]) == project.backbone.sha256


def test_chunks_make_no_difference(project: Project, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(export_embeddings(project, out))
    monkeypatch.setattr("learner.interchange.embeddings._CHUNK", 3)
    other = out.with_name("other.npz")
    said, _ = finish(export_embeddings(project, other))
    assert [progress.done for progress in said] == [3, 6, 8, 11, 14, 16, 19, 22, 24]
    with np.load(out, allow_pickle=False) as one, np.load(other, allow_pickle=False) as two:
        assert set(one.files) == set(two.files)
        for name in one.files:
            np.testing.assert_array_equal(one[name], two[name])


def test_what_is_new_is_embedded_first_and_what_is_gone_is_left_out(project: Project, out: Path) -> None:
    buffer = project.buffer
    gone, unnamed, broken = (sample.id for sample in buffer.samples()[:3])
    buffer.delete([gone])
    buffer.relabel([unnamed], None)
    pen, cup = buffer.add_class("pen"), buffer.add_class("cup")
    burst = buffer.start_burst("camera")
    new = [buffer.add_sample(picture(3, number), pen.id, burst.id).id for number in range(3)]
    buffer.add_sample(picture(4), cup.id, burst.id)
    buffer.archive_class(cup.id)
    said, report = finish(export_embeddings(project, out))
    assert (report.samples, report.classes) == (9, 3)
    assert said[0].total >= 3
    with np.load(out, allow_pickle=False) as stored:
        assert stored["sample_ids"].tolist()[-3:] == new
        assert broken in stored["sample_ids"]
        assert stored["class_names"].tolist() == [*NAMES, "pen"]


def test_nothing_to_export_and_nothing_written_over(tmp_path: Path, project: Project, out: Path) -> None:
    with open_project(tmp_path / "empty.showtell") as empty, pytest.raises(EnvironmentFault, match="no labelled"):
        finish(export_embeddings(empty, out))
    out.write_text("mine")
    with pytest.raises(EnvironmentFault, match="there already"):
        finish(export_embeddings(project, out))
    assert out.read_text() == "mine"
    work = export_embeddings(project, out.with_name("other.npz"))
    next(work)
    work.close()
    assert os.listdir(out.parent) == ["desk.npz"]


def test_a_sample_that_is_forgotten_meanwhile(project: Project, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.interchange.embeddings._CHUNK", 3)
    work = export_embeddings(project, out)
    next(work)
    project.buffer.delete([sample.id for sample in project.buffer.samples()])
    project.buffer._db.execute("DELETE FROM embeddings")
    with pytest.raises(EnvironmentFault, match="gone"):
        finish(work)
    assert os.listdir(out.parent) == []

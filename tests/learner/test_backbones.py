# SPDX-License-Identifier: Apache-2.0
"""Which backbones there are, on this machine and in a project. Conversion is in `nn/test_backbone`."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learner import backbones
from learner.backbones import EMBEDDED, BackboneFiles, cache_folder, embedded, save
from learner.buffer import LITERT, PACKAGE, Buffer
from learner.errors import BackboneFault, DamagedProject
from learner.files import assets_folder
from learner.types import BackboneInfo
from tests.learner.fakes import INFO

MINE = dataclasses.replace(INFO, name="mine", sha256="abcd" + "1" * 60)
OTHER = dataclasses.replace(INFO, name="other", sha256="abce" + "2" * 60)
GONE = "e" * 64


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's data folder of one's own."""
    monkeypatch.setattr("learner.backbone_cache.data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[Buffer]:
    with Buffer.open(tmp_path / "desk.showtell") as opened:
        yield opened


def put(info: BackboneInfo, source: bytes = b"source") -> None:
    """Leave a backbone in the data folder as if it had been added."""
    model, package = f"model of {info.name}".encode(), f"package of {info.name}".encode()
    save(cache_folder(), info.sha256[:32], model, info, package, [hashlib.sha256(source).hexdigest()])


def damage(suffix: str) -> None:
    [path] = cache_folder().glob(f"*{suffix}")
    path.write_bytes(b"something else")


def test_there_is_the_embedded_one_and_what_was_added() -> None:
    assert backbones.registered() == [embedded()]
    put(OTHER)
    put(MINE)
    put(embedded().info)
    names = [files.info.name for files in backbones.registered()]
    assert names[0] == EMBEDDED
    assert sorted(names[1:]) == ["mine", "other"], "each once"


@pytest.mark.parametrize("suffix", [".json", ".tflite"])
def test_damaged_ones_are_not_there(suffix: str) -> None:
    put(MINE)
    damage(suffix)
    assert backbones.registered() == [embedded()]
    with pytest.raises(BackboneFault):
        backbones.find(MINE.sha256)


@pytest.mark.parametrize("wanted", ["mine", "abcd", "ABCD1", MINE.sha256])
def test_one_is_found_by_its_name_and_by_its_hash(wanted: str) -> None:
    put(MINE)
    put(OTHER)
    assert backbones.named(wanted) == BackboneFiles(MINE, b"model of mine")
    assert backbones.named(EMBEDDED) == embedded()


def test_a_name_that_means_nothing_is_told_what_there_is() -> None:
    put(MINE)
    with pytest.raises(BackboneFault, match=f"mine \\({MINE.sha256[:12]}\\)") as caught:
        backbones.named("yours")
    assert EMBEDDED in caught.value.happened
    assert ".showtell-backbone file" in caught.value.remedy
    with pytest.raises(BackboneFault, match="no such backbone"):
        backbones.named("a")


def test_what_may_mean_two_is_told() -> None:
    put(MINE)
    put(dataclasses.replace(OTHER, name="mine"))
    with pytest.raises(BackboneFault, match="Which backbone is meant") as caught:
        backbones.named("mine")
    assert MINE.sha256[:12] in caught.value.happened
    assert OTHER.sha256[:12] in caught.value.happened
    assert backbones.named("abce").info.sha256 == OTHER.sha256


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BackboneFault, match="cannot be read"):
        backbones.named(str(tmp_path / "mine.keras"))


def test_a_file_that_was_added_is_known_again_whatever_its_name(tmp_path: Path) -> None:
    put(MINE, b"what lies in the file")
    path = tmp_path / "renamed.showtell-backbone"
    path.write_bytes(b"what lies in the file")
    assert backbones.add(path, on_conversion=lambda: pytest.fail("it was converted")).info == MINE
    assert backbones.named(str(path)).info == MINE


def test_a_cache_without_a_package_still_serves_and_is_not_taken_for_trainable() -> None:
    save(cache_folder(), "old", b"model", MINE)
    assert backbones.find(MINE.sha256) == BackboneFiles(MINE, b"model")
    with pytest.raises(BackboneFault, match="cannot be trained") as caught:
        backbones.trainable(MINE.sha256, None)
    assert "showtell backbone add" in caught.value.remedy


def test_the_embedded_one_is_trained_from_its_keras_file_and_kept_by_no_project(buffer: Buffer) -> None:
    path = assets_folder() / f"{EMBEDDED}.keras"
    assert backbones.trainable(embedded().info.sha256, buffer) == (path.name, path.read_bytes())
    assert backbones.project_files(embedded(), buffer) == {}


def test_any_other_is_trained_from_its_package_and_kept() -> None:
    put(MINE)
    name, content = backbones.trainable(MINE.sha256, None)
    assert (Path(name).suffix, content) == (".showtell-backbone", b"package of mine")
    kept = backbones.project_files(backbones.find(MINE.sha256))
    assert kept == {PACKAGE: b"package of mine", LITERT: b"model of mine"}
    damage(".showtell-backbone")
    with pytest.raises(BackboneFault, match="cannot be trained"):
        backbones.trainable(MINE.sha256, None)


def test_what_a_project_keeps_comes_first(buffer: Buffer) -> None:
    put(MINE)
    buffer.keep_backbone(MINE, {PACKAGE: b"its package", LITERT: b"its model"})
    assert backbones.files_of(MINE.sha256, buffer) == BackboneFiles(MINE, b"its model")
    assert backbones.trainable(MINE.sha256, buffer)[1] == b"its package"
    assert backbones.files_of(embedded().info.sha256, buffer) == embedded()


def test_what_a_project_alone_keeps_can_be_named_and_kept_again(buffer: Buffer) -> None:
    buffer.keep_backbone(OTHER, {PACKAGE: b"its package", LITERT: b"its model"})
    files = backbones.named("other", buffer)
    assert files == BackboneFiles(OTHER, b"its model")
    assert backbones.project_files(files, buffer) == {PACKAGE: b"its package", LITERT: b"its model"}
    with pytest.raises(BackboneFault):
        backbones.named("other")


def test_what_is_damaged_in_a_project_may_be_whole_on_this_machine(buffer: Buffer) -> None:
    buffer.keep_backbone(MINE, {PACKAGE: b"its package", LITERT: b"its model"})
    with buffer._writing() as db:
        db.execute("UPDATE backbone_files SET data = x'00'")
    with pytest.raises(DamagedProject):
        backbones.files_of(MINE.sha256, buffer)
    put(MINE)
    assert backbones.files_of(MINE.sha256, buffer).model == b"model of mine"
    assert backbones.trainable(MINE.sha256, buffer)[1] == b"package of mine"


def test_what_nobody_has_is_said(buffer: Buffer) -> None:
    for ask in (backbones.files_of, backbones.trainable):
        with pytest.raises(BackboneFault, match=GONE[:12]):
            ask(GONE, buffer)


def test_one_backbone_in_two_files_is_converted_once(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    import keras

    from learner.nn import package

    entry = keras.Input((32, 32, 3))
    model = keras.Model(entry, keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3)(entry)))
    path, copy = tmp_path / "mine.keras", tmp_path / "copy.showtell-backbone"
    model.save(path)
    began: list[datetime] = []
    first = backbones.add(path, lambda: began.append(datetime.now(UTC)))
    name, content = backbones.trainable(first.info.sha256, None)
    copy.write_bytes(content)
    assert backbones.add(copy) == first
    assert backbones.add(path) == first
    assert len(began) == 1
    assert [card.suffix for card in sorted(cache_folder().iterdir())] == [".json", ".showtell-backbone", ".tflite"]
    assert len(json.loads(next(cache_folder().glob("*.json")).read_text())["sources"]) == 2
    assert package.unpack(content, name)[1] == first.info

    for damaged in (".showtell-backbone", ".tflite"):
        damage(damaged)
        assert backbones.add(path) == first
        assert backbones.trainable(first.info.sha256, None)[1] == content, "made anew, to the byte"

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from learner.backbones import EMBEDDED, BackboneFiles, add, embedded, find
from learner.embedder import LiteRTEmbedder
from learner.errors import BackboneFault
from learner.files import assets_folder
from tests.learner.fakes import picture

pytest.importorskip("tensorflow")

import keras

from learner.nn import backbone
from learner.preprocessing import model_input


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(8, 3, activation="relu"),
            keras.layers.BatchNormalization(),
        ]
    )
    path = tmp_path_factory.mktemp("keras") / "harmless.keras"
    model.save(path)
    return path


def edited(source: Path, target: Path, edit: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
    return target


def with_config(source: Path, target: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    def edit(name: str, content: bytes) -> bytes:
        if name != "config.json":
            return content
        config = json.loads(content)
        change(config)
        return json.dumps(config).encode()

    return edited(source, target, edit)


def with_weights(source: Path, target: Path, change: Callable[[h5py.File], None]) -> Path:
    def edit(name: str, content: bytes) -> bytes:
        if name != "model.weights.h5":
            return content
        file = target.with_suffix(".h5")
        file.write_bytes(content)
        with h5py.File(file, "r+") as store:
            change(store)
        return file.read_bytes()

    return edited(source, target, edit)


def first_array(store: h5py.File) -> h5py.Dataset:
    found: list[h5py.Dataset] = []
    store.visititems(lambda _, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
    return found[0]


def test_a_network_is_described_pooled_and_converted(harmless: Path) -> None:
    model = backbone.load(harmless)
    info = backbone.describe(model, "harmless")
    assert (info.input_size, info.embedding_size, info.low, info.high) == (32, 8, 0.0, 255.0)
    embedder = LiteRTEmbedder(backbone.convert(model, info), info)
    image = model_input(picture(1), 32)
    wanted = np.asarray(model(image[None, :, :, ::-1].astype(np.float32)))[0]
    assert np.allclose(embedder.embed(image), wanted, rtol=1e-3, atol=1e-4)


def test_other_preprocessing_makes_another_backbone() -> None:
    entry = keras.Input((32, 32, 3))

    def sha256(*scaling: keras.layers.Layer) -> str:
        x = entry
        for layer in scaling:
            x = layer(x)
        pooled = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3, kernel_initializer="ones")(x))
        return backbone.describe(keras.Model(entry, pooled), "scaled").sha256

    layers = keras.layers
    found = [
        sha256(layers.Rescaling(1 / 255)),
        sha256(layers.Rescaling(1 / 127.5, -1)),
        sha256(layers.Rescaling(1 / 127.5)),
        sha256(layers.Normalization(mean=[0.5, 0.5, 0.5], variance=[0.1, 0.1, 0.1])),
        sha256(layers.Normalization(mean=[0.4, 0.5, 0.5], variance=[0.1, 0.1, 0.1])),
        sha256(),
    ]
    assert len(set(found)) == len(found)
    assert found[0] == sha256(layers.Rescaling(1 / 255))


def test_the_embedded_conversion_is_that_of_the_embedded_weights() -> None:
    files = embedded()
    model = backbone.load(assets_folder() / f"{EMBEDDED}.keras")
    assert backbone.describe(model, files.info.name) == files.info
    image = model_input(picture(1), files.info.input_size)
    wanted = np.asarray(model.predict_on_batch(image[None, :, :, ::-1].astype(np.float32)))[0]
    got = LiteRTEmbedder(files.model, files.info).embed(image)
    assert np.linalg.norm(got - wanted) < 1e-3 * np.linalg.norm(wanted)


def test_the_first_use_is_converted_and_the_next_is_not(
    harmless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learner.backbones.cache_folder", lambda: tmp_path / "cache")
    conversions: list[BackboneFiles | None] = []
    first = add(harmless, lambda: conversions.append(None))
    renamed = tmp_path / "renamed.keras"
    shutil.copy(harmless, renamed)
    again = add(renamed, lambda: conversions.append(None))
    assert len(conversions) == 1
    assert again == first


def test_code_in_the_file_is_refused(harmless: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Lambda(lambda x: x)])
    path = tmp_path / "lambda.keras"
    model.save(path)
    with pytest.raises(BackboneFault, match="not a plain layer"):
        backbone.load(path)

    def call_out(config: dict[str, Any]) -> None:
        config["config"]["layers"].append(
            {"module": "os", "class_name": "system", "config": {"command": f"touch {ran}"}, "registered_name": None}
        )

    with pytest.raises(BackboneFault, match="not a plain layer"):
        backbone.load(with_config(harmless, tmp_path / "os.keras", call_out))
    assert not ran.exists()


@pytest.mark.parametrize("kind", ["TFSMLayer", "TorchModuleWrapper", "StringLookup", "Lambda"])
def test_layers_that_load_or_run_things_are_refused(harmless: Path, tmp_path: Path, kind: str) -> None:
    def swap(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["class_name"] = kind

    with pytest.raises(BackboneFault, match=kind):
        backbone.load(with_config(harmless, tmp_path / "swap.keras", swap))


def test_weights_that_point_elsewhere_are_refused(harmless: Path, tmp_path: Path) -> None:
    def link(store: h5py.File) -> None:
        name = first_array(store).name
        del store[name]
        store[name] = h5py.ExternalLink("/etc/passwd", "/x")

    with pytest.raises(BackboneFault, match="another place"):
        backbone.load(with_weights(harmless, tmp_path / "link.keras", link))

    def external(store: h5py.File) -> None:
        array = first_array(store)
        name, shape = array.name, array.shape
        del store[name]
        store.create_dataset(name, shape, "f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)])

    with pytest.raises(BackboneFault, match="not plain arrays"):
        backbone.load(with_weights(harmless, tmp_path / "external.keras", external))


def test_weights_that_do_not_fit_or_are_not_numbers_are_refused(harmless: Path, tmp_path: Path) -> None:
    def reshape(store: h5py.File) -> None:
        name = first_array(store).name
        del store[name]
        store[name] = np.zeros((2, 2), np.float32)

    with pytest.raises(BackboneFault, match="do not fit"):
        backbone.load(with_weights(harmless, tmp_path / "shape.keras", reshape))

    def poison(store: h5py.File) -> None:
        first_array(store)[...] = np.nan

    with pytest.raises(BackboneFault, match="not numbers"):
        backbone.load(with_weights(harmless, tmp_path / "nan.keras", poison))


def test_weights_that_would_take_for_ever_or_all_the_memory_are_refused(harmless: Path, tmp_path: Path) -> None:
    def repeat(store: h5py.File) -> None:
        group = store.create_group("more")
        for _ in range(30):
            inner = group.create_group("a")
            group["b"] = inner
            group = inner

    with pytest.raises(BackboneFault, match="not a plain tree"):
        backbone.load(with_weights(harmless, tmp_path / "tree.keras", repeat))

    def swell(store: h5py.File) -> None:
        store.create_dataset("more", (2**28 + 1,), "f4", chunks=(2**20,), compression="gzip")

    with pytest.raises(BackboneFault, match="more than"):
        backbone.load(with_weights(harmless, tmp_path / "swell.keras", swell))


def test_a_configuration_without_end_is_refused(harmless: Path, tmp_path: Path) -> None:
    def edit(name: str, content: bytes) -> bytes:
        return b"[" * 100_000 + b"]" * 100_000 if name == "config.json" else content

    with pytest.raises(BackboneFault):
        backbone.load(edited(harmless, tmp_path / "deep.keras", edit))


def test_a_damaged_conversion_is_made_anew(harmless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learner.backbones.cache_folder", lambda: tmp_path / "cache")
    first = add(harmless)
    (tmp_path / "cache" / "broken.json").write_text("{}")
    assert find(first.info.sha256) == first, "another one's damage does not matter"
    [converted] = (tmp_path / "cache").glob("*.tflite")
    converted.write_bytes(first.model[:100])
    with pytest.raises(BackboneFault):
        find(first.info.sha256)
    anew = add(harmless)
    assert anew.info == first.info
    assert find(first.info.sha256) == anew


def test_a_cache_that_cannot_be_written_is_said(
    harmless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    monkeypatch.setattr("learner.backbones.cache_folder", lambda: tmp_path / "cache")
    with pytest.raises(BackboneFault, match="cannot be written to"):
        add(harmless)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip at all"])
def test_what_is_no_keras_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.keras"
    path.write_bytes(content)
    with pytest.raises(BackboneFault, match="cannot be read"):
        backbone.load(path)


def test_a_network_that_takes_no_pictures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dense.keras"
    keras.Sequential([keras.Input((7,)), keras.layers.Dense(3)]).save(path)
    with pytest.raises(BackboneFault, match="does not take square RGB pictures"):
        backbone.load(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BackboneFault, match="cannot be read"):
        add(tmp_path / "nowhere.keras")


def test_networks_that_answer_in_other_shapes_are_refused(tmp_path: Path) -> None:
    entry = keras.Input((32, 32, 3))
    pooled = keras.layers.GlobalAveragePooling2D()(entry)
    keras.Model(entry, {"a": pooled, "b": pooled}).save(tmp_path / "dict.keras")
    with pytest.raises(BackboneFault):
        backbone.load(tmp_path / "dict.keras")
    whole = keras.Input((32, 32, 3), dtype="uint8")
    keras.Model(whole, keras.layers.GlobalAveragePooling2D()(keras.layers.Rescaling(1.0)(whole))).save(
        tmp_path / "uint8.keras"
    )
    model = backbone.load(tmp_path / "uint8.keras")
    with pytest.raises(BackboneFault, match="cannot be converted"):
        backbone.convert(model, backbone.describe(model, "uint8"))


def test_a_conversion_prints_nothing(harmless: Path, capfd: pytest.CaptureFixture[str]) -> None:
    model = backbone.load(harmless)
    backbone.convert(model, backbone.describe(model, "harmless"))
    assert capfd.readouterr() == ("", "")

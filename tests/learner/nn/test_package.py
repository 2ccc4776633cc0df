# SPDX-License-Identifier: Apache-2.0
"""`.showtell-backbone` files: what goes in comes out, and what a stranger put in does not."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learner.errors import BackboneFault
from learner.types import BackboneInfo

pytest.importorskip("tensorflow")

import keras

from learner.nn import backbone, package

NAME = "tiny.showtell-backbone"
Edit = Callable[[dict[str, bytes]], object]


def tiny(scale: float = 1 / 255) -> keras.Model:
    entry = keras.Input((32, 32, 3))
    x = keras.layers.Rescaling(scale)(entry)
    x = keras.layers.BatchNormalization()(keras.layers.Conv2D(4, 3, strides=4)(x))
    x = keras.layers.Dropout(0.2)(keras.layers.ReLU()(x))
    return keras.Model(entry, keras.layers.GlobalAveragePooling2D()(x))


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return tiny()


@pytest.fixture(scope="module")
def info(model: keras.Model) -> BackboneInfo:
    return backbone.describe(model, "tiny")


@pytest.fixture(scope="module")
def packed(model: keras.Model, info: BackboneInfo) -> bytes:
    return package.pack(model, info)


def contents(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def edited(packed: bytes, edit: Edit) -> bytes:
    """Return a package as somebody makes it who knows the format, and puts in something else."""
    entries = contents(packed)
    edit(entries)
    return zipped(entries)


def with_card(packed: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    def edit(entries: dict[str, bytes]) -> None:
        card = json.loads(entries["backbone.json"])
        change(card)
        entries["backbone.json"] = json.dumps(card).encode()

    return edited(packed, edit)


def with_architecture(packed: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Change the network and the hash that is kept of it."""

    def edit(entries: dict[str, bytes]) -> None:
        config = json.loads(entries["architecture.json"])
        change(config)
        entries["architecture.json"] = json.dumps(config).encode()
        card = json.loads(entries["backbone.json"])
        card["architecture_sha256"] = hashlib.sha256(entries["architecture.json"]).hexdigest()
        entries["backbone.json"] = json.dumps(card).encode()

    return edited(packed, edit)


def set_filters(config: dict[str, Any], number: int) -> None:
    """Change how many numbers the convolution gives, and let the layers behind it follow."""
    for layer in config["config"]["layers"]:
        layer.pop("build_config", None)
        if layer["class_name"] == "Conv2D":
            layer["config"]["filters"] = number


def with_array(packed: bytes, content: bytes) -> bytes:
    """Put other numbers in the place of the first array, with the hash that they have."""

    def edit(entries: dict[str, bytes]) -> None:
        entries["arrays/0000"] = content
        card = json.loads(entries["backbone.json"])
        card["arrays"][0]["sha256"] = hashlib.sha256(content).hexdigest()
        entries["backbone.json"] = json.dumps(card).encode()

    return edited(packed, edit)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), scale=st.sampled_from([1 / 255, 1 / 127.5]))
def test_what_is_packed_is_unpacked(seed: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    model = tiny(scale)
    for variable in model.weights:
        variable.assign(random.random(variable.shape, np.float32))
    info = backbone.describe(model, "tiny")
    packed = package.pack(model, info, made_from="a" * 64)
    again, told = package.unpack(packed, NAME)
    pictures = (255 * random.random((2, 32, 32, 3))).astype(np.float32)
    assert told == info
    assert np.array_equal(again.predict_on_batch(pictures), model.predict_on_batch(pictures))
    assert package.pack(again, told, made_from="a" * 64) == packed


def test_the_card_says_what_it_is(model: keras.Model, info: BackboneInfo) -> None:
    packed = package.pack(model, info, made_from="a" * 64, card="Made for a test.")
    card = json.loads(contents(packed)["backbone.json"])
    assert card["backbone"] == asdict(info)
    assert (card["format"], card["made_from"], card["card"]) == (1, "a" * 64, "Made for a test.")
    assert package.unpack(packed, NAME)[1] == info


def test_a_package_and_a_keras_file_give_the_same_model(
    model: keras.Model, info: BackboneInfo, packed: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("keras") / "tiny.keras"
    model.save(path)
    for name, content in ((NAME, packed), (path.name, path.read_bytes())):
        assert backbone.describe(package.model_from(name, content), "tiny") == info


def test_a_network_that_could_not_be_read_again_is_not_packed(info: BackboneInfo) -> None:
    model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Lambda(lambda x: x)])
    with pytest.raises(BackboneFault, match="not a plain layer"):
        package.pack(model, info)


@pytest.mark.parametrize("name", ["backbone.json", "architecture.json", "arrays/0000"])
def test_what_is_missing_or_not_what_was_written_is_refused(packed: bytes, name: str) -> None:
    with pytest.raises(BackboneFault, match="cannot be read"):
        package.unpack(edited(packed, lambda entries: entries.pop(name)), NAME)

    def change(entries: dict[str, bytes]) -> None:
        entries[name] = bytes([entries[name][0] ^ 1]) + entries[name][1:]

    with pytest.raises(BackboneFault, match="cannot be read"):
        package.unpack(edited(packed, change), NAME)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_does_not_matter(data: st.DataObject, packed: bytes, info: BackboneInfo) -> None:
    place = data.draw(st.integers(0, len(packed) - 1))
    damaged = packed[:place] + bytes([packed[place] ^ data.draw(st.integers(1, 255))]) + packed[place + 1 :]
    try:
        told = package.unpack(damaged, NAME)[1]
    except BackboneFault:
        return
    assert told == info, "only what nobody reads, like the time an entry was made"


@pytest.mark.parametrize("length", [0, 10, 22, 1000])
def test_half_a_file_is_refused(packed: bytes, length: int) -> None:
    with pytest.raises(BackboneFault, match="cannot be read"):
        package.unpack(packed[:length], NAME)


def test_other_weights_than_the_card_says_are_another_backbone(packed: bytes) -> None:
    first = np.frombuffer(contents(packed)["arrays/0000"], "<f4")
    with pytest.raises(BackboneFault, match="not the backbone that it says it is"):
        package.unpack(with_array(packed, (first + 1).astype("<f4").tobytes()), NAME)


def test_a_card_that_says_something_else_is_refused(packed: bytes, info: BackboneInfo) -> None:
    for wrong in (replace(info, sha256="0" * 64), replace(info, low=-1.0), replace(info, embedding_size=5)):
        told = asdict(wrong)
        with pytest.raises(BackboneFault, match="not the backbone that it says it is"):
            package.unpack(with_card(packed, partial(dict.update, backbone=told)), NAME)


@pytest.mark.parametrize("name", ["", "x" * 1000, "a\x1b[31mb", 7])
def test_a_name_that_is_none_is_refused(packed: bytes, name: object) -> None:
    with pytest.raises(BackboneFault, match="no proper name"):
        package.unpack(with_card(packed, lambda card: card["backbone"].update(name=name)), NAME)


def test_a_newer_format_is_not_called_damaged(packed: bytes) -> None:
    with pytest.raises(BackboneFault, match="format 2") as caught:
        package.unpack(with_card(packed, lambda card: card.update(format=2)), NAME)
    assert "Update Showtell" in caught.value.remedy


def test_weights_that_are_not_numbers_are_refused(packed: bytes) -> None:
    first = np.frombuffer(contents(packed)["arrays/0000"], "<f4").copy()
    first[0] = np.nan
    with pytest.raises(BackboneFault, match="not numbers"):
        package.unpack(with_array(packed, first.tobytes()), NAME)


def test_a_pickle_is_never_opened(packed: bytes) -> None:
    file = io.BytesIO()
    np.save(file, np.array([print], object), allow_pickle=True)

    def as_array(entries: dict[str, bytes]) -> None:
        entries["arrays/0000.npy"] = file.getvalue()

    with pytest.raises(BackboneFault, match="not those that it lists"):
        package.unpack(edited(packed, as_array), NAME)
    with pytest.raises(BackboneFault, match="another size than its shape"):
        package.unpack(with_array(packed, file.getvalue()), NAME)
    with pytest.raises(BackboneFault, match="an array is of 'object'"):
        package.unpack(with_card(packed, lambda card: card["arrays"][0].update(dtype="object")), NAME)


@pytest.mark.parametrize("name", ["../../outside", "/etc/outside", "C:\\outside", "arrays/9999", "arrays/../x"])
def test_nothing_else_may_be_in_it(packed: bytes, name: str) -> None:
    def put(entries: dict[str, bytes]) -> None:
        entries[name] = b"anything"

    with pytest.raises(BackboneFault, match="not those that it lists"):
        package.unpack(edited(packed, put), NAME)
    with pytest.raises(BackboneFault, match="not those that it lists"):
        package.unpack(with_card(packed, lambda card: card["arrays"][0].update(name=name)), NAME)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_twice_is_refused(packed: bytes) -> None:
    file = io.BytesIO(packed)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("arrays/0000", b"another one")
    with pytest.raises(BackboneFault, match="twice"):
        package.unpack(file.getvalue(), NAME)


@pytest.mark.parametrize("shape", [[2**40, 2**40], [10**9], [-1], [1.5], [True], ["3"], "33", [[3]], [1] * 9])
def test_shapes_that_no_array_has_are_refused(packed: bytes, shape: object) -> None:
    with pytest.raises(BackboneFault, match=r"shape|too much|another size"):
        package.unpack(with_card(packed, lambda card: card["arrays"][0].update(shape=shape)), NAME)


def test_a_network_larger_than_its_weights_is_not_built(packed: bytes) -> None:
    with pytest.raises(BackboneFault, match="more than they should"):
        package.unpack(with_architecture(packed, lambda config: set_filters(config, 10**11)), NAME)


def test_a_network_that_takes_too_much_for_a_picture_is_not_built(packed: bytes) -> None:
    def pad(config: dict[str, Any]) -> None:
        layers = config["config"]["layers"]
        layers[0]["config"]["batch_shape"] = [None, 500_000, 500_000, 3]

    with pytest.raises(BackboneFault, match="too much memory"):
        package.unpack(with_architecture(packed, pad), NAME)


def test_weights_for_another_network_are_refused(packed: bytes) -> None:
    with pytest.raises(BackboneFault, match="do not fit"):
        package.unpack(with_architecture(packed, lambda config: set_filters(config, 2)), NAME)


def test_code_in_the_architecture_is_refused(packed: bytes) -> None:
    def swap(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["class_name"] = "Lambda"

    with pytest.raises(BackboneFault, match="not a plain layer"):
        package.unpack(with_architecture(packed, swap), NAME)


def test_an_architecture_without_end_is_refused(packed: bytes) -> None:
    def nest(entries: dict[str, bytes]) -> None:
        entries["architecture.json"] = b"[" * 100_000 + b"]" * 100_000
        card = json.loads(entries["backbone.json"])
        card["architecture_sha256"] = hashlib.sha256(entries["architecture.json"]).hexdigest()
        entries["backbone.json"] = json.dumps(card).encode()

    with pytest.raises(BackboneFault):
        package.unpack(edited(packed, nest), NAME)


def test_bombs_are_refused_before_they_go_off(packed: bytes) -> None:
    with pytest.raises(BackboneFault, match="compressed"):
        package.unpack(zipped({**contents(packed), "zeros": bytes(10**6)}, zipfile.ZIP_DEFLATED), NAME)
    with pytest.raises(BackboneFault, match="too large"):
        package.unpack(edited(packed, lambda entries: entries.update({"backbone.json": b" " * 5 * 2**20})), NAME)
    many = zipped({str(number): b"" for number in range(10_000)})
    with pytest.raises(BackboneFault, match="too many entries"):
        package.unpack(many, NAME)
    with pytest.raises(BackboneFault, match="Zip64"):
        package.unpack(packed[:-22] + b"PK\x06\x07" + bytes(16) + packed[-22:], NAME)


def test_entries_that_share_their_bytes_are_refused(packed: bytes) -> None:
    """As in D. Fifield's bomb (2019): many entries of the directory name the same place."""
    end = packed.rindex(b"PK\x05\x06")
    start = int.from_bytes(packed[end + 16 : end + 20], "little")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
    at = packed.index(b"PK\x01\x02", packed.rindex(largest.filename.encode(), start) - 46)
    record = packed[at : at + 46 + len(largest.filename)]
    copies = b"".join(record[:46] + b"%04d" % number + record[50:] for number in range(500))
    directory = packed[start:end] + copies
    count = (int.from_bytes(packed[end + 10 : end + 12], "little") + 500).to_bytes(2, "little")
    tail = packed[end : end + 8] + count + count + len(directory).to_bytes(4, "little") + packed[end + 16 :]
    with pytest.raises(BackboneFault, match="more than it is"):
        package.unpack(packed[:start] + directory + tail, NAME)

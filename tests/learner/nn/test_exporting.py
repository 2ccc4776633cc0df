# SPDX-License-Identifier: Apache-2.0
"""One model that answers as the app does, and what converters make of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.backbones import trainable
from learner.buffer import Buffer
from learner.interchange.models import Served
from learner.preprocessing import model_input, views
from learner.types import BackboneInfo, View
from tests.learner.desk import look
from tests.learner.exports import SIZE, rgb, tiny_backbone, tiny_project

pytest.importorskip("tensorflow")

import keras

from learner.nn import exported, exporting

PICTURES = [model_input(look(kind, 50 + number), SIZE) for kind in range(3) for number in range(4)]


@pytest.fixture(scope="module")
def tiny() -> tuple[BackboneInfo, dict[str, bytes]]:
    return tiny_backbone()


@pytest.fixture(scope="module")
def project(tiny: tuple[BackboneInfo, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_project(tmp_path_factory.mktemp("project") / "desk.showtell", *tiny)


def model_of(project: Path, batch: int | None = None) -> tuple[keras.Model, NDArray[np.float32]]:
    """Return the model of the version in use, and what the app says of the pictures (n, classes)."""
    with Buffer.open(project) as buffer:
        served = Served.of(buffer, buffer.champion_id())
        info = served.files.info
        model = exporting.serving_model(trainable(info.sha256, buffer), info, served.head, batch)
        said = [served.serving.predict(picture).probabilities for picture in PICTURES]
    return model, np.array([[shares[label] for label in served.labels] for shares in said], np.float32)


def test_the_model_answers_as_the_app_does(project: Path) -> None:
    model, wanted = model_of(project)
    assert np.ptp(wanted, axis=0).max() > 0.1, "it tells the pictures apart"
    got = np.asarray(model(np.stack([rgb(picture) for picture in PICTURES])))
    assert np.abs(got - wanted).max() < 1e-4


@pytest.mark.parametrize("size", [36, 97, 160])
def test_the_zoom_is_scaled_as_opencv_scales_it(size: int) -> None:
    noise = np.random.default_rng(size).integers(0, 256, (size, size, 3)).astype(np.uint8)
    [got] = np.asarray(exporting._zoom(noise[None].astype(np.float32), size))
    assert (got != views(noise, size)[View.ZOOM]).mean() < 1e-4


@pytest.mark.slow
@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("scaled", [False, True])
def test_whatever_the_backbone_is(scaled: bool, mirror: bool, tmp_path: Path) -> None:
    info, files = tiny_backbone(non_negative=False, scaled=scaled)
    assert not info.non_negative
    assert info.low == (-1 if scaled else 0)
    model, wanted = model_of(tiny_project(tmp_path / "desk.showtell", info, files, mirror=mirror))
    got = np.asarray(model(np.stack([rgb(picture) for picture in PICTURES])))
    assert np.abs(got - wanted).max() < 1e-4


def test_a_keras_file_needs_nothing_of_ours(project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    model, wanted = model_of(project)
    exporting.write_keras(model, tmp_path / "desk.keras")
    assert [path.name for path in tmp_path.iterdir()] == ["desk.keras"]
    assert b"learner" not in (tmp_path / "desk.keras").read_bytes()
    answer = exported.open_keras(tmp_path / "desk.keras")
    assert np.abs(np.array([answer(rgb(picture)) for picture in PICTURES]) - wanted).max() < 1e-4
    assert capfd.readouterr() == ("", "")


def saved_model(model: keras.Model, path: Path) -> None:
    exporting.write_saved_model(model, path)


def onnx(model: keras.Model, path: Path) -> None:
    pytest.importorskip("tf2onnx")
    exporting.write_onnx(model, path)


def litert(model: keras.Model, path: Path) -> None:
    exporting.write_litert(model, path)


def float16(model: keras.Model, path: Path) -> None:
    exporting.write_litert(model, path, half=True)


def int8(model: keras.Model, path: Path) -> None:
    exporting.write_litert(model, path, calibration=[rgb(picture)[None] for picture in PICTURES])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "read", "batch", "near"),
    [
        (saved_model, exported.open_saved_model, None, 1e-4),
        (onnx, exported.open_onnx, None, 1e-4),
        (litert, exported.open_litert, 1, 1e-4),
        (float16, exported.open_litert, 1, 2e-2),
        (int8, exported.open_litert, 1, 0.3),
    ],
)
def test_each_format_answers_alike_and_its_converter_is_tidy(
    write: Callable[[keras.Model, Path], None],
    read: Callable[[Path], exported.Answerer],
    batch: int | None,
    near: float,
    project: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    model, wanted = model_of(project, batch)
    capfd.readouterr()
    write(model, tmp_path / "model")
    assert capfd.readouterr() == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    answer = read(tmp_path / "model")
    got = np.array([answer(rgb(picture)) for picture in PICTURES])
    assert np.abs(got - wanted).max() < near
    assert (got.argmax(axis=1) == wanted.argmax(axis=1)).mean() > 0.9
    assert got.sum(axis=1) == pytest.approx(np.ones(len(got)), abs=1e-3)

# SPDX-License-Identifier: Apache-2.0
"""The recipe of the embedded backbone, on pictures and teachers made for the moment."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner.cv import cv2
from learner.errors import UsageFault

pytest.importorskip("tensorflow")

import keras

from learner.nn import backbone

RECIPE = Path(__file__).parents[3] / "packaging" / "backbone"
SIDE = 32


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Import a module of the recipe, whose folder is no package."""
    monkeypatch.syspath_prepend(str(RECIPE))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == RECIPE:
            del sys.modules[name]


@pytest.fixture
def views(recipe: Callable[[str], Any]) -> Any:
    return recipe("views")


def write_pictures(folder: Path, count: int, colour: tuple[int, int, int], seed: int) -> None:
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    for number in range(count):
        noise = random.integers(-40, 40, (40, 48, 3))
        cv2.imwrite(str(folder / f"{number}.png"), np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8))


def tiny_network() -> keras.Model:
    entry = keras.Input((SIDE, SIDE, 3))
    x = keras.layers.Conv2D(12, 3, strides=2, use_bias=False)(keras.layers.Rescaling(1 / 255)(entry))
    x = keras.layers.ReLU()(keras.layers.BatchNormalization()(x))
    return keras.Model(entry, keras.layers.GlobalAveragePooling2D()(x))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    write_pictures(folder / "named" / "blue", 10, (200, 60, 60), 0)
    write_pictures(folder / "named" / "red", 10, (60, 60, 200), 1)
    write_pictures(folder / "others" / "blue", 3, (220, 90, 90), 2)
    write_pictures(folder / "flat", 6, (90, 160, 90), 3)
    return folder


def test_classes_of_different_folders_are_different_ones(views: Any, pictures: Path) -> None:
    (named, others, flat), classes = views.read([pictures / name for name in ("named", "others", "flat")], 0.1, 0)
    assert classes == 3
    assert not set(named.labels) & set(others.labels)
    assert set(flat.labels) == {views.NO_LABEL}
    assert [int(folder.held_out.sum()) for folder in (named, others, flat)] == [2, 0, 0]
    assert set(named.labels[named.held_out]) == set(named.labels)


def test_a_folder_without_pictures_is_refused(views: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageFault):
        views.read([tmp_path], 0.1, 0)
    with pytest.raises(UsageFault):
        views.read([tmp_path / "absent"], 0.1, 0)


def test_what_is_held_out_is_never_shown_and_teachers_judge_what_the_student_sees(views: Any, tmp_path: Path) -> None:
    write_pictures(tmp_path / "a" / "dark", 9, (50, 50, 50), 0)
    cv2.imwrite(str(tmp_path / "a" / "dark" / "bright.png"), np.full((40, 40, 3), 255, np.uint8))
    files = views.read([tmp_path / "a"], 0.0, 0)[0][0]
    held_out = np.array([file.name == "bright.png" for file in files.files])
    source = views.Source(
        [views.Pictures("a", files.files, files.labels, held_out)],
        SIDE,
        0.0,
        lambda seen: (seen.mean(axis=(1, 2, 3))[:, None].astype(np.float32),),
    )
    drawn = source.draw(60, np.random.default_rng(0))
    again = source.draw(60, np.random.default_rng(0))
    assert drawn.pictures.mean(axis=(1, 2, 3)).max() < 150
    assert np.array_equal(drawn.pictures, again.pictures)
    assert len({picture.tobytes() for picture in drawn.pictures}) == 60
    pool = views.Pool(drawn)
    pool.replace(source.draw(20, np.random.default_rng(1)))
    seen = pool.batch(40, np.random.default_rng(2))
    assert np.allclose(seen.answers[0][:, 0], seen.pictures.mean(axis=(1, 2, 3)))


def test_new_views_take_the_place_of_the_oldest(views: Any) -> None:
    def numbered(*numbers: int) -> Any:
        labels = np.array(numbers)
        return views.Views(
            np.zeros((len(labels), 1, 1, 3), np.uint8), labels, (np.zeros((len(labels), 2), np.float32),)
        )

    pool = views.Pool(numbered(0, 1, 2, 3, 4))
    for new in (numbered(5, 6), numbered(7, 8), numbered(9, 10)):
        pool.replace(new)
    assert sorted(pool.batch(5, np.random.default_rng(0)).labels) == [6, 7, 8, 9, 10]


@pytest.mark.slow
def test_a_restored_training_takes_the_very_next_step(recipe: Callable[[str], Any], views: Any) -> None:
    distilling = recipe("distilling")
    random = np.random.default_rng(0)
    seen = [
        views.Views(
            random.integers(0, 256, (8, SIDE, SIDE, 3)).astype(np.uint8),
            np.array([0, 1, views.NO_LABEL, 0, 1, 1, 0, 1]),
            (random.normal(size=(8, 5)).astype(np.float32),),
        )
        for _ in range(4)
    ]
    first = distilling.Distiller(tiny_network(), [5], 2, 0.5, 0.01)
    first.begin(seen[0])
    for some in seen[:3]:
        first.step(some, 0.01)
    kept = first.arrays()
    second = distilling.Distiller(tiny_network(), [5], 2, 0.5, 0.01)
    second.restore(kept)
    assert first.step(seen[3], 0.01) == pytest.approx(second.step(seen[3], 0.01), rel=1e-5)
    for name, array in second.arrays().items():
        assert np.allclose(array, first.arrays()[name], rtol=1e-4, atol=1e-6), name
    with pytest.raises(UsageFault):
        distilling.Distiller(tiny_network(), [6], 2, 0.5, 0.01).restore(kept)


@pytest.mark.slow
def test_the_student_is_a_backbone_of_ours_at_any_size(recipe: Callable[[str], Any], tmp_path: Path) -> None:
    distilling = recipe("distilling")
    student = distilling.student(None, 32, keeps_statistics=False)
    distilling.at_size(student, 64).save(tmp_path / "student.keras")
    read = backbone.load(tmp_path / "student.keras")
    info = backbone.describe(read, "student")
    assert (info.input_size, info.embedding_size, info.low, info.high) == (64, 576, 0.0, 255.0)
    assert all(np.array_equal(one, other) for one, other in zip(student.get_weights(), read.get_weights(), strict=True))


class Process:
    """A run of the script in a process of its own, with Keras' settings in a folder of the test's."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        self.out = folder / "out"
        self.environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "KERAS_HOME": str(folder / "keras")}
        self.command = [
            *(sys.executable, "-B", str(RECIPE / "train.py"), str(pictures / "named"), str(pictures / "flat")),
            *("--teacher", str(folder / "teacher.keras"), "--start", str(folder / "start.keras"), "--name", "small"),
            *("--out", str(self.out), "--size", str(SIDE), "--input-size", "64", "--batch", "8", "--pool", "16"),
            *("--steps", "60", "--rate", "0.003", "--held-out", "0.2", "--mixed", "0.2", "--every", "5"),
        ]

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *more], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def killed_after(self, steps: int) -> list[str]:
        """Return what it said until it had kept so many steps and was killed."""
        said = []
        with subprocess.Popen(
            self.command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as running:
            assert running.stdout is not None
            for line in running.stdout:
                said.append(line)
                if (found := re.search(r"step (\d+)", line)) and int(found[1]) >= steps:
                    running.kill()
                    break
        return said


def losses(said: list[str]) -> list[float]:
    return [float(found[1]) for line in said if (found := re.search(r"\bloss ([\d.]+)", line))]


@pytest.mark.slow
@pytest.mark.timeout(600)  # three processes that import TensorFlow, one after another
def test_a_killed_run_goes_on_from_its_checkpoint_and_ends_in_a_backbone(pictures: Path, tmp_path: Path) -> None:
    keras.utils.set_random_seed(0)
    teacher = keras.applications.MobileNetV2(
        input_shape=(SIDE, SIDE, 3), alpha=0.35, include_top=False, pooling="avg", weights=None
    )
    teacher.save(tmp_path / "teacher.keras")
    tiny_network().save(tmp_path / "start.keras")
    process = Process(tmp_path, pictures)

    said = process.killed_after(10)
    assert not (process.out / "small.keras").exists()
    other = process.run("--decay", "0.5")
    assert other.returncode == 2, other.stderr
    assert "another run" in other.stderr

    done = process.run()
    assert done.returncode == 0, done.stderr
    went_on = re.search(r"Going on after (\d+) steps", done.stdout)
    assert went_on
    assert int(went_on[1]) >= 10
    assert losses(done.stdout.splitlines())[-1] < losses(said)[0]

    info = backbone.describe(backbone.load(process.out / "small.keras"), "small")
    assert (info.input_size, info.embedding_size, info.low, info.high) == (64, 12, 0.0, 255.0)
    [probe] = json.loads((process.out / "small.json").read_text())["probes"]
    assert (probe["pictures"], probe["classes"], probe["train"], probe["test"]) == ("named", 2, 16, 4)
    assert all(0 <= probe[name] <= 1 for name in ("nearest_mean", "discriminant", "logistic_regression"))

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from learner.consolidation_plan import ConsolidationPlan
from learner.discriminant import Statistics, logits
from learner.preprocessing import model_input, normalise
from learner.types import BackboneInfo, HeadWeights, Image

pytest.importorskip("tensorflow")

import keras
from keras import layers

from learner.nn import augmenting, backbone, consolidate
from learner.nn.consolidate import Consolidator, Normalise

SIZE = 32
SAMPLES = 24
PLAN = ConsolidationPlan(
    steps=40, batch_size=8, size=SIZE, learning_rate=0.01, warm_up=2, share=0.6, variants=4, samples=SAMPLES
)
UNCACHED = replace(PLAN, variants=1)


def tiny() -> keras.Model:
    """A network with a shortcut that cannot tell lying from standing: every kernel is its own mirror image."""
    keras.utils.set_random_seed(3)
    entry = keras.Input((SIZE, SIZE, 3), name="entry")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="scale")(entry)
    x = layers.Conv2D(8, 3, strides=2, padding="same", name="stem")(x)
    x = layers.BatchNormalization(name="stem_bn")(x)
    x = layers.ReLU(name="stem_relu")(x)
    inner = layers.Conv2D(16, 3, padding="same", activation="relu", name="wide")(x)
    inner = layers.BatchNormalization(name="wide_bn")(inner)
    inner = layers.Dropout(0.5, name="dropout")(inner)
    inner = layers.Conv2D(8, 1, name="narrow")(inner)
    x = layers.Add(name="add")([x, inner])
    x = layers.Conv2D(6, 3, strides=2, activation="relu", name="last")(x)
    model = keras.Model(entry, layers.GlobalAveragePooling2D(name="pool")(x), name="tiny")
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.moving_mean.assign(np.linspace(-0.1, 0.1, layer.moving_mean.shape[0]))
            layer.moving_variance.assign(np.linspace(0.5, 1.5, layer.moving_mean.shape[0]))
        if isinstance(layer, layers.Conv2D):
            kernel = np.array(layer.kernel)
            layer.kernel.assign((kernel + kernel.transpose(1, 0, 2, 3)) / 2)
    return model


def striped(sample_id: int) -> Image:
    """Return a picture of one of two classes (odd ones lie, even ones stand) whose colours say nothing of which."""
    random = np.random.default_rng(sample_id)
    wave = np.sin((np.arange(48) + random.uniform(0, 9)) * 1.1)[:, None]
    picture = 127 + 90 * (wave if sample_id % 2 else wave.T) * np.ones((48, 48))
    coloured = picture[..., None] + random.normal(0, 10, (48, 48, 3)) + random.uniform(-15, 15, 3)
    return np.asarray(np.clip(coloured, 0, 255), np.uint8)


INFO = backbone.describe(tiny(), "tiny")


def embedded(model: keras.Model, sample_ids: list[int]) -> NDArray[np.float32]:
    """Embed pictures as they are served."""
    rgb = [model_input(striped(id_), SIZE)[:, :, ::-1].astype(np.float32) for id_ in sample_ids]
    return normalise(np.asarray(model.predict_on_batch(np.stack(rgb))), non_negative=INFO.non_negative)


def closed_form(model: keras.Model) -> HeadWeights:
    ids = list(range(SAMPLES))
    statistics = Statistics(INFO.embedding_size)
    statistics.add(embedded(model, ids), [id_ % 2 for id_ in ids])
    head = statistics.discriminant(0.1).head(5.0, mirrored=True)
    order = np.argsort(head.class_ids)
    return replace(head, kernel=head.kernel[:, order], bias=head.bias[order], class_ids=(0, 1))


def accuracy(model: keras.Model) -> float:
    """Return how many new pictures a closed form over this backbone gets right."""
    head, asked = closed_form(model), list(range(1000, 1040))
    answers = logits(head, embedded(model, asked)).argmax(axis=1)
    return float((answers == np.array(asked) % 2).mean())


def made(plan: ConsolidationPlan = PLAN, **changes: Any) -> Consolidator:
    model = changes.pop("model", None) or tiny()
    options: dict[str, Any] = {"head": None, "classes": 2, "pictures": striped, "seed": 5, "info": INFO, **changes}
    return Consolidator(model, plan=plan, **options)


def batch(number: int) -> tuple[list[int], NDArray[np.int64]]:
    ids = np.random.default_rng(number).integers(SAMPLES, size=PLAN.batch_size)
    return ids.tolist(), ids % 2


def trained(consolidator: Consolidator, first: int = 1, last: int = PLAN.steps) -> list[tuple[float, float]]:
    return [consolidator.step(*batch(number), number=number) for number in range(first, last + 1)]


@pytest.mark.slow
def test_it_learns_to_tell_what_the_frozen_backbone_cannot() -> None:
    model = tiny()
    consolidator = made(model=model, head=closed_form(model))
    trained(consolidator)
    assert accuracy(model) <= 0.8, "by chance, since it takes lying for standing"
    assert accuracy(consolidator.finished()) >= 0.95


@pytest.mark.parametrize(
    "plan", [PLAN, pytest.param(UNCACHED, marks=pytest.mark.slow)], ids=["kept activations", "augmented anew"]
)
def test_the_loss_falls_either_way(plan: ConsolidationPlan) -> None:
    losses = [loss for loss, _ in trained(made(plan))]
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) - 0.1


@pytest.mark.slow
def test_what_is_kept_says_the_same_as_what_is_augmented_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing drawn at random, the first step of both has the same loss."""
    nothing = np.array([[1, 0, 0, 0, 1, 0, 0, 0]], np.float32), np.array([[1, 0]], np.float32)
    monkeypatch.setattr(
        augmenting, "draw", lambda _random, count, _size, mirrored: tuple(np.repeat(part, count, 0) for part in nothing)
    )
    head = closed_form(tiny())
    (kept,), (anew,) = (trained(made(plan, head=head), last=1) for plan in (PLAN, UNCACHED))
    assert kept == pytest.approx(anew, abs=1e-2)


@pytest.mark.slow
def test_a_picture_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for plan in (PLAN, UNCACHED):
        read: list[int] = []

        def note(sample_id: int, read: list[int] = read) -> Image:
            read.append(sample_id)
            return striped(sample_id)

        trained(made(plan, pictures=note), last=10)
        assert len(read) == len(set(read))


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def make(sample_id: int) -> NDArray[np.uint8]:
        asked.append(sample_id)
        return np.full(40, sample_id, np.uint8)

    kept = consolidate._Kept(100, make)
    assert [int(kept[id_][0]) for id_ in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert asked == [1, 2, 3, 2], "2 had not been used for longest when 3 came"


def test_only_kernels_after_the_cut_change() -> None:
    model = tiny()
    before = {variable.path: np.array(variable) for variable in model.variables}
    consolidator = made(model=model)
    trained(consolidator, last=5)
    assert all(np.array_equal(before[variable.path], np.array(variable)) for variable in model.variables)
    result = consolidator.finished()
    changed = {new.path for old, new in zip(model.weights, result.weights, strict=True) if not np.array_equal(old, new)}
    assert changed == {f"{layer}/{kind}" for layer in ("wide", "narrow", "last") for kind in ("kernel", "bias")}


def test_the_result_is_the_same_network_with_other_weights() -> None:
    model = tiny()
    consolidator = made(model=model)
    trained(consolidator, last=5)
    result = consolidator.finished()
    assert result.get_config() == model.get_config()
    assert [weight.dtype for weight in result.weights] == ["float32"] * len(model.weights)
    new, old = embedded(result, [1, 2]), embedded(model, [1, 2])
    assert np.isfinite(new).all()
    assert not np.allclose(new, old, atol=1e-4)
    assert backbone.describe(result, "tiny").sha256 != INFO.sha256


@pytest.mark.slow
@pytest.mark.parametrize("plan", [PLAN, UNCACHED], ids=["kept activations", "augmented anew"])
def test_it_goes_on_from_a_state_to_the_last_bit(plan: ConsolidationPlan) -> None:
    whole, first = made(plan), made(plan)
    trained(whole, last=8)
    trained(first, last=4)
    second = made(plan)
    second.restore(first.state())
    trained(second, first=5, last=8)
    assert same(whole.state(), second.state())


_TRAIN = """
import sys
import learner.nn
import numpy as np
from tests.learner.nn.test_consolidate import made, trained
before, after, first, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
consolidator = made()
if before:
    with np.load(before) as state:
        consolidator.restore(dict(state))
trained(consolidator, first=first, last=last)
np.savez(after, **consolidator.state())
"""


@pytest.mark.slow
def test_another_process_goes_on_to_the_last_bit(tmp_path: Path) -> None:
    """All three are fresh processes: by other threads, which a test may have asked for, sums come out otherwise."""

    def run(before: str, after: str, first: int, last: int) -> dict[str, NDArray[Any]]:
        given = [before and str(tmp_path / before), str(tmp_path / after), str(first), str(last)]
        subprocess.run([sys.executable, "-c", _TRAIN, *given], check=True, cwd=Path(__file__).parents[3], timeout=200)
        with np.load(tmp_path / after) as state:
            return dict(state)

    whole = run("", "whole.npz", 1, 6)
    run("", "half.npz", 1, 3)
    assert same(whole, run("half.npz", "rest.npz", 4, 6))


@pytest.mark.slow
def test_a_state_before_the_first_step_is_a_beginning() -> None:
    whole, other = made(), made()
    other.restore(made().state())
    assert trained(whole, last=2) == trained(other, last=2)


@pytest.mark.parametrize(
    "change",
    [
        lambda: made(seed=6),
        lambda: made(replace(PLAN, learning_rate=0.02)),
        lambda: made(info=replace(INFO, sha256="0" * 64)),
        lambda: made(classes=3),
        lambda: made(UNCACHED),
        lambda: made(head=replace(closed_form(tiny()), mirrored=False)),
    ],
    ids=["seed", "plan", "backbone", "classes", "not kept", "not mirrored"],
)
def test_the_state_of_another_consolidation_is_refused(change: Callable[[], Consolidator]) -> None:
    mine = made()
    before = mine.state()
    with pytest.raises(ValueError, match="that state"):
        mine.restore(change().state())
    assert same(mine.state(), before)


def test_a_damaged_state_is_refused() -> None:
    mine = made()
    state = mine.state()
    for damage in (
        {},
        {**state, "more": np.zeros(3)},
        {**state, "weight 0": state["weight 0"][:1]},
        {**state, "weight 0": state["weight 0"].astype(np.float64)},
        {**state, "weight 0": np.full_like(state["weight 0"], np.nan)},
    ):
        with pytest.raises(ValueError, match="that state"):
            mine.restore(damage)


def test_a_batch_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="8 pictures"):
        made().step([1, 2], np.array([1, 0]), 1)


@pytest.mark.slow
def test_a_sure_head_is_made_less_sure_before_the_first_step() -> None:
    head = closed_form(tiny())
    sure = replace(head, kernel=head.kernel * 64, bias=head.bias * 64)
    (loss, _), (wild, _) = trained(made(head=head), last=1)[0], trained(made(head=sure), last=1)[0]
    assert wild == pytest.approx(loss, rel=0.1)


@pytest.mark.slow
def test_a_model_within_a_model_is_trained_too() -> None:
    inner = tiny()
    outer = keras.Sequential([keras.Input((SIZE, SIZE, 3)), inner], name="outer")
    info = backbone.describe(outer, "outer")
    consolidator = made(model=outer, info=info)
    trained(consolidator, last=3)
    result = consolidator.finished()
    assert result.get_config() == outer.get_config()
    changed = [not np.array_equal(old, new) for old, new in zip(outer.weights, result.weights, strict=True)]
    assert 0 < sum(changed) < len(changed)


@pytest.mark.parametrize("non_negative", [True, False])
def test_the_graph_normalises_as_serving_does(non_negative: bool) -> None:
    raw = np.random.default_rng(0).uniform(0 if non_negative else -3, 3, (5, 40)).astype(np.float32)
    raw[:, :7] = 0
    wanted = normalise(raw, non_negative=non_negative)
    assert np.allclose(np.asarray(Normalise(non_negative, 1.0)(raw)), wanted, atol=1e-2)


def test_a_picture_that_is_left_alone_is_what_serving_sees() -> None:
    info = BackboneInfo("x", "0", SIZE, 1, -1.0, 1.0, non_negative=True)
    pictures = np.stack([model_input(striped(1), SIZE)])
    same_place = np.array([[1, 0, 0, 0, 1, 0, 0, 0]], np.float32)
    seen = augmenting.Augment(info.low, info.high)(pictures, same_place, np.array([[1, 0]], np.float32))
    assert np.allclose(np.asarray(seen), pictures[..., ::-1] / np.float32(127.5) - 1, atol=1e-5)


@pytest.mark.parametrize("mirrored", [True, False])
def test_variants_stay_on_the_picture(mirrored: bool) -> None:
    transforms, light = augmenting.draw(np.random.default_rng(0), 400, SIZE, mirrored=mirrored)
    middle = np.array([SIZE / 2, SIZE / 2, 1])
    centres = np.stack([transforms[:, :3] @ middle, transforms[:, 3:6] @ middle])
    assert (np.abs(centres - SIZE / 2) < 0.25 * SIZE).all()
    turned = transforms[:, 0] < 0
    assert turned.any() == mirrored
    assert not turned.all()
    assert (light[:, 0] > 0.5).all()


def same(one: dict[str, NDArray[Any]], other: dict[str, NDArray[Any]]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)

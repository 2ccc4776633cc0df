# SPDX-License-Identifier: Apache-2.0
"""The estimator, by scientific-Python habits: scikit-learn's own checks first."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

from sklearn.datasets import load_digits
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from learner.camera import DemoScene
from learner.errors import UsageFault
from learner.sklearn import IncrementalImageClassifier
from learner.types import Image, Vectors

# A check casts numbers that float32 cannot hold, to see them refused.
checks_own = pytest.mark.filterwarnings("ignore:invalid value encountered in cast:RuntimeWarning")


@checks_own
@parametrize_with_checks([IncrementalImageClassifier(steps=0)])
def test_passes_scikit_learns_own_checks(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


@checks_own
@pytest.mark.slow
@parametrize_with_checks([IncrementalImageClassifier()])
def test_passes_them_with_train_on_batch_too(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


def digits() -> tuple[Vectors, Any]:
    x, y = load_digits(return_X_y=True)
    x = np.asarray(x - x.mean(axis=0), np.float32)
    return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True), np.float32), y


def test_class_after_class_is_as_good_as_all_at_once() -> None:
    x, y = digits()
    train, test = slice(0, 1200), slice(1200, None)
    whole = IncrementalImageClassifier(steps=0).fit(x[train], y[train])
    bit_by_bit = IncrementalImageClassifier(steps=0)
    for digit in range(9, -1, -1):
        bit_by_bit.partial_fit(x[train][y[train] == digit], y[train][y[train] == digit])
    assert bit_by_bit.classes_.tolist() == list(range(10))
    assert np.array_equal(bit_by_bit.predict_proba(x[test]), whole.predict_proba(x[test]))
    assert whole.score(x[test], y[test]) > 0.85


def test_steps_are_the_same_for_the_same_random_state_and_lose_nothing() -> None:
    x, y = digits()
    closed = IncrementalImageClassifier(steps=0).fit(x[:1200], y[:1200])
    one, other = (IncrementalImageClassifier(steps=8, random_state=1).fit(x[:1200], y[:1200]) for _ in range(2))
    shares = one.predict_proba(x[1200:])
    assert np.array_equal(shares, other.predict_proba(x[1200:]))
    assert not np.allclose(shares, closed.predict_proba(x[1200:]), atol=1e-4)
    assert one.score(x[1200:], y[1200:]) >= closed.score(x[1200:], y[1200:]) - 0.01


def test_columns_of_classes_without_samples_are_there_and_empty() -> None:
    x, y = np.eye(4, dtype=np.float32), ["b", "b", "d", "d"]
    classifier = IncrementalImageClassifier(steps=0).partial_fit(x, y, classes=["a", "b", "c", "d"])
    assert classifier.classes_.tolist() == ["a", "b", "c", "d"]
    shares = classifier.predict_proba(x)
    assert np.array_equal(shares[:, [0, 2]], np.zeros((4, 2)))
    assert np.allclose(shares.sum(axis=1), 1)
    classifier.partial_fit(x[:1] * -1, ["e"])
    assert classifier.predict(x[:1] * -1).tolist() == ["e"]


def test_what_is_kept_for_replay_is_bounded() -> None:
    x = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    y = np.arange(400) % 2
    small = IncrementalImageClassifier(steps=0, bank_size=10).fit(x, y)
    size = len(pickle.dumps(small))
    for _ in range(3):
        small.partial_fit(x, y)
    assert len(pickle.dumps(small)) < size + 200
    large = IncrementalImageClassifier(steps=0).fit(x, y)
    for _ in range(3):
        large.partial_fit(x, y)
    assert np.array_equal(small.predict_proba(x), large.predict_proba(x))


def rgb(name: str, seed: int, count: int = 4) -> list[Image]:
    scene = DemoScene(seed, (160, 120))
    scene.show(name)
    return [np.asarray(scene.render(number / 3)[:, :, ::-1], np.uint8) for number in range(count)]


def test_learns_pictures_of_any_size() -> None:
    classifier = IncrementalImageClassifier(steps=0)
    for name in ("mug", "key"):
        classifier.partial_fit(rgb(name, 1), [name] * 4)
    wide = [np.pad(picture, ((0, 0), (30, 30), (0, 0))) for picture in rgb("key", 2)]
    assert classifier.predict(rgb("mug", 2) + wide).tolist() == ["mug"] * 4 + ["key"] * 4
    assert pickle.loads(pickle.dumps(classifier)).predict(np.stack(rgb("mug", 3))).tolist() == ["mug"] * 4


def test_the_order_of_colours_is_as_it_was_said() -> None:
    pictures = rgb("mug", 1) + rgb("key", 1)
    labels = ["mug"] * 4 + ["key"] * 4
    swapped = [picture[:, :, ::-1] for picture in pictures]
    as_rgb = IncrementalImageClassifier(steps=0).fit(pictures, labels).predict_proba(pictures)
    as_bgr = IncrementalImageClassifier(steps=0, channels="bgr").fit(swapped, labels).predict_proba(swapped)
    assert np.array_equal(as_rgb, as_bgr)
    wrong = IncrementalImageClassifier(steps=0).fit(swapped, labels).predict_proba(swapped)
    assert not np.array_equal(as_rgb, wrong)


def test_works_inside_cross_validation_by_recording() -> None:
    x, y = digits()
    scores = cross_val_score(
        IncrementalImageClassifier(steps=0), x, y, groups=np.arange(len(y)) // 90, cv=GroupKFold(3)
    )
    assert scores.min() > 0.85


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([np.zeros((8, 8, 3), np.float32)], "uint8"),
        ([np.zeros((8, 8, 4), np.uint8)], "uint8"),
        (np.zeros((1, 8), np.float32), "has learned from pictures"),
    ],
)
def test_what_is_no_picture_is_refused(given: Any, why: str) -> None:
    classifier = IncrementalImageClassifier(steps=0).fit(rgb("mug", 1), ["mug"] * 4)
    with pytest.raises(ValueError, match=why):
        classifier.partial_fit(given, ["mug"])


def test_a_call_that_is_refused_changes_nothing() -> None:
    x, y = digits()
    classifier = IncrementalImageClassifier(steps=0).fit(x[:500], y[:500])
    before = classifier.predict_proba(x)
    with pytest.raises(ValueError, match="inconsistent"):
        classifier.partial_fit(x[:5], [11] * 4)
    with pytest.raises(UsageFault):
        classifier.set_params(bank_size=0).partial_fit(x[:5], [11] * 5)
    assert classifier.classes_.tolist() == list(range(10))
    assert np.array_equal(classifier.predict_proba(x), before)


def test_without_scikit_learn_it_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['sklearn'] = None\n"
        "from learner.errors import EnvironmentFault\n"
        "try:\n    import learner.sklearn\n"
        "except EnvironmentFault as fault:\n    print(fault.remedy)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "showtell[sklearn]" in done.stdout

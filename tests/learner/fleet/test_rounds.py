# SPDX-License-Identifier: Apache-2.0
"""Laptops learn together, through the very apps that run on them, whatever some of them do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from flwr.app import Array, ArrayRecord, Message, RecordDict
from flwr.clientapp import ClientApp

from learner.contribution import Contribution
from learner.fleet.records import ARRAYS, CONFIG, HELLO, METRICS, REFINE, STATISTICS
from learner.fleet.rounds import Wishes, learn_together
from learner.fleet.strategy import Refining
from tests.learner.fleet.grids import Answer, LocalGrid, lying
from tests.learner.fleet.members import BACKBONE, SIZE, Laptop


@pytest.fixture
def told() -> list[tuple[str, Mapping[str, Any]]]:
    return []


@pytest.fixture
def laptops() -> list[Laptop]:
    return [
        Laptop(0, {"mug": 12, "pen": 15}),
        Laptop(1, {"pen": 20, "cup": 10}),
        Laptop(2, {"cup": 30, "box": 12}),
    ]


def together(
    apps: list[ClientApp | Answer], told: list[tuple[str, Mapping[str, Any]]], **wishes: Any
) -> tuple[LocalGrid, Any]:
    grid = LocalGrid(dict(enumerate(apps, start=10)))
    usual = {"backbone": BACKBONE, "size": SIZE, "laptops": len(apps), "patience": 0.0}
    whole: dict[str, Any] = usual | wishes
    return grid, learn_together(grid, Wishes(**whole), lambda what, figures: told.append((what, figures)))  # type: ignore[arg-type]


def test_everybody_gets_what_the_others_know(laptops: list[Laptop], told: list[Any]) -> None:
    _, outcome = together([one.app for one in laptops], told)
    assert outcome is not None
    assert (outcome.laptops, outcome.asked) == (3, 3)
    for laptop in laptops:
        [delivery] = laptop.came
        assert delivery.laptops == 2
        others = [one.member.contribution() for one in laptops if one is not laptop]
        expected = others[0].merged(others[1:])
        known = Contribution.from_arrays(delivery.names, SIZE, delivery.arrays)
        assert {name for name, count in zip(known.names, known.counts, strict=True) if count} == set(expected.names)
    assert [what for what, _ in told][-3:] == ["delivered"] * 3


@pytest.mark.parametrize("lie", ["nan", "scaled", "nothing", "shape"])
def test_sums_that_cannot_be_are_left_out(laptops: list[Laptop], told: list[Any], lie: str) -> None:
    def change(content: RecordDict) -> None:
        arrays = content.array_records[ARRAYS]
        numbers = {name: array.numpy().copy() for name, array in arrays.items()}
        if lie == "nan":
            numbers["picture: sums"][0, 0] = np.nan
        elif lie == "scaled":
            numbers["picture: sums"] *= 50
        elif lie == "shape":
            numbers["picture: moment"] = numbers["picture: moment"][:, :-1]
        content[ARRAYS] = ArrayRecord({} if lie == "nothing" else {name: Array(one) for name, one in numbers.items()})

    apps: list[ClientApp | Answer] = [laptops[0].app, laptops[1].app, lying(laptops[2].app, change, STATISTICS)]
    _, outcome = together(apps, told)
    assert outcome is not None
    assert outcome.laptops == 2
    assert "box" not in outcome.names
    assert laptops[2].came[0].laptops == 2, "who was left out still gets what the others know"


def test_whoever_does_not_answer_holds_nobody_up(laptops: list[Laptop], told: list[Any]) -> None:
    def silent(message: Message) -> Message | None:
        return None if message.metadata.message_type == STATISTICS else laptops[2].app(message, None)  # type: ignore[arg-type]

    _, outcome = together([laptops[0].app, laptops[1].app, silent], told)
    assert outcome is not None
    assert outcome.laptops == 2


def test_another_backbone_is_not_taken_in(laptops: list[Laptop], told: list[Any]) -> None:
    stranger = Laptop(3, {"mug": 20}, backbone="f" * 64)
    _, outcome = together([laptops[0].app, laptops[1].app, stranger.app], told, laptops=2)
    assert outcome is not None
    assert outcome.asked == 2
    assert not stranger.came


def test_one_laptop_alone_learns_nothing(laptops: list[Laptop], told: list[Any]) -> None:
    _, outcome = together([laptops[0].app], told, laptops=1)
    assert outcome is None
    assert told[-1][0] == "too few"


@pytest.mark.parametrize("strategy", ["fedavg", "fedprox", "fedadam", "median", "trimmed"])
def test_weights_are_refined_by_every_strategy(laptops: list[Laptop], told: list[Any], strategy: Any) -> None:
    grid, outcome = together([one.app for one in laptops], told, rounds=2, refining=Refining(strategy))
    assert outcome is not None
    assert [kind for kind, _ in grid.sent].count(REFINE) == 6
    assert len([what for what, _ in told if what == "refined"]) == 2
    assert [figures["error"] for what, figures in told if what == "delivered"] == [""] * 3


def test_noise_for_differential_privacy_goes_through_flower(laptops: list[Laptop], told: list[Any]) -> None:
    _, outcome = together([one.app for one in laptops], told, rounds=1, refining=Refining(noise=0.5))
    assert outcome is not None
    assert [what for what, _ in told].count("delivered") == 3


def test_weights_that_are_no_numbers_are_left_out(laptops: list[Laptop], told: list[Any]) -> None:
    def poison(content: RecordDict) -> None:
        kernel = content.array_records[ARRAYS]["kernel"].numpy().copy()
        kernel[0, 0] = np.inf
        content.array_records[ARRAYS]["kernel"] = Array(kernel)

    apps: list[ClientApp | Answer] = [laptops[0].app, laptops[1].app, lying(laptops[2].app, poison, REFINE)]
    _, outcome = together(apps, told, rounds=1)
    assert outcome is not None
    assert "2 laptops answered, 1 did not" in next(figures["said"] for what, figures in told if what == "refined")


@pytest.mark.parametrize("lie", ["counts", "names", "controls", "negative"])
def test_a_laptop_that_says_nonsense_of_itself_is_not_taken_in(
    laptops: list[Laptop], told: list[Any], lie: str
) -> None:
    def change(content: RecordDict) -> None:
        about = content.config_records[CONFIG]
        if lie == "counts":
            about["counts"] = ["many"] * 2
        elif lie == "names":
            about["names"] = 7
        elif lie == "controls":
            about["names"] = ["a\nb", "c"]
        elif lie == "negative":
            about["counts"] = [-1, 5]

    apps: list[ClientApp | Answer] = [laptops[0].app, laptops[1].app, lying(laptops[2].app, change, HELLO)]
    _, outcome = together(apps, told, laptops=2)
    assert outcome is not None
    assert outcome.asked == 2


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("lie", ["huge counts", "shape"])
def test_a_reply_that_is_nonsense_ends_nothing(laptops: list[Laptop], told: list[Any], lie: str, noise: float) -> None:
    def change(content: RecordDict) -> None:
        if lie == "huge counts":
            metrics = content.metric_records[METRICS]
            metrics["counts"] = [1e308] * len(metrics["counts"])  # type: ignore[arg-type]
        else:
            kernel = content.array_records[ARRAYS]["kernel"].numpy()
            content.array_records[ARRAYS]["kernel"] = Array(kernel[:-1].copy())

    apps: list[ClientApp | Answer] = [laptops[0].app, laptops[1].app, lying(laptops[2].app, change, REFINE)]
    _, outcome = together(apps, told, rounds=2, refining=Refining(noise=noise))
    assert outcome is not None
    assert [figures["error"] for what, figures in told if what == "delivered"] == [""] * 3

# SPDX-License-Identifier: Apache-2.0
"""The project's part in a fleet, by the card; what a fleet takes is a process, in whose place scripts speak."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import desktop.fleet
from desktop.fleet import Fleet, FleetState
from desktop.views.use import fleet_card
from desktop.views.use.fleet_card import FleetCard
from learner.buffer import Buffer
from learner.contribution import Contribution
from learner.discriminant import Statistics
from learner.interchange.others import take_from_others
from learner.messages import IncrementLearned, IncrementRejected
from learner.types import IncrementKind, View
from tests.desktop.conftest import Desk, increment
from tests.desktop.use_room import Use
from tests.learner.fakes import INFO

PREVIEW = {
    "shared": [{"class": "mug", "samples": 12}],
    "kept": [{"class": "key", "samples": 2, "looks": 1}],
    "bytes": 4_000_000,
    "arrays": {},
}


class Joining:
    """The card, and what is said in place of the process."""

    def __init__(self, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
        self.use, self.desk = use, use.desk
        self.card = use.card(FleetCard)
        self.fleet: Fleet = self.card._fleet
        self.asked: list[list[str]] = []
        self.says: Callable[[list[str]], list[dict[str, Any]]] = lambda _: []
        self.code = 0
        self.stays = False
        monkeypatch.setattr(desktop.fleet, "command", self._command)

    def _command(self, arguments: list[str]) -> list[str]:
        self.asked.append(arguments)
        lines = "".join(f"print({json.dumps(json.dumps(one))}, flush=True)\n" for one in self.says(arguments))
        wait = "import sys\nsys.stdin.read()\n" if self.stays and arguments[1] == "join" else ""
        fault = f"import sys\nsys.stderr.write('It went wrong')\nsys.exit({self.code})" if self.code else ""
        return [sys.executable, "-c", lines + wait + fault]

    def look(self) -> None:
        self.card.address.setText("127.0.0.1:8471")
        self.card.code.setText("ABCD-EFGH-IJKL-MNOP-QRST-UVWX")
        self.use.click(self.card.look)

    def until(self, state: FleetState) -> None:
        self.desk.until(lambda: self.fleet.state is state)


@pytest.fixture
def joining(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Joining:
    monkeypatch.setattr(fleet_card, "is_missing", lambda _: False)
    return Joining(Use(desk), monkeypatch)


def came(path: Path) -> dict[str, Any]:
    """Write what others know of a class, and return how the process says that it has come."""
    sums = {which: Statistics(INFO.embedding_size) for which in View}
    for number, which in enumerate(View):
        x = np.random.default_rng(number).standard_normal((12, INFO.embedding_size)).astype(np.float32)
        sums[which].add(x / np.linalg.norm(x, axis=1, keepdims=True), [0] * 12)
    np.savez(path, **Contribution(("pen",), sums, 12, 12).arrays())  # type: ignore[arg-type]
    return {"what": "came", "file": str(path), "backbone": INFO.sha256, "laptops": 3, "names": ["pen"]}


def test_what_would_be_sent_is_shown_before_anything_is(joining: Joining) -> None:
    joining.says = lambda _: [PREVIEW]
    joining.look()
    joining.until(FleetState.ASKING)
    assert [arguments[1] for arguments in joining.asked] == ["preview"]
    shown = joining.card.preview.text()
    assert "mug: its name, that it has 12 samples, and the sum over them" in shown
    assert "key stays here" in shown
    assert joining.card.window().focusWidget() is joining.card.join
    assert joining.card.leave.text() == "Do not join"
    joining.use.click(joining.card.leave)
    joining.until(FleetState.OFF)
    assert len(joining.asked) == 1


def test_what_comes_is_kept_and_learned_with(joining: Joining, tmp_path: Path) -> None:
    with Buffer.open(joining.desk.path) as buffer:
        buffer.register_backbone(INFO)
    said = came(tmp_path / "0.npz")
    joining.says = lambda arguments: [PREVIEW] if arguments[1] == "preview" else [{"what": "joined"}, said]
    joining.stays = True
    joining.look()
    joining.until(FleetState.ASKING)
    joining.use.click(joining.card.join)
    joining.until(FleetState.ON)
    joining.desk.until(lambda: "learn: from the fleet" in joining.desk.learner.calls)
    assert joining.asked[1][joining.asked[1].index("--class") + 1] == "mug"
    joining.desk.until(lambda: "pen" in [info.name for info in joining.desk.session.model.classes])
    learned = replace(increment(IncrementKind.FLEET), version_id=9)
    joining.desk.learner.say(IncrementLearned(learned))
    joining.desk.until(lambda: joining.card.came.text() == "Version 9 has learned from 3 other laptops.")
    joining.use.click(joining.card.leave)
    joining.until(FleetState.OFF)
    assert not (tmp_path / "0.npz").exists()


def test_what_was_not_taken_says_why(joining: Joining) -> None:
    refused = increment(IncrementKind.FLEET, accepted=False, why="It was worse.")
    joining.desk.learner.say(IncrementRejected(refused))
    joining.desk.until(lambda: "was not taken: It was worse." in joining.card.came.text())


def test_a_class_that_the_learner_put_away_goes_from_the_window(joining: Joining) -> None:
    with Buffer.open(joining.desk.path) as buffer:
        buffer.archive_class(joining.use.ids["key"])
    joining.desk.learner.say(IncrementRejected(increment(IncrementKind.FLEET, accepted=False, why="It was worse.")))
    joining.desk.until(lambda: [info.name for info in joining.desk.session.model.classes] == ["mug"])


def test_a_process_that_fails_says_why(joining: Joining) -> None:
    joining.code = 1
    joining.look()
    joining.desk.until(lambda: "It went wrong" in joining.card.state.text())
    assert joining.fleet.state is FleetState.OFF
    assert joining.card.look.isEnabled()


def test_without_flower_the_card_says_how_to_install_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet_card, "is_missing", lambda _: True)
    card = Use(desk).card(FleetCard)
    assert not card.install.isHidden()
    assert not card.look.isEnabled()
    assert not card.address.isVisible()


def test_a_serving_laptop_that_has_gone_is_told(joining: Joining) -> None:
    joining.says = lambda arguments: (
        [PREVIEW] if arguments[1] == "preview" else [{"what": "joined"}, {"what": "unreachable"}]
    )
    joining.stays = True
    joining.look()
    joining.until(FleetState.ASKING)
    joining.use.click(joining.card.join)
    joining.until(FleetState.ALONE)
    assert "out of reach" in joining.card.state.text()
    joining.use.click(joining.card.leave)
    joining.until(FleetState.OFF)
    assert joining.card.window().focusWidget() is joining.card.look


def test_what_came_can_be_forgotten_when_the_project_is_opened_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fleet_card, "is_missing", lambda _: False)
    said = came(tmp_path / "0.npz")
    with np.load(said["file"]) as kept:
        arrays = {name: kept[name] for name in kept.files}
    desk.open(tmp_path / "another.showtell")
    with Buffer.open(desk.path) as buffer:
        buffer.register_backbone(INFO)
        take_from_others(buffer, INFO.sha256, 1, ["pen"], arrays)
    desk.open(desk.path)
    use = Use(desk)
    card = use.card(FleetCard)
    desk.until(lambda: card.came.text() == "It learns with what came from one other laptop.")
    use.click(card.forget)
    desk.until(lambda: "learn: left the fleet" in desk.learner.calls)
    assert card.forget.isHidden()
    with Buffer.open(desk.path) as buffer:
        assert buffer.laptops() == 0

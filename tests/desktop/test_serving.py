# SPDX-License-Identifier: Apache-2.0
"""The server of the open project, begun by the card and asked over loopback."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
import pytest
from PySide6.QtGui import QGuiApplication

from desktop.serving import Serving, ServingState
from desktop.views.use.serve_card import ServeCard
from learner.buffer import Buffer
from learner.messages import Answered, IncrementLearned, IncrementRejected, LearnerDied, Predicted
from learner.serve.server import Address
from learner.types import Prediction
from tests.desktop.conftest import Desk, increment
from tests.desktop.use_room import Use
from tests.learner.serve.desk import png

Result = TypeVar("Result")

MUG = Prediction("mug", 0.75, {"mug": 0.75, "key": 0.25}, 1, 7, 2.5)


class Served:
    """The card, and a program that asks what it serves."""

    def __init__(self, use: Use, threads: ThreadPoolExecutor) -> None:
        self.use = use
        self.card = use.card(ServeCard)
        assert use.desk.app.window.serving is not None
        self.serving: Serving = use.desk.app.window.serving
        self._threads = threads

    @property
    def address(self) -> Address:
        assert self.serving.address is not None
        return self.serving.address

    def start(self) -> None:
        self.use.click(self.card.begin)
        self.use.desk.until(lambda: self.serving.is_on)

    def stop(self) -> None:
        self.use.click(self.card.end)
        self.use.desk.until(lambda: self.serving.state is ServingState.OFF)

    def aside(self, do: Callable[[], Result]) -> Future[Result]:
        """Do something in a thread, while the window lives."""
        return self._threads.submit(do)

    def of(self, future: Future[Result]) -> Result:
        self.use.desk.until(future.done)
        return future.result()

    def request(self, method: str, path: str, token: str | None = None, **more: Any) -> Future[httpx.Response]:
        address = self.address
        headers = {"Authorization": f"Bearer {token or address.token}"}
        return self.aside(lambda: httpx.request(method, f"{address.origin}{path}", headers=headers, timeout=20, **more))

    def post(self, number: int, label: str | None) -> httpx.Response:
        more: dict[str, Any] = {} if label is None else {"data": {"label": label}}
        return self.of(self.request("POST", "/samples", files={"image": ("a.png", png(1, number))}, **more))

    def ask(self) -> Future[httpx.Response]:
        return self.request("POST", "/predict", files={"image": ("a.png", png())})

    def reply(self) -> None:
        """Have the learner answer what it was asked last."""
        self.use.desk.learner.say(Answered(self.use.desk.learner.questions, MUG))


@pytest.fixture
def served(desk: Desk) -> Iterator[Served]:
    use = Use(desk)
    use.learn()
    with ThreadPoolExecutor(4) as threads:
        served = Served(use, threads)
        yield served
        served.serving._close()


def test_it_is_off_until_it_is_wanted(served: Served) -> None:
    card, button = served.card, served.use.desk.app.window.header.serving
    assert card.address.isHidden()
    assert button.isHidden()
    assert card.end.isHidden()
    served.start()
    assert not button.isHidden()
    assert card.begin.isHidden()
    assert card.end.hasFocus()
    served.use.click(card.address.copy)
    assert QGuiApplication.clipboard().text() == served.address.page
    assert served.address.token in card.ask.code.text()


def test_it_is_seen_in_every_room_that_it_is_on(served: Served) -> None:
    window = served.use.desk.app.window
    served.start()
    assert window.teach is not None
    window.open_room(window.teach)
    served.use.click(window.header.serving)
    assert window.room is window.use


def test_a_picture_is_answered_by_the_windows_learner(served: Served) -> None:
    served.start()
    response = served.ask()
    served.use.desk.until(lambda: "answer" in served.use.desk.learner.calls)
    served.reply()
    answer = served.of(response).json()
    assert (answer["label"], answer["version_id"]) == ("mug", 7)
    served.use.desk.until(lambda: "1 picture," in served.card.counts.text())


def test_a_wrong_key_is_refused(served: Served) -> None:
    served.start()
    assert served.of(served.request("GET", "/classes", token="wrong")).status_code == 401
    assert "answer" not in served.use.desk.learner.calls


def test_samples_that_are_posted_can_be_taken_back(served: Served) -> None:
    desk = served.use.desk
    served.start()
    for number in range(2):
        assert served.post(number, "cup").status_code == 201
    assert desk.counts()["cup"] == 2
    desk.until(lambda: "learn: added to cup" in desk.learner.calls)
    assert desk.session.undo_text == "add 2 samples to cup"
    named = served.of(served.request("GET", "/classes")).json()["classes"]
    assert [(one["name"], one["samples"]) for one in named] == [("mug", 0), ("key", 0), ("cup", 2)]
    desk.session.undo()
    desk.until(lambda: "cup" not in desk.counts() and desk.session.redo_text is not None)
    desk.session.redo()
    desk.until(lambda: desk.counts().get("cup") == 2)
    assert "2 samples" in served.card.counts.text()


def test_samples_in_quick_succession_are_one_recording_each(served: Served) -> None:
    served.start()
    recordings = {
        label: {served.post(10 * place + number, label).json()["recording"] for number in range(2)}
        for place, label in enumerate(("mug", "key"))
    }
    assert [len(found) for found in recordings.values()] == [1, 1]
    assert recordings["mug"] != recordings["key"]
    assert served.post(5, "mug").json()["recording"] in recordings["mug"]


def test_a_sample_without_a_label_waits_for_one(served: Served) -> None:
    desk = served.use.desk
    served.start()
    assert served.post(1, None).json()["label"] is None
    desk.until(lambda: desk.session.undo_text == "add 1 sample without a class")
    assert not [call for call in desk.learner.calls if call.startswith("learn")]
    desk.session.undo()
    with Buffer.open(desk.path, read_only=True) as buffer:
        desk.until(lambda: buffer.samples() == [])


def test_what_cannot_be_stored_disturbs_nobody(served: Served) -> None:
    failures: list[str] = []
    served.use.desk.session.failed.connect(lambda title, _: failures.append(title))
    served.start()
    assert served.post(1, "mug").status_code == 201
    assert served.post(1, "mug").status_code == 200
    other = served.post(1, "key")
    assert (other.status_code, "mug" in other.text) == (409, True)
    assert served.post(2, "\n").status_code == 422
    assert failures == []
    served.use.desk.until(lambda: served.use.desk.session.undo_text == "add 1 sample to mug")


def test_what_the_camera_sees_is_told(served: Served) -> None:
    desk = served.use.desk
    served.start()
    address = served.address

    def follow() -> set[str]:
        headers = {"Authorization": f"Bearer {address.token}"}
        kinds: set[str] = set()
        with httpx.stream("GET", f"{address.origin}/events", headers=headers, timeout=20) as response:
            for line in response.iter_lines():
                if line.startswith("event: "):
                    kinds.add(line.removeprefix("event: "))
                if kinds >= {"state", "prediction", "increment"}:
                    break
        return kinds

    kinds = served.aside(follow)
    desk.until(lambda: served.serving.is_followed)
    window = desk.app.window
    window.hide()
    assert window.wants_answers
    desk.show()
    for event in (Predicted(1, MUG), IncrementRejected(increment(accepted=False)), IncrementLearned(increment())):
        desk.learner.say(event)
    served.of(kinds)
    hub = served.serving._hub
    assert hub is not None
    desk.until(lambda: hub.status.is_live)
    assert (hub.status.learned, hub.status.rejected) == (1, 1)


def test_it_ends_when_it_is_stopped(served: Served) -> None:
    served.start()
    address = served.address
    waiting = served.ask()
    served.use.desk.until(lambda: "answer" in served.use.desk.learner.calls)
    served.stop()
    assert served.of(waiting).status_code == 503
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", address.port)):
        pass
    assert served.card.address.isHidden()
    assert served.use.desk.app.window.header.serving.isHidden()
    assert served.card.begin.hasFocus()
    served.use.desk.learner.say(Answered(served.use.desk.learner.questions, MUG))  # too late for anybody


def test_it_ends_with_the_project(served: Served, desk: Desk) -> None:
    served.start()
    address = served.address
    desk.open(desk.path.with_name("other.showtell"))
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", address.port)):
        pass
    desk.until(desk.app.window.header.serving.isHidden)
    assert desk.app.window.serving is not None
    assert not desk.app.window.serving.is_on
    assert "no longer ask" in desk.app.window.strip.said.text()


def test_its_address_stays_but_not_its_key(served: Served) -> None:
    addresses = []
    for _ in range(2):
        served.start()
        addresses.append(served.address)
        served.stop()
    first, second = addresses
    assert first.origin == second.origin
    assert first.token != second.token
    with socket.create_server(("127.0.0.1", first.port)):
        served.start()
        assert served.address.port != first.port


def test_a_learner_that_is_gone_answers_nobody(served: Served) -> None:
    served.start()
    waiting = served.ask()
    served.use.desk.until(lambda: "answer" in served.use.desk.learner.calls)
    served.use.desk.learner.say(LearnerDied(1, restarting=False))
    assert served.of(waiting).status_code == 503
    assert served.of(served.ask()).status_code == 503


def test_what_is_not_installed_is_said_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.extras.find_spec", lambda name: None if name == "uvicorn" else object())
    use = Use(desk)
    card = use.card(ServeCard)
    assert not card.begin.isEnabled()
    use.click(card.install.copy)
    assert QGuiApplication.clipboard().text() == 'pip install "showtell[serve]"'


def test_what_does_not_load_is_said(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "learner.serve.server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.setattr("desktop.extras.find_spec", lambda _: object())  # it is there, and cannot be imported
    served.use.click(served.card.begin)
    served.use.desk.until(lambda: "uvicorn" in served.card.state.text())
    assert 'pip install "showtell[serve]"' in served.card.state.text()
    assert served.serving.state is ServingState.OFF
    assert served.card.begin.isEnabled()

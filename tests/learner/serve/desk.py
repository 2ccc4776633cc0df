# SPDX-License-Identifier: Apache-2.0
"""A hub that learns nothing and forgets nothing, and a client that asks its server."""

from __future__ import annotations

import dataclasses
import json
import warnings
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any, TypeVar

from learner.buffer import EncodedImage
from learner.buffer.labels import class_colour, clean_name
from learner.cv import cv2
from learner.errors import ShowtellError
from learner.serve.app import App, build_app
from learner.serve.feed import Feed
from learner.serve.hub import Added, LearnerPhase, SameSample, Status
from learner.serve.security import Access
from learner.types import ClassInfo, Image, Prediction, Sample
from tests.learner.fakes import picture

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another library than httpx
    from starlette.testclient import TestClient

Result = TypeVar("Result")

TOKEN = "a-token-of-the-tests"
HOST = "127.0.0.1:8470"
ACCESS = Access(TOKEN, frozenset({HOST, "localhost:8470"}))
BEARER = {"Authorization": f"Bearer {TOKEN}"}
MUG = Prediction("mug", 0.75, {"mug": 0.75, "key": 0.25}, 1, 7, 2.5, unknown=True, novelty=1.5)


class FakeHub:
    """Answers the same to every picture, and keeps what it was given."""

    def __init__(self, prediction: Prediction = MUG) -> None:
        self.feed = Feed(lasting=("state",))
        self.name = "desk.showtell"
        self.status = Status(LearnerPhase.READY, version_id=7, learned=3)
        self.prediction = prediction
        self.fault: ShowtellError | None = None
        self.seen: list[Image] = []
        self.added: list[tuple[EncodedImage, str | None]] = []
        self._names: dict[str, ClassInfo] = {}
        self._samples: dict[str, Added] = {}

    def answer(self, image: Image) -> Future[Prediction]:
        self.seen.append(image)
        return self._done(lambda: self.prediction)

    def add(self, picture: EncodedImage, label: str | None) -> Future[Added]:
        return self._done(lambda: self._add(picture, label))

    def classes(self) -> Future[list[ClassInfo]]:
        return self._done(lambda: list(self._names.values()))

    def _add(self, picture: EncodedImage, label: str | None) -> Added:
        known = self._samples.get(picture.sha256)
        name = None if label is None else clean_name(label)
        if known is not None and known.label != name:
            raise SameSample("That picture has another label", "It is there.", "Delete it.")
        if known is not None:
            return dataclasses.replace(known, is_new=False)
        self.added.append((picture, label))
        number = len(self._names) + 1
        if name is not None and name not in self._names:
            self._names[name] = ClassInfo(number, name, class_colour(number), None, number, 1)
        class_id = None if name is None else self._names[name].id
        sample = Sample(len(self.added), class_id, 1, picture.sha256, datetime.now(UTC), None, None)
        added = self._samples[picture.sha256] = Added(sample, name, is_new=True)
        return added

    def _done(self, do: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            if self.fault is not None:
                raise self.fault
            future.set_result(do())
        except ShowtellError as fault:
            future.set_exception(fault)
        return future


class Desk:
    """A hub, and somebody with its token."""

    def __init__(self, hub: FakeHub | None = None) -> None:
        self.hub = hub or FakeHub()
        self.app: App = build_app(self.hub, ACCESS)
        # Bugs of ours are raised in the test, as they would be logged.
        self.client = TestClient(self.app.asgi, f"http://{HOST}", headers=BEARER)
        self.stranger = TestClient(self.app.asgi, f"http://{HOST}")


def png(kind: int = 1, number: int = 0) -> bytes:
    return bytes(cv2.imencode(".png", picture(kind, number))[1].tobytes())


def problem(response: Any, status: int) -> str:
    """Return the title of what went wrong, after a look at what has to be there of it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = json.loads(response.content)
    assert set(told) == {"title", "status", "detail", "remedy"}
    assert told["status"] == status
    assert told["detail"].endswith(".")
    assert told["remedy"]
    return str(told["title"])

# SPDX-License-Identifier: Apache-2.0
"""What the routes answer; `test_security` has who may ask at all."""

from __future__ import annotations

import base64
import json
import tempfile
from typing import Any

import numpy as np
import pytest

from learner.errors import DiskFull, LabelFault, ProjectBusy, ShowtellError
from learner.serve.hub import LearnerPhase, NotAnswering, Status
from learner.serve.security import MAX_BODY, asking_key
from learner.types import Prediction
from tests.learner.fakes import picture
from tests.learner.serve.desk import TOKEN, Desk, FakeHub, png, problem

ANSWER = {
    "label": "mug",
    "confidence": 0.75,
    "probabilities": {"mug": 0.75, "key": 0.25},
    "unknown": True,
    "novelty": 1.5,
    "version_id": 7,
    "milliseconds": 2.5,
}
LOBE = {
    "predictions": [{"label": "mug", "confidence": 0.75}, {"label": "key", "confidence": 0.25}],
    "outputs": {"Labels": [["mug", 0.75], ["key", 0.25]], "Prediction": ["mug"]},
}


def in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "application/octet-stream", "IMAGE/PNG; charset=x"])
def test_a_picture_as_it_is(desk: Desk, kind: str) -> None:
    response = desk.client.post("/predict", content=png(), headers={"Content-Type": kind})
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert np.array_equal(desk.hub.seen[0], picture(1))


def test_a_picture_in_a_form(desk: Desk) -> None:
    response = desk.client.post("/predict", files={"image": ("mug.png", png())})
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert np.array_equal(desk.hub.seen[0], picture(1))


@pytest.mark.parametrize(
    "body",
    [
        {"image": in_base64(png())},
        {"inputs": {"Image": in_base64(png())}, "key": "what lobe-python sends besides"},
        {"image": f"data:image/png;base64,{in_base64(png())}"},
    ],
)
def test_lobes_clients_read_their_answer(desk: Desk, body: Any) -> None:
    for path in ("/predict", "/predict/any-id", "/v1/predict/any-id"):
        response = desk.client.post(path, json=body)
        assert (response.status_code, response.json()) == (200, {**ANSWER, **LOBE})
    assert all(np.array_equal(image, picture(1)) for image in desk.hub.seen)


def test_lobes_clients_send_neither_a_type_nor_a_header(desk: Desk) -> None:
    body = json.dumps({"image": in_base64(png())})
    kinds: list[dict[str, str]] = [{}, {"Content-Type": "text/plain;charset=UTF-8"}]
    for headers in kinds:
        response = desk.stranger.post(f"/v1/predict/{asking_key(TOKEN)}", content=body, headers=headers)
        assert response.json()["outputs"]["Prediction"] == ["mug"]


def test_what_is_no_picture(desk: Desk) -> None:
    def post(content: bytes, kind: str) -> Any:
        return desk.client.post("/predict", content=content, headers={"Content-Type": kind})

    assert problem(post(b"", "image/png"), 422) == problem(post(png()[:300], "image/png"), 422)
    assert problem(post(png(), "text/html"), 415) == "That is no type for a picture"
    assert problem(desk.client.post("/predict", content=png()), 415)
    assert problem(post(b"{", "application/json"), 400) == "That is not JSON"
    assert problem(post(b"[" * 100_000, "application/json"), 400) == "That is not JSON"
    assert problem(post(b"\xff", "application/json"), 400) == "That is not JSON"
    none: list[Any] = [[], {}, {"image": None}, {"image": 3}, {"inputs": {"Image": {}}}, {"inputs": "x"}]
    for fields in none:
        assert problem(desk.client.post("/predict", json=fields), 422) == "There is no picture"
    for text in ("a", "äöü", "*" * 8):
        assert problem(desk.client.post("/predict", json={"image": text}), 422) == "That is not base64"
    assert problem(desk.client.post("/predict", json={"image": in_base64(b"GIF89a")}), 422)
    assert desk.hub.seen == []


def test_a_picture_in_a_form_does_not_touch_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def to_disk(_file: object) -> None:
        raise AssertionError("it was written to a file")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", to_disk)
    response = desk.client.post("/samples?label=mug", files={"image": ("mug.png", png() + bytes(2**22))})
    assert response.status_code == 201


def test_forms_that_are_none(desk: Desk) -> None:
    for files in ({"image": (None, "no file")}, {"label": (None, "mug")}):
        assert problem(desk.client.post("/predict", files=files), 422) == "There is no picture"
    strange = {"image": ("mug.png", png()), "colour": (None, "red")}
    assert problem(desk.client.post("/predict", files=strange), 422) == "That form has something else in it"
    two = [("image", ("a.png", png())), ("image", ("b.png", png()))]
    assert problem(desk.client.post("/predict", files=two), 400) == "That form cannot be read"
    for content, kind in (
        (b"", "multipart/form-data"),
        (b"not a part", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ):
        response = desk.client.post("/predict", content=content, headers={"Content-Type": kind})
        assert problem(response, 400) == "That form cannot be read"


def test_nothing_has_been_learned(desk: Desk) -> None:
    desk.hub.prediction = Prediction(None, 0.0)
    response = desk.client.post("/predict", files={"image": ("mug.png", png())})
    assert problem(response, 409) == "Nothing has been learned yet"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (NotAnswering("The learner is gone", "It stopped.", "Start it."), 503),
        (ProjectBusy("The project is busy", "It is locked.", "Wait."), 503),
        (DiskFull("The disk is full", "There is no room.", "Free some."), 507),
        (LabelFault("That name does not work", "It is empty.", "Choose another."), 422),
    ],
)
def test_faults_are_told(desk: Desk, fault: ShowtellError, status: int) -> None:
    desk.hub.fault = fault
    response = desk.client.post("/samples?label=mug", files={"image": ("mug.png", png())})
    assert problem(response, status) == fault.title
    assert ("retry-after" in response.headers) == (status == 503)


def test_a_bug_of_ours_tells_nothing_of_itself() -> None:
    class Broken(FakeHub):
        def classes(self) -> Any:
            raise ZeroDivisionError("a secret")

    desk = Desk(Broken())
    desk.client._transport.raise_server_exceptions = False
    response = desk.client.get("/classes")
    assert problem(response, 500) == "A bug of ours"
    assert "secret" not in response.text


@pytest.mark.parametrize("way", ["raw", "form", "form with an address", "json", "both"])
def test_a_sample_is_stored_with_its_label(desk: Desk, way: str) -> None:
    match way:
        case "raw":
            response = desk.client.post(
                "/samples", params={"label": "Schlüssel"}, content=png(), headers={"Content-Type": "image/png"}
            )
        case "form":
            response = desk.client.post("/samples", files={"image": ("a.png", png())}, data={"label": "Schlüssel"})
        case "form with an address":
            response = desk.client.post("/samples?label=Schl%C3%BCssel", files={"image": ("a.png", png())})
        case "json":
            response = desk.client.post("/samples", json={"image": in_base64(png()), "label": "Schlüssel"})
        case _:
            response = desk.client.post(
                "/samples?label=another", files={"image": ("a.png", png())}, data={"label": "Schlüssel"}
            )
    assert response.status_code == 201
    assert response.json() == {"sample_id": 1, "class_id": 1, "label": "Schlüssel", "recording": 1}
    ((stored, label),) = desk.hub.added
    assert label == "Schlüssel"
    assert stored.jpeg.startswith(b"\xff\xd8")

    again = desk.client.post("/samples?label=Schl%C3%BCssel", files={"image": ("a.png", png())})
    assert (again.status_code, again.json()) == (200, response.json())
    other = desk.client.post("/samples?label=mug", files={"image": ("a.png", png())})
    assert problem(other, 409) == "That picture has another label"


def test_a_sample_without_a_label_waits_for_one(desk: Desk) -> None:
    response = desk.client.post("/samples", content=png(), headers={"Content-Type": "image/png"})
    assert (response.status_code, response.json()["class_id"]) == (201, None)
    response = desk.client.post("/samples", json={"image": in_base64(png(2)), "label": None})
    assert (response.status_code, response.json()["label"]) == (201, None)


def test_labels_that_are_none(desk: Desk) -> None:
    for label in ("", " ", "a\nb", "\nmug", "x" * 81, "a\x00b"):
        response = desk.client.post("/samples", json={"image": in_base64(png()), "label": label})
        assert problem(response, 422) == "That name does not work", label
    for twice in (
        desk.client.post("/samples?label=a&label=b", files={"image": ("a.png", png())}),
        desk.client.post("/samples", json={"image": in_base64(png()), "label": ["a"]}),
    ):
        assert problem(twice, 422) == "That is not one label"
    long = desk.client.post("/samples", files={"image": ("a.png", png())}, data={"label": "x" * 5000})
    assert problem(long, 400) == "That form cannot be read"
    assert desk.hub.added == []


def test_the_classes(desk: Desk) -> None:
    assert desk.client.get("/classes").json() == {"classes": []}
    desk.client.post("/samples?label=mug", files={"image": ("a.png", png())})
    (info,) = desk.client.get("/classes").json()["classes"]
    assert info == {"id": 1, "name": "mug", "colour": "#E69F00", "samples": 1, "held_out": 0}


def test_events_begin_with_how_it_is_and_tell_the_newest_of_each(desk: Desk) -> None:
    desk.hub.feed.tell("state", {"learner": "ready"})
    subscribe = desk.hub.feed.subscribe

    def already_over() -> Any:
        stream = subscribe()
        for confidence in (0.1, 0.2):
            desk.hub.feed.tell("prediction", {"label": "mug", "confidence": confidence})
        stream.close()
        return stream

    desk.hub.feed.subscribe = already_over  # type: ignore[method-assign]
    response = desk.client.get("/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    first, second = response.text.strip().split("\r\n\r\n")
    assert first.splitlines() == ["id: 1", "event: state", 'data: {"learner": "ready"}']
    assert second.splitlines()[1:] == ["event: prediction", 'data: {"label": "mug", "confidence": 0.2}']
    assert len(desk.app.streams) == 0


def test_only_so_many_may_listen(desk: Desk) -> None:
    for _ in range(16):
        desk.app.streams.add(object())  # type: ignore[arg-type]
    assert problem(desk.client.get("/events"), 503) == "Too many listen"


def test_metrics(desk: Desk) -> None:
    desk.client.post("/samples?label=mug", files={"image": ("a.png", png())})
    desk.client.post("/predict", files={"image": ("a.png", png())})
    desk.client.post("/v1/predict/any-id", json={"image": in_base64(png())})
    desk.client.get("/what-is-this")
    desk.stranger.get("/classes")
    response = desk.client.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = set(response.text.splitlines())
    for line in (
        'showtell_http_requests_total{method="POST",path="/predict",status="200"} 1.0',
        'showtell_http_requests_total{method="POST",path="/v1/predict/{key}",status="200"} 1.0',
        'showtell_http_requests_total{method="GET",path="none",status="404"} 1.0',
        'showtell_http_requests_total{method="GET",path="none",status="401"} 1.0',
        'showtell_predictions_total{unknown="true"} 2.0',
        "showtell_samples_added_total 1.0",
        "showtell_learner_up 1.0",
        "showtell_version 7.0",
        'showtell_increments_total{outcome="learned"} 3.0',
        'showtell_samples{class="mug"} 1.0',
    ):
        assert line in lines, line
    assert "what-is-this" not in response.text


def test_health_is_told_to_everybody(desk: Desk) -> None:
    assert desk.stranger.get("/health").json() == {"learner": "ready"}
    desk.hub.status = Status(LearnerPhase.GONE)
    assert problem(desk.stranger.get("/health"), 503) == "The learner is gone"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_bring_all_that_they_need(desk: Desk, path: str) -> None:
    response = desk.stranger.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>" not in response.text
    assert "style=" not in response.text
    assert "http://" not in response.text
    assert "https://" not in response.text
    for part in ("/page.css", "/icon.svg", *(["/page.js"] if path == "/" else [])):
        assert f'"{part}"' in response.text
        assert desk.stranger.get(part).status_code == 200


def test_the_docs_show_every_route(desk: Desk) -> None:
    document = desk.stranger.get("/openapi.json").json()
    page = desk.stranger.get("/docs").text
    assert document["openapi"] == "3.1.0"
    routes = {
        "/predict",
        "/predict/{key}",
        "/v1/predict/{key}",
        "/samples",
        "/classes",
        "/events",
        "/metrics",
        "/health",
    }
    assert set(document["paths"]) == routes
    assert all(f"<code>{path}</code>" in page for path in routes)


def test_what_is_not_there(desk: Desk) -> None:
    assert problem(desk.client.get("/nothing"), 404) == "There is nothing here"
    assert problem(desk.client.get("/classes/"), 404) == "There is nothing here"
    refused = desk.client.get("/predict")
    assert problem(refused, 405) == "That method does not work here"
    assert refused.headers["allow"] == "POST"


def test_a_body_that_grows_too_large(desk: Desk) -> None:
    pieces = (bytes(2**20) for _ in range(MAX_BODY // 2**20 + 1))  # which says nothing of its length before
    response = desk.client.post("/predict", content=pieces, headers={"Content-Type": "image/png"})
    assert problem(response, 413) == "That is too large"
    for kind in ("multipart/form-data; boundary=x", "application/json"):
        large = desk.client.post("/samples", content=bytes(MAX_BODY + 1), headers={"Content-Type": kind})
        assert problem(large, 413) == "That is too large"
    assert desk.hub.seen == []

# SPDX-License-Identifier: Apache-2.0
"""The routes, put together over a hub."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from http import HTTPStatus
from importlib import resources
from typing import Any, TypeVar

import anyio
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from learner.buffer import EncodedImage, encode
from learner.buffer.codec import LONG_SIDE
from learner.errors import NothingLearned, ShowtellError
from learner.files import assets_folder
from learner.pictures import decode_image
from learner.serve.answers import answer_data, class_data, lobe_data, sample_data
from learner.serve.feed import Subscription
from learner.serve.hub import Hub, LearnerPhase, NotAnswering
from learner.serve.metrics import MEDIA_TYPE as METRICS_TYPE
from learner.serve.metrics import Metrics
from learner.serve.openapi import docs_page, openapi
from learner.serve.posted import posted
from learner.serve.problem import Problem, bug_response, fault_response, gone_response, http_response, problem_response
from learner.serve.security import LOBE_PATHS, Access, BodyLimit, Gate

_ANSWER_SECONDS = 30.0
_DECODERS = 2
"""Pictures that are decoded at a time: one of 50 million pixels takes 150 MB."""
_MOST_STREAMS = 16
_PING_SECONDS = 15
_SEND_SECONDS = 30.0
"""Who has not read for so long is no longer there."""

Result = TypeVar("Result")


class Streams:
    """The event streams that are open, which would otherwise keep a server from ending."""

    def __init__(self) -> None:
        self._open: set[Subscription] = set()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._open)

    def add(self, stream: Subscription) -> None:
        """Have one more."""
        self._open.add(stream)

    def discard(self, stream: Subscription) -> None:
        """Have one less."""
        self._open.discard(stream)

    def close(self) -> None:
        """End all of them; to be called in their event loop."""
        for stream in list(self._open):
            stream.close()


@dataclass(frozen=True, slots=True)
class App:
    """What answers requests, and what has to be closed before it can end."""

    asgi: ASGIApp
    streams: Streams


def build_app(hub: Hub, access: Access) -> App:
    """Put a server's routes together.

    Args:
        hub: the project.
        access: who may come in.
    """
    metrics, streams = Metrics(hub), Streams()
    endpoints = _Endpoints(hub, metrics, streams)
    routes = [
        Route("/", _file("page.html", "text/html; charset=utf-8")),
        Route("/page.js", _file("page.js", "text/javascript; charset=utf-8")),
        Route("/page.css", _file("page.css", "text/css; charset=utf-8")),
        Route("/icon.svg", _constant((assets_folder() / "icon.svg").read_bytes(), "image/svg+xml")),
        Route("/docs", _constant(docs_page().encode(), "text/html; charset=utf-8")),
        Route("/openapi.json", _constant(json.dumps(openapi()).encode(), "application/json")),
        Route("/health", endpoints.health),
        Route("/predict", endpoints.predict, methods=["POST"]),
        *(Route(f"{path}{{key}}", endpoints.predict_for_lobe, methods=["POST"]) for path in LOBE_PATHS),
        Route("/samples", endpoints.add_sample, methods=["POST"]),
        Route("/classes", endpoints.classes),
        Route("/metrics", endpoints.metrics),
        Route("/events", endpoints.events),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(_Counted, metrics=metrics, routes=routes),
            Middleware(Gate, access=access),
            Middleware(BodyLimit),
        ],
        exception_handlers={
            Problem: problem_response,
            ShowtellError: fault_response,
            HTTPException: http_response,
            ClientDisconnect: gone_response,
            Exception: bug_response,
        },
    )
    app.router.redirect_slashes = False
    return App(app, streams)


class _Endpoints:
    def __init__(self, hub: Hub, metrics: Metrics, streams: Streams) -> None:
        self._hub = hub
        self._metrics = metrics
        self._streams = streams
        self._decoders = anyio.CapacityLimiter(_DECODERS)

    async def health(self, _request: Request) -> Response:
        """Say whether there is a learner; nothing of the project."""
        phase = self._hub.status.phase
        if phase is LearnerPhase.GONE:
            raise NotAnswering("The learner is gone", "It stopped again and again.", "Start the server again.")
        return JSONResponse({"learner": phase})

    async def predict(self, request: Request) -> Response:
        """Answer for a picture."""
        return await self._predict(request, is_lobe=False)

    async def predict_for_lobe(self, request: Request) -> Response:
        """Answer for a picture at an address as Lobe's clients have it."""
        return await self._predict(request, is_lobe=True)

    async def _predict(self, request: Request, *, is_lobe: bool) -> Response:
        picture = await posted(request, is_lobe=is_lobe)
        image = await self._decoded(lambda: decode_image(picture.content))
        prediction = await _of(self._hub.answer(image))
        if prediction.label is None:
            raise NothingLearned(
                "Nothing has been learned yet",
                f"{self._hub.name} has no version to answer with.",
                "Post samples of at least two labels, and ask again a little later.",
            )
        self._metrics.predictions.labels(str(prediction.unknown).lower()).inc()
        answer = answer_data(prediction)
        return JSONResponse({**answer, **lobe_data(prediction)} if picture.is_json else answer)

    async def add_sample(self, request: Request) -> Response:
        """Store a picture."""
        picture = await posted(request)
        encoded = await self._decoded(lambda: _encoded(picture.content))
        added = await _of(self._hub.add(encoded, picture.label))
        if added.is_new:
            self._metrics.samples_added.inc()
        return JSONResponse(sample_data(added), HTTPStatus.CREATED if added.is_new else HTTPStatus.OK)

    async def classes(self, _request: Request) -> Response:
        """List the classes."""
        classes = await _of(self._hub.classes())
        return JSONResponse({"classes": [class_data(info) for info in classes]})

    async def metrics(self, _request: Request) -> Response:
        """Tell Prometheus."""
        classes = await _of(self._hub.classes())
        return Response(self._metrics.text(classes), headers={"Content-Type": METRICS_TYPE})

    async def events(self, _request: Request) -> Response:
        """Tell what happens as it happens."""
        if len(self._streams) >= _MOST_STREAMS:
            raise NotAnswering(
                "Too many listen", f"There are {_MOST_STREAMS} event streams already.", "Close one, and try again."
            )
        return _EventStream(self._told(self._hub.feed.subscribe()), ping=_PING_SECONDS, send_timeout=_SEND_SECONDS)

    async def _told(self, stream: Subscription) -> AsyncIterator[ServerSentEvent]:
        self._streams.add(stream)
        try:
            async for told in stream:
                yield ServerSentEvent(json.dumps(told.data), event=told.kind, id=str(told.number))
        finally:
            self._streams.discard(stream)
            stream.close()

    async def _decoded(self, decode: Callable[[], Result]) -> Result:
        return await anyio.to_thread.run_sync(decode, limiter=self._decoders)


class _EventStream(EventSourceResponse):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the other end has gone, or does not read any more."""
        with contextlib.suppress(SendTimeoutError):
            await super().__call__(scope, receive, send)


class _Counted:
    """Counts what is answered, by route."""

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: Sequence[Route]) -> None:
        self._app = app
        self._metrics = metrics
        self._routes = routes

    def _path(self, scope: Scope) -> str:
        """Return the path of the route that answers, as it is written there; not every Starlette says which it is."""
        endpoint, asked = scope.get("endpoint"), scope["path"]
        found = (one.path for one in self._routes if one.endpoint == endpoint and one.path_regex.match(asked))
        return next(found, "none")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it as soon as its answer begins."""
        began = time.monotonic()

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                path = self._path(scope)
                seconds = None if path == "/events" else time.monotonic() - began
                self._metrics.count(path, _known(scope["method"]), message["status"], seconds)
            await send(message)

        await self._app(scope, receive, send_counted if scope["type"] == "http" else send)


def _encoded(content: bytes) -> EncodedImage:
    return encode(decode_image(content, LONG_SIDE), content)


def _known(method: str) -> str:
    return method if method in {"GET", "HEAD", "POST"} else "other"


async def _of(future: Future[Result]) -> Result:
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), _ANSWER_SECONDS)
    except TimeoutError:
        raise NotAnswering(
            "That took too long", f"There was no answer within {_ANSWER_SECONDS:g} s.", "Try again a little later."
        ) from None


def _file(name: str, media_type: str) -> Callable[[Request], Any]:
    return _constant((resources.files("learner.serve") / "static" / name).read_bytes(), media_type)


def _constant(content: bytes, media_type: str) -> Callable[[Request], Any]:
    async def endpoint(_request: Request) -> Response:
        return Response(content, media_type=media_type)

    return endpoint

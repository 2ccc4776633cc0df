# SPDX-License-Identifier: Apache-2.0
"""What went wrong, as `application/problem+json` (RFC 9457): `detail` is what happened, `remedy` what to do next."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from learner.errors import DiskFull, ImageFault, LabelFault, NothingLearned, ProjectFault, ShowtellError
from learner.serve.hub import NotAnswering, SameSample

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_STATUSES: tuple[tuple[type[ShowtellError], HTTPStatus], ...] = (
    (ImageFault, HTTPStatus.UNPROCESSABLE_ENTITY),
    (LabelFault, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NothingLearned, HTTPStatus.CONFLICT),
    (SameSample, HTTPStatus.CONFLICT),
    (NotAnswering, HTTPStatus.SERVICE_UNAVAILABLE),
    (DiskFull, HTTPStatus.INSUFFICIENT_STORAGE),
    (ProjectFault, HTTPStatus.SERVICE_UNAVAILABLE),
)


class Problem(Exception):
    """A request that cannot be carried out.

    Args:
        status: of the response.
        title: a few words, no full stop.
        happened: one sentence: what happened.
        remedy: one sentence: what to do next.
        headers: of the response, besides its type.
    """

    def __init__(
        self,
        status: HTTPStatus,
        title: str,
        happened: str,
        remedy: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title, happened)
        self.status = status
        self.title = title
        self.happened = happened
        self.remedy = remedy
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """Return what to send."""
        content = {"title": self.title, "status": int(self.status), "detail": self.happened, "remedy": self.remedy}
        return JSONResponse(content, int(self.status), self.headers, MEDIA_TYPE)


async def problem_response(_request: Request, problem: Exception) -> Response:
    """Answer for a `Problem`."""
    assert isinstance(problem, Problem)  # noqa: S101
    return problem.response()


async def fault_response(_request: Request, fault: Exception) -> Response:
    """Answer for what people meet."""
    assert isinstance(fault, ShowtellError)  # noqa: S101
    status = next((status for kind, status in _STATUSES if isinstance(fault, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    headers = {"Retry-After": "2"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return Problem(status, fault.title, fault.happened, fault.remedy, headers).response()


async def http_response(request: Request, error: Exception) -> Response:
    """Answer for what the router or a parser found."""
    assert isinstance(error, HTTPException)  # noqa: S101
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.NOT_FOUND:
        title, happened = "There is nothing here", f"Nothing is served at {request.url.path}."
    elif status == HTTPStatus.METHOD_NOT_ALLOWED:
        title, happened = "That method does not work here", f"{request.method} is not for {request.url.path}."
    else:
        title, happened = "That request cannot be read", f"{error.detail}."
    return Problem(status, title, happened, "See /docs for what there is.", error.headers).response()


async def gone_response(_request: Request, _error: Exception) -> Response:
    """Answer for somebody who left in the middle of a request, and will not read it: that is no bug of ours."""
    return Problem(
        HTTPStatus.BAD_REQUEST, "That request cannot be read", "It breaks off in the middle.", "Send all of it."
    ).response()


async def bug_response(_request: Request, _error: Exception) -> Response:
    """Answer for a bug of ours; what it was is nobody's business outside."""
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "A bug of ours",
        "Showtell met something it was not prepared for.",
        "What it was stands in Showtell's log; please report it.",
    ).response()

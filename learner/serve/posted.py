# SPDX-License-Identifier: Apache-2.0
"""Pictures as requests bring them: as they are, in a form, or in JSON; and nothing of them touches the disk."""

from __future__ import annotations

import base64
import binascii
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from learner import json_within
from learner.buffer.labels import clean_name
from learner.errors import LabelFault
from learner.serve.problem import Problem
from learner.serve.security import MAX_BODY

_LABEL_BYTES = 4096
_MOST_PARTS = 10_000
"""Of JSON, in which there is one picture and one label."""

# It would tell on the terminal of every form that a stranger got wrong.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Posted:
    """The bytes of a picture file, and the label beside it; `is_json` says that it came as Lobe's clients send it."""

    content: bytes
    label: str | None
    is_json: bool = False


async def posted(request: Request, *, is_lobe: bool = False) -> Posted:
    """Read the picture that a request brings.

    Args:
        request: raw bytes with a picture's type or as application/octet-stream, a form with the file `image`, or JSON
            with `image` in base64. A label comes beside the picture, or else in the address.
        is_lobe: what has no type that says otherwise is JSON: many of Lobe's clients send it without a type, or as
            text.

    Raises:
        Problem: it brings no picture.
        LabelFault: it brings more than one label, or one that no class can have.
    """
    label = _label(request.query_params.getlist("label"))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=1, max_part_size=_LABEL_BYTES)
        try:
            form = await _form(parser)
            content = await _file(form)
            return Posted(content, _label(form.getlist("label")) or label)
        finally:
            parser.close()
    if kind.startswith("image/") or kind == "application/octet-stream":
        return Posted(await request.body(), label)
    if kind == "application/json" or is_lobe:
        fields = _fields(await request.body())
        beside = [] if fields.get("label") is None else [fields["label"]]
        return Posted(_from_base64(fields), _label(beside) or label, is_json=True)
    raise Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "That is no type for a picture",
        f"The Content-Type is {kind}." if kind else "There is no Content-Type.",
        "Send image/jpeg, image/png, application/octet-stream, multipart/form-data or application/json.",
    )


def _label(labels: Sequence[Any]) -> str | None:
    """Return the one label as a class has it, None without one; control characters are not trimmed but refused."""
    if not labels:
        return None
    label = labels[0]
    if len(labels) > 1 or not isinstance(label, str):
        raise LabelFault("That is not one label", "A sample has one label, which is a text.", "Send one.")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in label):
        raise LabelFault(
            "That name does not work", "A name has no line breaks or control characters.", "Choose another name."
        )
    return clean_name(label)


class _InMemory(MultiPartParser):
    """Keeps files in memory, which the size of the body bounds: they are pictures from somebody's camera."""

    spool_max_size = MAX_BODY + 1

    def close(self) -> None:
        """Let go of files, of those that broke off as well, which are in no form."""
        for file in self._files_to_close_on_error:
            file.close()


async def _form(parser: _InMemory) -> FormData:
    try:
        return await parser.parse()
    except (MultiPartException, FormParserError) as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "That form cannot be read",
            f"{str(error).removesuffix('.')}.",
            "Send a form with one file, image, and at most one more field, label.",
        ) from error


async def _file(form: FormData) -> bytes:
    strange = sorted(set(form) - {"image", "label"})
    if strange:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "That form has something else in it",
            f"Nothing is known of a field {strange[0]!r}.",
            "Send one file, image, and at most one more field, label.",
        )
    image = form.get("image")
    if not isinstance(image, UploadFile):
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "There is no picture",
            "The form has no file called image.",
            "Send it as a file, as curl does with -F image=@mug.jpg.",
        )
    return await image.read()


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = json_within.loads(body, _MOST_PARTS)
    except ValueError as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "That is not JSON", "The body cannot be read.", 'Send {"image": "…"} in UTF-8.'
        ) from error
    if not isinstance(fields, dict):
        raise _no_image()
    return fields


def _from_base64(fields: dict[str, Any]) -> bytes:
    """Return the picture of {"image": …}, or of {"inputs": {"Image": …}} as Lobe had it first."""
    inputs = fields.get("inputs")
    text = fields.get("image", inputs.get("Image") if isinstance(inputs, dict) else None)
    if not isinstance(text, str):
        raise _no_image()
    if text.startswith("data:"):  # as a browser's canvas gives it
        text = text.partition(",")[2]
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "That is not base64",
            "The text of image cannot be decoded.",
            "Encode the bytes of a picture file.",
        ) from error


def _no_image() -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "There is no picture",
        "The JSON has no text called image.",
        'Send {"image": "…"}, the bytes of a picture file in base64.',
    )

# SPDX-License-Identifier: Apache-2.0
"""What the server offers, as an OpenAPI 3.1 document, and as a page that shows it without anything from elsewhere."""

from __future__ import annotations

from importlib import metadata, resources
from typing import Any

from jinja2 import Environment

from learner.serve.problem import MEDIA_TYPE as PROBLEM

Json = dict[str, Any]

_BASE64 = "picture-base64"
"""Format of a text that is a picture file in base64."""

_LABEL: Json = {
    "type": "string",
    "minLength": 1,
    "maxLength": 80,
    # No control characters, and not of spaces alone.
    "pattern": r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*[^\s\u0000-\u001F\u007F-\u009F\u2028\u2029]"
    r"[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$",
    "examples": ["mug"],
}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_ID: Json = {"type": "integer", "minimum": 1}
_NO_ID: Json = {"type": ["integer", "null"], "minimum": 1}

_SCHEMAS: Json = {
    "Answer": {
        "type": "object",
        "description": "What is in a picture. Where it is unknown, the label is no more than the nearest guess.",
        "required": ["label", "confidence", "probabilities", "unknown", "novelty", "version_id", "milliseconds"],
        "properties": {
            "label": {"type": "string"},
            "confidence": _SHARE,
            "probabilities": {
                "type": "object",
                "description": "Every label with its probability, the largest first; they sum to 1.",
                "additionalProperties": _SHARE,
            },
            "unknown": {"type": "boolean", "description": "It resembles nothing that was taught."},
            "novelty": {"type": "number", "minimum": 0, "description": "How unlike everything taught it is."},
            "version_id": {**_NO_ID, "description": "The version that answered; null while it is being learned."},
            "milliseconds": {"type": "number", "minimum": 0},
        },
    },
    "LobeAnswer": {
        "description": "As Answer, and as both of Lobe's local APIs answered; those cannot say that it is unknown.",
        "allOf": [
            {"$ref": "#/components/schemas/Answer"},
            {
                "type": "object",
                "required": ["predictions", "outputs"],
                "properties": {
                    "predictions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["label", "confidence"],
                            "properties": {"label": {"type": "string"}, "confidence": _SHARE},
                        },
                    },
                    "outputs": {
                        "type": "object",
                        "required": ["Labels", "Prediction"],
                        "properties": {
                            "Labels": {
                                "type": "array",
                                "items": {
                                    "type": "array",
                                    "prefixItems": [{"type": "string"}, _SHARE],
                                    "minItems": 2,
                                    "maxItems": 2,
                                },
                            },
                            "Prediction": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        ],
    },
    "Sample": {
        "type": "object",
        "description": "A sample that is on the disk.",
        "required": ["sample_id", "class_id", "label", "recording"],
        "properties": {
            "sample_id": _ID,
            "class_id": {**_NO_ID, "description": "Null for one without a label."},
            "label": {"type": ["string", "null"], "description": "As the project writes it."},
            "recording": {**_ID, "description": "What came in quick succession under one label has the same."},
        },
    },
    "Classes": {
        "type": "object",
        "required": ["classes"],
        "properties": {
            "classes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "colour", "samples", "held_out"],
                    "properties": {
                        "id": _ID,
                        "name": {"type": "string"},
                        "colour": {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"},
                        "samples": {"type": "integer", "minimum": 0},
                        "held_out": {
                            "type": "integer",
                            "minimum": 0,
                            "description": "How many of them a person keeps to measure with.",
                        },
                    },
                },
            }
        },
    },
    "Health": {
        "type": "object",
        "required": ["learner"],
        "properties": {"learner": {"enum": ["starting", "ready", "restarting"]}},
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["title", "status", "detail", "remedy"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened."},
            "remedy": {"type": "string", "description": "What to do next."},
        },
    },
}

_PROBLEMS = {
    400: "The request cannot be read.",
    401: "The token is missing or wrong.",
    403: "A page of another server asks.",
    408: "The request was not here in time.",
    409: "Nothing has been learned yet.",
    413: "The request is larger than 16 MB.",
    415: "That is no type for a picture.",
    421: "The Host header names another server.",
    422: "There is no picture in it, or one that cannot be read, or that is no label.",
    503: "The learner does not answer now, or the file cannot be written; try again after the seconds of Retry-After.",
    507: "The disk is full.",
}
_READING = (401, 403, 421)
_ASKING = (400, 401, 403, 408, 409, 413, 415, 421, 422, 503)
_STORING = (*_ASKING, 507)

_EVENTS = """Server-sent events, each with JSON as its data:

- `state`: how it is; told at the beginning and at every change
- `prediction`: the answer for the newest frame of the camera, as of `POST /predict`
- `sample`: a sample was stored, as of `POST /samples`
- `increment`: `outcome` says whether something was `learned` or `rejected`, `kind` whether what was new (`wake`) or \
everything (`sleep`), `classes` how many samples of which label, and `why` it was rejected

Who reads slowly gets the newest of each and misses those before. A comment every 15 seconds keeps the connection."""


def openapi() -> Json:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Showtell",
            "version": metadata.version("showtell"),
            "summary": "Ask a project what is in a picture, and teach it.",
            "description": (
                "It runs on this machine and answers this machine alone, unless it was started otherwise. "
                "Every request brings the token that Showtell gave when the server was started: "
                "Authorization: Bearer TOKEN."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": {
            "/predict": {
                "post": {
                    "operationId": "predict",
                    "summary": "Say what is in a picture",
                    "description": "Its centre square counts. JSON is answered as Lobe answered it, besides.",
                    "requestBody": _picture(with_label=False),
                    "responses": _responses(
                        200, "The answer.", {"anyOf": [_ref("LobeAnswer"), _ref("Answer")]}, _ASKING
                    ),
                }
            },
            "/predict/{key}": _lobe("predictAsLobe"),
            "/v1/predict/{key}": _lobe("predictAsLobeV1"),
            "/samples": {
                "post": {
                    "operationId": "addSample",
                    "summary": "Store a sample, to be learned at once",
                    "description": (
                        "It is on the disk when this answers. A label that is new becomes a class; without a label it "
                        "waits for one. What is posted again adds nothing and answers 200."
                    ),
                    "parameters": [
                        {
                            "name": "label",
                            "in": "query",
                            "description": "The label, where there is none beside the picture.",
                            "schema": _LABEL,
                        }
                    ],
                    "requestBody": _picture(with_label=True),
                    "responses": {
                        **_responses(201, "It is stored.", _ref("Sample"), _STORING),
                        "200": _json("It was there already.", _ref("Sample")),
                        "409": _problem("The very same picture is there under another label."),
                    },
                }
            },
            "/classes": {
                "get": {
                    "operationId": "listClasses",
                    "summary": "List the labels, and how many samples each has",
                    "responses": _responses(200, "The labels in their order.", _ref("Classes"), (*_READING, 503)),
                }
            },
            "/events": {
                "get": {
                    "operationId": "followEvents",
                    "summary": "Follow what happens",
                    "description": _EVENTS,
                    "responses": {
                        "200": {"description": "The events.", "content": {"text/event-stream": {}}},
                        **_problems((*_READING, 503)),
                    },
                }
            },
            "/metrics": {
                "get": {
                    "operationId": "readMetrics",
                    "summary": "Figures for Prometheus",
                    "responses": {
                        "200": {"description": "The figures.", "content": {"text/plain": {}}},
                        **_problems((*_READING, 503)),
                    },
                }
            },
            "/health": {
                "get": {
                    "operationId": "readHealth",
                    "summary": "Say whether there is a learner; it takes no token",
                    "security": [],
                    "responses": _responses(200, "There is, or soon will be.", _ref("Health"), (403, 421, 503)),
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _SCHEMAS,
        },
    }


def docs_page() -> str:
    """Return the page that shows the document."""
    source = (resources.files("learner.serve") / "static" / "docs.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(source).render(document=openapi())


def _lobe(operation: str) -> Json:
    old = {
        "type": "object",
        "required": ["inputs"],
        "properties": {
            "inputs": {"type": "object", "required": ["Image"], "properties": {"Image": _text_picture()}},
            "image": _text_picture(),
        },
    }
    return {
        "post": {
            "operationId": operation,
            "summary": "Say what is in a picture, at an address as Lobe's clients have it",
            "description": (
                "In the place of a project's id stands the key for asking, which showtell serve prints with the "
                "address; it takes no token and lets nobody do anything else. With the token any id will do."
            ),
            "parameters": [{"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"anyOf": [_json_picture(with_label=False), old]}}},
            },
            "responses": _responses(200, "The answer.", _ref("LobeAnswer"), (*_ASKING, 404)),
        }
    }


def _picture(*, with_label: bool) -> Json:
    form = {
        "type": "object",
        "required": ["image"],
        "properties": {
            "image": {"type": "string", "contentMediaType": "image/*", "format": "binary"},
            **({"label": _LABEL} if with_label else {}),
        },
        "additionalProperties": False,
    }
    return {
        "required": True,
        "content": {
            "image/jpeg": {},
            "image/png": {},
            "application/octet-stream": {},
            "multipart/form-data": {"schema": form, "encoding": {"image": {"contentType": "image/jpeg, image/png"}}},
            "application/json": {"schema": _json_picture(with_label=with_label)},
        },
    }


def _json_picture(*, with_label: bool) -> Json:
    label = {"label": {**_LABEL, "type": ["string", "null"]}} if with_label else {}
    return {"type": "object", "required": ["image"], "properties": {"image": _text_picture(), **label}}


def _text_picture() -> Json:
    return {
        "type": "string",
        "format": _BASE64,
        "contentEncoding": "base64",
        "description": "The bytes of a picture file in base64; a data: address will do.",
    }


def _responses(status: int, told: str, schema: Json, problems: tuple[int, ...]) -> Json:
    return {str(status): _json(told, schema), **_problems(problems)}


def _json(told: str, schema: Json) -> Json:
    return {"description": told, "content": {"application/json": {"schema": schema}}}


def _problems(statuses: tuple[int, ...]) -> Json:
    return {str(status): _problem(_PROBLEMS.get(status, "There is nothing here.")) for status in sorted(statuses)}


def _problem(told: str) -> Json:
    return {"description": told, "content": {PROBLEM: {"schema": _ref("Problem")}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}

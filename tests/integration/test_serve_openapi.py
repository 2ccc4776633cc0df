# SPDX-License-Identifier: Apache-2.0
"""Schemathesis, which asks a real server everything that its OpenAPI document allows, and much that it does not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from learner.buffer import Buffer
from tests.integration.serving import png, served
from tests.integration.test_serve import taught

PICTURES = st.sampled_from([png(kind, number) for kind in range(1, 4) for number in range(3)])
"""A document can say that a body is a picture, and not what makes one."""


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    for kind in ("image/*", "image/jpeg", "image/png", "application/octet-stream"):
        schemathesis.openapi.media_type(kind, PICTURES)
    schemathesis.openapi.format("picture-base64", PICTURES.map(lambda content: base64.b64encode(content).decode()))
    Buffer.open(tmp_path / "desk.showtell").close()
    with served(tmp_path / "desk.showtell", tmp_path) as server:
        taught(server)
        config = SchemathesisConfig.from_dict(
            {
                "seed": 1,
                "headers": server.bearer,
                "continue-on-failure": True,
                "max-stream-events": 1,
                "generation": {"max-examples": 100, "deterministic": True, "database": "none"},
            }
        )
        document = schemathesis.openapi.from_url(f"{server.url}/openapi.json", config=config)
        asked, found = 0, []
        for event in from_schema(document).execute():
            if isinstance(event, events.ScenarioFinished):
                asked += len(event.recorder.cases)
                for checks in event.recorder.checks.values():
                    failures = [check.failure_info for check in checks if check.failure_info is not None]
                    found += [f"{one.failure.title}: {one.failure.message}\n{one.code_sample}" for one in failures]
            elif isinstance(event, events.NonFatalError | events.FatalError):
                found.append(str(event))
        assert not found, "\n\n".join(found[:5])
        assert asked > 100
        assert server.predict(1)[0] == 200

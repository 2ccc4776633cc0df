# SPDX-License-Identifier: Apache-2.0
"""A server without a socket, over a hub without a learner."""

from __future__ import annotations

import pytest

from tests.learner.serve.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()

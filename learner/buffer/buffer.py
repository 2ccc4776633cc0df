# SPDX-License-Identifier: Apache-2.0
"""The project file: the only durable state that the desktop and the learner share, and the only place with SQL."""

from __future__ import annotations

from learner.buffer.labels import Labels
from learner.buffer.memory import Memory


class Buffer(Labels, Memory):
    """A project file, open: what a person does (`Labels`) and what the learner keeps (`Memory`)."""

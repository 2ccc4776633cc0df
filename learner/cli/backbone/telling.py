# SPDX-License-Identifier: Apache-2.0
"""What the verbs tell of a backbone, and which one a project has in use."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learner.buffer import Buffer
    from learner.types import BackboneInfo


def in_use(buffer: Buffer) -> str | None:
    """Return the sha256 of the backbone of the version in use, or None when nothing has been learned."""
    champion = buffer.champion_id()
    for version in buffer.versions():
        if version.id == champion:
            return version.backbone_sha256
    return None


def info_data(info: BackboneInfo) -> dict[str, Any]:
    """Return the JSON object of a backbone."""
    return asdict(info)


def in_short(info: BackboneInfo) -> str:
    """Return a backbone's name with the beginning of its hash."""
    return f"{info.name} ({info.sha256[:12]})"


def in_words(info: BackboneInfo) -> str:
    """Return what a backbone takes and gives, as a sentence."""
    return (
        f"{in_short(info)} takes pictures of {info.input_size} × {info.input_size}, "
        f"from {info.low:g} to {info.high:g}, and gives {info.embedding_size} numbers."
    )

# SPDX-License-Identifier: Apache-2.0
"""The way into a project for what other laptops know (see `learner.fleet`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from numpy.typing import NDArray

from learner.buffer import Buffer, key_of
from learner.contribution import BIAS, KERNEL, Contribution
from learner.errors import BackboneFault, ProjectFault


def take_from_others(
    buffer: Buffer, backbone_sha256: str, laptops: int, names: Sequence[str], arrays: Mapping[str, NDArray[Any]]
) -> list[str]:
    """Keep in a project what has come from other laptops, for its learner to learn with.

    Their classes are the project's that have the same name, however it is written; what it has not becomes a new one,
    as long as anybody has samples of it.

    Args:
        buffer: the project.
        backbone_sha256: of the backbone that they are sums of.
        laptops: how many others there were.
        names: of the classes that they know.
        arrays: their sums, as of `Contribution`.

    Returns:
        The names of classes that are new.

    Raises:
        BackboneFault: the project has never had that backbone.
        ProjectFault: these cannot be sums.
        LabelFault: a name cannot be one.
    """
    found = next(((id_, info) for id_, info in buffer.backbones() if info.sha256 == backbone_sha256), None)
    if found is None:
        raise BackboneFault(
            "The fleet has another backbone",
            "What has come from other laptops was made with a backbone that this project has never had.",
            "Join again, with the same backbone on all laptops.",
        )
    backbone_id, backbone = found
    try:
        came = Contribution.from_arrays(names, backbone.embedding_size, arrays)
    except ValueError as error:
        raise ProjectFault(
            "What has come makes no sense",
            f"What other laptops have sent cannot be what they know ({error}).",
            "Nothing of it was kept. Ask whoever serves the fleet which Showtell it is.",
        ) from error
    known = {key_of(name): class_id for class_id, name in buffer.class_names().items()}
    # A class that nobody else has samples of is this laptop's own, and was deleted here meanwhile.
    kept = [count > 0 or key_of(name) in known for name, count in zip(names, came.counts, strict=True)]
    if not all(kept):
        arrays = came.only(set(compress(names, kept))).arrays() | {
            name: arrays[name][:, kept] for name in (KERNEL, BIAS) if name in arrays
        }
        names = list(compress(names, kept))
    new = sorted(name for name in names if key_of(name) not in known)
    for name in new:
        known[key_of(name)] = buffer.add_class(name).id
    buffer.offer(backbone_id, laptops, names, [known[key_of(name)] for name in names], arrays)
    return new

# SPDX-License-Identifier: Apache-2.0
"""Another project: its classes are merged by name, with recordings, times and hold-out marks as they are.

Only samples that have a label come over: not what was deleted, nor what nobody has labelled, nor that of classes that
were removed. Neither do embeddings, versions and backbones. The other file is read only, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from learner.buffer import Buffer, EncodedImage, encode
from learner.buffer.guest import guest
from learner.errors import EnvironmentFault
from learner.interchange.items import Found, Item, Recording, Skipped, Source, tidy_name
from learner.pictures import decode_image
from learner.types import Burst, ClassInfo, Role, Sample

_CHUNK = 64


def project_source(path: Path, into: Path | None = None) -> Source:
    """Return the samples of a project as a source, for the thread that asks for it.

    Args:
        path: the project.
        into: the one that they go to.

    Raises:
        EnvironmentFault: it is the very project they go to.
        ProjectFault: it cannot be read.
    """
    if into is not None and into.exists() and path.resolve() == into.resolve():
        raise EnvironmentFault(
            "That is this project", f"{path} cannot be imported into itself.", "Choose another project."
        )
    with ExitStack() as resources:
        buffer = resources.enter_context(guest(path))
        total = sum(info.count for info in buffer.classes(archived=True))
        return Source(_samples(buffer, path), total, resources.pop_all())


def _samples(buffer: Buffer, path: Path) -> Generator[Found, None, None]:
    classes = {info.id: info for info in buffer.classes()}
    bursts = {burst.id: burst for burst in buffer.bursts()}
    after = 0
    while chunk := buffer.samples(after=after, limit=_CHUNK):
        after = chunk[-1].id
        pictures = buffer.pictures([sample.id for sample in chunk])
        for sample in chunk:
            name = path / f"sample {sample.id}"
            info = classes.get(sample.class_id or 0)
            if sample.class_id is None:
                yield Skipped(name, "Nobody has labelled it.")
            elif info is None:
                yield Skipped(name, "Its class was removed.")
            elif sample.id in pictures and (label := tidy_name(info.name)):
                yield _item(name, sample, label, info, bursts.get(sample.burst_id), pictures[sample.id])


def _item(path: Path, sample: Sample, label: str, info: ClassInfo, burst: Burst | None, jpeg: bytes) -> Item:
    recording = Recording(("burst", burst.id), burst.source, burst.started_at) if burst else None
    return Item(
        path,
        label,
        partial(_load, path, jpeg, sample.sha256),
        recording,
        sample.role is Role.HOLDOUT,
        sample.captured_at,
        info.colour,
        info.shortcut,
        is_own=True,
    )


def _load(path: Path, jpeg: bytes, sha256: str) -> EncodedImage:
    """Return a stored picture as it is, with its identity; one that no Showtell would have stored is stored anew."""
    encoded = encode(decode_image(jpeg, name=str(path)), jpeg)
    return EncodedImage(jpeg, sha256) if encoded.jpeg == jpeg else encoded

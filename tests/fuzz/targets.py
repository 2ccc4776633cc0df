# SPDX-License-Identifier: Apache-2.0
"""What reads files that strangers made, each as one function from a file to what came of it.

It returns "read", "left out" where something in the file was, and raises nothing but what people are told.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from learner.backbones import read
from learner.buffer import Buffer
from learner.buffer.checking import check
from learner.buffer.codec import decode
from learner.errors import DamagedProject, ImageFault, LabelFault
from learner.interchange.formats import source_of
from learner.interchange.importing import import_source
from learner.pictures import decode_image, read_image
from learner.types import View

READ, LEFT_OUT = "read", "left out"
WANTED = 512

Target = Callable[[Path], str]


def picture(path: Path) -> str:
    """Read a picture as an import does, and then as it is."""
    read_image(path, WANTED)
    read_image(path)
    return READ


def imported(path: Path) -> str:
    """Bring whatever it is into a project."""
    with tempfile.TemporaryDirectory() as folder, Buffer.open(Path(folder) / "into.showtell") as buffer:
        with source_of(path, label=None if path.suffix in {".csv", ".tm", ".showtell", ".zip"} else "mug") as source:
            work = import_source(buffer, source)
            while True:
                try:
                    next(work)
                except StopIteration as end:
                    report = end.value
                    break
        if report.fault is not None:
            raise report.fault
        return LEFT_OUT if report.left_out or not report.added else READ


def checked(path: Path) -> str:
    """Tell what is wrong with a project."""
    return READ if check(path).is_well else "told"


def project(path: Path) -> str:
    """Open a project and look at all that is in it, and bring it into another one."""
    with Buffer.open(path, create=False) as buffer:
        outcome = _looked_at(buffer)
    imported(path)
    return outcome


def backbone(path: Path) -> str:
    """Read a backbone, and see what it gives."""
    from learner.nn import backbone as reading
    from learner.nn.package import model_from

    reading.describe(model_from(path.name, read(path)), "strange")
    return READ


TARGETS: dict[str, Target] = {
    "project": project,
    "check": checked,
    "picture": picture,
    "import": imported,
    "backbone": backbone,
}


def picture_bytes(content: bytes) -> str:
    """Decode a picture file that is in memory."""
    decode_image(content, WANTED)
    return READ


def _looked_at(buffer: Buffer) -> str:
    outcome = READ
    buffer.classes(archived=True)
    buffer.bursts()
    samples = [*buffer.samples(), *buffer.samples(deleted=True), *buffer.unlabelled()]
    buffer.catalogue()
    buffer.members()
    buffer.labelled()
    buffer.latest_samples(3)
    buffer.unknown_limit()
    for increment in buffer.increments():
        buffer.steps(increment.id)
        buffer.learned_when(increment.id)
    for id_, info in buffer.backbones():
        buffer.origin(info.sha256)
        buffer.seen_by(info.sha256)
        buffer.newest_increment(info.sha256)
        with suppress(LabelFault):
            buffer.embeddings([sample.id for sample in samples], id_, View.PICTURE)
    for kept in buffer.kept_backbones():
        buffer.backbone_file(kept.info.sha256, "litert")
    buffer.successor()
    buffer.checkpoint()
    buffer.last_consolidation()
    buffer.unlearnable()
    for look in (buffer.champion, buffer.versions):
        try:
            look()
        except DamagedProject:
            outcome = LEFT_OUT
    for _, info in buffer.backbones():
        for version_id in buffer.version_ids(info.sha256):
            try:
                if not buffer.head(version_id).is_finite:
                    outcome = LEFT_OUT
                buffer.arrays(version_id)
            except DamagedProject:
                outcome = LEFT_OUT
    for sample in samples:
        stored = buffer.pictures([sample.id])
        try:
            decode(stored[sample.id])
        except ImageFault:
            outcome = LEFT_OUT
    return outcome

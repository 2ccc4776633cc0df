# SPDX-License-Identifier: Apache-2.0
"""Whether a project file is well: as SQLite sees it (`verify`), and with all that is in it (`check`)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from learner.buffer.arrays import is_sound
from learner.buffer.backbones import Backbones
from learner.buffer.browsing import Browsing
from learner.buffer.codec import VECTOR_BYTES, decode
from learner.buffer.connection import as_damage, looking, translated
from learner.buffer.hardening import check_schema
from learner.buffer.labels import Labels
from learner.buffer.plausible import SPARED, check_rows
from learner.buffer.schema import USER_VERSION
from learner.buffer.versions import CHAMPION, Versions
from learner.errors import DamagedProject, ImageFault
from learner.quiet import quiet_stderr
from learner.types import View

Progress = Callable[[int, int], None]
"""Is told how much is done, and how much there is."""

_PICTURES = 32
_VECTORS = 2048
_TOLD_ONE_BY_ONE = SPARED | {("embeddings", "vector")}
_END_OF_JPEG = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Contents:
    """How many there are of what a project keeps; `samples` are live, `deleted` those that can be brought back."""

    classes: int
    recordings: int
    samples: int
    deleted: int
    embeddings: int
    increments: int
    versions: int


@dataclass(frozen=True, slots=True)
class Health:
    """What was found wrong with a project file, each in a sentence, and what it holds.

    `contents` is None where that could not be read. `is_older` says that the file was made by an older Showtell, whose
    tables are not looked into before it is opened, which brings it up to date.
    """

    findings: tuple[str, ...]
    contents: Contents | None
    is_older: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(path: Path) -> Health:
    """Tell whether SQLite can read a project file in full, and whether what refers to something finds it.

    Raises:
        ProjectFault: it is not there, not ours, newer, or cannot be reached at all.
    """
    with looking(path) as connection:
        return _verified(path, connection)


def check(path: Path, on_progress: Progress | None = None) -> Health:
    """Tell whether a project file is well, with every picture, embedding, version and backbone in it.

    Nothing is changed, and others may have it open meanwhile: what they write from now on is not looked at.

    Raises:
        ProjectFault: it is not there, not ours, newer, or cannot be reached at all.
    """
    with looking(path) as connection:
        connection.execute("BEGIN")
        found = _verified(path, connection)
        if found.contents is None or found.is_older:
            return found
        try:
            with as_damage(path):
                check_schema(path, connection)
                check_rows(path, connection, every=True, spared=_TOLD_ONE_BY_ONE)
        except DamagedProject as fault:  # what is in them could not be trusted enough to look at
            return Health((*found.findings, fault.happened), found.contents)
        inside = _Inside(path, connection, found.contents, on_progress)
        return Health((*found.findings, *inside.findings()), found.contents)


def contents(connection: sqlite3.Connection) -> Contents:
    """Count what a project keeps."""
    return Contents(
        *connection.execute(
            "SELECT (SELECT count(*) FROM classes WHERE archived_at IS NULL), (SELECT count(*) FROM bursts), "
            "(SELECT count(*) FROM samples WHERE deleted_at IS NULL), "
            "(SELECT count(*) FROM samples WHERE deleted_at IS NOT NULL), "
            "(SELECT count(*) FROM embeddings), (SELECT count(*) FROM increments), (SELECT count(*) FROM versions)"
        ).fetchone()
    )


def _verified(path: Path, connection: sqlite3.Connection) -> Health:
    try:
        with translated(path):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            findings = [
                f"SQLite: {line}"
                for (text,) in connection.execute("PRAGMA integrity_check")
                if text != "ok"
                for line in text.splitlines()
            ]
            findings += [
                f"Row {row} of {table} refers to a row of {parent} that is not there."
                for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
            ]
            return Health(tuple(findings), contents(connection), is_older=version < USER_VERSION)
    except DamagedProject as fault:
        return Health((fault.happened,), None)
    except sqlite3.OperationalError as error:  # a table that is not there
        return Health((f"SQLite: {error}",), None)


class _Inside(Labels, Browsing, Backbones, Versions):
    """Looks at all that a project file of the present format keeps.

    Args:
        path: the file.
        connection: to it, in a transaction.
        holds: how much there is in it.
        on_progress: is told how far it is.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, holds: Contents, on_progress: Progress | None
    ) -> None:
        super().__init__(path, Database(connection, execute_plugins=False))
        self._tell = on_progress
        self._done = 0
        self._total = holds.samples + holds.deleted + holds.embeddings + holds.versions

    def findings(self) -> Iterator[str]:
        """Tell what is wrong; where one part cannot be read, the others are looked at all the same."""
        for part in (
            self._wrong_pictures,
            self._wrong_embeddings,
            self._wrong_versions,
            self._wrong_backbones,
            self._wrong_consolidation,
        ):
            try:
                yield from part()
            except DamagedProject as fault:
                yield fault.happened

    def _wrong_pictures(self) -> Iterator[str]:
        ids = [row[0] for row in self._rows("SELECT id FROM samples ORDER BY id")]
        for start in range(0, len(ids), _PICTURES):
            part = ids[start : start + _PICTURES]
            pictures = self.pictures(part)
            with quiet_stderr():  # where the JPEG library complains of what is told here
                wrong = {sample_id: wrong_with(pictures[sample_id]) for sample_id in part}
            yield from (f"The picture of sample {sample_id} {what}." for sample_id, what in wrong.items() if what)
            self._count(len(part))

    def _wrong_embeddings(self) -> Iterator[str]:
        sizes = {id_: info.embedding_size for id_, info in self.backbones()}
        views = {view.value for view in View}
        last = 0
        while rows := self._rows(
            "SELECT rowid, sample_id, backbone_id, view, CAST(vector AS BLOB) FROM embeddings WHERE rowid > ? "
            "ORDER BY rowid LIMIT ?",
            (last, _VECTORS),
        ):
            for _, sample_id, backbone_id, view, vector in rows:
                which = f"The embedding of sample {sample_id} by backbone {backbone_id} ({view})"
                if view not in views:
                    yield f"{which} is of a view that there is not."
                elif len(vector) != VECTOR_BYTES * sizes.get(backbone_id, -1):
                    yield f"{which} has {len(vector)} bytes, which is not the size that the backbone gives."
                elif not np.isfinite(np.frombuffer(vector, "<f2")).all():
                    yield f"{which} has something in it that is no number."
            last = rows[-1][0]
            self._count(len(rows))

    def _wrong_versions(self) -> Iterator[str]:
        classes = {info.id for info in self.classes(archived=True)}
        for (version_id,) in self._rows("SELECT id FROM versions ORDER BY id"):
            try:
                head = self.head(version_id)
                self.version(version_id)
                arrays = self.arrays(version_id)
            except DamagedProject as fault:
                yield fault.happened
            else:
                if not head.is_finite:
                    yield f"Version {version_id} has a weight that is no number."
                if unknown := sorted(set(head.class_ids) - classes):
                    yield f"Version {version_id} knows class {unknown[0]}, which is not there."
                yield from (
                    f"{name} of version {version_id} has something in it that is no number."
                    for name, array in arrays.items()
                    if not is_sound(name, array)
                )
            self._count(1)
        chosen = self.setting(CHAMPION)
        if chosen is not None and self.champion_id() is None:
            yield f"Version {chosen} is said to be in use, and is not there."

    def _wrong_backbones(self) -> Iterator[str]:
        for sha256, name in self._rows(
            "SELECT backbones.sha256, backbone_files.name FROM backbone_files "
            "JOIN backbones ON backbones.id = backbone_id ORDER BY backbones.id, backbone_files.name"
        ):
            try:
                self.backbone_file(sha256, name)
            except DamagedProject as fault:
                yield fault.happened

    def _wrong_consolidation(self) -> Iterator[str]:
        for sha256, state in self._rows("SELECT sha256, CAST(state AS BLOB) FROM consolidation"):
            if hashlib.sha256(state).hexdigest() != sha256:
                yield "What is kept of the consolidation under way is not what was written."

    def _count(self, number: int) -> None:
        self._done += number
        if self._tell:
            self._tell(self._done, max(self._done, self._total))


def wrong_with(jpeg: bytes) -> str:
    """Return what is wrong with a stored picture, as the end of a sentence; "" where nothing is."""
    if not jpeg.endswith(_END_OF_JPEG):  # which would be decoded all the same, with grey where it breaks off
        return "breaks off"
    try:
        decode(jpeg)
    except ImageFault:
        return "cannot be decoded"
    return ""

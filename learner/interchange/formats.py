# SPDX-License-Identifier: Apache-2.0
"""Which format something to import has, from what it is called and what is in it."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from learner.errors import EnvironmentFault, NoLabels, UsageFault
from learner.interchange import projects, teachable_machine
from learner.interchange.archive import ZipTree
from learner.interchange.clips import ENDINGS as CLIPS
from learner.interchange.clips import clip_frames, clip_source, is_clip
from learner.interchange.folders import table_source, tree_source
from learner.interchange.items import Found, Skipped, Source, Still, joined, no_labels, picture, tidy_name
from learner.interchange.table import TABLE
from learner.interchange.tree import FolderTree, below
from learner.pictures import ENDINGS as PICTURES
from learner.pictures import is_picture, read_file

_TABLES = frozenset({".csv", ".tsv"})
ENDINGS = frozenset({*PICTURES, *CLIPS, *_TABLES, ".zip", ".tm", ".showtell"})
"""Endings of files that can be imported."""
_ZIP, _EMPTY_ZIP, _SQLITE = b"PK\3\4", b"PK\5\6", b"SQLite format 3\0"


def source_of(path: Path, *, label: str | None = None, every: int | None = None, into: Path | None = None) -> Source:
    """Return what is to be imported as a source.

    Args:
        path: class folders, a table, an archive of these, a project of Teachable Machine or of Showtell, a clip, or a
            picture.
        label: what all of it shows.
        every: of clips, take every so many frames; without it, what differs of about ten a second.
        into: the project it goes to.

    Raises:
        NoLabels: nothing says what it shows.
        UsageFault: a label is given for something that has labels of its own.
        EnvironmentFault: it cannot be read, or is nothing that can be imported.
    """
    if os.path.isdir(path):
        return tree_source(FolderTree(path), label=label, every=every)
    head = _head(path)
    ending = path.suffix.lower()
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _archive(path, label, every)
    if head == _SQLITE or ending == ".showtell":
        _refuse_label(path, label)
        return projects.project_source(path, into)
    if ending in _TABLES:
        return table_source(FolderTree(path.parent), path.name, label=label, every=every)
    if is_clip(path.name):
        if label is None:
            raise no_labels(path, "a clip")
        return clip_source(path, label, every)
    if ending in PICTURES or is_picture(path):
        if label is None:
            raise no_labels(path, "a picture")
        return Source(_one(path, label), 1)
    raise _nothing(path, is_archive=ending in {".zip", ".tm"})


def sources_of(paths: Sequence[Path], label: str | None = None, into: Path | None = None) -> Source:
    """Return what a person has dropped as one source; folders of loose files are classes of their own.

    What of several things cannot be read is left out.

    Args:
        paths: as for `source_of`.
        label: what all of it shows; it is not said of what has labels of its own.
        into: the project it goes to.

    Raises:
        NoLabels: nothing says what something shows.
        EnvironmentFault: there is one thing only, which cannot be read.
    """
    sources: list[Source] = []
    try:
        for path in paths:
            if label is not None and is_loose(path) and len(paths) > 1:
                sources.append(Source(_later(path, label), 1))
            else:
                sources.append(_dropped(path, label, into, is_alone=len(paths) == 1))
    except BaseException:
        for source in sources:
            source.close()
        raise
    return joined(sources)


def has_own_labels(path: Path) -> bool:
    """Return whether a file says itself what its pictures show, wherever it is imported to: by its name alone."""
    return path.suffix.lower() in {*_TABLES, ".tm", ".showtell"}


def is_loose(path: Path) -> bool:
    """Return whether a file is a picture or a clip, by its name, which somebody has to say the class of."""
    return not os.path.isdir(path) and path.suffix.lower() not in {*_TABLES, ".tm", ".showtell", ".zip"}


def _dropped(path: Path, label: str | None, into: Path | None, *, is_alone: bool) -> Source:
    try:
        return source_of(path, label=None if has_own_labels(path) else label, into=into)
    except NoLabels:
        if not path.is_dir() or not tidy_name(path.name):
            raise
        return source_of(path, label=tidy_name(path.name), into=into)
    except EnvironmentFault as fault:
        if is_alone and not is_loose(path):
            raise
        return Source(_left_out(path, fault), 1)


def _later(path: Path, label: str) -> Generator[Found, None, None]:
    """Yield a loose picture or clip that is not opened before its turn: there may be thousands."""
    if is_clip(path.name):
        yield from clip_frames(path, path, label)
        yield Still(1)
    else:
        yield picture(path, label, partial(read_file, path))


def _left_out(path: Path, fault: EnvironmentFault) -> Generator[Found, None, None]:
    yield Skipped(path, fault.happened)


def _archive(path: Path, label: str | None, every: int | None) -> Source:
    with ExitStack() as resources:
        tree = ZipTree(path)
        resources.callback(tree.close)
        source = _in_archive(tree, label, every)
        resources.callback(source.close)

        def items() -> Generator[Found, None, None]:
            yield from tree.skipped
            yield from source.items

        return Source(items(), source.total, resources.pop_all())


def _in_archive(tree: ZipTree, label: str | None, every: int | None) -> Source:
    if teachable_machine.is_project(tree):
        _refuse_label(tree.path, label)
        return teachable_machine.project_source(tree, every)
    root = tree.root
    listing = tree.listing(root)
    tables = [name for name in listing.files if Path(name).suffix.lower() in _TABLES]
    if label is None and len(tables) == 1 and TABLE not in tables:
        return table_source(tree, below(root, tables[0]), root, every=every)
    if label is None and listing.files and not listing.folders and not tables:
        label = teachable_machine.sample_label(tree.path) or None
    return tree_source(tree, root, label=label, every=every)


def _one(path: Path, label: str) -> Generator[Found, None, None]:
    yield picture(path, label, partial(read_file, path))


def _head(path: Path) -> bytes:
    if os.path.exists(path) and not os.path.isfile(path):
        raise _nothing(path)
    try:
        with path.open("rb") as file:
            return file.read(16)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise EnvironmentFault(
            "That cannot be read", f"{path} cannot be read ({why}).", "Check the path, and that you may."
        ) from error


def _refuse_label(path: Path, label: str | None) -> None:
    if label is not None:
        raise UsageFault("That has labels of its own", f"{path} says itself what it shows.", "Leave out --label.")


def _nothing(path: Path, *, is_archive: bool = False) -> EnvironmentFault:
    if is_archive:
        return EnvironmentFault(
            "That archive cannot be read", f"{path} is damaged or no zip archive.", "Get it again, or pack it anew."
        )
    return EnvironmentFault(
        "That cannot be imported",
        f"{path} is nothing that Showtell can read pictures from.",
        "Give it class folders, a table (.csv), an archive of these (.zip), a Teachable Machine project (.tm), "
        "a project (.showtell), clips or pictures.",
    )

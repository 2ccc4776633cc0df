# SPDX-License-Identifier: Apache-2.0
"""Class folders: one folder a class, named after it, with its pictures inside; nothing in them is changed.

Where all folders are called train, val, validation, valid or test, each has class folders of its own, and what is not
called train is to measure with. A folder of samples that Showtell wrote has a table beside its class folders (see
`learner.interchange.table`).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from learner.errors import EnvironmentFault
from learner.interchange.clips import clip_frames, is_clip
from learner.interchange.items import Found, Skipped, Source, Still, no_labels, picture, tidy_name
from learner.interchange.table import TABLE, Row, count_lines, read_table
from learner.interchange.tree import FolderTree, Listing, Tree, below

SPLITS = {"train": False, "training": False, "val": True, "valid": True, "validation": True, "test": True}
"""Names of folders that say what pictures are for, and whether that is to measure with."""


@dataclass(frozen=True, slots=True)
class ClassFolder:
    """A folder named after a class, its files in natural order, and what in it cannot be a picture."""

    name: str
    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def class_folders(folder: Path) -> tuple[list[ClassFolder], list[Skipped]]:
    """List the class folders in a folder, and what lies beside them.

    Raises:
        EnvironmentFault: the folder cannot be read, or has no class folders.
    """
    tree = FolderTree(folder)
    listing = tree.listing("")
    if not listing.folders:
        raise _no_folders(folder)
    found, beside = [], [*listing.skipped, *(_beside(folder / name) for name in listing.files)]
    for name in listing.folders:
        try:
            inside = tree.listing(name)
        except EnvironmentFault as fault:
            beside.append(Skipped(folder / name, fault.happened))
            continue
        folders = [Skipped(folder / name / one, "It is a folder within a class folder.") for one in inside.folders]
        files = tuple(folder / name / one for one in inside.files)
        found.append(ClassFolder(name, files, (*inside.skipped, *folders)))
    return found, beside


def tree_source(
    tree: Tree,
    folder: str = "",
    *,
    label: str | None = None,
    every: int | None = None,
) -> Source:
    """Return what is in a folder as a source.

    Args:
        tree: where it is.
        folder: its name in there.
        label: what all that is below it shows; without it the folders say so.
        every: which frames of clips to take (see `learner.interchange.clips`).

    Raises:
        NoLabels: there are pictures, and nothing says what they show.
        EnvironmentFault: it cannot be read, or there is nothing in it.
    """
    listing = tree.listing(folder)
    if label is not None:
        items = labelled(tree, folder, label, every)
    elif TABLE in listing.files:
        items = _with_table(tree, folder, every)
    elif _is_split(tree, folder, listing):
        items = _splits(tree, folder, listing, every)
    elif listing.folders:
        items = _classes(tree, folder, listing, every)
    elif listing.files:
        raise no_labels(tree.path / folder, f"{tree.kind} of loose files")
    else:
        raise _no_folders(tree.path / folder)
    return Source(items, tree.count(folder))


def labelled(
    tree: Tree,
    folder: str,
    label: str,
    every: int | None = None,
    *,
    held_out: bool = False,
    known: frozenset[int] | set[int] = frozenset(),
) -> Generator[Found, None, None]:
    """Yield what is in a folder and all below it, as pictures and clips of one class.

    Args:
        tree: where it is.
        folder: its name in there.
        label: what it shows.
        every: which frames of clips to take.
        held_out: it is to measure with.
        known: hashes of the names of files that are left out, since they came already.
    """
    try:
        listing = tree.listing(folder)
    except EnvironmentFault as fault:
        yield Skipped(tree.path / folder, fault.happened)
        return
    yield from listing.skipped
    for name in listing.files:
        file = below(folder, name)
        if hash(file) not in known:
            yield from one_file(tree, file, label, every, held_out=held_out)
    for name in listing.folders:
        yield from labelled(tree, below(folder, name), label, every, held_out=held_out, known=known)


def one_file(
    tree: Tree, file: str, label: str, every: int | None = None, *, held_out: bool = False
) -> Generator[Found, None, None]:
    """Yield a picture, or the frames of a clip."""
    path = tree.path / file
    if not is_clip(file):
        yield picture(path, label, partial(tree.read, file), held_out=held_out)
        return
    try:
        with tree.on_disk(file) as place, closing(clip_frames(place, path, label, every, held_out=held_out)) as frames:
            yield from frames
    except EnvironmentFault as fault:
        yield Skipped(path, fault.happened)
    yield Still(1)


def _classes(
    tree: Tree, folder: str, listing: Listing, every: int | None, *, held_out: bool = False
) -> Generator[Found, None, None]:
    yield from listing.skipped
    yield from (_beside(tree.path / below(folder, name)) for name in listing.files)
    for name in listing.folders:
        label = tidy_name(name)
        if label:
            yield from labelled(tree, below(folder, name), label, every, held_out=held_out)
        else:
            yield Skipped(tree.path / below(folder, name), "Its name is not one a class can have.")


def _is_split(tree: Tree, folder: str, listing: Listing) -> bool:
    """Return whether folders say what pictures are for: each is called so, and has nothing but folders in it."""
    if not listing.folders or any(name.lower() not in SPLITS for name in listing.folders):
        return False
    inside = [tree.listing(below(folder, name)) for name in listing.folders]
    return any(one.folders and not one.files for one in inside)


def _splits(tree: Tree, folder: str, listing: Listing, every: int | None) -> Generator[Found, None, None]:
    yield from listing.skipped
    yield from (_beside(tree.path / below(folder, name)) for name in listing.files)
    # What is learned from comes first: what is in both is learned from and not measured with.
    for name in sorted(listing.folders, key=lambda one: SPLITS[one.lower()]):
        inside = below(folder, name)
        yield from _classes(tree, inside, tree.listing(inside), every, held_out=SPLITS[name.lower()])


def _with_table(tree: Tree, folder: str, every: int | None) -> Generator[Found, None, None]:
    """Yield what a table names, and then what somebody has put into its class folders since."""
    known: set[int] = set()
    labels: dict[str, str | None] = {}
    try:
        for row in read_table(tree, below(folder, TABLE), folder):
            if isinstance(row, Skipped):
                yield row
                continue
            known.add(hash(row.file))
            top = row.file.removeprefix(f"{folder}/").partition("/")[0]
            labels[top] = row.label if labels.get(top, row.label) == row.label else None
            yield from _of_row(tree, row, every)
    except EnvironmentFault as fault:  # it is somebody else's, called like ours by chance
        yield Skipped(tree.path / below(folder, TABLE), fault.happened)
    listing = tree.listing(folder)
    for name in listing.folders:
        label = labels.get(name, tidy_name(name))
        if label:
            yield from labelled(tree, below(folder, name), label, every, known=known)
    yield from (_beside(tree.path / below(folder, name)) for name in listing.files if name != TABLE)


def _beside(path: Path) -> Skipped:
    return Skipped(path, "It is not in a class folder.")


def _no_folders(folder: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "There are no class folders",
        f"{folder} has no folders in it.",
        "Put the pictures of each class into a folder named after the class.",
    )


def table_source(
    tree: Tree,
    file: str,
    folder: str = "",
    *,
    label: str | None = None,
    every: int | None = None,
) -> Source:
    """Return the pictures that a table names as a source; arguments as of `tree_source`.

    Raises:
        NoLabels: nothing says what they show.
        EnvironmentFault: it cannot be read, or is no table of pictures.
    """
    rows = read_table(tree, file, folder, label)
    first = next(rows, None)  # whether it is a table at all is known from its head

    def items() -> Generator[Found, None, None]:
        for row in () if first is None else chain((first,), rows):
            if isinstance(row, Skipped):
                yield row
            else:
                yield from _of_row(tree, row, every)

    resources = ExitStack()
    resources.callback(rows.close)
    return Source(items(), count_lines(tree, file), resources)


def _of_row(tree: Tree, row: Row, every: int | None) -> Generator[Found, None, None]:
    if row.is_clip:
        yield from one_file(tree, row.file, row.label, every, held_out=row.held_out)
    else:
        yield row.item(tree)

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.errors import EnvironmentFault, NoLabels
from learner.interchange.formats import has_own_labels, is_loose, source_of, sources_of
from learner.interchange.importing import import_source
from learner.interchange.items import Item, tidy_name
from tests.learner.interchange.making import bring_in, content, finish, put
from tests.learner.interchange.test_archive import pack
from tests.learner.interchange.test_clips import write_clip


def test_a_file_is_told_by_what_is_in_it(buffer: Buffer, folder: Path) -> None:
    (folder / "picture.dat").write_bytes(content(1, 0, ".jpg"))
    assert bring_in(buffer, folder / "picture.dat", label="mug").classes == {"mug": 1}
    pack(folder / "archive.dat", {"key/1.png": content(2)})
    assert bring_in(buffer, folder / "archive.dat").classes == {"key": 1}
    write_clip(folder / "clip.avi", [20])
    assert bring_in(buffer, folder / "clip.avi", label="cup").classes == {"cup": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", b"words"), ("a", b""), ("a.zip", b"words"), ("a.tm", b"words"), ("a.rar", b"Rar!\x1a\7")],
)
def test_what_nothing_can_be_made_of_is_refused(folder: Path, name: str, text: bytes) -> None:
    (folder / name).write_bytes(text)
    with pytest.raises(EnvironmentFault, match=name) as caught:
        source_of(folder / name, label="mug")
    assert caught.value.remedy


def test_what_is_not_there_or_no_file(folder: Path) -> None:
    for name in ("gone.png", "gone", "a\0b"):
        with pytest.raises(EnvironmentFault, match="cannot be read"):
            source_of(folder / name, label="mug")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.png")
        with pytest.raises(EnvironmentFault, match="nothing that Showtell"):
            source_of(folder / "pipe.png", label="mug")


def test_a_picture_alone_needs_a_label(folder: Path) -> None:
    with pytest.raises(NoLabels):
        source_of(put(folder, "1.png", 1))


def test_what_is_found_can_be_read_for_as_long_as_the_source_is_open(folder: Path, tmp_path: Path) -> None:
    archives = [
        pack(tmp_path / f"{kind}.zip", {"a/1.png": content(kind), "b/1.png": content(kind, 1)}) for kind in (1, 2)
    ]
    with sources_of(archives) as source:
        found = [one for one in source.items if isinstance(one, Item)]
        assert len({item.load().sha256 for item in found}) == 4


def test_several_things_at_once(buffer: Buffer, folder: Path) -> None:
    loose = [put(folder, "1.png", 1), put(folder, "2.png", 1, 2), write_clip(folder / "3.avi", [20, 220])]
    put(folder, "more/4.png", 1, 4)
    (folder / "notes.txt").write_text("words")
    (folder / "5.mp4").write_text("no clip")
    strange = [folder / "notes.txt", folder / "5.mp4", folder / "gone.zip"]
    _, report = finish(import_source(buffer, sources_of([*loose, folder / "more", *strange], "mug")))
    assert report.classes == {"mug": 5}
    assert sorted(path.name for path in report.unreadable) == ["5.mp4", "gone.zip", "notes.txt"]


def test_a_folder_of_loose_pictures_is_a_class(buffer: Buffer, folder: Path) -> None:
    put(folder, "1.png", 1)
    _, report = finish(import_source(buffer, sources_of([folder])))
    assert report.classes == {"pictures": 1}


@pytest.mark.parametrize(
    ("name", "own", "loose"),
    [("a.PNG", False, True), ("a.mp4", False, True), ("a.zip", False, False), ("a.CSV", True, False)]
    + [(f"a.{ending}", True, False) for ending in ("tm", "showtell", "tsv")],
)
def test_what_a_name_says(name: str, own: bool, loose: bool) -> None:
    assert (has_own_labels(Path(name)), is_loose(Path(name))) == (own, loose)


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        (" mug ", "mug"),
        ("two  spaces", "two  spaces"),
        ("a\tb\nc", "a b c"),
        ("cle\u0301", "clé"),
        ("x" * 100, "x" * 80),
        ("\ud800", ""),
        ("\x00\x1f", ""),
        ("../../etc", "../../etc"),
        ("ガラス 🥛", "ガラス 🥛"),
    ],
)
def test_names_are_put_right(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from learner.buffer import Buffer, EncodedImage
from learner.errors import (
    DamagedProject,
    EnvironmentFault,
    NewerProject,
    NotAProject,
    ProjectFault,
    UsageFault,
)
from learner.interchange.formats import source_of
from tests.learner.fakes import picture
from tests.learner.interchange.making import bring_in, content, counts, put


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Buffer]:
    (tmp_path / "away").mkdir()
    with Buffer.open(tmp_path / "away" / "other.showtell") as other:
        yield other


def teach(buffer: Buffer, name: str, kind: int, count: int, source: str = "camera 0") -> list[int]:
    info = buffer.class_named(name) or buffer.add_class(name)
    burst = buffer.start_burst(source)
    return [sample.id for sample in buffer.add_samples((picture(kind, n), info.id, burst.id) for n in range(count))]


def facts(buffer: Buffer) -> list[tuple[object, ...]]:
    """What is to be the same of each sample: its picture, bytes, class, recording, time and use."""
    names = {info.id: info.name for info in buffer.classes()}
    bursts = {burst.id: (burst.source, burst.started_at) for burst in buffer.bursts()}
    samples = [sample for sample in buffer.samples() if sample.class_id in names]
    order: dict[int, int] = {}
    stored = buffer.pictures([sample.id for sample in samples])
    return [
        (
            sample.sha256,
            stored[sample.id],
            names[sample.class_id or 0],
            order.setdefault(sample.burst_id, len(order)),
            bursts[sample.burst_id],
            sample.captured_at,
            sample.role,
        )
        for sample in samples
    ]


def test_classes_are_merged_by_name_and_all_stays_as_it_was(buffer: Buffer, other: Buffer) -> None:
    teach(buffer, "Mug", 9, 1)
    mugs = teach(other, "mug", 1, 3)
    teach(other, "mug", 1, 2, "camera 1")
    teach(other, "key", 2, 2)
    other.hold_out(mugs[:1])
    report = bring_in(buffer, other.path)
    assert counts(buffer) == {"Mug": 6, "key": 2}
    assert report.classes == {"Mug": 5, "key": 2}
    ours, theirs = facts(buffer)[1:], facts(other)
    assert [(*fact[:2], *fact[4:]) for fact in ours] == [(*fact[:2], *fact[4:]) for fact in theirs]
    again = bring_in(buffer, other.path)
    assert (again.added, again.duplicates) == (0, 7)


def test_a_picture_that_is_there_is_not_added_again(buffer: Buffer, other: Buffer, folder: Path) -> None:
    for number in range(2):
        put(folder, f"mug/{number}.jpg", 1, number)
    bring_in(buffer, folder)
    bring_in(other, folder)
    teach(other, "mug", 2, 1)
    report = bring_in(buffer, other.path)
    assert (report.added, report.duplicates) == (1, 2)


def test_only_what_has_a_label_comes_over(buffer: Buffer, other: Buffer) -> None:
    one, two, _ = teach(other, "mug", 1, 3)
    teach(other, "gone", 2, 2)
    gone = other.class_named("gone")
    assert gone
    other.archive_class(gone.id)
    other.delete([one])
    other.relabel([two], None)
    report = bring_in(buffer, other.path)
    assert report.classes == {"mug": 1}
    assert report.reasons == {"Nobody has labelled it.": 1, "Its class was removed.": 2}


def test_colours_and_keys_come_along_where_they_are_free(buffer: Buffer, other: Buffer) -> None:
    buffer.add_class("key", colour="#112233", shortcut="7")
    other.add_class("mug", colour="#112233", shortcut="9")
    other.add_class("duck", colour="#445566", shortcut="7")
    teach(other, "mug", 1, 1)
    teach(other, "duck", 2, 1)
    bring_in(buffer, other.path)
    found = {info.name: (info.colour, info.shortcut) for info in buffer.classes()}
    assert found["key"] == ("#112233", "7")
    assert found["mug"][1] == "9"
    assert found["mug"][0] != "#112233"
    assert found["duck"][0] == "#445566"
    assert found["duck"][1] not in {"7", "9"}


@pytest.mark.parametrize("is_open", [True, False])
def test_the_other_project_stays_as_it_is(buffer: Buffer, other: Buffer, is_open: bool) -> None:
    teach(other, "mug", 1, 2)
    if not is_open:
        other.close()
    folder = other.path.parent

    def state() -> dict[str, tuple[int, str]]:
        return {
            path.name: (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
            for path in folder.iterdir()
            if not path.name.endswith("-shm")  # who reads beside a writer notes there up to where
        }

    before = state()
    assert bring_in(buffer, other.path).added == 2
    assert state() == before
    if is_open:
        teach(other, "mug", 1, 3)
        assert bring_in(buffer, other.path).added == 3, "what is still in its log counts"


def test_an_older_project_is_read_from_a_copy(buffer: Buffer, other: Buffer, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(other, "mug", 1, 2)
    other.close()
    with closing(sqlite3.connect(other.path)) as connection:
        connection.execute("DROP TABLE fleet_arrays")
        connection.execute("DROP TABLE fleet")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_fleet'")
        connection.execute("DROP TABLE changes")
        connection.execute("DROP TABLE sums")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_changes'")
        connection.execute("DROP TABLE consolidation")
        connection.execute("DROP TABLE backbone_files")
        connection.execute("DROP TABLE backbone_samples")
        connection.execute("ALTER TABLE backbones DROP COLUMN parent_id")
        connection.execute("ALTER TABLE backbones DROP COLUMN made_at")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_backbones'")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    before = other.path.read_bytes()
    assert bring_in(buffer, other.path).added == 2
    assert other.path.read_bytes() == before


def test_a_project_is_not_imported_into_itself(buffer: Buffer) -> None:
    with pytest.raises(EnvironmentFault, match="into itself"):
        source_of(buffer.path, into=buffer.path)


def test_what_is_no_good_project_is_refused(buffer: Buffer, other: Buffer, tmp_path: Path) -> None:
    teach(other, "mug", 1, 40)
    other.close()
    newer = Path(shutil.copy(other.path, tmp_path / "newer.showtell"))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerProject):
        source_of(newer)
    with closing(sqlite3.connect(tmp_path / "else.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    (tmp_path / "words.showtell").write_text("words")
    for strange in ("else.db", "words.showtell"):
        with pytest.raises(NotAProject):
            source_of(tmp_path / strange)
    damaged = bytearray(other.path.read_bytes())
    damaged[4096 * 2 :] = bytes(len(damaged) - 4096 * 2)
    (tmp_path / "damaged.showtell").write_bytes(damaged)
    with pytest.raises(ProjectFault):
        bring_in(buffer, tmp_path / "damaged.showtell")
    (tmp_path / "cut.showtell").write_bytes(other.path.read_bytes()[:5000])
    with pytest.raises(DamagedProject):
        source_of(tmp_path / "cut.showtell")
    assert buffer.samples() == []


def test_it_has_labels_of_its_own(other: Buffer) -> None:
    with pytest.raises(UsageFault):
        source_of(other.path, label="mug")


def test_pictures_that_no_showtell_stored_are_stored_anew_or_left_out(buffer: Buffer, other: Buffer) -> None:
    info, burst = other.add_class("mug"), other.start_burst("elsewhere")
    strange = [content(1), b"no picture", content(2, 0, ".jpg") + b"and more"]
    other.add_samples((EncodedImage(jpeg, f"{number:064x}"), info.id, burst.id) for number, jpeg in enumerate(strange))
    report = bring_in(buffer, other.path)
    assert (report.added, report.left_out) == (2, 1)
    for sample in buffer.samples():
        assert int(sample.sha256, 16) > 3, "an identity is that of the picture which is stored"
        assert buffer.pictures([sample.id])[sample.id] not in strange

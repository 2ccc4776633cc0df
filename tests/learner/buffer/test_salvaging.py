# SPDX-License-Identifier: Apache-2.0
"""Of a damaged project everything that can be read is in a new one, and the damaged file is as it was, set aside."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from learner.buffer import Buffer, ProjectLock, keeping
from learner.buffer.checking import check
from learner.buffer.salvaging import Salvaged, recover, salvage
from learner.errors import DamagedProject, NewerProject, NotAProject, OpenElsewhere, ProjectMissing
from tests.learner.buffer.earlier import VERSIONS, made_by
from tests.learner.buffer.making import embed, head, increment

_PAGE = 4096
_SAMPLES = 24


@dataclass(frozen=True)
class Sound:
    """A sound project, and on which pages each of its samples lies, found by looking for its bytes."""

    path: Path
    pages: dict[int, frozenset[int]]
    count: int


def noise(seed: int, side: int = 80) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3)).astype(np.uint8)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    path = tmp_path_factory.mktemp("sound") / "desk.showtell"
    with Buffer.open(path) as buffer:
        classes = [buffer.add_class(name) for name in ("mug", "key")]
        bursts = [buffer.start_burst("camera") for _ in range(4)]
        ids = [
            buffer.add_sample(noise(number), classes[number % 2].id, bursts[number % 4].id).id
            for number in range(_SAMPLES)
        ]
        embed(buffer, ids[:10])
        for last in (10, 20):
            buffer.publish(
                increment(buffer, ids[:last]),
                replace(head(2), class_ids=(classes[0].id, classes[1].id)),
                {"moment": np.ones((3, 4), np.float32)},
            )
        pictures = buffer._rows("SELECT id, sha256, image FROM samples")
    content = path.read_bytes()
    pages = {}
    for id_, sha256, jpeg in pictures:
        # All pictures begin alike, so the row is where its hash stands before a picture; indexes have the hash alone.
        hashes = (at for at in range(len(content)) if content.startswith(sha256.encode(), at))
        (row,) = (at for at in hashes if b"\xff\xd8\xff" in content[at + 64 : at + 110])
        found = {content.find(jpeg[at : at + 16]) // _PAGE for at in range(1000, len(jpeg) - 16, 16)}
        # A slice that goes over the end of a page is in none.
        pages[id_] = frozenset({row // _PAGE, *found} - {-1})
    return Sound(path, pages, len(content) // _PAGE)


@pytest.fixture
def desk(sound: Sound, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound.path, tmp_path / "desk.showtell"))


def intact(sound: Sound, harmed: set[int]) -> set[int]:
    return {id_ for id_, pages in sound.pages.items() if not pages & harmed}


def ids(path: Path) -> set[int]:
    with Buffer.open(path) as buffer:
        return {sample.id for sample in buffer.samples()}


def rows(done: Salvaged, table: str) -> tuple[int, int, int]:
    return next((one.rows, one.lost, one.left_out) for one in done.tables if one.name == table)


def harm(path: Path, pages: set[int], how: Callable[[bytes], bytes]) -> bytes:
    """Harm pages, numbered from 0, of a file, and return what it is then."""
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * _PAGE : (page + 1) * _PAGE] = how(bytes(content[page * _PAGE : (page + 1) * _PAGE]))
    path.write_bytes(content)
    return bytes(content)


def zeros(page: bytes) -> bytes:
    return bytes(len(page))


def page_of(path: Path, what: bytes) -> set[int]:
    content = path.read_bytes()
    return {at // _PAGE for at in range(len(content)) if content.startswith(what, at)}


def test_a_project_that_is_well_comes_out_as_it_was(sound: Sound, desk: Path) -> None:
    done = salvage(desk)
    assert done.path == desk
    assert done.set_aside.read_bytes() == sound.path.read_bytes()
    assert ids(desk) == set(sound.pages)
    with Buffer.open(desk) as buffer, Buffer.open(sound.path) as was:
        for table in ("classes", "bursts", "samples", "versions", "version_arrays", "increments", "steps", "settings"):
            query = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert buffer._rows(query) == was._rows(query), table
        numbers = "SELECT * FROM sqlite_sequence WHERE name != 'changes' ORDER BY 1"
        assert buffer._rows(numbers) == was._rows(numbers)
    assert rows(done, "embeddings") == (0, 0, 30), "they are made again"
    assert rows(done, "samples") == (_SAMPLES, 0, 0)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 200))])
def test_every_sample_comes_back_whose_pages_are_whole(sound: Sound, desk: Path, seed: int) -> None:
    chance = random.Random(seed)
    harmed = set(chance.sample(range(sound.count), chance.randrange(1, 12)))
    kinds: list[Callable[[bytes], bytes]] = [
        zeros,
        lambda page: chance.randbytes(len(page)),
        lambda page: page[: len(page) // 2] + chance.randbytes(len(page) - len(page) // 2),
        lambda page: b"\xff" * len(page),
    ]
    content = harm(desk, harmed, kinds[seed % 4])
    try:
        done = salvage(desk)
    except DamagedProject:
        assert not intact(sound, harmed)
        return
    assert done.set_aside.read_bytes() == content
    assert ids(desk) >= intact(sound, harmed)
    assert check(desk).is_well
    if seed % 4 == 0:
        assert ids(desk) == intact(sound, harmed)
        read, lost, left_out = rows(done, "samples")
        assert read == len(ids(desk))
        assert read + lost + left_out <= len(sound.pages)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 60))])
def test_of_a_file_that_breaks_off_everything_before_comes_back(sound: Sound, desk: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = desk.read_bytes()
    end = chance.randrange(2 * _PAGE, len(content))
    desk.write_bytes(content[:end])
    harmed = set(range(end // _PAGE, sound.count))
    if not intact(sound, harmed) and not page_of(sound.path, b"mug") - harmed:
        return
    salvage(desk)
    assert ids(desk) == intact(sound, harmed)
    assert check(desk).is_well


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 100))])
def test_bytes_that_flip_anywhere_cost_what_they_hit(sound: Sound, desk: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(desk.read_bytes())
    places = [chance.randrange(len(content)) for _ in range(20)]
    for place in places:
        content[place] ^= 1 << chance.randrange(8)
    desk.write_bytes(content)
    salvage(desk)
    assert ids(desk) >= intact(sound, {place // _PAGE for place in places})
    assert check(desk).is_well


def test_without_its_first_page_all_samples_come_back(sound: Sound, desk: Path) -> None:
    content = harm(desk, {0}, zeros)
    done = salvage(desk)
    assert ids(desk) == set(sound.pages)
    assert done.set_aside.read_bytes() == content
    with Buffer.open(desk) as buffer, Buffer.open(sound.path) as was:
        assert [info.name for info in buffer.classes()] == ["mug", "key"]
        assert buffer._rows("SELECT id, class_id, burst_id, image FROM samples") == was._rows(
            "SELECT id, class_id, burst_id, image FROM samples"
        )
        assert len(buffer.bursts()) == 4
        assert buffer.champion_id() == was.champion_id()


def test_a_sample_whose_class_and_recording_are_lost_stays(sound: Sound, desk: Path) -> None:
    harm(desk, page_of(desk, b"#0072B2") | page_of(desk, b"camera"), zeros)
    done = salvage(desk)
    assert ids(desk) == set(sound.pages)
    with Buffer.open(desk) as buffer:
        assert [info.name for info in buffer.classes()] == ["recovered 1", "recovered 2"]
        assert [info.count for info in buffer.classes()] == [12, 12]
        assert {burst.source for burst in buffer.bursts()} == {"recovered"}
        assert buffer.add_class("new").id > 2
    assert rows(done, "classes")[:2] == (0, 2)


def test_what_was_learned_in_a_lost_increment_is_learned_anew(desk: Path) -> None:
    harm(desk, page_of(desk, b'{"loss": 0.4}') | page_of(desk, b"test\x32"), zeros)
    with closing(sqlite3.connect(":memory:")):
        salvage(desk)
    with Buffer.open(desk) as buffer:
        kept = {increment.id for increment in buffer.increments()}
        for _, learned_in in buffer._rows("SELECT id, learned_in FROM samples WHERE learned_in IS NOT NULL"):
            assert learned_in in kept
        assert buffer.champion_id() in {None, *(version.id for version in buffer.versions())}


def test_pictures_that_cannot_be_decoded_are_left_out_and_counted(desk: Path) -> None:
    with closing(sqlite3.connect(desk, isolation_level=None)) as connection:
        connection.execute("UPDATE samples SET image = substr(image, 1, 2000) WHERE id = 3")
        connection.execute("UPDATE samples SET image = CAST(x'00' || image AS BLOB) WHERE id = 5")
        connection.execute("UPDATE samples SET captured_at = 'yesterday' WHERE id = 7")
    done = salvage(desk)
    assert rows(done, "samples") == (_SAMPLES - 3, 0, 3)
    assert {3, 5, 7}.isdisjoint(ids(desk))


def test_a_version_that_is_not_what_was_written_is_left_out(desk: Path) -> None:
    with closing(sqlite3.connect(desk, isolation_level=None)) as connection:
        connection.execute("UPDATE versions SET kernel = zeroblob(length(kernel)) WHERE id = 2")
    done = salvage(desk)
    assert rows(done, "versions") == (1, 0, 1)
    with Buffer.open(desk) as buffer:
        assert buffer.champion_id() == 1


def with_log(path: Path) -> tuple[bytes, bytes]:
    """Leave a project with a log that nobody has folded in, of many transactions; return what both are."""
    path.parent.mkdir()
    busy = path.with_name("busy.showtell")
    with Buffer.open(busy) as buffer:
        info, burst = buffer.add_class("mug"), buffer.start_burst("camera")
        for number in range(8):
            buffer.add_sample(noise(number), info.id, burst.id)
        content, log = busy.read_bytes(), busy.with_name(busy.name + "-wal").read_bytes()
    path.write_bytes(content)
    path.with_name(path.name + "-wal").write_bytes(log)
    return content, log


def test_what_is_only_in_the_log_comes_back_and_both_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "logged" / "desk.showtell"
    content, log = with_log(path)
    done = salvage(path)
    assert ids(path) == set(range(1, 9))
    assert done.set_aside.read_bytes() == content
    assert done.set_aside.with_name(done.set_aside.name + "-wal").read_bytes() == log


@pytest.mark.parametrize("share", [0.4, *(pytest.param(share, marks=pytest.mark.slow) for share in (0.1, 0.7, 0.95))])
def test_of_a_damaged_log_what_is_before_the_damage_comes_back(tmp_path: Path, share: float) -> None:
    path = tmp_path / "logged" / "desk.showtell"
    _, log = with_log(path)
    broken = bytearray(log)
    broken[int(len(log) * share)] ^= 0x55
    path.with_name(path.name + "-wal").write_bytes(broken)
    theirs = tmp_path / "theirs.showtell"  # what SQLite itself makes of the same
    shutil.copy(path, theirs)
    shutil.copy(path.with_name(path.name + "-wal"), theirs.with_name(theirs.name + "-wal"))
    with closing(sqlite3.connect(theirs)) as connection:
        try:
            expected = {row[0] for row in connection.execute("SELECT id FROM samples")}
        except sqlite3.OperationalError:  # not even the tables
            expected = set()
    try:
        salvage(path)
    except (DamagedProject, NotAProject):
        assert not expected
    else:
        assert ids(path) == expected


@pytest.mark.parametrize("version", VERSIONS[:1])
def test_one_of_an_older_format_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = made_by(version, tmp_path / "desk.showtell")
    harm(path, page_of(path, b"#0072B2"), zeros)
    with pytest.raises(DamagedProject):
        Buffer.open(path)
    salvage(path)
    with Buffer.open(path) as buffer:
        assert [sample.id for sample in buffer.samples()] == [1, 3, 4, 5]
        assert [sample.id for sample in buffer.samples(deleted=True)] == [2]
        assert buffer.burst_of(5) == 2


def test_the_newest_sound_copy_is_named(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    first = keeping.keep(desk, folder)
    second = keeping.keep(desk, folder, reason=keeping.Reason.CONSOLIDATION)
    assert first is not None
    assert second is not None
    harm(second.path, {3, 4, 5}, zeros)
    harm(desk, {0}, zeros)
    done = salvage(desk, folder=folder)
    assert done.backup is not None
    assert done.backup.path == first.path


def test_it_is_the_same_project_afterwards_and_repaired_again_if_need_be(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    keeping.keep(desk, folder)
    for _ in range(2):
        harm(desk, page_of(desk, b"#0072B2"), zeros)
        salvage(desk, folder=folder)
        assert len(keeping.kept(desk, folder)) == 1
    assert len([path for path in desk.parent.iterdir() if ".damaged-" in path.name]) == 2


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id = 1399346284")
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (other_database, NotAProject),
        (newer, NewerProject),
        (lambda path: path.write_bytes(b"a shopping list " * 900), DamagedProject),
        (lambda path: path.write_bytes(random.Random(1).randbytes(50_000)), DamagedProject),
        (lambda path: path.write_bytes(b""), DamagedProject),
        (lambda path: None, ProjectMissing),
    ],
    ids=["another program's", "newer", "text", "noise", "empty", "missing"],
)
def test_what_gives_nothing_back_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None], fault: type[Exception]
) -> None:
    path = tmp_path / "desk.showtell"
    make(path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with pytest.raises(fault):
        salvage(path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_one_that_is_open_elsewhere_is_left_alone(desk: Path) -> None:
    with ProjectLock(desk), pytest.raises(OpenElsewhere):
        salvage(desk)


def test_one_that_is_stopped_leaves_everything_as_it_was(desk: Path) -> None:
    content = harm(desk, {2}, zeros)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        salvage(desk, stop)
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]
    assert desk.read_bytes() == content


def test_progress_ends_where_it_said_it_would(desk: Path) -> None:
    told: list[tuple[int, int]] = []
    part = desk.with_name("part")
    part.touch()
    recover(desk, part, lambda done, total: told.append((done, total)))
    assert told
    assert all(0 <= done <= total for done, total in told)


def test_samples_that_nothing_but_their_embeddings_tells_of_are_counted_as_lost(sound: Sound, desk: Path) -> None:
    embedded = range(1, 11)
    harm(desk, {0}, zeros)  # without it nobody knows which trees there are
    harm(desk, {page for id_ in embedded for page in sound.pages[id_]}, zeros)
    read, lost, _ = rows(salvage(desk), "samples")
    assert read <= _SAMPLES - len(embedded)
    assert lost >= len(embedded)

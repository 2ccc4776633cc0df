# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learner.buffer import Buffer
from learner.errors import EnvironmentFault, NoLabels
from learner.interchange.formats import source_of
from learner.interchange.table import Row, read_table
from learner.interchange.tree import FolderTree
from tests.learner.interchange.making import bring_in, counts, put, whys


def write(folder: Path, text: str | bytes, name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def pictures(folder: Path) -> Path:
    put(folder, "a/1.png", 1)
    put(folder, "a/2.png", 2)
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "path,label\na/1.png,mug\na/2.png,key\n",
        "File Name;CLASS\r\na\\1.png;mug\r\na/2.png;key",
        "id\tlabel\timage_path\n7\tmug\ta/1.png\n8\tkey\t./a/2.png\n",
        "a/1.png,mug\na/2.png,key\n",
        'path,label\n"a/1.png","mug"\n\n  \n"a/2.png"," key "\n',
        "\ufeffpath,label\na/1.png,mug\na/2.png,key\n",
        "path,label\na/1.png,mug\na/2.png,key\n".encode("utf-16"),
    ],
    ids=["plain", "Excel", "tabs", "no head", "quotes", "UTF-8 with a mark", "UTF-16"],
)
def test_tables_of_all_kinds(buffer: Buffer, pictures: Path, text: str | bytes) -> None:
    report = bring_in(buffer, write(pictures, text))
    assert report.classes == {"mug": 1, "key": 1}
    assert report.skipped == []
    assert bring_in(buffer, pictures / "labels.csv").added == 0


def test_recordings_times_and_hold_out(buffer: Buffer, pictures: Path) -> None:
    put(pictures, "a/3.png", 3)
    text = (
        "path,label,recording,captured_at,held_out\n"
        "a/1.png,mug,r1,2024-05-01T12:00:00+02:00,false\n"
        "a/2.png,mug,r1,2024-05-01T10:00:01,\n"
        "a/3.png,mug,r2,nonsense,TRUE\n"
    )
    bring_in(buffer, write(pictures, text))
    one, two, three = buffer.samples()
    assert one.burst_id == two.burst_id != three.burst_id
    assert one.captured_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert two.captured_at == datetime(2024, 5, 1, 10, 0, 1, tzinfo=UTC)
    assert [sample.role.value for sample in (one, two, three)] == ["train", "train", "holdout"]


def test_paths_do_not_leave_the_folder_of_the_table(buffer: Buffer, pictures: Path, tmp_path: Path) -> None:
    put(tmp_path, "private.png", 5)
    inside = pictures / "a" / "1.png"
    (pictures / "link.png").symlink_to(tmp_path / "private.png")
    text = f"path,label\n../private.png,mug\n{tmp_path}/private.png,mug\nlink.png,mug\n{inside},mug\na/\0.png,mug\n"
    report = bring_in(buffer, write(pictures, text))
    assert report.classes == {"mug": 1}
    assert [one.path.name for one in report.skipped] == [f"labels.csv, line {number}" for number in (2, 3, 4, 6)]
    assert all("outside" in one.why for one in report.skipped)


def test_rows_that_say_too_little_are_left_out(buffer: Buffer, pictures: Path) -> None:
    text = b"path,label\na/1.png\n,mug\na/1.png,\x07\na/9.png,mug\na/2.png,Schl\xfcssel\na/2.png,key\n"
    report = bring_in(buffer, write(pictures, text))
    assert report.classes == {"key": 1}
    assert [one.why for one in report.skipped] == [
        "It has no label.",
        "It names no file.",
        "It has no label.",
        "No such file or directory.",
        "Its label is not UTF-8. Save the table as UTF-8.",
    ]
    assert whys(report)["9.png"]


def test_a_table_of_paths_alone_takes_a_label(buffer: Buffer, pictures: Path) -> None:
    path = write(pictures, "path\na/1.png\na/2.png\n")
    with pytest.raises(NoLabels):
        source_of(path)
    assert bring_in(buffer, path, label="mug").classes == {"mug": 2}


@pytest.mark.parametrize("text", ["", "\n\n", "name,age\nAda,36\n", "just words", b"\0" * 100, b"\xff\xfe"])
def test_what_is_no_table_of_pictures_is_refused(folder: Path, text: str | bytes) -> None:
    with pytest.raises(EnvironmentFault, match="path,label"):
        source_of(write(folder, text))


def test_an_endless_line_is_left_out_and_not_kept(buffer: Buffer, pictures: Path) -> None:
    text = "path,label\na/1.png,mug\n" + "x" * (10 * 2**20) + ",mug\na/2.png,key\n"
    report = bring_in(buffer, write(pictures, text))
    assert report.classes == {"mug": 1, "key": 1}
    assert [one.why for one in report.skipped] == ["Line 3 is far too long."]


def test_a_quote_that_never_ends(buffer: Buffer, pictures: Path) -> None:
    text = 'path,label\na/1.png,mug\n"a/2.png,key\n' + "x\n" * 200_000
    report = bring_in(buffer, write(pictures, text))
    assert report.classes == {"mug": 1}
    assert "cannot be read" in report.skipped[0].why


def test_what_was_put_beside_a_table_of_ours_comes_too(buffer: Buffer, pictures: Path) -> None:
    write(pictures, "path,label\na/1.png,the a\n", "samples.csv")
    put(pictures, "b/1.png", 3)
    bring_in(buffer, pictures)
    assert counts(buffer) == {"the a": 2, "b": 1}


def test_a_table_that_is_called_like_ours_by_chance(buffer: Buffer, pictures: Path) -> None:
    write(pictures, "name,age\nAda,36\n", "samples.csv")
    assert bring_in(buffer, pictures).classes == {"a": 2}


def test_an_identity_counts_for_the_file_that_was_written_alone(buffer: Buffer, folder: Path) -> None:
    put(folder, "a/1.jpg", 1)
    put(folder, "a/2.png", 2)
    lie, other = "ab" * 32, "cd" * 32
    write(folder, f"path,label,sha256,file_sha256\na/1.jpg,mug,{lie},{other}\na/2.png,mug,{other},x\n")
    bring_in(buffer, folder / "labels.csv")
    assert not {lie, other} & {sample.sha256 for sample in buffer.samples()}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_whatever_a_table_says_it_names_nothing_outside(folder: Path, rubbish: bytes) -> None:
    path = write(folder, b"path,label\n" + rubbish)
    with suppress(EnvironmentFault):
        for row in read_table(FolderTree(folder), path.name, ""):
            if isinstance(row, Row):
                assert os.path.realpath(folder / row.file).startswith(os.path.realpath(folder) + os.sep)
                assert row.label

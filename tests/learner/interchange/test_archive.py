# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learner.buffer import Buffer
from learner.cv import cv2
from learner.errors import EnvironmentFault, NoLabels
from learner.interchange import archive
from learner.interchange.archive import ZipTree
from learner.interchange.formats import source_of
from learner.interchange.tree import plain
from tests.learner.interchange.making import bring_in, content, counts, put, whys


def pack(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def test_class_folders_in_an_archive(buffer: Buffer, tmp_path: Path) -> None:
    files = {f"mug/{number}.png": content(1, number) for number in range(3)} | {"clé/a.png": content(2)}
    report = bring_in(buffer, pack(tmp_path / "a.zip", files))
    assert counts(buffer) == {"clé": 1, "mug": 3}
    assert report.skipped == []
    assert bring_in(buffer, tmp_path / "a.zip").added == 0, "the same again adds nothing"
    assert len(buffer.samples()) == 4


@pytest.mark.parametrize("top", ["", "pictures/", "a/b/"])
def test_a_folder_around_all_of_it_does_not_matter(buffer: Buffer, tmp_path: Path, top: str) -> None:
    files = {f"{top}mug/1.png": content(1), f"{top}key/1.png": content(2), "__MACOSX/mug/._1.png": b"x", "README": b"x"}
    assert bring_in(buffer, pack(tmp_path / "a.zip", files)).classes == {"key": 1, "mug": 1}


def test_one_folder_of_pictures_is_a_class(buffer: Buffer, tmp_path: Path) -> None:
    assert bring_in(buffer, pack(tmp_path / "a.zip", {"mug/1.png": content(1)})).classes == {"mug": 1}
    held_out = pack(tmp_path / "b.zip", {"test/mug/1.png": content(1, 1), "test/key/1.png": content(2)})
    bring_in(buffer, held_out)
    assert [info.held_out for info in buffer.classes()] == [1, 1], "what it is for is not lost"


def test_a_table_in_an_archive(buffer: Buffer, tmp_path: Path) -> None:
    table = b"path,label,split\na/1.png,mug,train\na/2.png,key,test\n../3.png,key,test\n/etc/passwd,key,\n"
    files = {"data/labels.csv": table, "data/a/1.png": content(1), "data/a/2.png": content(2), "3.png": content(3)}
    del files["3.png"]
    report = bring_in(buffer, pack(tmp_path / "a.zip", files))
    assert report.classes == {"mug": 1, "key": 1}
    assert {info.name: info.held_out for info in buffer.classes()} == {"mug": 0, "key": 1}
    assert [one.why for one in report.skipped if "outside" in one.why] == [report.skipped[0].why] * 2


def test_loose_pictures_need_a_label(buffer: Buffer, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"1.png": content(1), "2.png": content(1, 2)})
    with pytest.raises(NoLabels):
        source_of(path)
    assert bring_in(buffer, path, label="mug").classes == {"mug": 2}


def test_a_clip_in_an_archive(buffer: Buffer, tmp_path: Path) -> None:
    clip = tmp_path / "turn.avi"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (64, 64))
    for shade in (20, 120, 220):
        frame = np.full((64, 64, 3), 20, np.uint8)
        frame[:, shade // 4 :] = shade
        writer.write(frame)
    writer.release()
    report = bring_in(buffer, pack(tmp_path / "a.zip", {"mug/turn.avi": clip.read_bytes(), "mug/1.png": content(1)}))
    assert report.classes == {"mug": 4}
    assert [burst.source for burst in buffer.bursts()] == ["import: mug", "import: turn.avi"]


def test_names_that_lead_out_and_what_is_no_file_are_left_out(buffer: Buffer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number, name in enumerate(("../up.png", "/top.png", "C:\\win.png", "mug/../../up2.png", "\\\\host\\x.png")):
            file.writestr(name, content(1, number))
        for kind, name in ((stat.S_IFLNK, "mug/link.png"), (stat.S_IFIFO, "mug/pipe.png"), (stat.S_IFBLK, "mug/b.png")):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o644) << 16
            file.writestr(info, b"/etc/passwd")
        file.writestr("mug/within.zip", b"PK")
        file.writestr("mug/" + "deep/" * 60 + "1.png", content(1, 20))
        file.writestr("mug/a/../good.png", content(1, 30))
    report = bring_in(buffer, path)
    assert report.classes == {"mug": 1}
    found = whys(report)
    assert {name for name, why in found.items() if "leads out" in why} == {"up.png", "top.png", "up2.png"} | {
        Path("C:\\win.png").name, Path("\\\\host\\x.png").name
    }  # fmt: skip
    assert found["link.png"] == "It is a link."
    assert found["pipe.png"] == found["b.png"] == "It is not a file."
    assert found["within.zip"] == "It is an archive within an archive."
    assert "It lies too deep." in found.values()


def test_encrypted_entries_are_left_out(buffer: Buffer, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"mug/1.png": content(1), "mug/2.png": content(1, 2)})
    packed = bytearray(path.read_bytes())
    place = packed.rindex(b"PK\1\2")
    packed[place + 8] |= 1
    path.write_bytes(packed)
    report = bring_in(buffer, path)
    assert (report.added, whys(report)) == (1, {"2.png": "It is encrypted."})


def test_what_is_left_out_is_told_wherever_it_lies(buffer: Buffer, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"pictures/mug/1.png": content(1), "pictures/key/within.zip": b"PK"})
    assert whys(bring_in(buffer, path)) == {"within.zip": "It is an archive within an archive."}


def test_two_entries_with_one_name(buffer: Buffer, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mug/1.png", content(1))
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("mug/1.png", content(2))
    assert whys(bring_in(buffer, path)) == {"1.png": "There is another one with its name."}


def test_names_of_a_mac_and_of_an_old_pc(buffer: Buffer, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"clé/1.png": content(1), "Größe/1.png": content(2)})
    packed = path.read_bytes().replace("Größe".encode(), "Größe".encode("cp437").ljust(7, b"_"))
    for sign, place in ((b"PK\3\4", 7), (b"PK\1\2", 9)):  # the flag that says UTF-8 goes
        at = packed.find(sign)
        while at >= 0:
            packed = packed[: at + place] + b"\0" + packed[at + place + 1 :]
            at = packed.find(sign, at + 1)
    path.write_bytes(packed)
    assert set(bring_in(buffer, path).classes) == {"clé", "Größe__"}


def test_what_is_packed_too_tightly_is_not_unpacked(buffer: Buffer, tmp_path: Path) -> None:
    bomb = bytes(8 * 2**20)
    path = pack(tmp_path / "a.zip", {"mug/1.png": content(1), "mug/bomb.bmp": bomb})
    assert "so tightly" in whys(bring_in(buffer, path))["bomb.bmp"]


def test_an_archive_that_unpacks_to_far_too_much_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MUCH", 2**20)
    path = pack(tmp_path / "a.zip", {f"mug/{number}.bmp": bytes(2**20) for number in range(4)})
    with pytest.raises(EnvironmentFault, match="could do harm"):
        source_of(path)


def test_an_archive_of_far_too_many_entries_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", {f"mug/{number}.png": b"" for number in range(300)})
    monkeypatch.setattr(archive, "MOST_ENTRIES", 300)
    with closing(ZipTree(path)) as tree:
        assert len(tree.files) == 300
    monkeypatch.setattr(archive, "MOST_ENTRIES", 299)
    lying = bytearray(path.read_bytes())
    end = lying.rindex(b"PK\5\6")
    lying[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    (tmp_path / "b.zip").write_bytes(lying)
    for one in (path, tmp_path / "b.zip"):
        monkeypatch.setattr(zipfile, "ZipFile", None)
        with pytest.raises(EnvironmentFault, match="more than 299 entries"):
            ZipTree(one)


def overlapping(path: Path) -> Path:
    """Two entries in the table of contents that are one and the same in the file."""
    data = zlib.compress(bytes(1000))[2:-4]
    crc = zlib.crc32(bytes(1000))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(data), 1000, 5, 0) + b"a.bmp" + data
    table = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(data), 1000, 5, 0, 0, 0, 0, 0, 0) + name
        for name in (b"a.bmp", b"b.bmp")
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(table), len(local), 0)
    path.write_bytes(local + table + end)
    return path


def test_entries_that_share_bytes(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="share the same bytes"):
        source_of(overlapping(tmp_path / "a.zip"), label="mug")


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9, 0.999])
def test_half_an_archive_is_none(tmp_path: Path, keep: float) -> None:
    path = pack(tmp_path / "a.zip", {f"mug/{number}.png": content(1, number) for number in range(5)})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(EnvironmentFault):
        source_of(path)


def test_an_entry_that_is_damaged_is_left_out(buffer: Buffer, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"mug/1.png": content(1), "mug/2.png": content(1, 2)})
    packed = bytearray(path.read_bytes())
    packed[100:140] = bytes(40)
    path.write_bytes(packed)
    report = bring_in(buffer, path)
    assert (report.added, list(whys(report))) == (1, ["1.png"])


WHOLE = io.BytesIO()
with zipfile.ZipFile(WHOLE, "w", zipfile.ZIP_DEFLATED) as _file:
    for _number in range(3):
        _file.writestr(f"mug/{_number}.txt", b"words " * 20)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new=st.binary(max_size=30), place=st.integers(0, len(WHOLE.getvalue())), gone=st.integers(0, 30))
def test_whatever_an_archive_is_it_is_read_or_refused(tmp_path: Path, new: bytes, place: int, gone: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(WHOLE.getvalue()[:place] + new + WHOLE.getvalue()[place + gone :])
    with suppress(EnvironmentFault), closing(ZipTree(path)) as tree:
        for file in tree.files:
            with suppress(EnvironmentFault):
                tree.read(file)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_name_leads_out(name: str) -> None:
    found = plain("", name)
    assert found is None or not ({"..", "."} & set(found.split("/")) or found.startswith("/"))


def test_a_picture_within_is_the_same_as_one_outside(buffer: Buffer, tmp_path: Path, folder: Path) -> None:
    put(folder, "mug/1.jpg", 1)
    bring_in(buffer, folder)
    again = bring_in(buffer, pack(tmp_path / "a.zip", {"mug/1.jpg": (folder / "mug/1.jpg").read_bytes()}))
    assert (again.added, again.duplicates) == (0, 1)

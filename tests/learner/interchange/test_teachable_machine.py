# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from learner.buffer import Buffer
from learner.errors import EnvironmentFault, NoLabels, UsageFault
from learner.interchange.formats import source_of
from learner.interchange.teachable_machine import sample_label
from tests.learner.interchange.making import bring_in, content, whys
from tests.learner.interchange.test_archive import pack

MANIFEST = json.dumps({"type": "image", "version": "2.4.4", "appdata": {"publishResults": {}, "trainEpochs": 50}})


def project(path: Path, files: dict[str, bytes], manifest: str | None = MANIFEST) -> Path:
    return pack(path, files if manifest is None else {"manifest.json": manifest.encode(), **files})


def address(kind: int, number: int = 0) -> str:
    return "data:image/png;base64," + base64.b64encode(content(kind, number)).decode()


@pytest.mark.parametrize("ending", [".webp", ".jpg", ".png"])
def test_an_image_project(buffer: Buffer, tmp_path: Path, ending: str) -> None:
    files = {f"Class 1-!-{number}{ending}": content(1, number, ending) for number in range(3)}
    files |= {f"Clé -!- à molette-!-{number}{ending}": content(2, number, ending) for number in range(2)}
    path = project(tmp_path / "project.tm", files)
    report = bring_in(buffer, path)
    assert report.classes == {"Class 1": 3, "Clé -!- à molette": 2}
    assert report.skipped == []
    assert bring_in(buffer, path).added == 0


@pytest.mark.parametrize(
    "files",
    [
        {"samples/mug/0.jpg": content(1), "samples/my%20key/0.jpg": content(2)},
        {"mug/0.jpg": content(1), "my key/0.jpg": content(2)},
        {"mug-!-0.jpg": content(1), "my%20key-!-0.jpg": content(2)},
        {"samples/mug-!-0.jpg": content(1), "samples/my key-!-0.jpg": content(2)},
        {"samples/mug/more/0.jpg": content(1), "samples/my key/0.jpg": content(2), "samples/empty/x.txt": b""},
    ],
)
def test_what_has_been_seen_elsewhere(buffer: Buffer, tmp_path: Path, files: dict[str, bytes]) -> None:
    assert set(bring_in(buffer, project(tmp_path / "a.tm", files)).classes) == {"mug", "my key"}


def test_a_folder_around_all_of_it_does_not_matter(buffer: Buffer, tmp_path: Path) -> None:
    files = {"project/manifest.json": MANIFEST.encode(), "project/mug-!-0.jpg": content(1)}
    assert bring_in(buffer, pack(tmp_path / "a.zip", files)).classes == {"mug": 1}


@pytest.mark.parametrize(
    "manifest",
    [
        {
            "type": "image",
            "classes": [{"name": "mug", "samples": [address(1)]}, {"name": "key", "samples": [address(2)]}],
        },
        {"type": "image", "data": {"mug": [address(1)], "key": [{"image": address(2)}]}},
    ],
)
def test_samples_within_the_json(buffer: Buffer, tmp_path: Path, manifest: object) -> None:
    path = project(tmp_path / "a.tm", {}, json.dumps(manifest))
    assert bring_in(buffer, path).classes == {"mug": 1, "key": 1}


def test_a_damaged_address_is_left_out(buffer: Buffer, tmp_path: Path) -> None:
    samples = [address(1), "data:image/png;base64,####", "data:image/png;base64,AAAA"]
    manifest = {"type": "image", "classes": [{"name": "mug", "samples": samples}]}
    report = bring_in(buffer, project(tmp_path / "a.tm", {}, json.dumps(manifest)))
    assert (report.added, report.left_out) == (1, 2)


def test_a_project_of_genai_teachable_machine(buffer: Buffer, tmp_path: Path) -> None:
    files = {"metadata.json": json.dumps({"labels": ["mug", "key"]}).encode(), "weights.bin": b"w", "model.json": b"{}"}
    files |= {"samples/0_0.png": content(1), "samples/0_1.png": content(1, 1), "samples/1_0.png": content(2)}
    files |= {"samples/7_0.png": content(3)}
    report = bring_in(buffer, pack(tmp_path / "a.zip", files))
    assert report.classes == {"mug": 2, "key": 1}
    assert "which class" in whys(report)["7_0.png"]


@pytest.mark.parametrize(("kind", "what"), [("audio", "sounds"), ("pose", "poses")])
def test_other_projects_are_refused(tmp_path: Path, kind: str, what: str) -> None:
    path = project(tmp_path / "a.tm", {"Class 1-!-0.webm": b"x"}, json.dumps({"type": kind}))
    with pytest.raises(EnvironmentFault, match=f"project of {what}"):
        source_of(path)


@pytest.mark.parametrize(
    "manifest", [None, "{}", "[]", "not JSON", "[" * 100_000, '{"type": "image"}', '{"type": "image", "x": "data:"}']
)
def test_a_layout_nobody_knows_says_what_to_do(tmp_path: Path, manifest: str | None) -> None:
    with pytest.raises(EnvironmentFault, match="Download samples"):
        source_of(project(tmp_path / "a.tm", {"blob.bin": b"x"}, manifest))


def test_it_has_labels_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="--label"):
        source_of(project(tmp_path / "a.tm", {"mug-!-0.jpg": content(1)}), label="key")


def test_the_samples_of_one_class(buffer: Buffer, tmp_path: Path) -> None:
    files = {f"{number}.jpg": content(1, number, ".jpg") for number in range(2)}
    assert bring_in(buffer, pack(tmp_path / "Class 1-samples.zip", files)).classes == {"Class 1": 2}
    with pytest.raises(NoLabels):
        source_of(pack(tmp_path / "holiday.zip", files))


@pytest.mark.parametrize(
    ("name", "label"),
    [("mug-samples.zip", "mug"), ("My mug-samples (1).zip", "My mug"), ("a_samples.zip", "a"), ("samples.zip", "")],
)
def test_the_name_of_an_archive_of_samples(name: str, label: str) -> None:
    assert sample_label(Path(name)) == label

# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone`."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from learner.backbones import BackboneFiles, cache_folder, embedded, save
from learner.buffer import LITERT, PACKAGE, Buffer
from learner.cli import run
from learner.cli.backbone.verbs import backbone
from learner.downloads import DOWNLOADS, Download
from learner.errors import EnvironmentFault
from learner.types import BackboneInfo
from tests.learner.cli.helpers import Capture, Terminal, as_json, cells, consolidated

SHIPS = embedded().info
TWIN = dataclasses.replace(SHIPS, name="twin", sha256="ab12" + "0" * 60)
"""It embeds as the embedded one does, under a name of its own."""
VERBS = [str(command.name) for command in backbone.registered_commands]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a machine of its own."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))


def added(info: BackboneInfo, source: str = "source") -> None:
    """Leave a backbone on this machine as if it had been added."""
    save(cache_folder(), info.sha256[:32], embedded().model, info, b"its package", [source])


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_helps_with_an_example(verb: str, capsys: Capture) -> None:
    assert run(["backbone", verb, "--help"]) == 0
    assert f"Example: showtell backbone {verb}" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["list"], ["use", "twin"], ["save", "x.showtell-backbone"]])
def test_a_project_that_is_not_there_is_not_made(argv: list[str], tmp_path: Path, capsys: Capture) -> None:
    project = str(tmp_path / "desk.showtell")
    arguments = [argv[0], project, *argv[1:]] if argv[0] == "save" else [*argv, project]
    assert run(["backbone", *arguments, "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "desk.showtell" in told.err
    assert not Path(project).exists()


def test_list_without_a_project(capsys: Capture) -> None:
    added(TWIN)
    assert run(["backbone", "list", "--json"]) == 0
    ours, mine = as_json(capsys)["backbones"]
    assert (ours["sha256"], ours["where"], ours["in_use"]) == (SHIPS.sha256, ["comes with Showtell"], False)
    assert (mine["name"], mine["where"], mine["consolidated_on"]) == ("twin", ["this computer"], 0)


def test_list_of_a_project_says_what_it_keeps_and_has_in_use(desk: Path, capsys: Capture) -> None:
    own = dataclasses.replace(TWIN, name="own", sha256="cd" * 32)
    with Buffer.open(desk) as buffer:
        buffer.keep_backbone(own, {PACKAGE: b"its package", LITERT: b"its model"})
    assert run(["backbone", "list", str(desk), "--json"]) == 0
    ours, kept = as_json(capsys)["backbones"]
    assert (ours["name"], ours["in_use"], ours["where"]) == (SHIPS.name, True, ["comes with Showtell"])
    assert (kept["name"], kept["in_use"], kept["where"]) == ("own", False, ["this project"])
    assert run(["backbone", "list", str(desk)]) == 0
    rows = capsys.readouterr().out.splitlines()
    size = f"{SHIPS.input_size} × {SHIPS.input_size}"
    assert cells(rows[1]) == [
        SHIPS.name,
        size,
        "0 … 255",
        str(SHIPS.embedding_size),
        SHIPS.sha256[:12],
        "comes with Showtell",
        "in use",
    ]


def test_list_says_what_a_consolidated_one_has_seen(desk: Path, capsys: Capture) -> None:
    consolidated(desk, delete=2)
    assert run(["backbone", "list", str(desk), "--json"]) == 0
    tuned = next(one for one in as_json(capsys)["backbones"] if one["name"] == "tuned")
    assert (tuned["consolidated_on"], tuned["gone"], tuned["consolidated_from"]) == (12, 2, SHIPS.sha256)
    assert run(["backbone", "list", str(desk)]) == 0
    assert "consolidated on 12 pictures (2 of them gone)" in capsys.readouterr().out


def test_use_another_one(desk: Path, capsys: Capture) -> None:
    added(TWIN)
    assert run(["backbone", "use", "twin", str(desk), "--json"]) == 0
    report = as_json(capsys)
    assert (report["accepted"], report["backbone"]["sha256"], report["version"]) == (True, TWIN.sha256, 3)
    with Buffer.open(desk) as buffer:
        assert buffer.backbone_file(TWIN.sha256, PACKAGE) == b"its package"
    assert run(["backbone", "use", "ab12", str(desk)]) == 0
    assert "twin (ab1200000000) stays in use: It is in use already." in capsys.readouterr().out
    assert run(["backbone", "use", SHIPS.name, str(desk)]) == 0
    assert f"{SHIPS.name} ({SHIPS.sha256[:12]}) is in use." in capsys.readouterr().out


def test_one_that_is_worse_is_not_used_and_that_is_no_failure(desk: Path, capsys: Capture) -> None:
    broken = dataclasses.replace(TWIN, name="broken", sha256="cd" * 32)
    save(cache_folder(), "broken", b"no model at all", broken, b"its package", ["source"])
    assert run(["backbone", "use", "broken", str(desk)]) == 0
    told = capsys.readouterr().out
    assert f"{SHIPS.name} ({SHIPS.sha256[:12]}) stays in use: " in told
    assert "nothing to do" not in told


def test_an_interrupted_change_is_gone_on_with(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    added(TWIN)

    def interrupt(event: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("learner.cli.backbone.use.learning_shown_on", lambda meter, output: interrupt)
        assert run(["backbone", "use", "twin", str(desk)]) == 130
    assert "showtell learn" in capsys.readouterr().err
    assert run(["backbone", "list", str(desk), "--json"]) == 0
    assert [one["name"] for one in as_json(capsys)["backbones"] if one["in_use"]] == [SHIPS.name]
    assert run(["learn", str(desk), "--json"]) == 0
    capsys.readouterr()
    assert run(["backbone", "list", str(desk), "--json"]) == 0
    assert [one["name"] for one in as_json(capsys)["backbones"] if one["in_use"]] == ["twin"]


def test_one_that_is_not_there_is_told_what_is(desk: Path, capsys: Capture) -> None:
    assert run(["backbone", "use", "nonesuch", str(desk)]) == 1
    assert SHIPS.name in capsys.readouterr().err


def test_add_tells_what_it_is(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "mine.showtell-backbone"
    file.write_bytes(b"what lies in it")
    added(TWIN, hashlib.sha256(b"what lies in it").hexdigest())
    assert run(["backbone", "add", str(file)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("twin (ab1200000000) takes pictures of")
    assert run(["backbone", "add", str(file), "--json"]) == 0
    assert as_json(capsys) == dataclasses.asdict(TWIN)
    assert run(["backbone", "add", str(tmp_path / "gone.keras")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_save_writes_what_can_be_added(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    added(TWIN)
    file = tmp_path / "saved.showtell-backbone"
    assert run(["backbone", "save", str(desk), str(file), "--name", "twin", "--json"]) == 0
    report = as_json(capsys)
    assert (report["name"], report["bytes"], report["consolidated_on"]) == ("twin", 11, 0)
    assert file.read_bytes() == b"its package"


def test_save_says_what_a_backbone_has_learned_from(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    consolidated(desk)
    assert run(["backbone", "save", str(desk), str(tmp_path / "x.showtell-backbone"), "--name", "tuned"]) == 0
    assert "It has learned from 12 pictures of desk.showtell." in capsys.readouterr().out


def test_save_replaces_nothing_without_a_yes(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    added(TWIN)
    file = tmp_path / "saved.showtell-backbone"
    file.write_bytes(b"precious")
    argv = ["backbone", "save", str(desk), str(file), "--name", "twin"]
    assert run(argv) == 2
    assert "--yes" in capsys.readouterr().err
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(argv) == 0
    assert file.read_bytes() == b"precious"
    assert run([*argv, "--yes"]) == 0
    assert file.read_bytes() == b"its package"


def test_save_under_a_name_that_could_not_be_read_again_is_refused(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["backbone", "save", str(desk), str(tmp_path / "saved.zip")]) == 2
    assert ".showtell-backbone" in capsys.readouterr().err


def test_save_to_a_place_that_is_not_there(desk: Path, tmp_path: Path, capsys: Capture) -> None:
    added(TWIN)
    file = str(tmp_path / "nowhere" / "x.showtell-backbone")
    assert run(["backbone", "save", str(desk), file, "--name", "twin"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_save_of_what_has_none(tmp_path: Path, capsys: Capture) -> None:
    with Buffer.open(tmp_path / "new.showtell"):
        pass
    argv = ["backbone", "save", str(tmp_path / "new.showtell"), str(tmp_path / "x.showtell-backbone")]
    assert run(argv) == 1
    assert "--name" in capsys.readouterr().err


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[Download]:
    """What was fetched, in the place of the network."""
    asked: list[Download] = []

    def fetch(download: Download) -> BackboneFiles:
        asked.append(download)
        added(dataclasses.replace(TWIN, name=download.name), download.md5)
        return BackboneFiles(dataclasses.replace(TWIN, name=download.name), b"model")

    monkeypatch.setattr("learner.downloads.fetch", fetch)
    monkeypatch.setattr("learner.loading.choose_device", lambda config: None)
    return asked


def test_download_without_a_terminal_takes_a_yes(fetched: list[Download], capsys: Capture) -> None:
    assert run(["backbone", "download", DOWNLOADS[0].name, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "About 4 MB" in told.err
    assert "storage.googleapis.com" in told.err
    assert "--yes" in told.err
    assert fetched == []
    assert run(["backbone", "download", DOWNLOADS[0].name, "--yes", "--json"]) == 0
    assert as_json(capsys)["name"] == DOWNLOADS[0].name
    assert fetched == [DOWNLOADS[0]]
    assert run(["backbone", "download", DOWNLOADS[0].name, "--json"]) == 0
    assert len(fetched) == 1, "it is there already"


@pytest.mark.parametrize(("answer", "fetches"), [("y\n", 1), ("n\n", 0), ("", 0)])
def test_download_asks(
    answer: str, fetches: int, fetched: list[Download], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert run(["backbone", "download", DOWNLOADS[0].name]) == 0
    assert "Fetch it? [y/N]" in capsys.readouterr().err
    assert len(fetched) == fetches


def test_download_of_something_else(capsys: Capture) -> None:
    assert run(["backbone", "download", "resnet", "--yes"]) == 2
    told = capsys.readouterr().err
    assert all(download.name in told for download in DOWNLOADS)


def test_download_without_a_network(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def fetch(download: Download) -> BackboneFiles:
        raise EnvironmentFault("The download did not work", "There is no network.", "Try again.")

    monkeypatch.setattr("learner.downloads.fetch", fetch)
    monkeypatch.setattr("learner.loading.choose_device", lambda config: None)
    assert run(["backbone", "download", DOWNLOADS[0].name, "--yes", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "There is no network." in told.err


def test_the_help_of_download_names_what_there_is(capsys: Capture) -> None:
    run(["backbone", "download", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert all(download.name in told for download in DOWNLOADS)

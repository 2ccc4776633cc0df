# SPDX-License-Identifier: Apache-2.0
"""`showtell watch` and completion by real processes: what a pipe reads, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from learner.cv import cv2
from tests.learner.fakes import picture
from tests.learner.interchange.projects import learned

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120
COMMAND = [sys.executable, "-m", "desktop"]

posix = pytest.mark.skipif(os.name != "posix", reason="signals and broken pipes are POSIX's")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "desk.showtell"
    learned(path, ["mug", "key"])
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of the test's own."""
    folders = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"), str(tmp_path))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    return {**kept, **folders, "PYTHONPATH": str(ROOT)}


def started(environment: Mapping[str, str], *argv: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *argv],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # Whoever started the tests in the background has had Ctrl+C ignored, and that is inherited.
        preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None,  # noqa: PLW1509
    )


def test_a_clip_to_its_end(desk: Path, tmp_path: Path, environment: Mapping[str, str]) -> None:
    clip = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (64, 64))
    for kind in (1, 2):
        for number in range(5):
            writer.write(picture(kind, 100 + number))
    writer.release()
    out, err = started(environment, "watch", desk, "--camera", clip).communicate(timeout=PATIENCE)
    assert err == ""
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["label"] for answer in answers] == ["mug"] * 5 + ["key"] * 5


@posix
@pytest.mark.slow
def test_the_demo_scene_until_ctrl_c(desk: Path, environment: Mapping[str, str]) -> None:
    process = started(environment, "watch", desk, "--camera", "demo")
    assert process.stdout
    assert process.stderr
    with process.stdout as stdout, process.stderr as stderr:
        frames = [json.loads(stdout.readline())["frame"] for _ in range(3)]  # each line is there at once
        os.killpg(process.pid, signal.SIGINT)
        stdout.read()
        assert "Traceback" not in stderr.read()
    assert frames == sorted(frames)
    assert process.wait(PATIENCE) == 130


@posix
@pytest.mark.slow
def test_a_reader_that_has_read_enough(desk: Path, environment: Mapping[str, str]) -> None:
    process = started(environment, "watch", desk, "--camera", "demo")
    assert process.stdout
    assert process.stderr
    json.loads(process.stdout.readline())
    process.stdout.close()
    with process.stderr as stderr:
        assert stderr.read() == ""
    assert process.wait(PATIENCE) == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_a_verb(tmp_path: Path, environment: Mapping[str, str]) -> None:
    command = tmp_path / "showtell"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m desktop "$@"\n')
    command.chmod(0o755)
    script = (
        'eval "$(_SHOWTELL_COMPLETE=source_bash showtell)"\n'
        'COMP_WORDS=(showtell restore); COMP_CWORD=1; _showtell_completion showtell; echo "${COMPREPLY[@]}"\n'
        'COMP_WORDS=(showtell watch --ch); COMP_CWORD=2; _showtell_completion showtell; echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**environment, "PATH": f"{tmp_path}{os.pathsep}{environment['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert (done.stdout.split("\n"), done.stderr) == (["restore restore-backup", "--changes", ""], "")

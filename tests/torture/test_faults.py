# SPDX-License-Identifier: Apache-2.0
"""A disk that is full, broken or read-only: said on screen, nothing that was acknowledged is lost, and it goes on."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.qt import needs_qt
from tests.torture.aim import why_not
from tests.torture.driving import ROOT
from tests.torture.faulty import FaultyLife
from tests.torture.tally import Tally
from tests.torture.test_kills import place_in

pytestmark = [needs_qt, pytest.mark.slow, pytest.mark.timeout(900)]

VERBS = 30

can_aim = pytest.mark.skipif(bool(why_not()), reason=why_not())


@can_aim
def test_a_disk_that_fails_is_told_of_and_costs_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = request.config.getoption("seed")
    with closing(place_in(tmp_path)) as place, closing(FaultyLife(place, 0, Random(seed), Tally(seed))) as life:
        life.begin()
        life.suffer(VERBS * request.config.getoption("kills") // 200)
        _print(life, capsys)


@can_aim
def test_a_disk_that_fails_while_the_window_records(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = request.config.getoption("seed")
    with closing(place_in(tmp_path)) as place, closing(FaultyLife(place, 0, Random(seed), Tally(seed))) as life:
        life.begin()
        life.record_on_it()
        _print(life, capsys)


@can_aim
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=lambda error: errno.errorcode[error])
def test_it_works_where_nothing_can_be_written_to_the_home_folder(tmp_path: Path, error: int) -> None:
    with closing(place_in(tmp_path)) as place, closing(FaultyLife(place, 0, Random(1), Tally(1))) as life:
        life.begin()
        life.without_a_home(error)


@pytest.mark.skipif(sys.platform != "linux", reason="a disk of one's own is Linux's")
def test_a_disk_that_fills_while_the_window_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody make a disk of his own (unshare)")
    done = subprocess.run(
        [*alone, sys.executable, "-m", "tests.torture.full_disk", str(tmp_path / "place")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with capsys.disabled():
        print(f"\n{done.stdout.strip()}")


def _print(life: FaultyLife, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        faults = ", ".join(f"{kind} {count}" for kind, count in life.injected.most_common())
        told = ", ".join(f"{title} {count}" for title, count in life.told.most_common())
        print(f"\n{life.injected.total()} acts on a failing disk: {faults}; told: {told}; nothing lost")

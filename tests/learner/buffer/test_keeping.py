# SPDX-License-Identifier: Apache-2.0
"""Copies that are made by themselves: when, where, and how many of them stay."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner.buffer import Buffer, keeping
from learner.buffer.backups import restore
from learner.buffer.keeping import Reason, keep, kept, which_stay
from learner.errors import DamagedProject, EnvironmentFault
from tests.learner.buffer.making import record

_OLDEST, _NEWEST = datetime(2020, 1, 1), datetime(2026, 1, 1)  # noqa: DTZ001  # hypothesis adds the zone
moments = st.lists(st.datetimes(timezones=st.just(UTC), min_value=_OLDEST, max_value=_NEWEST), unique=True, max_size=80)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.showtell"
    with Buffer.open(path) as buffer:
        record(buffer, "mug", 2)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def changed(path: Path, when: datetime) -> None:
    os.utime(path, (when.timestamp(), when.timestamp()))


@given(moments)
def test_the_newest_stays_and_no_more_than_so_many_others(times: list[datetime]) -> None:
    stay = which_stay(times)
    assert stay <= set(times)
    if not times:
        return
    assert max(times) in stay
    of_that_day = {when for when in times if when.date() == max(times).date()}
    assert of_that_day <= stay
    assert len(stay - of_that_day) <= 12 + 10 + 9 - 1
    assert which_stay(reversed(times)) == which_stay(stay) == stay, "in any order, and once for all"
    days, months = ({rule(when) for when in stay} for rule in (datetime.date, lambda when: (when.year, when.month)))
    assert len(days) >= min(12, len({when.date() for when in times}))
    assert len(months) >= min(9, len({(when.year, when.month) for when in times}))


@given(moments, st.integers(1, 400))
def test_time_that_passes_takes_nothing_and_what_went_does_not_count_again(times: list[datetime], hours: int) -> None:
    if not times:
        return
    stay = which_stay(times)
    later = max(times) + timedelta(hours=hours)
    assert which_stay([*stay, later]) == which_stay([*times, later]), "thinned each time or at the end"


def test_a_year_of_days_comes_to_the_twelve_ten_and_nine() -> None:
    times = [datetime(2025, 12, 31, tzinfo=UTC) - timedelta(days=day) for day in range(365)]
    stay = sorted(which_stay(times), reverse=True)
    assert stay[:12] == times[:12]
    assert {when.month for when in stay} == {4, 5, 6, 7, 8, 9, 10, 11, 12}
    assert len(stay) == 12 + 8 + 8 - 2  # of weeks and months, some end on a day that stays anyhow


def test_one_is_kept_at_first_and_then_a_day_later_if_something_has_changed(desk: Path, folder: Path) -> None:
    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    changed(desk, now)
    first = keep(desk, folder, now=now)
    assert first is not None
    assert first.contents.samples == 2
    assert keep(desk, folder, now=now + timedelta(hours=23)) is None
    assert keep(desk, folder, now=now + timedelta(days=30)) is None, "nothing has changed"
    changed(desk, now + timedelta(hours=1))
    assert keep(desk, folder, now=now + timedelta(hours=23)) is None
    second = keep(desk, folder, now=now + timedelta(hours=25))
    assert second is not None
    assert [one.path for one in kept(desk, folder)] == [second.path, first.path]
    assert [one.made_at for one in kept(desk, folder)] == [now + timedelta(hours=25), now]


def test_what_is_only_in_the_log_has_changed_too(desk: Path, folder: Path) -> None:
    keep(desk, folder)
    with Buffer.open(desk) as buffer:
        record(buffer, "key", 1)
        changed(desk, datetime(2026, 5, 1, tzinfo=UTC))
        done = keep(desk, folder, now=datetime.now(UTC) + timedelta(days=2))
        assert done is None or done.contents.samples == 3
        assert done is None or done.contents.classes == 2
    found = kept(desk, folder)
    assert len(found) == 1 + (done is not None)


def test_before_something_great_one_is_kept_in_any_case(desk: Path, folder: Path) -> None:
    for _ in range(3):
        assert keep(desk, folder, reason=Reason.CONSOLIDATION) is not None
    assert [one.reason for one in kept(desk, folder)] == [Reason.CONSOLIDATION] * 3
    assert keep(desk, folder) is None, "which does for this day"


def test_a_clock_that_was_wrong_is_no_reason_to_wait_for_years(desk: Path, folder: Path) -> None:
    assert keep(desk, folder, now=datetime(2040, 1, 1, tzinfo=UTC)) is not None
    assert keep(desk, folder) is not None


def test_many_are_thinned(desk: Path, folder: Path) -> None:
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for day in range(20):
        changed(desk, begin + timedelta(days=day))
        assert keep(desk, folder, now=begin + timedelta(days=day, minutes=1)) is not None
    times = [one.made_at.astimezone() for one in kept(desk, folder)]
    assert len(times) < 20
    assert which_stay(times) == set(times)


def test_only_its_owner_can_read_them(desk: Path, folder: Path) -> None:
    done = keep(desk, folder)
    assert done is not None
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(done.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_projects_of_one_name_do_not_mix_and_a_renamed_one_keeps_its_own(tmp_path: Path, folder: Path) -> None:
    both = []
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        both.append(tmp_path / place / "desk.showtell")
        Buffer.open(both[-1]).close()
        assert keep(both[-1], folder) is not None
    assert len(kept(both[0], folder)) == len(kept(both[1], folder)) == 1
    assert kept(both[0], folder) != kept(both[1], folder)

    renamed = both[0].rename(tmp_path / "table.showtell")
    assert len(kept(renamed, folder)) == 1
    restore(kept(renamed, folder)[0].path, renamed)
    assert len(kept(renamed, folder)) == 1, "a copy that was put back is the project"


def test_a_file_that_was_duplicated_does_not_have_the_others_thinned(desk: Path, folder: Path) -> None:
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
    other = Path(shutil.copy(desk, desk.with_name("other.showtell")))
    mine = keep(desk, folder, now=begin)
    for day in range(1, 20):
        keep(other, folder, now=begin + timedelta(days=day), reason=Reason.CONSOLIDATION)
    assert mine is not None
    assert mine.path in [one.path for one in kept(desk, folder)]


def test_a_damaged_project_gets_no_copy_and_those_it_has_are_found(desk: Path, folder: Path) -> None:
    done = keep(desk, folder)
    assert done is not None
    content = desk.read_bytes()
    desk.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    with pytest.raises(DamagedProject):
        keep(desk, folder, reason=Reason.CONSOLIDATION)
    desk.write_bytes(bytes(len(content)))
    assert [one.path for one in kept(desk, folder)] == [done.path]


def test_a_folder_that_cannot_be_made_is_told_of(desk: Path, folder: Path) -> None:
    folder.write_text("in the way")
    with pytest.raises(EnvironmentFault):
        keep(desk, folder)
    assert kept(desk, folder) == []


def test_one_that_is_stopped_leaves_nothing(desk: Path, folder: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep(desk, folder, stop)
    assert [name for _, _, names in os.walk(folder) for name in names] == []


def test_what_a_killed_program_left_of_a_copy_goes_with_time(desk: Path, folder: Path) -> None:
    now = datetime.now(UTC)
    first = keep(desk, folder, now=now)
    assert first is not None
    left = [first.path.with_name(f"desk.daily.x7{end}") for end in (".part", ".part-journal")]
    for path in left:
        path.write_bytes(b"half")
    second = keep(desk, folder, reason=Reason.ASKED, now=now + timedelta(hours=1))
    assert all(path.exists() for path in left), "somebody may be writing"
    keep(desk, folder, reason=Reason.ASKED, now=now + timedelta(days=2))
    assert not any(path.exists() for path in left)
    assert second is not None
    assert second.path.exists()


def test_a_strangers_id_leads_nowhere_else(desk: Path, folder: Path) -> None:
    with Buffer.open(desk) as buffer:
        buffer.set_setting("project_id", "../../elsewhere")
    done = keep(desk, folder)
    assert done is not None
    assert done.path.parent.parent == folder


def test_the_usual_folder_is_the_persons_or_the_one_that_is_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    assert keeping.usual_folder().name == "backups"
    monkeypatch.setenv("SHOWTELL_BACKUPS", str(folder))
    assert keeping.usual_folder() == folder

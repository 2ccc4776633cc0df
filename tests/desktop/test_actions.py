# SPDX-License-Identifier: Apache-2.0
"""When actions happen, and what of them a project file is believed."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.actions import (
    Action,
    Book,
    FillScreen,
    PlaySound,
    RunCommand,
    Sight,
    Watch,
    WriteLog,
    is_seen,
    read_book,
    write_book,
)

MUG = Sight(class_id=1, name="mug", confidence=0.9)

looks = st.lists(st.tuples(st.floats(0.01, 2.5), st.booleans()), max_size=60)
"""How long after the one before each answer comes, and whether it is what is waited for."""


def fired(watch: Watch, looks: list[tuple[float, bool]]) -> list[float]:
    now, times = 0.0, []
    for pause, seen in looks:
        now += pause
        if watch.look(now, seen):
            times.append(now)
    return times


def unbroken(looks: list[tuple[float, bool]], until: float) -> float:
    """Since when it had been seen at a moment, by going back through the answers."""
    moments, now = [], 0.0
    for pause, seen in looks:
        now += pause
        moments.append((now, seen))
    since = later = until
    for moment, seen in reversed([entry for entry in moments if entry[0] <= until]):
        if not seen or later - moment > 1.0:
            break
        since = later = moment
    return since


@given(looks, st.floats(0, 5), st.floats(0, 3))
def test_it_never_happens_before_it_was_seen_for_so_long(
    looks: list[tuple[float, bool]], seconds: float, gone: float
) -> None:
    for moment in fired(Watch(seconds, gone), looks):
        assert moment - unbroken(looks, moment) >= seconds


@given(looks, st.floats(0, 5), st.floats(0, 3))
def test_it_happens_once_until_it_was_gone_for_so_long(
    looks: list[tuple[float, bool]], seconds: float, gone: float
) -> None:
    times = fired(Watch(seconds, gone), looks)
    moments, now = [], 0.0
    for pause, seen in looks:
        now += pause
        if seen:
            moments.append(now)
    for first, second in pairwise(times):
        between = [moment for moment in moments if first <= moment <= second]
        breaks = [later - earlier for earlier, later in pairwise(between)]
        assert max(breaks) >= gone
        assert unbroken(looks, second) > first


def test_it_happens_when_it_was_seen_for_so_long() -> None:
    assert fired(Watch(2.0, 1.0), [(0.1, True)] * 60) == [pytest.approx(2.1)]


def test_it_happens_again_when_it_comes_back() -> None:
    there, away = [(0.1, True)] * 10, [(0.1, False)] * 12
    assert len(fired(Watch(0.5, 1.0), there + away + there)) == 2
    assert len(fired(Watch(0.5, 1.0), there + away[:5] + there)) == 1


def test_a_camera_that_stops_is_no_presence() -> None:
    watch = Watch(3.0, 1.0)
    assert fired(watch, [(0.5, True), (0.5, True), (60.0, True), (0.5, True)]) == []
    assert watch.progress(61.5) == pytest.approx(0.5 / 3)
    assert watch.progress(99.0) == 0


def test_progress_fills_while_it_is_seen() -> None:
    watch = Watch(2.0, 1.0)
    watch.look(0.0, True)
    watch.look(0.9, True)
    assert watch.progress(1.0) == pytest.approx(0.5)
    watch.look(1.1, False)
    assert watch.progress(1.2) == 0
    assert watch.away(1.9) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("sight", "seen"),
    [
        (MUG, True),
        (Sight(1, "mug", 0.5), False),
        (Sight(1, "mug", 0.9, unknown=True), False),
        (Sight(2, "key", 0.9), False),
        (None, False),
    ],
)
def test_a_class_is_seen_when_it_is_the_answer_and_sure_enough(sight: Sight | None, seen: bool) -> None:
    assert is_seen(Action(1, PlaySound()), sight) is seen


def test_the_unknown_is_seen_however_sure_the_guess() -> None:
    action = Action(None, PlaySound())
    assert is_seen(action, Sight(1, "mug", 0.1, unknown=True))
    assert not is_seen(action, MUG)
    assert not is_seen(action, Sight(None, "gone", 0.9))


def test_what_was_written_is_read() -> None:
    book = Book(
        (
            Action(1, PlaySound("warning", "/tmp/bell.wav"), seconds=0.5),
            Action(None, FillScreen("#0072B2", "Ça alors – 你好", 3.0), on=False),
            Action(2, RunCommand('say "{class}"', 5.0), confidence=0.8, gone=10.0),
            Action(2, WriteLog("C:\\log.csv")),
        )
    )
    assert read_book(write_book(book)) == book


def entry(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(write_book(Book((Action(1, FillScreen(), id="a"),))))[0]
    return {**whole, **changes}


@pytest.mark.parametrize(
    "strange",
    [
        7,
        None,
        "text",
        [],
        {},
        entry(do="fly"),
        entry(do=["screen"]),
        entry(seconds=-1),
        entry(seconds=True),
        entry(seconds="2"),
        entry(seconds=1e9),
        entry(confidence=1.5),
        entry(class_id="mug"),
        entry(class_id=True),
        entry(on=1),
        entry(screen_colour="red; background: url(x)"),
        entry(screen_text="a\0b"),
        entry(screen_text="\ud800"),
        entry(screen_text="x" * 5000),
        {name: value for name, value in entry().items() if name != "gone"},
    ],
)
def test_what_is_strange_is_left_out_and_kept(strange: object) -> None:
    good = entry(id="good")
    book = read_book(json.dumps([strange, good]))
    assert [action.id for action in book.actions] == ["good"]
    assert book.strange == (strange,)
    assert read_book(write_book(book)) == book


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "NaN", "[" * 100_000, "\ud800"])
def test_a_damaged_setting_is_no_actions(text: str) -> None:
    book = read_book(text)
    assert book.actions == ()
    assert len(book.strange) == 1


def test_no_setting_is_no_actions() -> None:
    assert read_book(None) == read_book("") == Book()


def test_two_with_one_id_are_one() -> None:
    book = read_book(json.dumps([entry(), entry(seconds=9)]))
    assert [action.seconds for action in book.actions] == [2.0]
    assert len(book.strange) == 1


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=9))
def test_whatever_a_file_says_is_read(value: object) -> None:
    for text in (json.dumps(value), json.dumps([entry(gone=value), entry(screen_text=value)])):
        assert write_book(read_book(text))

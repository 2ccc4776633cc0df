# SPDX-License-Identifier: Apache-2.0
"""What is written down about a bug: nothing of the person, and never more than so much."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import scrubbing
from learner.scrubbing import DATA, NAME, conceal, scrubbed

PICTURE = bytes(np.random.default_rng(1).integers(0, 256, 3000, np.uint8))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "zarquon"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("LOGNAME", "prosser")
    monkeypatch.setattr(scrubbing, "_concealed", set())
    return home


def test_home_user_and_projects_have_no_names(home: Path) -> None:
    text = f"{home}/Documents/Anna's things.showtell and /media/prosser/stick/x.jpg, /srv/zarquon\nprosser-like stays"
    assert scrubbed(text) == "~/Documents/project.showtell and /media/user/stick/x.jpg, /srv/user\nprosser-like stays"


@pytest.mark.parametrize(
    "written",
    [
        "KeyError: 'Dr. Schlüssel (alt)'",
        "no class DR. SCHLÜSSEL (ALT) here",
        ascii("Dr. Schlüssel (alt)"),
        '{"class": "Dr. Schl\\u00fcssel (alt)"}',
    ],
)
def test_concealed_names_are_left_out_however_they_are_written(written: str) -> None:
    assert "ssel" in scrubbed(written).lower()
    conceal(["Dr. Schlüssel (alt)"])
    found = scrubbed(written)
    assert NAME in found
    assert "ssel" not in found.lower()


def test_the_longer_name_goes_first_and_parts_of_words_stay() -> None:
    conceal(["mug", "red mug"])
    assert scrubbed("red mug, mug, smuggled") == f"{NAME}, {NAME}, smuggled"


def test_digits_and_letters_are_no_names() -> None:
    conceal(["3", "10", "a", ""])
    assert scrubbed("line 3, in a, 10") == "line 3, in a, 10"


@pytest.mark.parametrize(
    "quoted",
    [
        repr(PICTURE),
        repr(bytearray(PICTURE)),
        base64.b64encode(PICTURE).decode(),
        PICTURE.hex(),
        repr(list(PICTURE)),
        repr(np.frombuffer(PICTURE, np.uint8).reshape(10, 100, 3)),
        repr((np.frombuffer(PICTURE, np.uint8) / 255).astype(np.float32)[:900]),
        "cut off: " + repr(PICTURE)[:600],
    ],
    ids=["bytes", "bytearray", "base64", "hexadecimal", "list", "array", "floats", "cut off"],
)
def test_pictures_are_left_out_however_they_are_written(quoted: str) -> None:
    found = scrubbed(f"ValueError: not a picture: {quoted}")
    assert found.startswith("ValueError: not a picture: ")
    assert DATA in found
    assert len(found) < 200


def test_what_tells_of_the_bug_stays() -> None:
    trace = (
        "Traceback (most recent call last):\n"
        '  File "/opt/venv/lib/python3.11/site-packages/learner/buffer/connection.py", line 120, in open\n'
        "    connection.execute(statement, parameters)\n"
        "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "sqlite3.OperationalError: no such table: samples (b'SQLite', [1, 2, 3], (1280, 720), 0.25)"
    )
    assert scrubbed(trace) == trace


def test_however_long_it_is_what_is_kept_is_short() -> None:
    conceal(["mug"])
    found = scrubbed("\n".join(["x " * 100_000] * 3 + [f"line {number}" for number in range(100_000)]))
    assert len(found) < 100_000
    assert found.startswith("x x")
    assert found.endswith("line 99999")


@given(st.text(max_size=300))
def test_any_text_can_be_scrubbed_and_once_is_enough(text: str) -> None:
    once = scrubbed(text)
    assert len(once) <= 2 * len(text) + 100
    assert DATA in once or scrubbed(once) == once

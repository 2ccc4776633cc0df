# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from desktop.key_reference import COMMAND, PAGE, page
from desktop.shortcuts import shortcuts
from desktop.studio import SECTIONS


def test_the_page_is_as_the_keys_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"Run {COMMAND}, which writes it."


def test_everything_that_has_a_key_is_on_the_page() -> None:
    text = page()
    for one in shortcuts():
        assert f"| {one.words} |" in text
        assert one.default.split("; ")[0] in text


def test_insight_has_the_sections_that_the_page_names() -> None:
    [row] = [line for line in page().splitlines() if "Mix-ups" in line]
    assert row.split(" | ")[0] == f"| 1–{len(SECTIONS)}"
    assert [name.lower().replace(" ", "-") for name in row.split(" | ")[1].removesuffix(" |").split(", ")] == [
        *SECTIONS
    ]

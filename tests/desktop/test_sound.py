# SPDX-License-Identifier: Apache-2.0
"""The sounds of actions."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions import SOUNDS
from desktop.sound import play
from desktop.views.use.action_words import sound_names
from learner.errors import EnvironmentFault

WAV = b"RIFF\x24\0\0\0WAVEfmt "


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    played: list[Path] = []
    monkeypatch.setattr("desktop.sound.chime.play_wav", lambda path, **_: played.append(path))
    monkeypatch.setattr("desktop.sound.shutil.which", lambda name: f"/usr/bin/{name}")
    return played


@pytest.mark.parametrize("sound", SOUNDS)
def test_every_built_in_sound_is_there_and_has_a_name(played: list[Path], sound: str) -> None:
    play(sound)
    assert played[0].is_file()
    assert sound_names()[sound]


def test_a_file_is_played_in_its_place(played: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "bell; rm.wav"
    file.write_bytes(WAV)
    play("success", str(file))
    assert played == [file]


def test_what_is_gone_or_no_sound_is_said(played: list[Path], tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        play("success", str(tmp_path / "gone.wav"))
    (tmp_path / "text.wav").write_text("no sound")
    with pytest.raises(EnvironmentFault, match="no WAV file"):
        play("success", str(tmp_path / "text.wav"))
    assert played == []


def test_a_computer_without_a_player_is_said(played: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.sound.sys.platform", "linux")
    monkeypatch.setattr("desktop.sound.shutil.which", lambda _: None)
    with pytest.raises(EnvironmentFault, match="aplay"):
        play("success")
    assert played == []

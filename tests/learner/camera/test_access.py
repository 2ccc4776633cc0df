# SPDX-License-Identifier: Apache-2.0
"""Who keeps a camera from us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from learner.camera import access


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says which files a process has open")
def test_the_program_that_has_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    camera = tmp_path / "video0"
    camera.touch()
    monkeypatch.setattr(access, "_path", lambda index: camera)
    assert access.taken_by(0) is None
    with camera.open(encoding="utf-8"):
        assert access.taken_by(0) is None, "we have it ourselves"
    script = f"file = open({str(camera)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert (access.taken_by(0) or "").startswith("python")
        process.communicate("\n")
    assert access.taken_by(0) is None


def test_a_system_that_does_not_say_names_nobody(tmp_path: Path) -> None:
    assert access.taken_by(0, tmp_path / "no such folder") is None


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_a_device_without_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    camera = tmp_path / "video0"
    monkeypatch.setattr(access, "_path", lambda index: camera)
    assert not access.is_refused(0), "what is not there is not refused"
    camera.touch()
    assert not access.is_refused(0)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may do everything
    assert access.is_refused(0)


@pytest.mark.parametrize(("status", "refused"), [(0, False), (1, True), (2, True), (3, False)])
def test_macos_is_asked(monkeypatch: pytest.MonkeyPatch, status: int, refused: bool) -> None:
    device = SimpleNamespace(authorizationStatusForMediaType_=lambda media: status)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "AVFoundation", SimpleNamespace(AVCaptureDevice=device))
    assert access.is_refused(0) is refused


def test_a_macos_without_the_bridge_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "AVFoundation", None)
    assert not access.is_refused(0)

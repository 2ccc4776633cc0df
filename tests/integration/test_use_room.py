# SPDX-License-Identifier: Apache-2.0
"""What is put to use in the window, by real processes: an exported model, and a server that is asked and taught."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import httpx
import pytest
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings import Settings
from desktop.views.use.export_card import ExportCard
from learner.interchange.wishes import ExportFormat, Precision
from tests.learner.exports import NAMES, tiny_backbone, tiny_project
from tests.learner.serve.desk import png
from tests.qt import needs_qt

pytestmark = [needs_qt, pytest.mark.slow, pytest.mark.alone, pytest.mark.timeout(300)]

PATIENCE = 120_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    info, files = tiny_backbone()
    return tiny_project(tmp_path_factory.mktemp("project") / "desk.showtell", info, files)


@pytest.fixture
def app(qtbot: QtBot, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr("desktop.app.list_cameras", list)
    app = App(Settings(tmp_path / "settings.ini"))
    app.sounds.on = False
    qtbot.addWidget(app.window)
    app.window.show()
    session = app.open_project(project)
    qtbot.waitUntil(lambda: session.is_open and session.learner.status.backbone is not None, timeout=PATIENCE)
    assert app.window.use is not None
    app.window.open_room(app.window.use)
    yield app
    app.stop()


def test_a_bundle_is_exported_and_answers_as_the_window_does(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    assert app.window.use is not None
    card = next(card for card in app.window.use.cards if isinstance(card, ExportCard))
    card.choose(ExportFormat.BUNDLE)
    with qtbot.waitSignal(card.exporter.finished, timeout=PATIENCE) as finished:
        card.export(tmp_path / "desk.zip")
    assert finished.args
    parity = finished.args[0].parity
    assert parity.agreement == 1.0
    assert f"{parity.pictures} of {parity.pictures} pictures" in card.state.text()
    with zipfile.ZipFile(tmp_path / "desk.zip") as bundle:
        assert bundle.read("labels.txt").decode().splitlines() == list(NAMES)
    assert sorted(path.name for path in tmp_path.iterdir() if "desk" in path.name) == ["desk.zip"]


def test_a_model_under_way_is_given_up(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert app.window.use is not None
    card = next(card for card in app.window.use.cards if isinstance(card, ExportCard))
    card.choose(ExportFormat.TFLITE)
    card._choose_size(list(Precision).index(Precision.INT8))
    with qtbot.waitSignal(card.exporter.progressed, timeout=PATIENCE):
        card.export(tmp_path / "out" / "desk.tflite")
    with qtbot.waitSignal(card.exporter.given_up, timeout=PATIENCE):
        card.give_up.click()
    assert list((tmp_path / "out").iterdir()) == []


def test_the_server_answers_and_learns(app: App, qtbot: QtBot) -> None:
    serving, session = app.window.serving, app.session
    assert serving is not None
    assert session is not None
    serving.start()
    qtbot.waitUntil(lambda: serving.is_on, timeout=PATIENCE)
    address = serving.address
    assert address is not None
    headers = {"Authorization": f"Bearer {address.token}"}
    with ThreadPoolExecutor(1) as threads, httpx.Client(headers=headers, timeout=60) as client:

        def post(path: str, content: bytes) -> httpx.Response:
            response = threads.submit(
                client.post, f"{address.origin}{path}", content=content, headers={"Content-Type": "image/png"}
            )
            qtbot.waitUntil(response.done, timeout=PATIENCE)
            return response.result()

        assert post("/predict", png(0)).json()["label"] in NAMES
        with qtbot.waitSignal(session.learner.learned, timeout=PATIENCE):
            for number in range(4):
                assert post("/samples?label=new", png(7, number)).status_code == 201
        assert post("/predict", png(7, 1)).json()["label"] == "new"

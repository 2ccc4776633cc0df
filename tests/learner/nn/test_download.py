# SPDX-License-Identifier: Apache-2.0
"""Downloads, from a server of the tests' own; nothing here goes further."""

from __future__ import annotations

import dataclasses
import hashlib
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from learner import backbones, downloads
from learner.downloads import DOWNLOADS, ORIGIN, Download, fetch, fetched
from learner.errors import BackboneFault, EnvironmentFault

pytest.importorskip("tensorflow")

import keras

from learner.nn import backbone, download, package


class Quiet(SimpleHTTPRequestHandler):
    def log_request(self, *_: Any) -> None:
        pass

    def log_error(self, *_: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server that gives what lies in the folder `origin`."""
    folder = tmp_path / "origin"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/"
        serving.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def tiny(name: str) -> keras.Model:
    entry = keras.Input((32, 32, 3))
    x = keras.layers.BatchNormalization()(keras.layers.Conv2D(4, 3)(keras.layers.Rescaling(1 / 127.5, -1)(entry)))
    return keras.Model(entry, keras.layers.GlobalAveragePooling2D()(x))


def published(folder: Path, model: keras.Model, offer: Download) -> Download:
    """Put weights where the server has them, as Keras 2 laid them out, and return what is offered."""
    random = np.random.default_rng(0)
    for variable in model.weights:
        variable.assign(random.random(variable.shape, np.float32))
    path = folder / "origin" / offer.file
    path.parent.mkdir(exist_ok=True)
    model.save(path)
    return dataclasses.replace(offer, md5=hashlib.md5(path.read_bytes()).hexdigest())


def test_what_is_offered_is_what_keras_would_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses and hashes are those in the code of the Keras that is installed."""
    asked: list[tuple[str, str]] = []

    def get_file(name: str, origin: str, file_hash: str, **_: object) -> str:
        asked.append((origin, file_hash))
        raise InterruptedError

    for offer in DOWNLOADS:
        monkeypatch.setattr("keras.src.utils.file_utils.get_file", get_file)
        with pytest.raises(InterruptedError):
            getattr(keras.applications, offer.network)(input_shape=(224, 224, 3), weights="imagenet", include_top=False)
    assert asked == [(ORIGIN + offer.file, offer.md5) for offer in DOWNLOADS]


def test_weights_are_fetched_and_kept(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    model = tiny("")
    offer = published(tmp_path, model, DOWNLOADS[0])
    monkeypatch.setattr(download, "network", tiny)
    capfd.readouterr()
    assert fetched(offer) is None
    files = fetch(offer, server)
    assert capfd.readouterr() == ("", ""), "both belong to the verb"
    assert files.info == backbone.describe(model, "mobilenet_v3_small")
    assert backbones.named("mobilenet_v3_small") == files
    assert fetched(offer) == files
    name, content = backbones.trainable(files.info.sha256, None)
    pictures = np.random.default_rng(1).random((2, 32, 32, 3), np.float32)
    wanted = model.predict_on_batch(pictures)
    assert np.array_equal(package.model_from(name, content).predict_on_batch(pictures), wanted)


def test_weights_with_another_hash_are_not_used(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = published(tmp_path, tiny(""), DOWNLOADS[0])
    monkeypatch.setattr(download, "network", lambda name: pytest.fail("it was built"))
    with pytest.raises(EnvironmentFault, match="another hash"):
        fetch(dataclasses.replace(offer, md5="0" * 32), server)
    assert backbones.registered() == [backbones.embedded()]


def test_weights_for_another_network_are_refused(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1), keras.layers.Conv2D(2, 1)])
    offer = published(tmp_path, other, DOWNLOADS[0])
    monkeypatch.setattr(download, "network", tiny)
    with pytest.raises(BackboneFault, match="do not fit"):
        fetch(offer, server)


def test_what_is_not_there_is_said(server: str) -> None:
    with pytest.raises(EnvironmentFault, match="404") as caught:
        fetch(DOWNLOADS[0], server)
    assert downloads.host(server) in caught.value.happened


def test_without_a_network_it_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        with pytest.raises(EnvironmentFault, match="cannot be fetched") as caught:
            fetch(DOWNLOADS[0], f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert "connected" in caught.value.remedy
    assert socket.getdefaulttimeout() is None


@pytest.mark.slow
@pytest.mark.parametrize("offer", DOWNLOADS, ids=lambda offer: offer.name)
def test_every_network_on_offer_becomes_a_backbone(offer: Download, server: str, tmp_path: Path) -> None:
    model = download.network(offer.network)
    path = tmp_path / "origin" / offer.file
    path.parent.mkdir()
    model.save(path)  # with the weights it began with
    offer = dataclasses.replace(offer, md5=hashlib.md5(path.read_bytes()).hexdigest())
    files = fetch(offer, server)
    assert files.info == backbone.describe(model, offer.name)
    assert (files.info.input_size, files.info.low, files.info.high) == (224, 0.0, 255.0)
    _, content = backbones.trainable(files.info.sha256, None)
    assert package.unpack(content, "it")[1] == files.info

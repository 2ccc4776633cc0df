# SPDX-License-Identifier: Apache-2.0
"""Networks of `keras.applications` with the weights they learned on ImageNet, which are fetched over the network."""

from __future__ import annotations

import io
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError

import keras

from learner.downloads import Download, host
from learner.errors import EnvironmentFault
from learner.nn.architecture import feature_extractor
from learner.nn.backbone import fill

_SIDE = 224
"""Of the pictures that the weights were learned on."""
_SECONDS = 30.0
"""After which a network that says nothing is given up."""


def imagenet_model(download: Download, origin: str) -> keras.Model:
    """Return a network with the weights that lie below an address.

    Returns:
        A model from RGB pictures (n, 224, 224, 3) of 0…255 to embeddings (n, d).

    Raises:
        EnvironmentFault: they cannot be fetched, or are not those that Keras published.
        BackboneFault: they do not fit.
    """
    weights = _weights(download, origin)
    model = network(download.network)
    fill(model, weights, download.name, layout=".h5")
    return feature_extractor(model, download.name)


def network(name: str) -> keras.Model:
    """Return a feature extractor of `keras.applications` with random weights; it scales pictures itself."""
    constructor = getattr(keras.applications, name)
    model: keras.Model = constructor(
        input_shape=(_SIDE, _SIDE, 3), include_top=False, weights=None, pooling="avg", include_preprocessing=True
    )
    return model


def _weights(download: Download, origin: str) -> bytes:
    """Fetch the file of weights as Keras does, which checks its hash, into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            # Keras tells how far it is on stdout, which belongs to the verb.
            with redirect_stdout(io.StringIO()), _patience(_SECONDS):
                path = keras.utils.get_file(
                    PurePosixPath(download.file).name,
                    origin + download.file,
                    file_hash=download.md5,
                    hash_algorithm="md5",
                    cache_dir=folder,
                    cache_subdir=".",
                )
            return Path(path).read_bytes()
        except ValueError as error:
            raise EnvironmentFault(
                "The download is not what it should be",
                f"What {host(origin)} gave for {download.name} has another hash than what Keras published.",
                "Try again later, or from another network. Nothing was kept.",
            ) from error
        except Exception as error:  # Keras raises plain exceptions, and the network its own
            cause = error.__context__ or error
            if isinstance(cause, HTTPError):
                cause.close()  # it has the connection
            raise EnvironmentFault(
                "The download did not work",
                f"{download.name} cannot be fetched from {host(origin)} ({cause}).",
                "See whether this machine is connected, and try again. Nothing was changed.",
            ) from error


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Wait so long for the network and no longer while the block runs; Keras cannot be told how long."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)

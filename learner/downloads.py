# SPDX-License-Identifier: Apache-2.0
"""Backbones that are fetched over the network when a person asks for one, which is all that Showtell ever fetches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from learner import backbones
from learner.backbones import BackboneFiles
from learner.errors import UsageFault

ORIGIN = "https://storage.googleapis.com/tensorflow/keras-applications/"
"""Where `keras.applications` has its weights."""


@dataclass(frozen=True, slots=True)
class Download:
    """Weights of a network of `keras.applications`, learned on ImageNet.

    Attributes:
        name: What the backbone is called here.
        network: What Keras calls its constructor.
        file: Where the weights lie at the origin.
        md5: Of that file, as Keras publishes it. Networks it publishes none of are not offered.
        megabytes: About how much is fetched.
    """

    name: str
    network: str
    file: str
    md5: str
    megabytes: int


DOWNLOADS = (
    Download(
        "mobilenet_v3_small",
        "MobileNetV3Small",
        "mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5",
        "d3e8ec802a04aa4fc771ee12a9a9b836",
        4,
    ),
    Download(
        "mobilenet_v3_large",
        "MobileNetV3Large",
        "mobilenet_v3/weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5",
        "07fb09a5933dd0c8eaafa16978110389",
        13,
    ),
    Download(
        "efficientnet_v2_b0",
        "EfficientNetV2B0",
        "efficientnet_v2/efficientnetv2-b0_notop.h5",
        "893217f2bb855e2983157299931e43ff",
        24,
    ),
)


def offered(name: str) -> Download:
    """Return what is fetched for a name.

    Raises:
        UsageFault: nothing is.
    """
    for download in DOWNLOADS:
        if download.name == name:
            return download
    raise UsageFault(
        "That cannot be downloaded",
        f'"{name}" is not among what can be: {", ".join(download.name for download in DOWNLOADS)}.',
        "Name one of these, or add a file of your own with showtell backbone add.",
    )


def host(origin: str = ORIGIN) -> str:
    """Return the machine that is asked."""
    return urlsplit(origin).netloc


def fetched(download: Download) -> BackboneFiles | None:
    """Return the backbone if it has been fetched before."""
    return backbones.made_from(download.md5)


def fetch(download: Download, origin: str = ORIGIN) -> BackboneFiles:
    """Fetch a backbone over the network, and keep it on this machine (this imports TensorFlow).

    Args:
        download: what to fetch.
        origin: the address below which its file lies.

    Raises:
        EnvironmentFault: the network does not give it, or gives something else.
        BackboneFault: it cannot be converted or kept.
    """
    from learner.nn import backbone, package
    from learner.nn.download import imagenet_model

    model = imagenet_model(download, origin)
    info = backbone.describe(model, download.name)
    return backbones.keep(model, info, package.pack(model, info), download.md5)

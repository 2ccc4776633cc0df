# SPDX-License-Identifier: Apache-2.0
"""Where in a picture the model looks: class activation.

An embedding is the mean of a feature map, so each place of it has its share in the answer. To first order, that is what
the place has of the direction into which the class score rises: Zhou et al., "Learning Deep Features for Discriminative
Localization", CVPR 2016, generalised by Selvaraju et al., "Grad-CAM", ICCV 2017.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from learner.types import HeadWeights


def activation(
    features: NDArray[np.float32], head: HeadWeights, class_id: int, among: Sequence[int], *, non_negative: bool
) -> NDArray[np.float32]:
    """Return how much each place (h, w) of a feature map speaks for a class rather than for the others, 0 to 1.

    Args:
        features: (h, w, d), whose mean is the raw embedding.
        head: what answers.
        class_id: the class, one of `among`.
        among: the classes there are to choose from; the head may know more.
        non_negative: see `BackboneInfo`.
    """
    columns = {class_id: column for column, class_id in enumerate(head.class_ids)}
    others = [columns[other] for other in among if other != class_id]
    towards = head.kernel[:, columns[class_id]].astype(np.float64)
    if others:
        towards -= head.kernel[:, others].mean(axis=1)
    pooled = features.mean(axis=(0, 1)).astype(np.float64)
    places = features @ _gradient(towards, pooled, non_negative=non_negative).astype(np.float32)
    heat = np.maximum(places, 0)
    most = float(heat.max(initial=0.0))
    return np.asarray(heat / most if most > 0 else heat, np.float32)


def _gradient(towards: NDArray[np.float64], pooled: NDArray[np.float64], *, non_negative: bool) -> NDArray[np.float64]:
    """Return the gradient (d,) of `towards` @ normalise(pooled) (see `learner.preprocessing.normalise`)."""
    x = np.sqrt(np.maximum(pooled, 0)) if non_negative else pooled
    length = max(float(np.linalg.norm(x)), 1e-12)
    unit = x / length
    gradient = (towards - (towards @ unit) * unit) / length
    if non_negative:
        # A channel that is nowhere above zero has no share, however steep the root is there.
        gradient = np.divide(gradient, 2 * x, out=np.zeros_like(gradient), where=x > 0)
    return np.asarray(gradient, np.float64)

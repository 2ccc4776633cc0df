# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from learner.preprocessing import model_input, normalise, views
from learner.types import View
from tests.learner.fakes import picture


@pytest.mark.parametrize("shape", [(64, 64), (48, 200), (200, 48), (7, 9)])
def test_what_the_backbone_sees_is_the_centre_square(shape: tuple[int, int]) -> None:
    height, width = shape
    image = np.zeros((height, width, 3), np.uint8)
    side = min(shape)
    top, left = (height - side) // 2, (width - side) // 2
    image[top : top + side, left : left + side] = 200
    seen = model_input(image, 32)
    assert seen.shape == (32, 32, 3)
    assert (seen == 200).all()


def test_views_are_the_same_for_the_same_picture_and_leave_it_alone() -> None:
    image = picture(1)
    before = image.copy()
    one, again = views(image, 32), views(image.copy(), 32)
    assert set(one) == set(View)
    for which, seen in one.items():
        assert seen.shape == (32, 32, 3)
        assert seen.dtype == np.uint8
        assert (seen == again[which]).all()
    assert (image == before).all()


def test_the_mirror_image_is_one_and_the_zoom_shows_the_centre() -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    image[:, :32] = 255
    seen = views(image, 32)
    assert (seen[View.MIRROR] == seen[View.PICTURE][:, ::-1]).all()
    assert seen[View.ZOOM][:, 0].mean() > seen[View.ZOOM][:, -1].mean(), "the zoom is not mirrored"
    rim = np.zeros((100, 100, 3), np.uint8)
    rim[:9] = rim[:, :9] = rim[-9:] = rim[:, -9:] = 255
    assert not views(rim, 40)[View.ZOOM].any(), "what lies at the rim is not in it"


def test_embeddings_get_unit_length_and_nothing_becomes_nan() -> None:
    x = np.array([[3, 4], [0, 0], [-3, 4]], np.float32)
    assert normalise(x, non_negative=False).tolist() == pytest.approx(np.array([[0.6, 0.8], [0, 0], [-0.6, 0.8]]))
    rooted = normalise(x, non_negative=True)
    assert rooted[0].tolist() == pytest.approx([np.sqrt(3 / 7), np.sqrt(4 / 7)])
    assert rooted[2].tolist() == [0, 1]

# SPDX-License-Identifier: Apache-2.0
"""Tests with TensorFlow."""

import learner.nn  # noqa: F401  # before a test imports Keras, which would write into the person's home

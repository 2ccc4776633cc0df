# SPDX-License-Identifier: Apache-2.0
"""The app: a window over a project file and a learner process. Nothing here imports TensorFlow."""

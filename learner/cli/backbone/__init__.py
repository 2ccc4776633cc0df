# SPDX-License-Identifier: Apache-2.0
"""`showtell backbone`: the backbones of this computer and of a project, one verb a file."""

from __future__ import annotations

from learner.cli.backbone.verbs import backbone

__all__ = ["backbone"]

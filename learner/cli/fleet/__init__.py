# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet`: laptops that learn from each other without a picture leaving any of them, one verb a file."""

from __future__ import annotations

from learner.cli.fleet.verbs import fleet

__all__ = ["fleet"]

# SPDX-License-Identifier: Apache-2.0
"""What the window needs of a learner's client."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from learner.config import LearnerConfig
from learner.messages import Event
from learner.types import Image


class Learner(Protocol):
    """What the desktop needs of `learner.client.LearnerClient`; it says what each call does."""

    def start(self) -> None:
        """Start the process."""

    def stop(self, timeout: float = 5.0) -> None:
        """Stop it."""

    def predict(self, image: Image) -> int:
        """Ask for an answer."""

    def answer(self, image: Image) -> int:
        """Ask for an answer that no newer picture takes the place of."""

    def refresh(self) -> None:
        """Tell of new samples."""

    def learn(self, reason: str = "new labels") -> None:
        """Ask for an increment."""

    def sleep(self, reason: str) -> None:
        """Ask to go over everything."""

    def pause(self) -> None:
        """Take no more steps."""

    def resume(self) -> None:
        """Go on."""

    def cancel(self) -> None:
        """Give up the increment under way."""

    def restore(self, version_id: int) -> None:
        """Ask for an earlier version."""

    def consolidate(self, reason: str = "asked") -> None:
        """Ask for the backbone to be fine-tuned."""

    def use_backbone(self, source: str) -> None:
        """Ask for another backbone."""

    def keep_backbone(self) -> None:
        """Give up the change of backbone under way."""

    def allow_consolidation(self, allowed: bool) -> None:
        """Say whether it may begin by itself."""

    def judge(self) -> int:
        """Ask what it makes of every sample."""

    def explain(self, sample_id: int) -> int:
        """Ask about one sample."""

    def draw(self, *, finely: bool = False) -> int:
        """Ask for a map."""

    def highlight(self, image: Image) -> int | None:
        """Ask where it looks."""


LearnerFactory = Callable[[Path, LearnerConfig, Callable[[Event], None]], Learner]

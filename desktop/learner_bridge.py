# SPDX-License-Identifier: Apache-2.0
"""What the learner says, as Qt signals and as one status for the screen."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.backbone_change import Progress, followed, rebuilt
from desktop.engine_words import spoken
from desktop.learner_protocol import LearnerFactory
from desktop.learner_status import BackboneChange, LearnerStatus, Phase, Stage
from learner.camera import Stillness
from learner.client import LearnerClient
from learner.config import LearnerConfig
from learner.messages import (
    ANSWERS_CHANGE,
    Answered,
    BackboneChanged,
    BackboneKept,
    BackupMissed,
    ClosedFormServed,
    CommandFailed,
    Consolidated,
    ConsolidationStarted,
    DeviceChosen,
    Drawn,
    Embedded,
    Event,
    Explained,
    Highlighted,
    IncrementLearned,
    IncrementRejected,
    IncrementStarted,
    Judged,
    LearnerDied,
    LearnerFailed,
    NothingToLearn,
    Predicted,
    Preparing,
    Reembedded,
    Restored,
    SampleLeftOut,
    Started,
    Stepped,
)
from learner.types import BurstScore, Image, Increment, IncrementKind

_log = logging.getLogger(__name__)

_SILENCE_MILLISECONDS = 45_000
"""A change of the backbone of which nothing is heard for so long waits for something."""
RECORDINGS = 10
"""How many recordings the honest number looks back on."""


class LearnerBridge(QObject):
    """Owns the learner of one project.

    Args:
        project: the project file; it exists.
        config: settings of the learner.
        factory: makes the client; another one in tests.
    """

    predicted = Signal(object)
    """A Predicted."""
    answered = Signal(object)
    """An Answered."""
    status_changed = Signal(object)
    """A LearnerStatus."""
    learned = Signal(object)
    """An Increment that serves now."""
    rejected = Signal(object)
    """An Increment that does not serve: the version before stays."""
    failed = Signal(str, str)
    """Title and message of something a person should know."""
    restored = Signal(int)
    """An earlier version serves now."""
    backbone_changed = Signal(object, bool, bool)
    """A BackboneChanged; whether that is because a person has gone back to an earlier version; and whether a person
    waits to hear of it."""
    backbone_kept = Signal(object, bool)
    """A BackboneKept, and whether a person waits to hear of it."""
    judged = Signal(object)
    """A Judged."""
    explained = Signal(object)
    """An Explained."""
    drawn = Signal(object)
    """A Drawn."""
    highlighted = Signal(object)
    """A Highlighted."""
    _event = Signal(object)

    def __init__(self, project: Path, config: LearnerConfig, factory: LearnerFactory = LearnerClient) -> None:
        super().__init__()
        self.status = LearnerStatus()
        self._scores: list[BurstScore] = []
        self._measured: dict[int | None, Mapping[str, Any]] = {}
        self._reason = ""
        self._rests = Phase.READY
        self._config = config
        self._may_consolidate = config.consolidate
        self._wanted_version: int | None = None
        self._has_answered = False
        self._stillness = Stillness()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE_MILLISECONDS)
        self._silence.timeout.connect(self._note_silence)
        self._event.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._client = factory(project, config, self._event.emit)

    def start(self) -> None:
        """Start the learner, or start it again after it was paused."""
        self._reason = ""
        self._set(phase=Phase.STARTING, detail="")
        self._client.start()

    def stop(self) -> None:
        """Stop the learner and wait for it."""
        self._client.stop()

    def predict(self, image: Image) -> None:
        """Ask for the answer to the camera's next picture, which wins over one that waits, if it is worth one."""
        if self._stillness.is_worth(image):
            self._client.predict(image)

    def answer(self, image: Image) -> int:
        """Ask for the answer to a picture that somebody waits for; return its number. Any thread may ask."""
        return self._client.answer(image)

    def refresh(self) -> None:
        """Tell the learner that there are new samples, or that something else was changed that it answers by."""
        self._client.refresh()
        self._stillness.stir()

    def learn(self, reason: str) -> None:
        """Ask for an increment."""
        self._client.learn(reason)

    def sleep(self, reason: str) -> None:
        """Ask to go over everything, without waiting until things are quiet."""
        self._client.sleep(reason)

    def pause(self) -> None:
        """Learn no more until `resume`; answers go on."""
        self._set(on_hold=True)
        self._client.pause()

    def resume(self) -> None:
        """Learn again."""
        self._set(on_hold=False)
        self._client.resume()

    def cancel(self) -> None:
        """Give up the increment under way."""
        self._client.cancel()

    def restore(self, version_id: int) -> None:
        """Put an earlier version in use."""
        self._wanted_version = version_id
        self._client.restore(version_id)

    def consolidate(self, reason: str) -> None:
        """Ask for the backbone to be fine-tuned on the project's pictures."""
        self._set(change=BackboneChange(Stage.ASKED, is_consolidation=True, is_asked=True))
        self._client.consolidate(reason)

    def use_backbone(self, source: str) -> None:
        """Ask for another backbone: the name or sha256 of one that this machine has, or a file."""
        self._set(change=BackboneChange(Stage.ASKED, is_asked=True))
        self._client.use_backbone(source)

    def keep_backbone(self) -> None:
        """Give up the change of backbone under way."""
        change = self.status.change
        if change is not None:  # what has not begun ends at once; of the rest, who gives it up knows what comes
            self._set(change=None if change.stage is Stage.ASKED else replace(change, is_asked=False))
        self._client.keep_backbone()

    def allow_consolidation(self, allowed: bool) -> None:
        """Say whether consolidation may begin by itself."""
        if allowed != self._may_consolidate:
            self._may_consolidate = allowed
            self._client.allow_consolidation(allowed)

    def judge(self) -> int:
        """Ask what the version in use makes of every sample; return the number of the answer."""
        return self._client.judge()

    def explain(self, sample_id: int) -> int:
        """Ask about one sample; return the number of the answer."""
        return self._client.explain(sample_id)

    def draw(self, *, finely: bool = False) -> int:
        """Ask for a map of the samples; return the number of the answer."""
        return self._client.draw(finely=finely)

    def highlight(self, image: Image) -> int | None:
        """Ask where the model looks in a picture; return the number of the answer, None where there will be none."""
        return self._client.highlight(image)

    def remember(self, increments: Sequence[Increment]) -> None:
        """Take the file's past increments into account."""
        self._scores = [increment.before for increment in increments]
        accepted = [increment for increment in increments if increment.accepted]
        self._measured = {increment.version_id: increment.evaluation for increment in accepted}
        if accepted:
            last = accepted[-1]
            learned_at = last.started_at.timestamp() + last.seconds
            self._set(
                learned_total=last.total_samples,
                learned_at=learned_at,
                version_id=last.version_id,
                evaluation=last.evaluation,
            )
        self._set(recognised=self._recognised())

    def _take(self, event: Event) -> None:
        if isinstance(event, ANSWERS_CHANGE):
            self._stillness.stir()
        match event:
            case Predicted() | Answered() | Judged() | Explained() | Drawn() | Highlighted():
                self._hand_over(event)
            case Preparing(message):
                self._set(detail=spoken(message))
            case Started():
                self._started(event)
            case DeviceChosen(device):
                _log.info("the learner can learn, on %s", device.kind)
                self._set(device=device)
            case Embedded(waiting):
                self._set(detail=self.tr("looking at {count} more").format(count=waiting) if waiting else "")
            case SampleLeftOut(title=title, message=message):
                self.failed.emit(title, message)
            case NothingToLearn(version_id):
                self._set(**self._at_rest(), version_id=version_id)
            case IncrementStarted(waiting_for=waiting_for, kind=kind):
                detail = self.tr("waiting for {what}").format(what=waiting_for) if waiting_for else ""
                self._set(
                    phase=Phase.LEARNING, kind=kind, step=None, detail=detail, change=rebuilt(self.status.change, event)
                )
            case ClosedFormServed(class_ids):
                self._set(classes=len(class_ids))
            case Stepped(step):
                self._set(phase=Phase.LEARNING, step=step, detail="")
            case IncrementLearned(increment):
                self._learned(increment)
            case IncrementRejected(increment):
                self._rejected(increment)
            case Restored(version_id):
                self._use_version(version_id, **self._at_rest())
                self.restored.emit(version_id)
            case ConsolidationStarted() | Consolidated() | Reembedded():
                self._follow(event)
            case BackboneChanged():
                self._changed(event)
            case BackboneKept():
                self._kept(event)
            case BackupMissed(title, message):
                self.failed.emit(title, message)
            case CommandFailed():
                self._command_failed(event)
            case LearnerFailed(title, message):
                self._reason = f"{spoken(title)}: {spoken(message)}"
            case LearnerDied(exit_code, restarting):
                self._died(exit_code, restarting=restarting)

    def _hand_over(self, event: Predicted | Answered | Judged | Explained | Drawn | Highlighted) -> None:
        """Tell the answer to a question."""
        match event:
            case Predicted():
                if not self._has_answered:
                    self._has_answered = True
                    _log.info("the learner has answered")
                self.predicted.emit(event)
            case Answered():
                self.answered.emit(event)
            case Judged():
                self.judged.emit(event)
            case Explained():
                self.explained.emit(event)
            case Drawn():
                self.drawn.emit(event)
            case Highlighted():
                self.highlighted.emit(event)

    def _died(self, exit_code: int | None, *, restarting: bool) -> None:
        if not self._reason and exit_code is not None and exit_code < 0:
            self._reason = self.tr("The system ended it, as it does when memory runs out. Close other programs.")
        phase = Phase.RESTARTING if restarting else Phase.PAUSED
        self._set(phase=phase, step=None, detail="" if restarting else self._reason, change=None)

    def _at_rest(self) -> dict[str, object]:
        """Return phase and detail of a learner that has nothing to do."""
        return {"phase": self._rests, "detail": self._reason if self._rests is Phase.PAUSED else ""}

    def _started(self, event: Started) -> None:
        self._rests = Phase.READY if event.learns else Phase.PAUSED
        self._has_answered = False
        self._set(
            **self._at_rest(),
            version_id=event.version_id,
            evaluation=self._evaluation(event.version_id),
            backbone=event.backbone,
            change=None,
        )
        # Of what a person has said before, a new process knows nothing.
        if self.status.on_hold:
            self._client.pause()
        if self._may_consolidate != self._config.consolidate:
            self._client.allow_consolidation(self._may_consolidate)

    def _follow(self, event: Progress) -> None:
        self._silence.start()
        self._set(detail="", change=followed(self.status.change, event))

    def _note_silence(self) -> None:
        change = self.status.change
        if change is not None and not change.is_asked and change.stage in {Stage.TUNING, Stage.EMBEDDING}:
            self._set(change=replace(change, is_waiting=True, seconds_left=None))

    def _changed(self, event: BackboneChanged) -> None:
        is_asked, is_restored = self._is_asked, event.version_id == self._wanted_version is not None
        self._use_version(event.version_id, backbone=event.backbone, change=None)
        self.backbone_changed.emit(event, is_restored, is_asked)

    def _kept(self, event: BackboneKept) -> None:
        change, phase, is_asked = self.status.change, self.status.phase, self._is_asked
        if change is not None and change.stage is Stage.REBUILDING and self.status.kind is IncrementKind.SLEEP:
            phase = Phase.READY
        self._set(change=None, detail="", phase=phase)
        self.backbone_kept.emit(event, is_asked)

    def _learned(self, increment: Increment) -> None:
        self._reason = ""
        self._scores.append(increment.before)
        self._measured[increment.version_id] = increment.evaluation
        self._set(
            phase=Phase.READY,
            detail="",
            version_id=increment.version_id,
            learned_at=time.time(),
            learned_total=increment.total_samples,
            recognised=self._recognised(),
            evaluation=increment.evaluation,
            stayed="",
        )
        self.learned.emit(increment)

    def _rejected(self, increment: Increment) -> None:
        self.rejected.emit(increment)
        # Nothing that was taught is lost when going over everything gives nothing better, so nobody is disturbed.
        if increment.kind is IncrementKind.SLEEP:
            self._set(phase=Phase.READY, detail="", stayed=spoken(increment.why))
        else:
            self._set(phase=Phase.READY, detail="")
            said = self.tr("{why} The version before stays.").format(why=spoken(increment.why))
            is_from_others = increment.kind is IncrementKind.FLEET
            title = (
                self.tr("What others know did not help")
                if is_from_others
                else self.tr("What was just taught did not help")
            )
            self.failed.emit(title, said)

    def _command_failed(self, event: CommandFailed) -> None:
        change = self.status.change
        if change is not None and change.stage is Stage.ASKED:  # that, most likely, and else it is heard of again
            change = None
        self._set(**self._at_rest(), change=change)
        self.failed.emit(event.title, event.message)

    @property
    def _is_asked(self) -> bool:
        return self.status.change is not None and self.status.change.is_asked

    def _evaluation(self, version_id: int | None) -> Mapping[str, Any]:
        """Return what was measured of a version; what was measured last may have been of another one."""
        return self._measured.get(version_id, {})

    def _recognised(self) -> BurstScore:
        right = bursts = 0
        for score in reversed(self._scores):
            if bursts >= RECORDINGS:
                break
            right, bursts = right + score.right, bursts + score.bursts
        return BurstScore(right, bursts)

    def _use_version(self, version_id: int | None, **changes: object) -> None:
        self._set(version_id=version_id, evaluation=self._evaluation(version_id), stayed="", **changes)

    def _set(self, **changes: object) -> None:
        self.status = replace(self.status, **changes)  # type: ignore[arg-type]  # names are those of the class
        self.status_changed.emit(self.status)

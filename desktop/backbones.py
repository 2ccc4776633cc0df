# SPDX-License-Identifier: Apache-2.0
"""The backbone of one project: which one is in use, what it has seen, and everything a person can do about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.insight import Past
from desktop.learner_bridge import LearnerBridge
from desktop.learner_status import LearnerStatus, Phase
from desktop.reader import Reader
from learner import backbones
from learner.buffer import PACKAGE, Buffer
from learner.errors import EnvironmentFault, ShowtellError
from learner.figures import Figures
from learner.messages import BackboneChanged, BackboneKept
from learner.types import BackboneInfo, KeptBackbone


@dataclass(frozen=True, slots=True)
class BackboneNews:
    """What came of a change of the backbone: `backbone` is in use now, or None where the one before stays.

    `before` and `after` are what was measured of the version in use before, and of that of now. `title` and `message`
    say why the one before stays, in the engine's words. `is_asked` says that a person waits to hear of it.
    """

    is_asked: bool
    backbone: BackboneInfo | None = None
    is_consolidated: bool = False
    before: Figures = field(default_factory=Figures)
    after: Figures = field(default_factory=Figures)
    title: str = ""
    message: str = ""


class Backbones(QObject):
    """What the file and this machine have of backbones, kept up to date; all of it is read by the reader.

    Args:
        reader: answers questions to the file.
        learner: carries out what is asked for.
    """

    changed = Signal()
    """Something else is known of the backbone in use, or of the others."""
    gone_seen = Signal(int)
    """So many more pictures are gone from the project that the backbone in use was consolidated on."""
    news = Signal(object)
    """What came of a change (BackboneNews)."""

    def __init__(self, reader: Reader, learner: LearnerBridge) -> None:
        super().__init__()
        self._reader = reader
        self._learner = learner
        self._kept: dict[str, KeptBackbone] = {}
        self._in_use: str | None = None
        self.registered: tuple[BackboneInfo, ...] = ()
        """Those that this machine has, once somebody has looked around."""
        self.last: BackboneNews | None = None
        """What came of the last change, since the project was opened."""
        learner.status_changed.connect(self._watch)
        learner.backbone_changed.connect(self._tell_of_change)
        learner.backbone_kept.connect(self._tell_of_none)

    @property
    def in_use(self) -> BackboneInfo | None:
        """The backbone in use; None until the learner has started."""
        return self._learner.status.backbone

    @property
    def kept(self) -> KeptBackbone | None:
        """What the file keeps of the backbone in use; None where it keeps nothing, since it comes from elsewhere."""
        return self._kept.get(self.in_use.sha256) if self.in_use is not None else None

    @property
    def choices(self) -> list[BackboneInfo]:
        """The backbones of this machine and of the project."""
        return list(dict.fromkeys([*self.registered, *(kept.info for kept in self._kept.values())]))

    @property
    def can_change(self) -> bool:
        """Whether there is a learner that could take another backbone, and none is under way."""
        status = self._learner.status
        return status.phase in {Phase.READY, Phase.LEARNING} and status.change is None and not status.on_hold

    @property
    def can_consolidate(self) -> bool:
        """Whether something has been learned besides."""
        return self.can_change and self._learner.status.version_id is not None

    def consolidate(self) -> None:
        """Fine-tune the backbone on the pictures of the project, now."""
        if self.can_consolidate:
            self._learner.consolidate(self.tr("asked for"))

    def use(self, source: str) -> None:
        """Change to another backbone: the sha256 of one that this machine has, or the name of a file."""
        if self.can_change:
            self._learner.use_backbone(source)

    def give_up(self) -> None:
        """Keep the backbone in use, whatever is under way."""
        self._learner.keep_backbone()

    def refresh(self) -> None:
        """Samples have gone or come back, or there is another version."""
        self._reader.ask(Buffer.kept_backbones, self._take)

    def look_around(self) -> None:
        """Look for the backbones that this machine has."""
        self._reader.ask(_registered, self._take_registered)

    def save(
        self, path: Path, *, over: bool, done: Callable[[Path], None], failed: Callable[[ShowtellError], None]
    ) -> None:
        """Write the backbone in use to a file.

        Args:
            path: the file.
            over: whether one that is there already is written over.
            done: called with the file when it is written.
            failed: called with the fault instead.
        """
        if self.in_use is not None:
            self._reader.ask(partial(_save, sha256=self.in_use.sha256, path=path, over=over), done, failed)

    def _watch(self, status: LearnerStatus) -> None:
        in_use = status.backbone.sha256 if status.backbone is not None else None
        if in_use != self._in_use:
            self._in_use = in_use
            self.changed.emit()
            self.refresh()

    def _take(self, kept: list[KeptBackbone]) -> None:
        before = self.kept
        self._kept = {one.info.sha256: one for one in kept}
        after = self.kept
        if after == before:
            return
        self.changed.emit()
        if before is not None and after is not None and after.seen == before.seen and after.gone > before.gone:
            self.gone_seen.emit(after.gone - before.gone)

    def _take_registered(self, registered: tuple[BackboneInfo, ...]) -> None:
        if registered != self.registered:
            self.registered = registered
            self.changed.emit()

    def _tell_of_change(self, event: BackboneChanged, by_restoring: bool, is_asked: bool) -> None:
        if not by_restoring:  # of which Insight tells
            self._reader.ask(partial(_news, event=event, is_asked=is_asked), self._tell)

    def _tell_of_none(self, event: BackboneKept, is_asked: bool) -> None:
        self._tell(BackboneNews(is_asked, title=event.title, message=event.message))

    def _tell(self, news: BackboneNews) -> None:
        self.last = news
        self.news.emit(news)


def _registered(_: Buffer) -> tuple[BackboneInfo, ...]:
    return tuple(files.info for files in backbones.registered())


def _news(buffer: Buffer, event: BackboneChanged, is_asked: bool) -> BackboneNews:
    """Return what a change came to. The file knows, whether or not the learner has told of the new version by now."""
    past = Past.look(buffer)
    parents = {version.id: version.parent_id for version in past.versions}
    return BackboneNews(
        is_asked,
        event.backbone,
        any(kept.info == event.backbone and kept.parent_sha256 is not None for kept in buffer.kept_backbones()),
        past.figures_of(parents.get(event.version_id) if event.version_id is not None else None),
        past.figures_of(event.version_id),
    )


def _save(buffer: Buffer, sha256: str, path: Path, over: bool) -> Path:
    """Write a backbone that a project keeps to a file, whole or not at all, and return the file.

    Raises:
        EnvironmentFault: the project does not keep it, or the file cannot be written.
        DamagedProject: what the project keeps is not what was written.
    """
    translate = QCoreApplication.translate
    title = translate("Faults", "The backbone cannot be saved")
    package = buffer.backbone_file(sha256, PACKAGE)
    if package is None:
        raise EnvironmentFault(
            title, translate("Faults", "The project does not have its file."), translate("Faults", "Consolidate first.")
        )
    if path.exists() and not over:
        raise EnvironmentFault(
            title,
            translate("Faults", "There is a file called {name} already.").format(name=path.name),
            translate("Faults", "Choose another name."),
        )
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        part.write_bytes(package)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise EnvironmentFault(
            title,
            translate("Faults", "{path} cannot be written to ({why}).").format(
                path=path, why=error.strerror or translate("Faults", "it does not answer")
            ),
            translate("Faults", "Choose another folder."),
        ) from error
    return path

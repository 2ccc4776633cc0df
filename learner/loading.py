# SPDX-License-Identifier: Apache-2.0
"""What it takes to have an engine: the backbone of a project, and TensorFlow, which takes seconds."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from learner import backbones
from learner.backbones import BackboneFiles
from learner.buffer import Buffer
from learner.config import LearnerConfig
from learner.embedder import LiteRTEmbedder
from learner.errors import BackboneFault, DamagedProject, EnvironmentFault, MemoryFault, ShowtellError
from learner.quiet import quiet_stderr
from learner.refining import Model
from learner.threads import threads_for
from learner.types import Device

_log = logging.getLogger(__name__)

_CHOSEN = "chosen"
"""The reason of a change to a backbone that was named at the start."""

_WORDS_FOR_NO_MEMORY = (
    "failed to map segment from shared object",  # glibc, which gives no number with it
    "Cannot allocate memory",  # ENOMEM; in lower case it is about thread-local storage, of which more memory makes none
    "can't start new thread",
    "paging file is too small",  # Windows
)


def choose_backbone(
    buffer: Buffer, config: LearnerConfig, on_damage: Callable[[DamagedProject], object] = lambda _: None
) -> BackboneFiles:
    """Return the backbone to begin with: that of the version in use, or the one that the first version is to have.

    One that was asked for and is another is proposed: it takes over when the gate has let it pass. Where what the file
    keeps of the backbone in use is damaged, it is that of the newest version whose backbone is whole.

    Args:
        buffer: the project file.
        config: settings of the learner.
        on_damage: is told of such damage.

    Raises:
        BackboneFault: this machine does not have it, or the file that was given is none.
    """
    try:
        champion = buffer.champion()
    except DamagedProject:  # the engine looks for another version, of the backbone that most projects have
        champion = None
    asked = None
    if config.backbone is not None:
        asked = backbones.add(config.backbone, on_conversion=lambda: choose_device(config))
    if champion is None:
        successor = buffer.successor()
        if asked is None and successor is not None:
            asked = backbones.files_of(successor.backbone.sha256, buffer)
        if asked is not None:
            buffer.keep_backbone(asked.info, backbones.project_files(asked, buffer))
        return asked or backbones.embedded()
    try:
        in_use = backbones.files_of(champion.backbone_sha256, buffer)
    except BackboneFault:
        if asked is None:
            raise
        return asked
    except DamagedProject as damage:
        on_damage(damage)
        return asked or _whole(buffer)
    if asked is not None and asked.info.sha256 != in_use.info.sha256:
        propose(buffer, asked, _CHOSEN)
    return in_use


def _whole(buffer: Buffer) -> BackboneFiles:
    """Return the backbone of the newest version that has one, or the one that most projects have."""
    with suppress(DamagedProject):
        for version in reversed(buffer.versions()):
            with suppress(BackboneFault, DamagedProject):
                return backbones.files_of(version.backbone_sha256, buffer)
    return backbones.embedded()


def propose(buffer: Buffer, files: BackboneFiles, reason: str) -> None:
    """Wish for another backbone in a project, which keeps its files."""
    buffer.propose_backbone(files.info, backbones.project_files(files, buffer), reason)


def embedder_of(files: BackboneFiles) -> LiteRTEmbedder:
    """Return what embeds by a backbone, on as many threads as are worth it here."""
    return LiteRTEmbedder(files.model, files.info, threads_for(files.model, files.info))


def choose_device(config: LearnerConfig) -> Device:
    """Choose where to train the head; it has to come before anything else that TensorFlow does in this process."""
    from learner.nn import device

    return device.choose_for_head(config.device)


def load_model(config: LearnerConfig, embedding_size: int) -> Model:
    """Import TensorFlow, choose the device and build the trainable head; the first time, this takes seconds."""
    chosen = choose_device(config)
    with quiet_stderr():
        from learner.nn.head import KerasHead

        sizes = sorted({config.batch_size, config.sleep_batch_size})
        return KerasHead(embedding_size, sizes, config.capacity, chosen)


class Loader:
    """Builds trainable heads in a thread of its own, one for each size of embeddings.

    Args:
        config: settings of the learner.
        patience: for so many seconds at most the first one waits for `go_on`.
    """

    def __init__(self, config: LearnerConfig, patience: float = 0.0) -> None:
        self._patience = patience
        self._may_go_on = threading.Event()
        self.error: ShowtellError | None = None
        """Why no head can be built, if that is so."""
        self._config = config
        self._models: dict[int, Model] = {}
        self._thread: threading.Thread | None = None

    def begin(self, embedding_size: int) -> None:
        """Build the head for embeddings of this size, if it is not there or being built."""
        is_busy = self._thread is not None and self._thread.is_alive()
        if embedding_size in self._models or self.error is not None or is_busy:
            return
        # A daemon, because an import cannot be interrupted and must not keep the process from leaving.
        self._thread = threading.Thread(target=self._load, args=(embedding_size,), name="load TensorFlow", daemon=True)
        self._thread.start()

    def go_on(self) -> None:
        """Load from now on: nobody waits for what Python could do meanwhile."""
        self._may_go_on.set()

    def model(self, embedding_size: int) -> Model | None:
        """Return the head, or None while it is not there."""
        return self._models.get(embedding_size)

    def take(self, embedding_size: int) -> Model | None:
        """Return the head, or None while it is being built.

        Raises:
            EnvironmentFault: it cannot be built.
        """
        if self.error is not None:
            raise self.error
        self.begin(embedding_size)
        return self.model(embedding_size)

    def _load(self, embedding_size: int) -> None:
        self._may_go_on.wait(self._patience)
        self._may_go_on.set()
        gc.disable()  # what is imported stays; to look through it all along takes a tenth of the time
        try:
            self._models[embedding_size] = load_model(self._config, embedding_size)
            # Looking through all of TensorFlow for garbage takes a third of a second, in which no frame is answered.
            gc.freeze()
        except ShowtellError as error:
            self.error = error
        except Exception as error:  # a broken installation fails in its own ways, none of which is ours to mend
            _log.exception("TensorFlow does not load")
            self.error = MemoryFault() if _lacks_memory(error) else _does_not_load(error)
        finally:
            gc.enable()


def _does_not_load(error: Exception) -> EnvironmentFault:
    return EnvironmentFault(
        "TensorFlow does not load",
        f"{type(error).__name__}: {error}. What was learned before goes on answering; new samples are kept.",
        "Run `showtell doctor`, or install Showtell again.",
    )


def _lacks_memory(error: Exception) -> bool:
    """Return whether an import failed for want of memory, which systems say in words when it was a library's turn."""
    return isinstance(error, MemoryError) or any(words in str(error) for words in _WORDS_FOR_NO_MEMORY)

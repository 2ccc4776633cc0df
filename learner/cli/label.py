# SPDX-License-Identifier: Apache-2.0
"""`showtell label`: pictures and stored samples given a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.options import AsJson, Debug, ProjectFile
from learner.cli.output import Output
from learner.errors import EnvironmentFault, ImageFault, UsageFault

if TYPE_CHECKING:
    from learner.buffer import Buffer, EncodedImage
    from learner.cli.progress import Meter
    from learner.interchange.items import Skipped
    from learner.types import ClassInfo

_AT_ONCE = 32
"""Pictures a transaction, which are held in memory together."""


def label(
    project: ProjectFile,
    name: Annotated[str, typer.Argument(metavar="CLASS", help="What it is; a class of that name is made if need be.")],
    images: Annotated[
        list[Path] | None,
        typer.Argument(metavar="IMAGE", readable=False, help="Pictures of it. They count as one recording."),
    ] = None,
    samples: Annotated[
        list[int] | None,
        typer.Option(
            "--sample", metavar="N", help="A stored sample by its number (see showtell suggest); once for each."
        ),
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what is in pictures, or in samples that are stored.

    Pictures are added as samples of the class; one that the project has already is not added again. Stored samples get
    this label, all of them or none. Nothing is learned yet: showtell learn does that.

    Example: showtell label desk.showtell mug photo1.jpg photo2.jpg
    """
    from learner.buffer import Buffer, ProjectLock
    from learner.buffer.labels import clean_name

    output = Output(as_json=as_json)
    if not images and not samples:
        raise UsageFault("There is nothing to label", "No picture and no sample was named.", "Name pictures of it.")
    with (
        ProjectLock(project),
        Buffer.open(project, create=False) as buffer,
        output.progress("Labelling") as meter,
    ):
        done = _Labelling(buffer, clean_name(name))
        done.relabel(samples or ())
        done.add(images or (), meter)
    output.result(done.data(), done.text())
    output.skipped(done.skipped)
    if done.added or done.relabelled:
        output.note(f"showtell learn {project} learns it.")
    if done.skipped:
        raise typer.Exit(EnvironmentFault.exit_code)


@dataclass(slots=True)
class _Labelling:
    """What is given the label, and what came of it; `name` is as the project has it, if it has the class."""

    buffer: Buffer
    name: str
    added: int = 0
    duplicates: int = 0
    relabelled: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    _class: ClassInfo | None = None
    _burst_id: int | None = None

    def __post_init__(self) -> None:
        self._class = self.buffer.class_named(self.name)
        self.name = self._class.name if self._class else self.name

    def relabel(self, sample_ids: Sequence[int]) -> None:
        """Give stored samples the label, all or none.

        Raises:
            LabelFault: there is no such sample.
        """
        if not sample_ids:
            return
        from learner.buffer.samples import no_sample

        for sample_id in sample_ids:  # before a class is made for them
            if self.buffer.burst_of(sample_id) is None:
                raise no_sample(sample_id)
        class_id = self._class_id()
        former = self.buffer.relabel(sample_ids, class_id)
        self.relabelled = sum(before != class_id for before in former.values())

    def add(self, paths: Sequence[Path], meter: Meter) -> None:
        """Add pictures as one recording; what cannot be added goes among the skipped."""
        from learner.interchange.items import Skipped

        for start in range(0, len(paths), _AT_ONCE):
            wanted: dict[str, EncodedImage] = {}
            for path, picture in self._readable(paths[start : start + _AT_ONCE]):
                if why := self._why_not(picture):
                    self.skipped.append(Skipped(path, why))
                elif picture.sha256 in wanted or self.buffer.has_picture(picture.sha256):
                    self.duplicates += 1
                else:
                    wanted[picture.sha256] = picture
            if wanted:
                class_id, burst_id = self._class_id(), self._recording()
                self.buffer.add_samples((picture, class_id, burst_id) for picture in wanted.values())
                self.added += len(wanted)
            meter.show("Labelling", min(start + _AT_ONCE, len(paths)), len(paths))

    def data(self) -> dict[str, Any]:
        """Return the JSON object of it."""
        return {
            "class": self.name,
            "added": self.added,
            "duplicates": self.duplicates,
            "relabelled": self.relabelled,
            "skipped": [{"path": str(item.path), "why": item.why} for item in self.skipped],
        }

    def text(self) -> str:
        """Return what people read of it."""
        parts = []
        if self.added or not self.relabelled:
            parts.append(f"Added {_samples(self.added)} of {self.name}.")
        if self.relabelled:
            parts.append(f"{_samples(self.relabelled)} called {self.name} now.")
        if self.duplicates:
            parts.append(f"{self.duplicates} were there already.")
        return " ".join(parts)

    def _readable(self, paths: Sequence[Path]) -> Iterator[tuple[Path, EncodedImage]]:
        from learner.buffer import encode
        from learner.interchange.items import unreadable
        from learner.pictures import read_image

        for path in paths:
            try:
                yield path, encode(read_image(path))
            except ImageFault as fault:
                self.skipped.append(unreadable(path, fault))

    def _why_not(self, picture: EncodedImage) -> str:
        known = self.buffer.has_picture(picture.sha256)
        if known is None or (self._class is not None and known.class_id == self._class.id):
            return ""
        names: dict[int | None, str] = {info.id: info.name for info in self.buffer.classes()}
        return (
            f'The same picture is in the project as "{names.get(known.class_id)}"; --sample {known.id} gives it '
            "another label."
        )

    def _class_id(self) -> int:
        if self._class is None:
            self._class = self.buffer.add_class(self.name)
        return self._class.id

    def _recording(self) -> int:
        if self._burst_id is None:
            self._burst_id = self.buffer.start_burst("showtell label").id
        return self._burst_id


def _samples(count: int) -> str:
    return "1 sample" if count == 1 else f"{count} samples"

# SPDX-License-Identifier: Apache-2.0
"""The command `showtell`: its verbs, and what becomes of their errors.

How windows are opened is handed in, so that nothing here knows Qt. What needs TensorFlow, or takes long to import, is
imported by the verb that needs it.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import platformdirs
import typer

from learner.errors import (
    DisplayFault,
    EnvironmentFault,
    ImageFault,
    LabelFault,
    NothingLearned,
    ShowtellError,
    UsageFault,
)

if TYPE_CHECKING:
    from learner.buffer import Buffer
    from learner.config import LearnerConfig
    from learner.interchange.folders import Skipped
    from learner.messages import Event
    from learner.output import Meter, Output
    from learner.project import Project
    from learner.types import Image, Prediction, Version

VERBS = (
    "open",
    "import",
    "learn",
    "predict",
    "evaluate",
    "suggest",
    "history",
    "versions",
    "compare",
    "restore",
    "pin",
    "forget",
    "doctor",
    "demo",
)

_STREAM_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF})
"""Of a stream that cannot be written to; they name no file."""

BUG = 3
"""Exit code of a bug of ours; those of faults are in `learner.errors`."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Open the window; None leaves the choice to it."""

    project: Path | None
    camera: str | None
    backbone: Path | None


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """Open the window and let it teach itself; None takes a project that is thrown away."""

    project: Path | None


@dataclass(slots=True)
class _Session:
    open_window: Callable[[OpenRequest], int] | None
    demo_window: Callable[[DemoRequest], int] | None
    debug: bool = False


def run(
    argv: Sequence[str],
    *,
    open_window: Callable[[OpenRequest], int] | None = None,
    demo_window: Callable[[DemoRequest], int] | None = None,
) -> int:
    """Carry out a command line and return the exit code.

    Args:
        argv: what stands behind the command's name.
        open_window: opens the window and returns when it is closed; may raise `DisplayFault`.
        demo_window: the same for the demo.
    """
    if sys.stdout is None:  # closed by the shell; what is written to it goes where it was sent
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it lasts as long as the process
    # A file's name need not be text, nor a terminal know every letter; a name is never a reason to stop.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    session = _Session(open_window, demo_window)
    arguments = list(argv)
    if not arguments or arguments[0] not in (*VERBS, "--help", "--version"):
        arguments.insert(0, "open")
    try:
        _app(arguments, prog_name="showtell", obj=session)
    except SystemExit as leaving:
        # Typer leaves so in any case: after a verb, on wrong usage, on Ctrl+C, and when our reader has gone.
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ShowtellError as error:
        _print_fault(error)
        return error.exit_code
    except OSError as error:
        if error.errno not in _STREAM_ERRORS or error.filename is not None:
            _print_bug(traceback.format_exc(), debug=session.debug)
            return BUG
        _print_fault(EnvironmentFault("The output cannot be written", f"{error.strerror}.", "Send it somewhere else."))
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # what is left would fail again at exit
        return EnvironmentFault.exit_code
    except Exception:
        _print_bug(traceback.format_exc(), debug=session.debug)
        return BUG
    return 0


_app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="[PROJECT] | VERB …",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"showtell {metadata.version('showtell')}")
        raise typer.Exit


def _note_debug(context: typer.Context, wanted: bool) -> bool:
    if wanted:
        context.find_root().obj.debug = True
    return wanted


_VERSION_HELP = "The number of a version, as showtell versions lists it."

# readable=False leaves it to us to say what cannot be read: that is the input's fault, not a wrong command line.
ProjectFile = Annotated[
    Path, typer.Argument(metavar="PROJECT", readable=False, help="The project file, like desk.showtell.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result to stdout as JSON, and nothing else.")]
Debug = Annotated[bool, typer.Option("--debug", callback=_note_debug, help="Show the traceback of a bug of ours.")]
DeviceChoice = Annotated[
    Literal["auto", "cpu", "gpu"], typer.Option(help="Where to train; auto takes a GPU when TensorFlow sees one.")
]
ClassFolders = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", readable=False, help="A folder with one folder of pictures a class."),
]
BackboneFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", readable=False, help="A Keras feature extractor to use instead of the project's own."),
]
VersionNumber = Annotated[int, typer.Argument(metavar="VERSION", help=_VERSION_HELP)]


@_app.callback()
def _showtell(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Show the camera a thing, tell the laptop what it is. It learns on the spot, and nothing leaves the machine.

    Without a verb the window opens: `showtell desk.showtell --camera 0`. A project named like a verb is given with its
    folder: `showtell ./import`. Exit codes: 0 well, 1 the machine or the input is at fault, 2 wrong usage, 3 a bug of
    ours, 130 interrupted.
    """


@_app.command("open")
def _open(
    context: typer.Context,
    project: Annotated[
        str | None, typer.Argument(metavar="PROJECT", help="The project file; the last one when left out.")
    ] = None,
    camera: Annotated[
        str | None,
        typer.Option(metavar="INDEX|FILE|FOLDER|URL|demo", help="What to look through; demo is a rendered scene."),
    ] = None,
    backbone: BackboneFile = None,
    debug: Debug = False,
) -> None:
    """Open the window; the same as no verb at all.

    Example: showtell desk.showtell --camera demo
    """
    session: _Session = context.obj
    # A text and not a Path, which would make "import" of "./import".
    if project in VERBS:
        raise UsageFault(
            "Is that a project or a verb?",
            f'"{project}" is a verb, and does not come first.',
            f"Put the verb first, or write .{os.sep}{project} for a project of that name.",
        )
    if session.open_window is None:
        raise DisplayFault(
            "There is no window here", "The desktop part is not there.", "See showtell --help for the verbs."
        )
    raise typer.Exit(session.open_window(OpenRequest(Path(project) if project else None, camera, backbone)))


@_app.command("import")
def _import(
    project: ProjectFile,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", readable=False, help="A folder with one folder of pictures a class.")
    ],
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Copy class folders into a project.

    The project is made if it is not there. Bad files are left out and listed; a picture that is there already is not
    added again.

    Example: showtell import desk.showtell pictures
    """
    from learner.buffer import Buffer
    from learner.interchange.folders import class_folders, import_folder
    from learner.output import Output, import_data, import_text

    output = Output(as_json=as_json)
    class_folders(folder)  # a mistyped folder must not leave an empty project behind
    with Buffer.open(project) as buffer, output.progress("Importing") as meter:
        report = import_folder(buffer, folder, lambda done, total: meter.show("Importing", done, total))
    output.result(import_data(report), import_text(report))
    output.skipped(report.skipped)
    if not report.added and not report.duplicates:
        raise EnvironmentFault("Nothing was imported", f"{folder} has no picture to add.", "See above for the reasons.")


@_app.command("learn")
def _learn(
    project: ProjectFile,
    quick: Annotated[
        bool, typer.Option("--quick", help="Learn what is new, and do not go over everything after it.")
    ] = False,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Learn whatever is new in a project, then go over everything.

    Going over everything learns all samples anew, which takes longer and gives the better answers; what was deleted is
    unlearned. If it comes to nothing better, the version in use stays, which is no failure.

    Example: showtell learn desk.showtell
    """
    from learner.config import LearnerConfig
    from learner.output import Output, learn_data, learn_text

    output = Output(as_json=as_json)
    with _opened(project, LearnerConfig(device=device, backbone=backbone)) as opened:
        with output.progress("Loading TensorFlow") as meter:
            listener = _shown_on(meter, output)
            increments = opened.learn("showtell learn", listener)
            if not quick:
                increments += opened.sleep("showtell learn", listener)
        outcome = increments, opened.device, opened.version_id
    output.result(learn_data(*outcome), learn_text(*outcome))


@_app.command("predict")
def _predict(
    project: ProjectFile,
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE…", readable=False, help="Pictures to answer for.")],
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what is in pictures.

    What resembles nothing that was taught is called unknown, with the nearest guess beside it. With --json there is one
    object a line. What cannot be read is listed, and the exit code is 1.

    Example: showtell predict desk.showtell mug.jpg
    """
    from learner.config import LearnerConfig
    from learner.output import Output, predict_data, predict_text

    output = Output(as_json=as_json)
    skipped: list[Skipped] = []
    with _opened(project, LearnerConfig(backbone=backbone)) as opened:
        _require_version(opened)
        for path, prediction in _answers(opened, images, skipped):
            output.result(predict_data(str(path), prediction), predict_text(str(path), prediction))
    output.skipped(skipped)
    if skipped:
        raise typer.Exit(EnvironmentFault.exit_code)


@_app.command("evaluate")
def _evaluate(
    project: ProjectFile,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", readable=False, help="A folder with one folder of pictures a class.")
    ],
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Measure on class folders how often the answer is right.

    Take pictures that were not learned from, best from other recordings; a class that the project does not have counts
    as wrong. An answer that is unknown counts by its nearest guess; how many pictures were called unknown is told
    beside it.

    Example: showtell evaluate desk.showtell test-pictures
    """
    from learner.config import LearnerConfig
    from learner.evaluation import evaluate
    from learner.interchange.folders import class_folders
    from learner.output import Output, confusion_text, evaluation_data, evaluation_parts

    output = Output(as_json=as_json)
    found, skipped = class_folders(folder)
    truth: list[str] = []
    predictions: list[Prediction] = []
    called_unknown: dict[bool, list[bool]] = {True: [], False: []}  # by whether the project has the class
    with _opened(project, LearnerConfig(backbone=backbone)) as opened, output.progress("Evaluating") as meter:
        _require_version(opened)
        total = sum(len(class_folder.files) for class_folder in found)
        for class_folder in found:
            skipped += class_folder.skipped
            name, is_known = _class_name(opened, class_folder.name)
            before = len(truth)
            for _, prediction in _answers(opened, class_folder.files, skipped):
                truth.append(name)
                predictions.append(prediction)
                called_unknown[is_known].append(prediction.unknown)
                meter.show("Evaluating", len(truth), total)
            if not is_known and len(truth) > before:
                output.note(f'The project has no class "{name}", so what is in that folder counts as wrong.')
    output.skipped(skipped)
    if not truth:
        raise EnvironmentFault(
            "There is nothing to evaluate on", f"{folder} has no readable picture in its class folders.", "Add some."
        )
    result = evaluate(truth, predictions)
    known, never_taught = (sum(flags) / len(flags) if flags else None for flags in called_unknown.values())
    output.result(
        evaluation_data(result, known, never_taught),
        *evaluation_parts(result, known, never_taught),
        confusion_text(result),
    )


@_app.command("suggest")
def _suggest(
    project: ProjectFile,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="How many of each at most.")] = 10,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say which labels to check, and what to label next.

    A label is doubted where the other recordings would rather call the sample something else. Frames that are stored
    without a label are ranked by what labelling them would teach.

    Example: showtell suggest desk.showtell
    """
    from learner.config import LearnerConfig
    from learner.output import Output, suggestion_data, suggestion_parts

    output = Output(as_json=as_json)
    with _opened(project, LearnerConfig(backbone=backbone)) as opened, output.progress("Looking at the samples"):
        doubted = opened.suspected_mislabels(count)
        wanted = opened.next_to_label(count)
        names = _class_names(opened.buffer)
    output.result(suggestion_data(doubted, wanted, names), *suggestion_parts(doubted, wanted, names))


@_app.command("history")
def _history(
    project: ProjectFile,
    everything: Annotated[bool, typer.Option("--all", help="Every row, and not the last 20 alone.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """List what was learned when, and how good it was.

    One row an increment, oldest first: how many recordings were right before they were learned, how many are right of
    those that are held out to measure with, and how much of the class that lost most was forgotten since it was at its
    best. With --json there are all increments with all that was measured.

    Example: showtell history desk.showtell
    """
    from learner.buffer import Buffer
    from learner.output import Output, history_data, history_parts

    output = Output(as_json=as_json)
    with Buffer.open(project, create=False) as buffer:
        increments, versions, in_use = buffer.increments(), buffer.versions(), buffer.champion_id()
        names = _class_names(buffer)
    output.result(
        history_data(increments, versions, in_use, names),
        *history_parts(increments, versions, in_use, most=None if everything else 20),
    )


@_app.command("versions")
def _versions(project: ProjectFile, as_json: AsJson = False, debug: Debug = False) -> None:
    """List the versions that are kept.

    The newest 20 are, and those that are pinned.

    Example: showtell versions desk.showtell
    """
    from learner.buffer import Buffer
    from learner.output import Output, versions_data, versions_parts

    output = Output(as_json=as_json)
    with Buffer.open(project, create=False) as buffer:
        increments, versions, in_use = buffer.increments(), buffer.versions(), buffer.champion_id()
    output.result(versions_data(versions, increments, in_use), *versions_parts(versions, increments, in_use))


@_app.command("compare")
def _compare(
    project: ProjectFile,
    one: Annotated[int, typer.Argument(metavar="A", help=_VERSION_HELP)],
    other: Annotated[int, typer.Argument(metavar="B", help=_VERSION_HELP)],
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Compare two versions by what was measured of them.

    In all and class by class; each was measured when it was made, on the recordings that were held out by then.

    Example: showtell compare desk.showtell 11 12
    """
    from learner.buffer import Buffer
    from learner.output import Output, comparison_data, comparison_parts

    output = Output(as_json=as_json)
    with Buffer.open(project, create=False) as buffer:
        versions = _kept(buffer, one), _kept(buffer, other)
        increments, names = buffer.increments(), _class_names(buffer)
    output.result(comparison_data(versions, increments, names), *comparison_parts(versions, increments, names))


@_app.command("restore")
def _restore(
    project: ProjectFile,
    version: VersionNumber,
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Answer with an earlier version from now on.

    It stays in use until something new is learned.

    Example: showtell restore desk.showtell 11
    """
    from learner.config import LearnerConfig
    from learner.output import Output

    output = Output(as_json=as_json)
    with _opened(project, LearnerConfig(backbone=backbone)) as opened:
        before = opened.buffer.champion_id()
        opened.restore(_kept(opened.buffer, version).id)
    text = f"Version {version} is in use."
    if before == version:
        text = f"Version {version} was in use already."
    output.result({"in_use": version, "was_in_use": before}, text)


@_app.command("pin")
def _pin(
    project: ProjectFile,
    version: VersionNumber,
    off: Annotated[bool, typer.Option("--off", help="Let it go again when its time comes.")] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Keep a version however old it becomes.

    A version that is pinned goes when what it knows is forgotten for good, and at no other time.

    Example: showtell pin desk.showtell 11
    """
    from learner.buffer import Buffer
    from learner.output import Output

    output = Output(as_json=as_json)
    with Buffer.open(project, create=False) as buffer:
        buffer.pin(_kept(buffer, version).id, not off)
    text = f"Version {version} is kept however old it becomes."
    if off:
        text = f"Version {version} goes when its time comes."
    output.result({"version": version, "pinned": not off}, text)


@_app.command("forget")
def _forget(
    project: ProjectFile,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Forget for good what was deleted.

    Deleted samples, and deleted classes with theirs, leave the file, and so do the versions that knew them, pinned ones
    too. It cannot be undone. What has not been unlearned yet is unlearned first, which goes over everything.

    Example: showtell forget desk.showtell
    """
    from learner.config import LearnerConfig
    from learner.output import Output, forgetting_text, forgotten_data, forgotten_text

    output = Output(as_json=as_json)
    with _opened(project, LearnerConfig(device=device, backbone=backbone)) as opened:
        going = _going(opened.buffer)
        # Where nothing is left to forget, this finishes what was cut short; there is nothing to ask about.
        if going.samples or going.classes:
            what = forgetting_text(going.samples, going.classes, going.versions, going.pinned)
            if not yes and not output.can_ask:
                raise UsageFault(
                    "Is that to be forgotten for good?",
                    f"{what} There is no terminal to ask on.",
                    "Add --yes if it is.",
                )
            output.note(what)
            if not yes and not output.confirms("Forget it for good?"):
                output.result(forgotten_data(0, 0, 0, 0), "Nothing was forgotten.")
                return
        before = {version.id for version in opened.versions()}
        with output.progress("Forgetting") as meter:
            erased = opened.forget(_shown_on(meter, output))
        gone = before - {version.id for version in opened.versions()}  # some go as the samples are unlearned
    outcome = erased.samples, len(going.classes), len(gone), erased.bytes
    output.result(forgotten_data(*outcome), forgotten_text(*outcome))


@_app.command("doctor")
def _doctor(as_json: AsJson = False, debug: Debug = False) -> None:
    """Tell what this machine has, and try whether the parts work.

    Example: showtell doctor --json
    """
    from learner.doctor import diagnose
    from learner.output import Output, diagnosis_data, diagnosis_parts

    output = Output(as_json=as_json)
    with output.progress("Looking") as meter:
        diagnosis = diagnose(lambda name: meter.show(f"Trying: {name}"))
    output.result(diagnosis_data(diagnosis), *diagnosis_parts(diagnosis))
    if not diagnosis.is_healthy:
        raise typer.Exit(EnvironmentFault.exit_code)


@_app.command("demo")
def _demo(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Argument(metavar="PROJECT", readable=False, help="A project to keep; otherwise it is thrown away."),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="In the terminal, even where there is a screen.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Teach four objects of a rendered scene.

    In the window, or in the terminal where there is no screen.

    Example: showtell demo --headless
    """
    from learner.output import Output, demo_data, demo_text

    session: _Session = context.obj
    output = Output(as_json=as_json)
    if session.demo_window is not None and not headless and not as_json:
        try:
            raise typer.Exit(session.demo_window(DemoRequest(project)))
        except DisplayFault as fault:
            output.note(f"{fault.happened} So here it is in the terminal.")
    from learner.config import LearnerConfig
    from learner.demo import run_demo

    # Windows cannot delete a file while another process, which is just leaving, has it open.
    temporary = tempfile.TemporaryDirectory(prefix="showtell-", ignore_cleanup_errors=True)
    with temporary as folder, output.demo() as (tell, add):
        path = project or Path(folder) / "demo.showtell"
        report = run_demo(path, LearnerConfig(), on_step=tell, on_taught=add)
    output.result(demo_data(report), demo_text(report))


@contextmanager
def _opened(path: Path, config: LearnerConfig) -> Iterator[Project]:
    from learner.project import open_project

    with open_project(path, create=False, config=config) as project:
        yield project


def _require_version(project: Project) -> None:
    """Say at once that there is nothing to answer with, and not after the first picture that can be read."""
    if project.version_id is None:
        raise NothingLearned(
            "Nothing has been learned yet",
            f"{project.buffer.path.name} has no version to answer with.",
            f"Run showtell learn {project.buffer.path} first.",
        )


def _class_names(buffer: Buffer) -> dict[int, str]:
    """Return the names of the classes that are there, by their ids."""
    return {info.id: info.name for info in buffer.classes()}


def _kept(buffer: Buffer, version_id: int) -> Version:
    """Return a version by its number.

    Raises:
        LabelFault: it is not kept.
    """
    for version in buffer.versions():
        if version.id == version_id:
            return version
    raise LabelFault(
        "There is no such version",
        f"{buffer.path.name} has no version {version_id}, or has it no longer.",
        f"Run showtell versions {buffer.path} to see those it has.",
    )


@dataclass(frozen=True, slots=True)
class _Going:
    """What is to be forgotten: `samples`, the names of `classes`, and at most so many `versions`, some of them pinned.

    The file alone knows which versions go, and not before the samples are unlearned.
    """

    samples: int
    classes: tuple[str, ...]
    versions: int
    pinned: int


def _going(buffer: Buffer) -> _Going:
    """Return what would be forgotten for good."""
    from learner.types import IncrementKind

    classes = [info for info in buffer.classes(archived=True) if info.archived]
    samples = buffer.samples(deleted=True)
    for info in classes:
        samples += buffer.samples(class_id=info.id)
    rebuilt = [
        increment.started_at
        for increment in buffer.increments()
        if increment.kind is IncrementKind.SLEEP and increment.accepted
    ]
    known = []  # from when to when a version may have been made that knows a sample
    for sample in samples:
        unlearned = None
        if sample.learned_in is None and sample.deleted_at is not None:
            unlearned = next((when for when in rebuilt if when > sample.deleted_at), None)
        known.append((sample.captured_at, unlearned))
    versions = [
        version
        for version in buffer.versions()
        if any(since < version.created_at and (until is None or version.created_at < until) for since, until in known)
    ]
    return _Going(
        len(samples),
        tuple(info.name for info in classes),
        len(versions),
        sum(version.pinned for version in versions),
    )


def _class_name(project: Project, folder: str) -> tuple[str, bool]:
    """Return the name of the class that a folder is named after, and whether the project has it."""
    try:
        known = project.buffer.class_named(folder)
    except LabelFault:
        known = None
    return (known.name, True) if known else (folder, False)


def _answers(project: Project, paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[tuple[Path, Prediction]]:
    """Answer for one picture after another; what cannot be read goes among the skipped."""
    from learner.buffer.codec import read_image
    from learner.interchange.folders import unreadable

    readable: deque[Path] = deque()

    def images() -> Iterator[Image]:
        for path in paths:
            try:
                image = read_image(path)
            except ImageFault as fault:
                skipped.append(unreadable(path, fault))
            else:
                readable.append(path)
                yield image

    for prediction in project.predict_many(images()):
        yield readable.popleft(), prediction


def _shown_on(meter: Meter, output: Output) -> Callable[[Event], None]:
    """Return a listener that shows learning on a line of progress, and tells of what is left out."""
    from learner.messages import Embedded, IncrementStarted, SampleLeftOut, Stepped
    from learner.types import IncrementKind

    most = 0
    doing = {IncrementKind.WAKE: "Learning", IncrementKind.SLEEP: "Going over everything"}
    kind = IncrementKind.WAKE

    def on_event(event: Event) -> None:
        nonlocal most, kind
        if isinstance(event, Embedded):
            most = max(most, event.waiting + 1)
            meter.show("Looking at new samples", most - event.waiting, most)
        elif isinstance(event, IncrementStarted):
            kind = event.kind
            meter.show(doing[kind])
        elif isinstance(event, Stepped):
            meter.show(doing[kind], event.step.number, event.step.total)
        elif isinstance(event, SampleLeftOut):
            output.note(f"{event.title}: {event.message}")

    return on_event


def _print_fault(error: ShowtellError) -> None:
    from learner.output import Output

    Output(as_json=False).fault(error)


def _print_bug(trace: str, *, debug: bool) -> None:
    """Say that it is our fault, and keep the traceback where a person can find it to send it."""
    print(
        "A bug of ours\nShowtell met something it was not prepared for. Your project is as it was last saved.",
        file=sys.stderr,
    )
    if debug:
        print(trace, file=sys.stderr)
        return
    path = Path(platformdirs.user_log_dir("showtell", appauthor=False)) / "last-error.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trace, encoding="utf-8", errors="backslashreplace")
    except OSError:
        print("Run the same again with --debug to see what it was.", file=sys.stderr)
    else:
        print(f"What it was is written down in {path}.", file=sys.stderr)

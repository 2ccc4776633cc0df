# SPDX-License-Identifier: Apache-2.0
"""Backbones side by side: what each costs and is worth as it comes, and what consolidation makes of it.

    python -m benchmarks.backbones [--quick] [--only probe|consolidation|gpu] [--near] [--sets NAME …]
                                   [--backbone NAME …]

Probe: milliseconds a picture on LiteRT with one thread, the backbones taking turns; megabytes of the files; and how
good simple classifiers are on the embeddings of the test pictures (`benchmarks.probe`).

Consolidation: accuracy on the test pictures before and after, minutes, and how long the answers of the live picture
take meanwhile, by the real engine on real project files (`benchmarks.consolidation`). --near adds how well what was
never taught is told from what was, each in one consolidation more.

GPU: pictures a second of a consolidation step on a GPU, where TensorFlow sees one, against the CPU's.

Neither the sets nor any backbone but the embedded one are part of the checkout: --data is the folder of the sets' .npz
files, --backbones that of the .keras files. What is not there is told and left out.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks import consolidation, image_sets, probe, steps
from benchmarks.consolidation import Course
from benchmarks.goals import Figure, verdicts
from benchmarks.machine import machine
from benchmarks.probe import Accuracies, Cost
from benchmarks.row import Source
from benchmarks.steps import Speed
from learner.backbones import EMBEDDED, BackboneFiles, add, embedded
from learner.errors import ShowtellError

_SHARED = Path(__file__).parent.parent.parent / "shared"
_SETS = ("sign_digits_10", "grocery_store_81", "caltech101")
_BACKBONES = (EMBEDDED, "mobilenet_v2_035_224", "mobilenet_v2_100_224")
_CONSOLIDATED = _BACKBONES[:2]
_QUICK_STEPS = 40
_NONE = (math.nan,)


def main() -> None:
    """Print the tables."""
    arguments = _arguments()
    print(machine(), flush=True)
    keras_files = {name: arguments.backbones / f"{name}.keras" for name in _BACKBONES if name != EMBEDDED}
    backbones = _backbones(arguments.backbone, keras_files)
    sets = [path for name in arguments.sets if (path := _set(arguments.data, name))]
    if arguments.only in {None, "probe"}:
        _probe(sets, backbones, keras_files)
    if arguments.only in {None, "consolidation"}:
        most_steps = _QUICK_STEPS if arguments.quick else None
        _consolidate(sets, backbones, keras_files, most_steps, near=arguments.near)
    if arguments.only in {None, "gpu"}:
        _steps(backbones, keras_files)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_SHARED / "data", help="folder of the sets' .npz files")
    parser.add_argument("--backbones", type=Path, default=_SHARED / "backbones", help="folder of .keras files")
    parser.add_argument("--sets", nargs="+", metavar="NAME", default=list(_SETS), help="sets in the folder of data")
    parser.add_argument("--backbone", nargs="+", default=list(_BACKBONES), choices=_BACKBONES)
    parser.add_argument("--only", choices=("probe", "consolidation", "gpu"), help="one of the parts")
    parser.add_argument("--near", action="store_true", help="measure what was never taught as well")
    parser.add_argument("--quick", action="store_true", help="one small set, and not the largest backbone")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.sets, arguments.backbone = list(_SETS[:1]), list(_CONSOLIDATED)
    return arguments


def _set(folder: Path, name: str) -> Path | None:
    path = folder / f"{name}.npz"
    if path.exists():
        return path
    print(f"There is no {path.name} in {folder}, so nothing is measured on it. Sets are no part of the checkout.")
    return None


def _backbones(names: Sequence[str], keras_files: Mapping[str, Path]) -> list[BackboneFiles]:
    found = []
    for name in names:
        try:
            found.append(embedded() if name == EMBEDDED else add(keras_files[name]))
        except ShowtellError as error:
            print(f"{name} is left out: {error.message}")
    return found


def _probe(sets: Sequence[Path], backbones: Sequence[BackboneFiles], keras_files: Mapping[str, Path]) -> None:
    costs = probe.costs(backbones, keras_files)
    _print_costs(backbones, costs)
    probes: dict[str, dict[str, Accuracies]] = {}
    for path in sets:
        probes[path.stem] = {}
        for backbone in backbones:
            probes[path.stem][backbone.info.name] = probe.accuracies(_source(path, backbone, keras_files))
        _print_probes(path.stem, probes[path.stem])
    _print_goals(f"{EMBEDDED}, the embedded backbone", list(probe.goals(costs, probes)))


def _consolidate(
    sets: Sequence[Path],
    backbones: Sequence[BackboneFiles],
    keras_files: Mapping[str, Path],
    most_steps: int | None,
    *,
    near: bool,
) -> None:
    figures: list[Figure] = []
    sets = [path for path in sets if path.stem in consolidation.ON]
    backbones = [backbone for backbone in backbones if backbone.info.name in _CONSOLIDATED]
    if not (sets and backbones):
        print(
            f"\nNothing is consolidated: that takes {' or '.join(consolidation.ON)}, and {' or '.join(_CONSOLIDATED)}."
        )
        return
    head = f"{'before':>7}{'after':>7}{'minutes':>9}{'steps':>7}{'live, ms':>15}{'meanwhile':>15}"
    print(f"\n{'consolidation: test pictures, p50 / p95':<44}{head}")
    for path in sets:
        for backbone in backbones:
            source = _source(path, backbone, keras_files)
            course = consolidation.course(source, most_steps)
            _print_course(source, course)
            figures += consolidation.figures(path.stem, backbone.info.name, course)
            if near:
                _print_near(consolidation.course(source, most_steps, near=True))
    if most_steps is None:
        _print_goals("consolidation", figures)
    else:
        print(f"Quick: {most_steps} steps at most, which says nothing of what consolidation gives.")


def _steps(backbones: Sequence[BackboneFiles], keras_files: Mapping[str, Path]) -> None:
    names = [backbone.info.name for backbone in backbones if backbone.info.name in _CONSOLIDATED]
    gpu: Speed | str = "No backbone was asked for that is consolidated here."
    print(f"\n{'a consolidation step':<34}{'pictures a second':>18}")
    for name in names:
        file = probe.keras_file(name, keras_files)
        gpu = steps.speed(file, "gpu") if name == names[0] or isinstance(gpu, Speed) else gpu
        for speed in (steps.speed(file, "cpu"), gpu):
            if isinstance(speed, Speed):
                _print_speed(name, speed)
    if isinstance(gpu, str):
        print(f"  no GPU was measured: {gpu}", flush=True)


def _source(path: Path, backbone: BackboneFiles, keras_files: Mapping[str, Path]) -> Source:
    return Source(path, image_sets.embeddings(path, backbone), backbone, keras_files.get(backbone.info.name))


def _print_costs(backbones: Sequence[BackboneFiles], costs: Mapping[str, Cost]) -> None:
    head = f"{'pixels':>7}{'ms':>7}{'CPU ms':>8}{'LiteRT MB':>11}{'.keras MB':>11}"
    print(f"\n{'a picture, one thread':<34}{head}")
    for backbone in backbones:
        name, cost = backbone.info.name, costs[backbone.info.name]
        keras = "–" if cost.keras_megabytes is None else f"{cost.keras_megabytes:.2f}"
        print(
            f"{name:<34}{backbone.info.input_size:>7}{cost.milliseconds:>7.2f}{cost.of_processor:>8.2f}"
            f"{cost.megabytes:>11.2f}{keras:>11}",
            flush=True,
        )


def _print_probes(images: str, probes: Mapping[str, Accuracies]) -> None:
    print(f"\n{images + ', test pictures':<34}{'logistic regression':>21}{'nearest class mean':>20}{'LDA, 0.1':>10}")
    for name, found in probes.items():
        print(
            f"{name:<34}{100 * found.logistic_regression:>21.1f}{100 * found.nearest_mean:>20.1f}"
            f"{100 * found.discriminant:>10.1f}",
            flush=True,
        )


def _print_course(source: Source, course: Course) -> None:
    quiet, busy = (np.percentile(seconds, [50, 95]) * 1000 for seconds in (course.quiet or _NONE, course.busy or _NONE))
    print(
        f"{f'{source.images.stem}, {source.backbone.info.name}':<44}{100 * course.before.right:>7.1f}"
        f"{100 * course.after.right:>7.1f}{course.seconds / 60:>9.1f}{course.steps:>7}"
        f"{f'{quiet[0]:.1f} / {quiet[1]:.1f}':>15}{f'{busy[0]:.1f} / {busy[1]:.1f}':>15}",
        flush=True,
    )
    if not course.accepted:
        print(f"  not accepted: {course.why}", flush=True)


def _print_near(course: Course) -> None:
    before, after = course.before, course.after
    accepted = "" if course.accepted else f"; not accepted: {course.why}"
    print(
        f"  without a tenth of the classes: accuracy {100 * before.right:.1f} → {100 * after.right:.1f}, "
        f"AUROC of what was not taught {before.near:.3f} → {after.near:.3f}{accepted}",
        flush=True,
    )


def _print_speed(name: str, speed: Speed) -> None:
    print(f"{name:<34}{speed.pictures:>18.0f}  {speed.device.name}, batches of {speed.batch_size}", flush=True)


def _print_goals(about: str, figures: Sequence[Figure]) -> None:
    if figures:
        print(f"\ngoals, {about}")
        for line in verdicts(figures):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()

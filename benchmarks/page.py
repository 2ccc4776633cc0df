# SPDX-License-Identifier: Apache-2.0
"""Puts the figures of the runs that are kept into the documentation: its tables, its plots, and what the README quotes.

    python -m benchmarks.page

Tables go between `<!-- figures: NAME -->` and `<!-- end of figures -->`, where NAME is a benchmark, or `quoted` for the
few that the README tells. A test says when they are not those that are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import kept
from benchmarks.goals import Figure
from benchmarks.kept import Run, Runs

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "performance.md")
PLOTS = ROOT / "docs" / "plots"

_PLACE = re.compile(r"(<!-- figures: (?P<name>\w+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_INK = "#808080"
"""Readable on white and on black."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that the README tells: of which benchmark, where in it, and what it means to a reader."""

    benchmark: str
    part: str
    name: str
    meaning: str


QUOTED = (
    Quoted(
        "reaction",
        "100 classes, 20,000 samples",
        "Teachable Machine's retrain, of Showtell's",
        "Teachable Machine's recipe trained from scratch, to our first answer with a new class, among 100 classes "
        "and 20,000 samples",
    ),
    Quoted(
        "growth",
        "1,000,000 samples",
        "increment / that of 1,000",
        "An increment with a million samples, to one with a thousand",
    ),
    Quoted(
        "live",
        "the backbone alone",
        "Keras predict_on_batch, to Showtell",
        "Keras' `predict_on_batch`, to our backbone's answer",
    ),
)


def main() -> None:
    """Write the pages and draw the plots."""
    runs, again = kept.read(kept.KEPT), kept.read(kept.AGAIN)
    for page in PAGES:
        page.write_text(written(page.read_text(encoding="utf-8"), runs, again), encoding="utf-8")
    draw(runs)


def written(text: str, runs: Runs, again: Runs) -> str:
    """Return a page with the figures of these runs in their places, and beside them those of a second run."""

    def place(found: re.Match[str]) -> str:
        name = found["name"]
        lines = quoted(runs) if name == "quoted" else table(runs[name], again)
        return f"{found[1]}\n" + "\n".join(lines) + f"\n\n{found[3]}"

    return _PLACE.sub(place, text)


def table(run: Run, again: Runs) -> Iterator[str]:
    """Return a run as a table in Markdown, with what a second run came to."""
    if run.came.skipped:
        yield f"Not measured: {run.came.skipped}"
        return
    yield "| | figure | least to most | second run | goal |"
    yield "| --- | ---: | ---: | ---: | --- |"
    part = ""
    for figure in run.came.figures:
        if figure.part != part:
            part = figure.part
            yield f"| **{part}** | | | | |"
        goal = figure.goal_text.replace("  missed", ", **missed**")
        note = f" ({figure.note})" if figure.note else ""
        second = _second(figure, kept.find(again, run.came.name, figure))
        yield f"| {figure.name}{note} | {figure.text} | {figure.spread.replace(' – ', ' to ')} | {second} | {goal} |"
    yield ""
    yield f"`uv run --extra bench python -m benchmarks {run.came.name}`, {run.date[:10]}, on {run.machine}."


def _second(figure: Figure, again: Figure | None) -> str:
    if again is None:
        return ""
    return again.text + (", **outside**" if kept.is_alike(again, figure) is False else "")


def quoted(runs: Runs) -> Iterator[str]:
    """Return what the README tells, as a table in Markdown."""
    yield "| | |"
    yield "| --- | ---: |"
    for one in QUOTED:
        figure = next(
            figure for figure in runs[one.benchmark].came.figures if (figure.part, figure.name) == (one.part, one.name)
        )
        yield f"| {one.meaning} (`{one.benchmark}`) | **{figure.text}** |"


def draw(runs: Runs) -> None:
    """Draw a plot of each benchmark that has figures to compare."""
    PLOTS.mkdir(parents=True, exist_ok=True)
    for name, run in runs.items():
        shown = [figure for figure in run.came.figures if figure.unit in {"ms", "µs", "s", "/s"} and figure.value]
        if not shown:
            continue
        if name == "growth":
            _draw_growth(shown, PLOTS / f"{name}.svg")
        else:
            _draw_bars(shown, PLOTS / f"{name}.svg")


def _draw_bars(figures: Sequence[Figure], path: Path) -> None:
    """Draw a bar for each figure, with the least and the most of its rounds; the scale is logarithmic."""
    from matplotlib.figure import Figure as Drawing
    from matplotlib.ticker import LogLocator

    units = {figure.unit for figure in figures}
    factor = {"s": 1000.0, "ms": 1.0, "µs": 0.001} if units <= {"s", "ms", "µs"} and len(units) > 1 else {}
    unit = "ms" if factor else next(iter(units))
    parts = list(dict.fromkeys(figure.part for figure in figures))
    drawing = Drawing(figsize=(7.2, 0.9 + 0.26 * (len(figures) + len(parts))), layout="constrained")
    axes = drawing.add_subplot()
    kinds = list(dict.fromkeys(figure.name for figure in figures))
    place, names = 0.0, []
    for part in parts:
        mine = [figure for figure in figures if figure.part == part]
        if part:
            axes.text(
                0, place, f" {part}", transform=axes.get_yaxis_transform(), color=_INK, weight="bold", va="center"
            )
            place += 1
        for figure in mine:
            scale = factor.get(figure.unit, 1.0)
            value = (figure.value or 0.0) * scale
            rounds = [one * scale for one in figure.rounds or (figure.value or 0.0,)]
            axes.barh(place, value, color=_COLOURS[kinds.index(figure.name) % len(_COLOURS)], height=0.7)
            axes.plot([min(rounds), max(rounds)], [place, place], color=_INK, linewidth=1)
            names.append((place, figure.name))
            place += 1
    axes.set_yticks([at for at, _ in names], [name for _, name in names])
    axes.set_ylim(place, -1)
    axes.set_xscale("log")
    if max(figure.value or 0 for figure in figures) < 100 * min(figure.value or 0 for figure in figures):
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.set_xlabel(unit)
    _save(drawing, path)


def _draw_growth(figures: Sequence[Figure], path: Path) -> None:
    """Draw a line for each kind of figure over the number of samples; both scales are logarithmic."""
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(7.2, 4.0), layout="constrained")
    axes = drawing.add_subplot()
    for number, name in enumerate(dict.fromkeys(_kind(figure) for figure in figures)):
        mine = [figure for figure in figures if _kind(figure) == name]
        scale = {"s": 1000.0, "ms": 1.0}[mine[0].unit]
        samples = [int(figure.part.split()[0].replace(",", "")) for figure in mine]
        values = [(figure.value or 0.0) * scale for figure in mine]
        axes.plot(samples, values, marker="o", color=_COLOURS[number % len(_COLOURS)], label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("samples in the project")
    axes.set_ylabel("ms")
    axes.legend(frameon=False, labelcolor=_INK, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    _save(drawing, path)


def _kind(figure: Figure) -> str:
    return figure.name.removesuffix(", extrapolated")


def _save(drawing: object, path: Path) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure as Drawing
    from matplotlib.ticker import FuncFormatter, NullFormatter

    assert isinstance(drawing, Drawing)
    for axes in drawing.axes:
        axes.tick_params(colors=_INK, which="both")
        for axis in (axes.xaxis, axes.yaxis):
            if axis.get_scale() == "log":
                axis.set_major_formatter(
                    FuncFormatter(lambda value, _: f"{value:,g}" if value < 1 else f"{value:,.0f}")
                )
                axis.set_minor_formatter(NullFormatter())
        for label in (axes.xaxis.label, axes.yaxis.label):
            label.set_color(_INK)
        for side, spine in axes.spines.items():
            spine.set_visible(side in {"bottom", "left"})
            spine.set_color(_INK)
    # The same figures give the same file.
    with mpl.rc_context({"svg.hashsalt": "showtell", "svg.fonttype": "none"}):
        drawing.savefig(path, format="svg", transparent=True, metadata={"Date": None})


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What was measured of a version, as a report tells it: figures, and sentences before them.

The sentences say what the window's say of the same figures, and count likewise: by recording, and in hundredths of
which only what is always so is 100.
"""

from __future__ import annotations

from collections.abc import Mapping

from learner.figures import Figures, in_a_hundred

ROUGH = 10
"""With fewer recordings held out, the numbers are rough."""


def lead(figures: Figures, names: Mapping[int, str], version: int | None) -> str:
    """Return how good it is in one sentence."""
    if version is None:
        return "It has not learned anything yet."
    if figures.accuracy is None:
        return "How good it is cannot be measured yet: too few recordings are held out to measure with."
    times = in_a_hundred(figures.accuracy)
    mistakes = figures.mistakes(names, 1)
    how_often = "every time" if times == 100 else f"{times} times in 100"
    if mistakes:
        _, this, that = mistakes[0]
        return (
            f"It is right {how_often} on recordings it has not learned from; "
            f"it still takes {names[this]} for {names[that]}."
        )
    return f"It is right {how_often} on recordings it has not learned from."


def further(figures: Figures, names: Mapping[int, str]) -> list[str]:
    """Return on what it was measured, what was forgotten, and whether its percentages can be believed."""
    if figures.accuracy is None:
        return ["Each thing should be recorded a few times: then some recordings are kept aside to measure with."]
    basis = f"Measured on {figures.recordings} recordings that were kept aside, which show {figures.looks} looks."
    if figures.recordings < ROUGH:
        basis = f"Measured on only {figures.recordings} recordings that were kept aside: take the numbers as rough."
    said = [basis]
    lost = {class_id: share for class_id, share in figures.forgetting.items() if class_id in names}
    if lost:
        worst = max(lost, key=lambda class_id: lost[class_id])
        points = round(lost[worst] * 100)
        said.append(
            f"What it forgot most is {names[worst]}: it finds it {points} times in 100 less than it once did."
            if points
            else "It has forgotten nothing."
        )
    if figures.off is not None:
        points = round(figures.off * 100)
        off = {0: "have been right so far", 1: "are off by 1 point on average"}
        said.append(f"Its percentages {off.get(points, f'are off by {points} points on average')}.")
    return said


def limits(figures: Figures, unknown_limit: float) -> list[str]:
    """Return in plain words what it cannot do, and what it makes of what it was never taught."""
    said = [
        "It knows nothing but what it was shown. Another place, another light or another kind of the same thing may be "
        "hard for it until it is shown them as well.",
        "It answers for the middle square of a picture, and with one thing only, however many there are in it.",
    ]
    if figures.noticed is None:
        said.append("How well it notices what it was never taught has not been measured yet.")
    else:
        said.append(
            "Shown one thing it knows and one it was never taught, it finds the second one stranger "
            f"{in_a_hundred(figures.noticed)} times in 100; guessing would be 50. So what is unknown to it may still "
            "get a name, now and then with high confidence."
        )
    if figures.flagged is not None:
        said.append(f"It calls {in_a_hundred(figures.flagged)} in 100 pictures of things it knows unknown.")
    if unknown_limit != 1:
        sooner = "sooner" if unknown_limit < 1 else "later"
        said.append(f"In this project an answer is called unknown {sooner} than usual (limit {unknown_limit:g}).")
    return said

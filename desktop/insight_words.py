# SPDX-License-Identifier: Apache-2.0
"""How good the model is, in plain sentences.

Whether its percentages can be believed is said in words alone. A chart of how often it is right when it says 90 % would
need the confidence of the measured twin for each sample; what a judgement has is the confidence of the version in use,
which has learned from all of them and would flatter itself. What was measured honestly, on folds that chose nothing, is
how far they are off on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.engine_words import spoken
from desktop.insight import Past
from desktop.text import count_text, samples_text
from learner.figures import Figures, in_a_hundred
from learner.types import ClassInfo, Increment, IncrementKind

ROUGH = 10
"""With fewer recordings kept aside, the numbers are rough."""
_CLEARLY = 0.05
"""By so much must a class be found more or less often for a comparison to name it."""

translate = QCoreApplication.translate


def points(share: float) -> int:
    """Return a difference of shares in hundredths, as far from 0 on either side."""
    return round(abs(share) * 100)


def sentence(figures: Figures, names: Mapping[int, str]) -> str:
    """Return how good it is in one sentence."""
    if figures.accuracy is None:
        return ""
    times = in_a_hundred(figures.accuracy)
    mistake = figures.worst_mistake
    known = mistake is not None and mistake[0] in names and mistake[1] in names
    if mistake is not None and known:
        text = translate(
            "Insight",
            "It is right {times} times in 100 on recordings it has not learned from; it still takes {this} for {that}.",
        )
        return text.format(times=times, this=names[mistake[0]], that=names[mistake[1]])
    if times == 100:
        return translate("Insight", "It is right every time on recordings it has not learned from.")
    text = translate("Insight", "It is right {times} times in 100 on recordings it has not learned from.")
    return text.format(times=times)


def further(figures: Figures, names: Mapping[int, str]) -> list[str]:
    """Return in short sentences on how many recordings it was measured, what was forgotten, and whether its percentages
    can be believed."""
    said = [_basis(figures), _forgetting(figures, names)]
    if figures.off is not None:
        off = points(figures.off)
        if off == 0:
            said.append(translate("Insight", "Its percentages have been right so far."))
        elif off == 1:
            said.append(translate("Insight", "Its percentages are off by 1 point on average."))
        else:
            said.append(translate("Insight", "Its percentages are off by {off} points on average.").format(off=off))
    return [one for one in said if one]


def besides(figures: Figures) -> list[str]:
    """Return what it recognised before it had learned it, and what it makes of the unknown."""
    said = []
    if figures.recordings_before:
        text = translate("Insight", "It recognised {right} of {recordings} recordings before it had learned from them.")
        said.append(text.format(right=figures.right_before, recordings=figures.recordings_before))
    if figures.noticed is not None:
        text = translate(
            "Insight",
            "Shown one thing it knows and one it was never taught, it finds the second one stranger {times} times in "
            "100; guessing would be 50.",
        )
        said.append(text.format(times=in_a_hundred(figures.noticed)))
    if figures.flagged:
        text = translate("Insight", "It calls {times} in 100 pictures of things it knows unknown.")
        said.append(text.format(times=in_a_hundred(figures.flagged)))
    return said


def _basis(figures: Figures) -> str:
    if figures.recordings < ROUGH:
        text = translate(
            "Insight", "Measured on only {count} recordings that were kept aside: take the numbers as rough."
        )
    else:
        text = translate("Insight", "Measured on {count} recordings that were kept aside; each counts the same.")
    return text.format(count=figures.recordings)


def _forgetting(figures: Figures, names: Mapping[int, str]) -> str:
    lost = {class_id: share for class_id, share in figures.forgetting.items() if class_id in names}
    if not lost:
        return ""
    class_id = max(lost, key=lambda one: lost[one])
    if points(lost[class_id]) == 0:
        return translate("Insight", "It has forgotten nothing.")
    text = translate(
        "Insight", "What it forgot most is {name}: it finds it {fewer} times in 100 less than it once did."
    )
    return text.format(name=names[class_id], fewer=points(lost[class_id]))


def missing(past: Past, classes: Sequence[ClassInfo], recordings: Mapping[int, int]) -> tuple[str, str]:
    """Return what is missing to measure anything, in a short sentence, and what to do.

    Args:
        past: what was learned so far.
        classes: the classes there are.
        recordings: of each class, as far as they have been counted.
    """
    if len(classes) < 2 or sum(info.count > 0 for info in classes) < 2:
        return (
            translate("Insight", "There is nothing to tell apart yet."),
            translate("Insight", "Teach it two things first: name them, and show each of them a few times."),
        )
    if past.in_use is None:
        return (
            translate("Insight", "It has not learned yet."),
            translate("Insight", "Record each thing a few times. It learns by itself."),
        )
    if past.made(past.in_use) is None:
        text = translate("Insight", "Nothing was measured of version {number}, which is in use.")
        return text.format(number=past.in_use), translate("Insight", "The next one is measured as soon as it learns.")
    what = translate("Insight", "How good it is cannot be measured yet.")
    do = translate("Insight", "Record each thing a few times: then some recordings are kept aside to measure with.")
    counted = [(recordings[info.id], info.name) for info in classes if recordings.get(info.id)]
    if counted:
        count, name = min(counted, key=lambda pair: pair[0])
        so_far = (
            translate("Insight", "So far there is 1 recording of {name}.")
            if count == 1
            else translate("Insight", "So far there are {count} recordings of {name}.")
        )
        do = f"{do} {so_far.format(count=count, name=name)}"
    return what, do


def nothing_of(version_id: int | None) -> str:
    """Return that a version was not measured."""
    return translate("Insight", "Nothing was measured of version {number}.").format(number=version_id)


def kind_words(kind: IncrementKind) -> str:
    """Return how a version was learned."""
    if kind is IncrementKind.SLEEP:
        return translate("Insight", "went over everything")
    if kind is IncrementKind.FLEET:
        return translate("Insight", "from the fleet")
    return translate("Insight", "learned what was new")


def increment_words(increment: Increment, figures: Figures) -> tuple[str, list[str]]:
    """Return what came of an increment: a title, and a few lines."""
    new = samples_text(increment.new_samples)
    title = kind_words(increment.kind)
    title = f"{title[:1].upper()}{title[1:]}"
    lines = [
        translate("Insight", "{new} new, {total} in all").format(new=new, total=count_text(increment.total_samples))
    ]
    if figures.measured and figures.accuracy is not None:
        text = translate("Insight", "right {times} times in 100 on recordings kept aside")
        lines.append(text.format(times=in_a_hundred(figures.accuracy)))
    if increment.before.bursts:
        text = translate("Insight", "recognised {right} of {recordings} new recordings before it learned them")
        lines.append(text.format(right=increment.before.right, recordings=increment.before.bursts))
    if not increment.accepted:
        lines.append(translate("Insight", "not kept: {why}").format(why=spoken(increment.why)))
    elif increment.version_id is not None:
        lines.append(translate("Insight", "kept as version {number}").format(number=increment.version_id))
    else:
        lines.append(translate("Insight", "kept then; its version has made room for newer ones"))
    return title, lines


def comparison(one: tuple[int, Figures], other: tuple[int, Figures], names: Mapping[int, str]) -> str:
    """Return in a sentence how a version differs from another.

    Args:
        one: its number and what was measured of it.
        other: likewise of the other.
        names: of the classes.
    """
    (number, figures), (with_number, before) = one, other
    if figures.accuracy is None or before.accuracy is None:
        unmeasured = number if figures.accuracy is None else with_number
        return nothing_of(unmeasured)
    gain = figures.accuracy - before.accuracy
    if points(gain) == 0:
        text = translate("Insight", "Version {this} is right as often as version {that}")
    elif gain > 0:
        text = translate("Insight", "Version {this} is right {count} in 100 more often than version {that}")
    else:
        text = translate("Insight", "Version {this} is right {count} in 100 less often than version {that}")
    said = text.format(this=number, that=with_number, count=points(gain))
    shared = figures.recall.keys() & before.recall.keys() & names.keys()
    gains = {class_id: figures.recall[class_id] - before.recall[class_id] for class_id in shared}
    more = _named(sorted((one for one in gains if gains[one] >= _CLEARLY), key=lambda one: -gains[one]), names)
    fewer = _named(sorted((one for one in gains if gains[one] <= -_CLEARLY), key=lambda one: gains[one]), names)
    if more and fewer:
        text = translate("Insight", "{said}: it finds {more} more often, {fewer} less often.")
    elif more:
        text = translate("Insight", "{said}: it finds {more} more often.")
    elif fewer:
        text = translate("Insight", "{said}: it finds {fewer} less often.")
    else:
        text = translate("Insight", "{said}; no single thing stands out.")
    return text.format(said=said, more=more, fewer=fewer)


def _named(class_ids: Sequence[int], names: Mapping[int, str]) -> str:
    """Return up to three names in a row."""
    named = [names[class_id] for class_id in class_ids[:3]]
    if len(class_ids) > len(named):
        return translate("Insight", "{names} and {count} more").format(
            names=", ".join(named), count=len(class_ids) - len(named)
        )
    if len(named) > 1:
        return translate("Insight", "{names} and {last}").format(names=", ".join(named[:-1]), last=named[-1])
    return "".join(named)

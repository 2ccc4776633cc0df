# SPDX-License-Identifier: Apache-2.0
"""The backbone and its changes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.engine_words import spoken
from desktop.learner_status import BackboneChange, Stage
from desktop.moments import day_text
from desktop.text import count_text

if TYPE_CHECKING:
    from desktop.backbones import BackboneNews
    from learner.types import BackboneInfo, KeptBackbone

translate = QCoreApplication.translate

_MINUTE, _HOUR = 60.0, 3600.0


def meaning() -> str:
    """Return what consolidation is, for who has never heard of it."""
    return translate(
        "Backbone",
        "Consolidate: fine-tune what the model sees with on your own pictures. Takes minutes; the picture goes on "
        "meanwhile. It is kept only if it is better.",
    )


def short_words(change: BackboneChange) -> str:
    """Return how far a change is, in two or three words."""
    if change.stage is Stage.TUNING:
        return translate("Backbone", "consolidating {done}/{total}").format(**_counts(change))
    if change.stage is Stage.EMBEDDING:
        return translate("Backbone", "looking anew {done}/{total}").format(**_counts(change))
    if change.stage is Stage.REBUILDING:
        return translate("Backbone", "going over everything")
    return translate("Backbone", "getting ready")


def change_words(change: BackboneChange, *, on_hold: bool = False) -> str:
    """Return what a change is at, how far, and how long it will take.

    Args:
        change: under way.
        on_hold: whether a person has paused it.
    """
    if change.stage is Stage.TUNING:
        what = translate("Backbone", "Consolidating")
    elif change.stage is Stage.EMBEDDING:
        what = translate("Backbone", "Looking at every picture anew")
    elif change.stage is Stage.REBUILDING:
        what = translate("Backbone", "Going over everything with the new backbone")
    elif change.is_consolidation:
        what = translate("Backbone", "Getting ready to consolidate…")
    else:
        what = translate("Backbone", "Getting the other backbone ready…")
    progress = progress_words(change, on_hold=on_hold)
    return f"{what} · {progress}" if progress else what


def progress_words(change: BackboneChange, *, on_hold: bool = False) -> str:
    """Return how far a change is, and how long it will take (see `change_words`)."""
    parts = []
    if change.stage is Stage.TUNING:
        parts.append(translate("Backbone", "step {done} of {total}").format(**_counts(change)))
    elif change.stage is Stage.EMBEDDING:
        parts.append(translate("Backbone", "{done} of {total}").format(**_counts(change)))
    if on_hold:
        parts.append(translate("Backbone", "paused"))
    elif change.is_waiting:
        parts.append(translate("Backbone", "goes on when the computer has nothing else to do"))
    elif change.seconds_left is not None:
        parts.append(time_left(change.seconds_left))
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """Return how long something will take, rounded to what that is worth."""
    if seconds < _MINUTE:
        return translate("Backbone", "less than a minute left")
    if seconds < _HOUR:
        return translate("Backbone", "about {count} min left").format(count=round(seconds / _MINUTE))
    return translate("Backbone", "about {count} h left").format(count=max(1, round(seconds / _HOUR)))


def news_words(news: BackboneNews) -> tuple[str, str]:
    """Return what came of a change: a title, and a sentence or two."""
    if news.backbone is None:
        return spoken(news.title), spoken(news.message)
    if news.is_consolidated:
        said = [translate("Backbone", "It sees with a backbone now that was fine-tuned on your own pictures.")]
    else:
        said = [translate("Backbone", "It sees with {name} now.").format(name=news.backbone.name)]
    if news.after.measured and news.after.accuracy is not None:
        from learner.figures import in_a_hundred

        now = in_a_hundred(news.after.accuracy)
        if news.before.measured and news.before.accuracy is not None:
            text = translate("Backbone", "On recordings kept aside it was right {before} times in 100, and now {now}.")
            said.append(text.format(before=in_a_hundred(news.before.accuracy), now=now))
        else:
            text = translate("Backbone", "On recordings kept aside it is right {now} times in 100.")
            said.append(text.format(now=now))
    said.append(translate("Backbone", "To go back, restore an earlier version (Insight, Versions)."))
    title = translate("Backbone", "Consolidated") if news.is_consolidated else translate("Backbone", "Another backbone")
    return title, " ".join(said)


def kept_words(kept: KeptBackbone | None) -> str:
    """Return on what the backbone in use was consolidated, and when."""
    if kept is None or kept.parent_sha256 is None:
        return translate("Backbone", "It has not been consolidated on your pictures yet.")
    if kept.seen == 1:
        text = translate("Backbone", "Consolidated on 1 of your pictures, {day}.")
    else:
        text = translate("Backbone", "Consolidated on {count} of your pictures, {day}.")
    # A month cut short ends in a full stop, as the sentence does.
    day = day_text(kept.made_at.timestamp()).removesuffix(".") if kept.made_at is not None else ""
    return text.format(count=count_text(kept.seen), day=day)


def size_words(info: BackboneInfo) -> str:
    """Return what a backbone takes and gives."""
    return translate("Backbone", "It looks at {side} × {side} pixels and makes {count} numbers of them.").format(
        side=info.input_size, count=count_text(info.embedding_size)
    )


def gone_words(gone: int) -> str:
    """Return that the backbone has seen pictures that are gone."""
    if gone == 1:
        return translate(
            "Backbone", "It has seen 1 picture that you deleted since. Consolidate again to have one that has not."
        )
    return translate(
        "Backbone",
        "It has seen {count} pictures that you deleted since. Consolidate again to have one that has not.",
    ).format(count=count_text(gone))


def seen_words(count: int) -> str:
    """Return that the backbone in use has seen so many of the pictures that have just gone."""
    if count == 1:
        return translate("Backbone", "the backbone has seen 1 picture that is gone now")
    return translate("Backbone", "the backbone has seen {count} pictures that are gone now").format(
        count=count_text(count)
    )


def seen_of_them_words(count: int) -> str:
    """Return the same, beside what has just been deleted."""
    if count == 1:
        return translate("Backbone", "the backbone has seen 1 of them")
    return translate("Backbone", "the backbone has seen {count} of them").format(count=count_text(count))


def _counts(change: BackboneChange) -> dict[str, str]:
    return {"done": count_text(change.done), "total": count_text(change.total)}

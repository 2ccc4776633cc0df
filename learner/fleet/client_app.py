# SPDX-License-Identifier: Apache-2.0
"""What Flower runs on a laptop that has joined: one answer for each type of message, from its `Member`."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flwr.app import ConfigRecord, Context, Message, RecordDict
from flwr.clientapp import ClientApp

from learner.fleet.member import Member
from learner.fleet.records import (
    ARRAYS,
    CONFIG,
    HELLO,
    REFINE,
    RESULT,
    STATISTICS,
    arrays_of_head,
    checked_names,
    config_of,
    sums_arrays,
    sums_of,
)


def app_for(member_of: Callable[[Context], Member]) -> ClientApp:
    """Return an app that answers for members.

    Args:
        member_of: returns the one that a message is for; on a laptop that has joined there is one.
    """
    app = ClientApp()

    def action(kind: str) -> str:
        return kind.partition(".")[2]

    @app.query(action(HELLO))
    def hello(message: Message, context: Context) -> Message:
        return Message(member_of(context).hello().records(), reply_to=message)

    @app.train(action(STATISTICS))
    def statistics(message: Message, context: Context) -> Message:
        with_held_out = bool(config_of(message.content).get("with-held-out", True))
        contribution = member_of(context).contribution(with_held_out=with_held_out)
        about = ConfigRecord({"names": list(contribution.names)})
        return Message(RecordDict({ARRAYS: sums_arrays(contribution), CONFIG: about}), reply_to=message)

    @app.train(action(REFINE))
    def refine(message: Message, context: Context) -> Message:
        member, config = member_of(context), config_of(message.content)
        names = checked_names(config["names"])
        arrays = arrays_of_head(message.content.array_records[ARRAYS], (member.size, len(names)))
        steps, mu = int(cast(int, config["steps"])), float(cast(float, config.get("proximal-mu", 0.0)))
        return Message(member.refined(names, *arrays, steps=steps, proximal=mu).records(), reply_to=message)

    @app.query(action(RESULT))
    def result(message: Message, context: Context) -> Message:
        member, config = member_of(context), config_of(message.content)
        names = checked_names(config["names"])
        total = sums_of(names, member.size, message.content.array_records[ARRAYS])
        head = message.content.array_records.get("head")
        arrays = None if head is None else arrays_of_head(head, (member.size, len(names)))
        member.take(
            total,
            laptops=int(cast(int, config["laptops"])),
            is_in=bool(config["included"]),
            with_held_out=bool(config.get("with-held-out", True)),
            head=arrays,
        )
        return Message(RecordDict({CONFIG: ConfigRecord({"taken": True})}), reply_to=message)

    return app

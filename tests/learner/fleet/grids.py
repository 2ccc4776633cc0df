# SPDX-License-Identifier: Apache-2.0
"""A Flower grid without a network: laptops in this process, some of which go, are slow, or lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flwr.app import Context, Message, RecordDict
from flwr.app.error import Error
from flwr.clientapp import ClientApp

Answer = Callable[[Message], Message | None]


class LocalGrid:
    """Carries messages to apps.

    Args:
        apps: the app of each laptop; a function instead answers, or answers not at all.
    """

    def __init__(self, apps: dict[int, ClientApp | Answer]) -> None:
        self.apps = apps
        self.sent: list[tuple[str, int]] = []

    def get_node_ids(self) -> Iterable[int]:
        return list(self.apps)

    def send_and_receive(self, messages: Iterable[Message], *, timeout: float | None = None) -> Iterable[Message]:
        replies = []
        for message in messages:
            node = message.metadata.dst_node_id
            message.metadata.__dict__["_message_id"] = str(len(self.sent))  # which a SuperLink gives it
            self.sent.append((message.metadata.message_type, node))
            if (answer := self.apps.get(node)) is None:
                continue
            reply = _asked(answer, message, node)
            if reply is not None:
                replies.append(reply)
        return replies


def _asked(answer: ClientApp | Answer, message: Message, node: int) -> Message | None:
    if not isinstance(answer, ClientApp):
        return answer(message)
    context = Context(1, node, {}, RecordDict(), {}, series_id=1)
    try:
        return answer(message, context)
    except Exception as error:
        return Message(Error(code=0, reason=type(error).__name__), reply_to=message)


def lying(app: ClientApp, lie: Callable[[RecordDict], Any], kind: str) -> Answer:
    """Return an answer that is an app's but for messages of a kind, where something is changed in it."""

    def answer(message: Message) -> Message | None:
        reply = _asked(app, message, message.metadata.dst_node_id)
        if reply is not None and not reply.has_error() and message.metadata.message_type == kind:
            lie(reply.content)
        return reply

    return answer

# SPDX-License-Identifier: Apache-2.0
"""Answers for a SuperNode: our own app, and never one that has come over the wire.

A SuperNode with `--isolation process` leaves it to another process to run the app for each message. Flower's own would
unpack what the serving laptop has sent and import from it; this one leaves that unopened.
Source: `flwr.supernode.runtime.run_clientapp` of Flower 1.42, whose calls it makes in the same order.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flwr.app import Message
from flwr.app.error import Error
from flwr.clientapp import ClientApp
from flwr.common.constant import ErrorCode, SubStatus
from flwr.proto.runtime_pb2 import AcquireTaskRequest, SendTaskHeartbeatRequest
from flwr.supercore.constant import TaskType
from flwr.supercore.heartbeat import HeartbeatSender
from flwr.supercore.interceptors import (
    RuntimeTokenHttpInterceptor,
    RuntimeVersionHttpInterceptor,
    SuperExecAuthHttpInterceptor,
)
from flwr.supercore.runtime import RuntimeHttpClient
from flwr.supernode.runtime.run_clientapp import pull_task_input, push_message, push_task_output

_LOOKS_SECONDS = 0.3


def run(address: str, secret: Path, app: ClientApp, is_over: Callable[[], bool]) -> None:
    """Answer what the SuperNode is asked, one message at a time.

    Args:
        address: of the SuperNode on this laptop, as host:port.
        secret: a file with what shows that we may.
        app: what answers.
        is_over: asked between messages: whether to stop.
    """
    acquiring = _client(
        address,
        SuperExecAuthHttpInterceptor(
            master_secret=secret.read_bytes(), protected_methods={"/flwr.proto.Runtime/AcquireTask"}
        ),
    )
    while not is_over():
        found = None
        with suppress(Exception):  # the SuperNode is not there yet, or not any longer, which is_over knows
            found = acquiring.AcquireTask(AcquireTaskRequest(supported_task_types=[TaskType.CLIENT_APP]))
        if found is not None and found.HasField("task") and found.token:
            with suppress(Exception):  # it went in the middle of it; the serving laptop goes on without us
                _answer(address, found.token, app)
            continue
        time.sleep(_LOOKS_SECONDS)


def _answer(address: str, token: str, app: ClientApp) -> None:
    task = _client(address, RuntimeTokenHttpInterceptor(token))

    def beat() -> bool:
        with suppress(Exception):  # it is tried again
            return bool(task.SendTaskHeartbeat(SendTaskHeartbeatRequest()).success)
        return False

    beating = HeartbeatSender(beat)
    beating.start()
    status, details, context = SubStatus.FAILED, "", None
    try:
        message, context, _, _ = pull_task_input(task)  # the last of them is a stranger's code
        try:
            reply = app(message=message, context=context)
            status = SubStatus.COMPLETED
        except Exception as error:
            details = type(error).__name__  # and no more of it: what it says may be a person's own
            reply = Message(Error(code=ErrorCode.CLIENT_APP_RAISED_EXCEPTION, reason=details), reply_to=message)
        push_message(task, reply, context)
    finally:
        push_task_output(task, context, status, details)
        beating.stop()


def _client(address: str, *interceptors: Any) -> Any:
    ours = [RuntimeVersionHttpInterceptor(component_name="SuperExec"), *interceptors]
    return RuntimeHttpClient.from_server_address(address, insecure=True, root_certificates=None, interceptors=ours)

# SPDX-License-Identifier: Apache-2.0
"""`showtell serve`: a project over HTTP, for programs and browsers on this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learner.cli.needed import needed
from learner.cli.options import AsJson, BackboneFile, Debug, DeviceChoice, ProjectFile
from learner.cli.output import Output
from learner.errors import EnvironmentFault

if TYPE_CHECKING:
    from learner.serve.server import Address

TOKEN_VARIABLE = "SHOWTELL_TOKEN"  # noqa: S105  # the name of a variable


def serve(
    project: ProjectFile,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a free port.")] = 8470,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen at; the usual one is this machine's own.")
    ] = "127.0.0.1",
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Let other machines in, at an address that they reach.")
    ] = False,
    camera: Annotated[
        str | None,
        typer.Option(metavar="INDEX|FILE|FOLDER|URL|demo", help="What to look through, to follow in a browser."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=f"A file with the token to ask for; otherwise ${TOKEN_VARIABLE}, or a new one at each start.",
        ),
    ] = None,
    device: DeviceChoice = "auto",
    backbone: BackboneFile = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Answer pictures over HTTP and learn the samples that are posted, until Ctrl+C.

    Only this machine is answered, and only who brings the token that is printed. The page it prints shows what the
    camera sees; /docs lists the rest. With --json one line says where it is reached.

    Example: showtell serve desk.showtell --camera demo
    """
    output = Output(as_json=as_json)
    token = _token(token_file)
    with needed("serve"):
        from learner.serve.project import ProjectHub
        from learner.serve.server import Server, is_loopback
    from learner.camera import open_source
    from learner.config import LearnerConfig

    source = open_source(camera) if camera is not None else None
    hub = ProjectHub(project, LearnerConfig(device=device, backbone=backbone), source)
    server = Server(hub, host=host, port=port, token=token, allow_network=allow_network)
    with _ended_by_a_signal() as ended:
        hub.start()
        try:
            address = server.start()
            output.result(_data(address), _text(address, hub.name))
            if not is_loopback(host):
                output.note(
                    "Everybody on your network who has the token can ask and teach. Nothing is encrypted: who can "
                    "listen to your network reads the token and sees the pictures."
                )
            while not ended.wait(1.0):  # for ever would keep Ctrl+C out on Windows
                pass
        finally:
            server.stop()
            hub.stop()


@contextmanager
def _ended_by_a_signal() -> Iterator[threading.Event]:
    """Yield what is set when a service manager (SIGTERM) or Ctrl+C (SIGINT) asks for the end.

    The exception that Ctrl+C usually is would be lost where it falls into what lets none out, like a finaliser. So it
    is raised at the end of the block, or at once by whoever asks again.
    """
    ended = threading.Event()
    asked: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and number in asked:
            raise KeyboardInterrupt
        asked.append(number)
        ended.set()

    before = {}
    if threading.current_thread() is threading.main_thread():
        before[signal.SIGTERM] = signal.signal(signal.SIGTERM, end)
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            before[signal.SIGINT] = signal.signal(signal.SIGINT, end)
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if signal.SIGINT in asked:
        raise KeyboardInterrupt


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(TOKEN_VARIABLE) or None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise EnvironmentFault(
            "The token cannot be read", f"{file}: {why}.", "Give a file with nothing but the token in it."
        ) from error


def _data(address: Address) -> dict[str, Any]:
    """Return the JSON object of a server that has begun."""
    return {
        "url": address.origin,
        "port": address.port,
        "token": address.token,
        "page": address.page,
        "lobe_url": address.lobe,
    }


def _text(address: Address, name: str) -> str:
    """Return what people read of it."""
    return (
        f"{name} is served at {address.page}\n"
        f"Programs send the token as a header: Authorization: Bearer {address.token}\n"
        f"What they can ask is listed at {address.origin}/docs. Lobe's clients ask {address.lobe}\n"
        "Ctrl+C ends it."
    )

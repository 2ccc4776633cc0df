# SPDX-License-Identifier: Apache-2.0
"""`showtell fleet serve`: the laptop that the others join."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from learner.cli.fleet.common import ended_by_sigterm
from learner.cli.needed import needed
from learner.cli.options import AsJson, Debug
from learner.cli.output import Output
from learner.errors import EnvironmentFault, UsageFault

if TYPE_CHECKING:
    from learner.fleet.rounds import Wishes


def serve(
    laptops: Annotated[int, typer.Option(min=2, help="Begin when so many laptops have joined.")] = 2,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen.")] = 8471,
    host: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The address that the others reach; found out when left out."),
    ] = None,
    rounds: Annotated[
        int, typer.Option(min=0, max=100, help="Refine weights together in so many rounds; 0 adds up sums and no more.")
    ] = 0,
    strategy: Annotated[
        Literal["fedavg", "fedprox", "fedadam", "median", "trimmed"],
        typer.Option(help="How weights from many laptops become one; median and trimmed withstand hostile ones."),
    ] = "fedavg",
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that a laptop has to answer.")] = 120.0,
    noise: Annotated[
        float, typer.Option(min=0, help="Noise for differential privacy of refined weights; 0 for none.")
    ] = 0.0,
    backbone: Annotated[
        str | None,
        typer.Option(metavar="BACKBONE", help="What all laptops see with: a name, the beginning of a hash, or a file."),
    ] = None,
    again: Annotated[
        float, typer.Option(min=0, metavar="MINUTES", help="Learn together again so often; 0 for once.")
    ] = 0.0,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Let laptops join this one, and have all of them learn together, until Ctrl+C.

    Each joins by the address and the code that are printed. This laptop need not have a project of its own; one that
    has joins like the others.

    Example: showtell fleet serve --laptops 10
    """
    output = Output(as_json=as_json)
    with needed("fleet"):
        from learner.fleet.rounds import Wishes
        from learner.fleet.serving import LOOPBACK, Place, Serving, own_address
        from learner.fleet.strategy import Refining
    from learner.backbones import embedded, named

    if noise and not rounds:
        raise UsageFault(
            "There is nothing to add noise to",
            "Noise is added to weights that are refined together, and none are.",
            "Add --rounds, or leave --noise out.",
        )
    info = (embedded() if backbone is None else named(backbone)).info
    wishes = Wishes(
        info.sha256,
        info.embedding_size,
        laptops,
        patience=1e9,
        timeout=timeout,
        rounds=rounds,
        refining=Refining(strategy, noise=noise),
    )
    place = Place(host or own_address(), port)
    with (
        ended_by_sigterm(),
        tempfile.TemporaryDirectory(prefix="showtell-fleet-") as folder,
        Serving(Path(folder), place, info.sha256) as serving,
    ):
        output.result(
            {"what": "serving", "address": str(place), "code": str(serving.code)},
            f"The fleet is at {place}, its join code is {serving.code}\n"
            f"On each laptop: showtell fleet join {place} PROJECT --code {serving.code}\n"
            "Ctrl+C ends it.",
        )
        if host is None and place.address == LOOPBACK:
            output.note("No network was found, so only this laptop can join. Where there is one, give --host.")
        _learn(serving, wishes, again, output)


def _learn(serving: Any, wishes: Wishes, again: float, output: Output) -> None:
    import time

    while True:
        what = ""
        for event in serving.learn_together(wishes):
            what = event["what"]
            output.result(event, _text(event))
        if not again and what == "too few":
            raise EnvironmentFault(
                "The laptops did not learn together",
                f"Fewer than two of them answered within {wishes.timeout:g} seconds.",
                "Start the fleet once more; give them longer with --timeout.",
            )
        if not again:
            return
        time.sleep(60 * again)


def _text(event: dict[str, Any]) -> str:
    """Return what people read of what happens."""
    what = event["what"]
    if what == "joined":
        return (
            f"A laptop has joined with {', '.join(event['classes']) or 'nothing to share'}: {event['laptops']} by now."
        )
    if what == "refused":
        return "A laptop was not taken in: it has another backbone, or makes no sense."
    if what == "met":
        return f"{event['laptops']} laptops learn together: {', '.join(event['classes'])}."
    if what == "summed":
        return f"Added up {event['samples']} samples of {event['laptops']} laptops."
    if what == "refined":
        return f"Refined, {event['said']}."
    if what == "delivered":
        return f"A laptop could not take what came: {event['error']}." if event["error"] else "A laptop has the result."
    if what == "too few":
        return f"Only {event['laptops']} laptops answered, of at least {event['wanted']}. Nothing was learned."
    return f"Done: {event['laptops']} of {event['asked']} laptops are in it, with {event['samples']} samples."

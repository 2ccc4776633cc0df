# SPDX-License-Identifier: Apache-2.0
"""Questions that take longer than a frame may wait, answered piece by piece between other work."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator

from learner.aside import WAITING, Waiting
from learner.engine import Engine
from learner.errors import ShowtellError
from learner.messages import CommandFailed, Draw, Drawn, Event, Explain, Explained, Judge, Judged
from learner.types import Chart

Answer = Generator[Event | Waiting | None, None, None]


class Answering:
    """The questions under way.

    Of judgements and of maps only the newest is wanted, so it takes the place of the one before. Explanations are brief
    and are all given, in the order in which they were asked for.

    Args:
        engine: gives the answers.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._brief: deque[Answer] = deque()
        self._long: dict[type[Judge | Draw], Answer] = {}

    @property
    def is_busy(self) -> bool:
        """Whether something is asked that is not answered yet."""
        return bool(self._brief or self._long)

    def ask(self, engine: Engine) -> None:
        """Have another engine give the answers to what is asked from now on."""
        self._engine = engine

    def take(self, question: Judge | Explain | Draw) -> None:
        """Begin to answer a question."""
        match question:
            case Explain(number, sample_id):
                self._brief.append(self._explain(number, sample_id))
            case Judge(number):
                self._replace(Judge, self._judge(number))
            case Draw(number, finely):
                self._replace(Draw, self._draw(number, finely))

    def go_on(self, *, briefly: bool) -> Event | Waiting | None:
        """Do one piece of an answer; return what it came to, or that there is nothing to do now.

        Args:
            briefly: leave alone what takes long.
        """
        if self._brief:
            return self._piece(self._brief[0])
        for kind in () if briefly else tuple(self._long):
            answer = self._long.pop(kind)
            self._long[kind] = answer  # at the end, so that each has its turn
            piece = self._piece(answer)
            if piece is not WAITING:
                return piece
        return WAITING

    def _piece(self, answer: Answer) -> Event | Waiting | None:
        try:
            return next(answer)
        except StopIteration:
            self._drop(answer)
            return None
        except ShowtellError as error:
            self._drop(answer)
            return CommandFailed(error.title, error.message)

    def _replace(self, kind: type[Judge | Draw], answer: Answer) -> None:
        if kind in self._long:
            self._long.pop(kind).close()
        self._long[kind] = answer

    def _drop(self, answer: Answer) -> None:
        if answer in self._brief:
            self._brief.remove(answer)
        self._long = {kind: other for kind, other in self._long.items() if other is not answer}

    def _judge(self, number: int) -> Answer:
        yield Judged(number, (yield from self._engine.judge()))

    def _explain(self, number: int, sample_id: int) -> Answer:
        yield Explained(number, (yield from self._engine.explain(sample_id)))

    def _draw(self, number: int, finely: bool) -> Answer:
        for piece in self._engine.draw(finely=finely):
            yield Drawn(number, piece) if isinstance(piece, Chart) else piece

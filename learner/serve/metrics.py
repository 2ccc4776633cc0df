# SPDX-License-Identifier: Apache-2.0
"""Figures for Prometheus, in a registry of this server's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from learner.serve.hub import Hub, LearnerPhase
from learner.types import ClassInfo

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """What a server counts, and what it knows of its project."""

    def __init__(self, hub: Hub) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "showtell_http_requests", "Requests answered.", ("path", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "showtell_http_request_seconds",
            "Seconds from a request's head to its answer.",
            ("path",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.predictions = Counter(
            "showtell_predictions", "Pictures answered for by request.", ("unknown",), registry=self._registry
        )
        self.samples_added = Counter("showtell_samples_added", "Samples stored by request.", registry=self._registry)
        self._project = _Project(hub)
        self._registry.register(self._project)

    def count(self, path: str, method: str, status: int, seconds: float | None) -> None:
        """Count a request.

        Args:
            path: its route, not what a client wrote: there must not be a series for everything that somebody asks for.
            method: of HTTP.
            status: of the response.
            seconds: how long it took; None for one that has no end.
        """
        self._requests.labels(path, method, str(status)).inc()
        if seconds is not None:
            self._seconds.labels(path).observe(seconds)

    def text(self, classes: Sequence[ClassInfo]) -> bytes:
        """Return everything in Prometheus' text format.

        Args:
            classes: those of the project as they are now.
        """
        self._project.classes = classes
        return generate_latest(self._registry)


class _Project(Collector):
    """What the hub knows, read when it is asked for."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.classes: Sequence[ClassInfo] = ()

    def describe(self) -> list[Metric]:
        """Nothing, since the names are nobody else's."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Return what there is to tell."""
        status = self._hub.status
        ready = status.phase is LearnerPhase.READY
        yield _gauge("showtell_learner_up", "Whether the learner answers.", float(ready))
        yield _gauge("showtell_learning", "Whether it is learning.", float(status.is_learning))
        yield _gauge("showtell_camera_live", "Whether frames come from a camera.", float(status.is_live))
        if status.version_id is not None:
            yield _gauge("showtell_version", "The version in use.", float(status.version_id))
        yield _gauge("showtell_classes", "Classes of the project.", float(len(self.classes)))
        samples = GaugeMetricFamily("showtell_samples", "Samples of each class.", labels=("class",))
        for info in self.classes:
            samples.add_metric((info.name,), info.count)
        yield samples
        increments = CounterMetricFamily(
            "showtell_increments", "Increments since the server began.", labels=("outcome",)
        )
        increments.add_metric(("learned",), status.learned)
        increments.add_metric(("rejected",), status.rejected)
        yield increments
        yield CounterMetricFamily("showtell_learner_restarts", "Restarts of the learner.", status.restarts)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value)

"""What Prometheus reads. No label holds a tenant, a person or anything that a stranger can choose."""

from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
ACK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)
BLOCKED_BUCKETS = (1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
# From what a tick takes, over what may be seen, to days without a worker.
LATE_BUCKETS = (1, 5, 15, 30, 60, 300, 900, 3600, 6 * 3600, 86400, 2 * 86400, 7 * 86400)


class Metrics:
    """One set per process, on a registry of its own, so that two bots in one test do not meet."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)

        def counter(name: str, told: str, *labels: str) -> Counter:
            return Counter(name, told, labels, registry=registry)

        self.inbound = counter("inbound_total", "Requests from Slack", "type", "outcome")
        self.ack_seconds = Histogram("ack_seconds", "Time to answer Slack", buckets=ACK_BUCKETS, registry=registry)
        self.signature_rejected = counter("signature_rejected_total", "Requests refused at the gate", "reason")

        self.forms_refused = counter("forms_refused_total", "Forms that did not carry what they were drawn with")

        self.loop_blocked = Histogram(
            "event_loop_blocked_seconds",
            "How long nobody else had a turn, where that was too long",
            buckets=BLOCKED_BUCKETS,
            registry=registry,
        )
        self.clock_skew = Gauge("clock_skew_seconds", "How far our clock is ahead of the database's", registry=registry)
        self.reminder_lateness = Histogram(
            "reminder_lateness_seconds",
            "How late what a clock began was decided, by the most overdue in each message",
            buckets=LATE_BUCKETS,
            registry=registry,
        )
        self.deliveries = counter("deliveries_total", "Messages owed, by how they ended", "kind", "outcome")
        self.ambiguous = counter("ambiguous_total", "Answers of Slack that were lost")
        self.reconciled = counter("reconciled_total", "Messages found again after a lost answer")
        self.duplicates_deleted = counter("duplicates_deleted_total", "Second copies taken away")
        self.dead = counter("dead_total", "Deliveries given up")
        self.claims_expired = counter("claims_expired_total", "Leases that ran out")
        self.cross_tenant_blocked = counter("cross_tenant_blocked_total", "Messages for another workspace's place")
        self.token_refresh = counter("token_refresh_total", "Tokens that were to be renewed", "outcome")
        self.slack_429 = counter("slack_429_total", "Slack asked us to wait", "method")

    def reminded(self, late: Iterable[timedelta]) -> None:
        for span in late:
            self.reminder_lateness.observe(span.total_seconds())

    def page(self) -> bytes:
        return generate_latest(self.registry)


class Deliveries:
    """What delivering counts."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def ended(self, kind: str, outcome: str) -> None:
        self._metrics.deliveries.labels(kind, outcome).inc()

    def ambiguous(self) -> None:
        self._metrics.ambiguous.inc()

    def reconciled(self) -> None:
        self._metrics.reconciled.inc()

    def duplicate_deleted(self) -> None:
        self._metrics.duplicates_deleted.inc()

    def dead(self) -> None:
        self._metrics.dead.inc()

    def claim_expired(self) -> None:
        self._metrics.claims_expired.inc()

    def blocked(self) -> None:
        self._metrics.cross_tenant_blocked.inc()

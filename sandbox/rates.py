"""How much the platform takes: one message a second and channel, with a small allowance for bursts."""

from dataclasses import dataclass

from sandbox.clock import Clock


@dataclass(slots=True)
class Bucket:
    left: float
    seen: float


class Rates:
    """`burst=0` switches the limit off."""

    def __init__(self, clock: Clock, burst: int = 3, per_second: float = 1.0) -> None:
        self._clock = clock
        self.burst = burst
        self.per_second = per_second
        self._buckets: dict[str, Bucket] = {}

    def pause(self, channel: str) -> int:
        """Seconds to wait before another message there; 0 lets this one through and counts it."""
        if not self.burst:
            return 0
        now = self._clock.steady()
        bucket = self._buckets.setdefault(channel, Bucket(self.burst, now))
        bucket.left = min(self.burst, bucket.left + (now - bucket.seen) * self.per_second)
        bucket.seen = now
        if bucket.left < 1:
            return max(1, round((1 - bucket.left) / self.per_second))
        bucket.left -= 1
        return 0

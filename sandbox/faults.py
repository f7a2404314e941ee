"""What can be made to go wrong with the next calls of the app, or with some of them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.values import Json


class Trouble(StrEnum):
    LIMITED = "limited"  # 429; `retry_after` is sent as it is, or not at all when None
    UNAVAILABLE = "unavailable"  # 5xx with a page of HTML
    ERROR = "error"  # {"ok": false, "error": ...}, such as token_revoked, missing_scope or fatal_error
    TRUNCATED = "truncated"  # half of the JSON
    EMPTY = "empty"  # 200 with nothing
    SLOW = "slow"  # the true answer, late
    DROPPED = "dropped"  # the connection is cut instead of an answer
    LAG = "lag"  # histories do not show what is younger than `seconds`
    HELD = "held"  # performed, and never answered while the app waits


PERFORMS = frozenset({Trouble.TRUNCATED, Trouble.EMPTY, Trouble.SLOW, Trouble.LAG, Trouble.HELD})


@dataclass(frozen=True, slots=True)
class Fault:
    """`performs` says whether the call takes effect all the same; None means what is usual for this trouble."""

    trouble: Trouble
    method: str = "*"  # a method, a family such as "chat.*", or "*"
    count: int | None = None  # the next so many calls; None: until it is lifted
    probability: float = 1.0
    performs: bool | None = None
    seconds: float = 0.0
    retry_after: str | None = "1"
    error: str = "fatal_error"
    status: int = 503
    reset: bool = False  # dropped: with a reset rather than a close

    @property
    def takes_effect(self) -> bool:
        return self.trouble in PERFORMS if self.performs is None else self.performs

    def strikes(self, method: str) -> bool:
        family = self.method.removesuffix("*")
        return method == self.method or (self.method.endswith("*") and method.startswith(family))


def fault_from(described: Json) -> Fault:
    return Fault(**{**described, "trouble": Trouble(described["trouble"])})


class Faults:
    """The faults that are switched on, in the order in which they were."""

    def __init__(self, seed: int = 0, changed: Callable[[], None] = lambda: None) -> None:
        self._random = random.Random(seed)
        self._changed = changed
        self._on: list[Fault] = []

    @property
    def on(self) -> tuple[Fault, ...]:
        return tuple(self._on)

    def add(self, fault: Fault) -> None:
        self._on.append(fault)
        self._changed()

    def lift(self, method: str | None = None) -> None:
        """All of them, or those that were set for this method."""
        self._on = [fault for fault in self._on if method is not None and fault.method != method]
        self._changed()

    def next(self, method: str) -> Fault | None:
        """The first fault that strikes this call; one that is counted is used up by it."""
        for place, fault in enumerate(self._on):
            if fault.strikes(method) and self._random.random() < fault.probability:
                if fault.count is not None:
                    left = fault.count - 1
                    self._on[place : place + 1] = [replace(fault, count=left)] if left > 0 else []
                return fault
        return None

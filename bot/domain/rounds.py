"""Anonymous rounds: how far one is, and what that allows."""

from dataclasses import dataclass

LEAST = 3  # from fewer answers one could tell who said what
REMIND_AGAIN_AFTER = 5  # working days


@dataclass(frozen=True, slots=True)
class Progress:
    answered: int
    of: int

    @property
    def may_close(self) -> bool:
        return self.answered >= LEAST

    @property
    def left(self) -> int:
        return self.of - self.answered

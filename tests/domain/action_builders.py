"""The plain case of everything a reminder depends on; a test names only what matters to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from bot.domain.actions import ActionPoint
from bot.domain.calendar import MONDAY_TO_FRIDAY, WorkCalendar
from bot.domain.ids import ActionId, TeamId, UserId
from bot.domain.picking import pick
from bot.domain.reminders import Manner, next_touch
from bot.domain.touches import Move, Outcome, Reason, Rest, Rung, Send, Settled, Skip, Stall, Touch

ANA, TOM, LEA = UserId("UANA"), UserId("UTOM"), UserId("ULEA")
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
EVERY_DAY = frozenset(range(7))
MAY_4 = datetime(2026, 5, 4, 8, tzinfo=UTC)  # a Monday


def a_calendar(
    zone: str = "Europe/Paris", weekdays: frozenset[int] = MONDAY_TO_FRIDAY, *days_off: date, **rest: Any
) -> WorkCalendar:
    return WorkCalendar(ZoneInfo(zone), weekdays, frozenset(days_off), **rest)


PARIS = a_calendar()


def an_action(**changes: Any) -> ActionPoint:
    """Ana's, given to her on Monday 4 May 2026, due on Friday the 29th."""
    assigned_at = changes.get("assigned_at", MAY_4)
    plain = ActionPoint(
        id=ActionId("ac-1"),
        team=TeamId("te-1"),
        number=12,
        title="Tag untagged volumes",
        why="Half of the spend has no owner",
        assigned_by=LEA,
        assigned_at=assigned_at,
        decided_at=assigned_at,
        owner=ANA,
        due_on=date(2026, 5, 29),
    )
    return replace(plain, **changes)


def paris(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)


def told(*rungs: tuple[Rung, date]) -> tuple[Settled, ...]:
    return tuple(Settled(rung, day, Outcome.SENT) for rung, day in rungs)


def planned(action: ActionPoint, history: Sequence[Settled] = (), calendar: WorkCalendar = PARIS) -> Touch:
    plan = next_touch(action, history, Manner(calendar))
    assert isinstance(plan, Touch), plan
    return plan


@dataclass
class Desk:
    """What a store and a clock do with the policy: one planned touch, settled when its time has come."""

    action: ActionPoint
    calendar: WorkCalendar = PARIS
    history: list[Settled] = field(default_factory=list)
    sent: list[tuple[datetime, Touch, Send]] = field(default_factory=list)
    endings: list[tuple[Rung, Outcome, Reason | None]] = field(default_factory=list)
    stalled: bool = False
    touch: Touch | None = None
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        self.plan()

    def change(self, action: ActionPoint) -> None:
        if action.due_version != self.action.due_version:
            self.history = []
        self.action = action
        self.plan()

    def plan(self) -> None:
        match next_touch(self.action, self.history, Manner(self.calendar)):
            case Touch() as touch:
                if touch != self.touch:
                    self.touch, self.due_at = touch, touch.at_utc
            case Rest():
                self.touch = self.due_at = None
            case Stall():
                self.touch = self.due_at = None
                self.stalled = True
            case other:
                assert_never(other)

    def tick(self, now: datetime) -> None:
        """Settle whatever has come due."""
        while self.touch is not None and self.due_at is not None and self.due_at <= now:
            verdict = pick(self.touch, self.action, self.history, Manner(self.calendar), now)
            match verdict:
                case Move(to_utc=to_utc):
                    assert to_utc > now
                    self.due_at = to_utc
                case Skip(reason=reason):
                    self._settle(self.touch, self.touch.local_day, Outcome.SKIPPED, reason)
                case Send():
                    self.sent.append((now, self.touch, verdict))
                    self._settle(self.touch, verdict.local_day, Outcome.SENT, None)
                case _:
                    assert_never(verdict)

    def run(self, start: datetime, end: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        now = start
        while now < end:
            self.tick(now)
            now += step

    def run_through(self, end: datetime) -> None:
        """From touch to touch, each at the moment it comes due."""
        while self.due_at is not None and self.due_at < end:
            self.tick(self.due_at)

    def rungs(self) -> list[tuple[Rung, date]]:
        return [(touch.rung, verdict.local_day) for _, touch, verdict in self.sent]

    def clock_times(self) -> list[time]:
        return [now.astimezone(self.calendar.zone).time() for now, _, _ in self.sent]

    def _settle(self, touch: Touch, day: date, outcome: Outcome, reason: Reason | None) -> None:
        self.history.append(Settled(touch.rung, day, outcome))
        self.history += [Settled(rung, day, Outcome.MERGED) for rung in touch.merges if outcome is Outcome.SENT]
        self.endings.append((touch.rung, outcome, reason))
        self.touch = self.due_at = None
        self.plan()

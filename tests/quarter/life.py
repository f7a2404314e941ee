"""What happens in the quarter: assessments, action points, what people do about them, and what goes wrong."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from bot.domain.ids import TenantId, UserId
from bot.store import actions
from bot.store.schema import LaneRow, TouchRow, TouchState
from tests.quarter.cast import CREWS, LEAVER, TWENTY
from tests.quarter.living import Living

HERE = TenantId("T0SANDBOX")
DAYS = 91
A_SECOND = timedelta(seconds=1)
LEFT_AFTER = timedelta(days=20, hours=3)
LIGHT, OFF, LATE, AWAY, BUSY = TWENTY[2], TWENTY[3], TWENTY[4], TWENTY[9], TWENTY[11]
AWAY_FROM, AWAY_UNTIL = date(2026, 4, 6), date(2026, 4, 17)
LATE_AT = "14:00"
OUTAGE = (datetime(2026, 4, 27, 6, tzinfo=UTC), datetime(2026, 4, 29, 6, tzinfo=UTC))

Deed = Callable[[], Awaitable[None]]


@dataclass
class Life:
    world: Living
    chance: random.Random
    agenda: list[tuple[datetime, Deed]] = field(default_factory=list)
    left: set[str] = field(default_factory=set)

    async def run(self) -> None:
        start = self.world.now()
        end = start + timedelta(days=DAYS)
        await self._begin()
        self._plan(start)
        self.agenda.sort(key=lambda entry: entry[0])
        while self.world.now() < end:
            await self._step(end)

    async def _step(self, end: datetime) -> None:
        """To whatever comes first: something planned by the bot, or something that a person does."""
        deed = self.agenda[0][0] if self.agenda else end
        soonest = self.world.now() + self.world.step
        coming = min(end, max(soonest, min(deed, await self._bots_next() or end)))
        await self.world.leap(max(coming - self.world.now(), A_SECOND))
        if OUTAGE[0] <= self.world.now() < OUTAGE[1]:
            await self.world.outage(OUTAGE[1])
        while self.agenda and self.agenda[0][0] <= self.world.now():
            await self.agenda.pop(0)[1]()
        await self.world.settle()

    async def _bots_next(self) -> datetime | None:
        async with self.world.db.read(HERE) as tx:
            planned = select(func.min(TouchRow.planned_for)).where(TouchRow.state == TouchState.PLANNED)
            waiting = select(func.min(LaneRow.due_at)).where(LaneRow.suspended_at.is_(None))
            found = [await tx.session.scalar(query) for query in (planned, waiting)]
        return min((at for at in found if at is not None), default=None)

    async def _begin(self) -> None:
        for crew in CREWS:
            await self.world.assess(crew.channel, crew.lead)
            for number, owner in enumerate(crew.people * 2):
                due = self.world.now().date() + timedelta(days=5 + (number * 17) % 75)
                await self.say(crew.lead, crew.channel, f"action add Tidy up {number} <@{owner}> due {due.isoformat()}")
        for user, said in (
            (LIGHT, "remind light"),
            (OFF, "remind off"),
            (LATE, f"remind at {LATE_AT}"),
        ):
            await self.say(user, f"D_{user}", said)
        await self.world.settle()

    def _plan(self, start: datetime) -> None:
        for day in range(1, DAYS):
            at = start + timedelta(days=day, minutes=self.chance.randrange(0, 9 * 60))
            self.agenda.append((at, self._somebody_does_something))
            self.agenda.append((start + timedelta(days=day), self._busy))
        life, crew = self.world.slack.lifecycle, CREWS[1]
        bot = self.world.slack.workspace.app.bot_user

        async def leave() -> None:
            self.left.add(LEAVER)
            await life.change_user(LEAVER, deleted=True)

        async def archive() -> None:
            await life.archive(crew.channel, crew.lead)

        async def unarchive() -> None:
            await life.unarchive(crew.channel, crew.lead)
            for user in crew.people[1:]:
                await life.join(crew.channel, user)
            await life.join(crew.channel, bot, inviter=crew.lead)

        async def pause() -> None:
            await self.say(AWAY, f"D_{AWAY}", f"remind pause until {AWAY_UNTIL.isoformat()}")

        for after, deed in ((LEFT_AFTER, leave), (timedelta(days=33), archive), (timedelta(days=48), unarchive)):
            self.agenda.append((start + after, deed))
        # The evening before, so that nothing of that day was said yet.
        self.agenda.append((datetime.combine(AWAY_FROM, datetime.min.time(), UTC), pause))

    async def _busy(self) -> None:
        """Does not want to be disturbed until the afternoon, by the clock on their wall."""
        until = self.world.now() + timedelta(hours=7)
        await self.world.slack.lifecycle.do_not_disturb(BUSY, until.timestamp())

    async def _somebody_does_something(self) -> None:
        crew = self.chance.choice(CREWS)
        channel = self.world.slack.workspace.channels[crew.channel]
        user = self.chance.choice(crew.people)
        if user in self.left or channel.archived or user not in channel.members:
            return
        async with self.world.db.read(HERE) as tx:
            own = await actions.open_of_owner(tx, UserId(user), 20)
        if not own:
            return
        number = self.chance.choice(own).number
        later = (self.world.now() + timedelta(days=self.chance.randrange(5, 25))).date().isoformat()
        other = self.chance.choice([one for one in crew.people if one not in self.left])
        said = self.chance.choice(
            [
                f"A-{number} done",
                f"A-{number} done",
                f"A-{number} snooze 2d",
                f"A-{number} due {later}",
                f"A-{number} assign <@{other}>",
                f"A-{number} block the vendor has to answer",
                f"A-{number} unblock",
                f"A-{number} drop not worth it",
            ]
        )
        await self.say(user, crew.channel, said)

    async def say(self, user: str, channel: str, text: str) -> None:
        reply = await self.world.slack.person(user).command("/finops-assess", text, channel=channel)
        assert reply.status == 200, (text, reply)
        assert not reply.trouble, (text, reply.trouble)
        await self.world.answered()

"""The verbs of one's own reminders. Each says back what it understood, with a way back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import uuid4

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, DeliveryId
from bot.domain.preferences import Profile
from bot.domain.remind_commands import (
    RemindAt,
    RemindCommand,
    RemindDays,
    RemindHolidays,
    RemindLight,
    RemindOff,
    RemindOn,
    RemindPause,
    RemindResume,
    RemindSettings,
    RemindShow,
    RemindStandard,
    RemindTest,
    RemindZone,
)
from bot.handlers import homes
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot
from bot.handlers.settings import show_person
from bot.services import choosing, explaining, inforce, meeting
from bot.services.choosing import Changed, Wanted
from bot.services.chosen import Already, Chosen, Refused
from bot.store.database import Transaction
from bot.views import person_shown, sample, saved

AHEAD = 5
PROFILES: Mapping[type[RemindCommand], Profile] = {
    RemindOff: Profile.OFF,
    RemindLight: Profile.LIGHT,
    RemindStandard: Profile.STANDARD,
}

Change = Callable[[Transaction, datetime], Awaitable[Changed]]


async def settings(deps: Deps, asked: Asked, command: RemindSettings) -> Message | None:
    """Opens the form; where nothing can be opened, in a thread, it says what the form would show."""
    if asked.trigger is None:
        return await show(deps, asked, RemindShow())
    show_person(deps, asked.who, asked.trigger, Spot(asked.channel, asked.thread))
    return None


async def show(deps: Deps, asked: Asked, command: RemindShow) -> Message:
    await _meet(deps, asked)
    async with deps.db.read(asked.who.tenant) as tx:
        return person_shown.build(await inforce.of_person(tx, asked.who.user, deps.now()))


async def on(deps: Deps, asked: Asked, command: RemindOn) -> Message:
    return await _change(deps, asked, lambda tx, now: choosing.turn_on(tx, asked.who.user, now))


async def profile(deps: Deps, asked: Asked, command: RemindOff | RemindLight | RemindStandard) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, profile=PROFILES[type(command)]))


async def at(deps: Deps, asked: Asked, command: RemindAt) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, at=command.at))


async def zone(deps: Deps, asked: Asked, command: RemindZone) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, zone=command.name))


async def days(deps: Deps, asked: Asked, command: RemindDays) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, weekdays=command.weekdays))


async def holidays(deps: Deps, asked: Asked, command: RemindHolidays) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, country=command.country))


async def pause(deps: Deps, asked: Asked, command: RemindPause) -> Message:
    return await _change(deps, asked, lambda tx, now: choosing.pause(tx, asked.who.user, command.until, now))


async def resume(deps: Deps, asked: Asked, command: RemindResume) -> Message:
    return await _choose(deps, asked, lambda own: replace(own, pause=None))


async def test(deps: Deps, asked: Asked, command: RemindTest) -> Message:
    """The sample is an answer to who asked: it waits for no slot and counts toward no limit."""
    await _meet(deps, asked)
    async with deps.db.read(asked.who.tenant) as tx:
        ahead = await explaining.ahead(tx, asked.who.user, deps.now(), AHEAD)
        holds = await inforce.of_person(tx, asked.who.user, deps.now())
    await deps.say_once(asked.who.tenant)
    deps.afterwards.begin(_send_sample(deps, asked.who))
    return sample.planned(ahead, holds.today)


PERFORMS: Mapping[type[RemindCommand], Perform] = {
    RemindAt: at,
    RemindDays: days,
    RemindHolidays: holidays,
    RemindLight: profile,
    RemindOff: profile,
    RemindOn: on,
    RemindPause: pause,
    RemindResume: resume,
    RemindSettings: settings,
    RemindShow: show,
    RemindStandard: profile,
    RemindTest: test,
    RemindZone: zone,
}


async def _choose(deps: Deps, asked: Asked, wanted: Wanted) -> Message:
    return await _change(deps, asked, lambda tx, now: choosing.choose(tx, asked.who.user, wanted, now))


async def _change(deps: Deps, asked: Asked, change: Change) -> Message:
    await _meet(deps, asked)
    async with homes.changing(deps, asked.who) as tx:
        outcome = await change(tx, deps.now())
        holds = await inforce.of_person(tx, asked.who.user, deps.now())
    match outcome:
        case Chosen(before=before, undo=undo):
            return person_shown.changed(before, holds, undo)
        case Already():
            return person_shown.so_already(holds)
        case Refused():
            return saved.refused(outcome.sentence)
        case _:
            assert_never(outcome)


async def _meet(deps: Deps, asked: Asked) -> None:
    """Whose zone is not known yet is asked about, so that the words are right the first time."""
    await meeting.introduce(deps.db, deps.gateway, asked.who.tenant, [asked.who.user], deps.now())


async def _send_sample(deps: Deps, who: Asker) -> None:
    await deps.gateway.post(who.tenant, ChannelId(who.user), sample.build(who.user), None, DeliveryId(str(uuid4())))

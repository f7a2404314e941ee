"""A quarter of three teams and twenty people in five zones: nobody hears too much, too early, twice or for nothing.

There are holidays, changes of clocks, somebody who leaves, a channel that is archived, and two days without the bot.
"""

import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.catalogue.calendars import work_calendar
from bot.domain.calendar import Pause, WorkCalendar
from bot.domain.ids import UserId, is_person
from bot.domain.sparing import MOST_IN_SEVEN_DAYS, SEVEN_DAYS
from bot.services import planning
from bot.store import actions
from bot.store.database import Database
from bot.store.schema import ActionRow, TeamRow, TouchRow, TouchState
from tests.flows import world as worlds
from tests.flows.looking import words
from tests.flows.world import MONDAY
from tests.quarter import cast, record
from tests.quarter.cast import CREWS, LEAVER, TWENTY
from tests.quarter.life import (
    AWAY,
    AWAY_FROM,
    AWAY_UNTIL,
    BUSY,
    HERE,
    LATE,
    LATE_AT,
    LEFT_AFTER,
    LIGHT,
    OFF,
    OUTAGE,
    Life,
)
from tests.quarter.living import InProcess, Living
from tests.quarter.processes import processes
from tests.quarter.record import Word

SEED = 20260302
Say = Callable[[str], None]
ENDINGS = {TouchState.SENT, TouchState.SKIPPED, TouchState.MERGED, TouchState.FAILED, TouchState.UNKNOWN}


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    """Beside the dots of the test run: what there was to look at."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    return lambda text: reporter.write_line(f"\n{text}")


@pytest.fixture
async def in_process(db: Database) -> AsyncIterator[Living]:
    async with worlds.world(db) as world:
        yield await _lived(InProcess(world))


@pytest.fixture
async def as_processes(database_url: str, tmp_path: Path) -> AsyncIterator[Living]:
    async with processes(database_url, tmp_path, MONDAY) as living:
        yield await _lived(living)


async def _lived(living: Living) -> Living:
    cast.settle(living.slack.workspace)
    await Life(living, random.Random(SEED)).run()  # the same quarter every time
    assert living.slack.complaints == []
    return living


def calendar_of(user: str) -> WorkCalendar:
    wanted = time.fromisoformat(LATE_AT) if user == LATE else None
    pause = Pause(AWAY_FROM, AWAY_UNTIL) if user == AWAY else None
    return work_calendar(record.zone_of(user), None, date(2026, 4, 15), pause=pause, wanted=wanted)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_a_quarter_holds_every_promise_about_reminders(in_process: Living, say: Say) -> None:
    await _every_promise_holds(in_process, say)


@pytest.mark.process
@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_a_quarter_of_processes_holds_every_promise_about_reminders(as_processes: Living, say: Say) -> None:
    await _every_promise_holds(as_processes, say)


async def _every_promise_holds(lived: Living, say: Say) -> None:
    said = record.words(lived.slack)
    say(await _tally(lived, said))
    assert len(said) > 100  # there was something to promise
    assert {word.to for word in said} >= set(TWENTY) - {OFF}

    _nobody_hears_more_than_the_caps_allow(said)
    _nothing_comes_outside_of_somebodys_working_day(said)
    _who_chose_to_hear_less_does(said)
    _nothing_comes_after_somebody_left_nor_while_the_bot_was_down(said)
    await _nothing_comes_after_an_end(lived, said)
    await _every_planned_touch_ended_once_and_with_a_reason(lived)
    await _what_counts_as_said_was_said(lived, said)
    await _planning_again_changes_nothing(lived)
    _every_message_is_there_once(lived)


async def _tally(lived: Living, said: list[Word]) -> str:
    async with lived.db.read(HERE) as tx:
        rows = (await tx.session.scalars(select(TouchRow))).all()
    ended = Counter(f"{row.state.value} ({row.reason})" if row.reason else row.state.value for row in rows)
    touches = ", ".join(f"{number} {outcome}" for outcome, number in ended.most_common())
    return f"{len(said)} messages to {len({word.to for word in said})} people; touches: {touches}"


def _nobody_hears_more_than_the_caps_allow(said: list[Word]) -> None:
    days = Counter((word.to, word.day) for word in said)
    assert max(days.values()) == 1, days.most_common(3)
    for user in TWENTY:
        own = [word.day for word in said if word.to == user]
        for day in own:
            assert sum(day - SEVEN_DAYS < other <= day for other in own) <= MOST_IN_SEVEN_DAYS, (user, day)


def _nothing_comes_outside_of_somebodys_working_day(said: list[Word]) -> None:
    calendars = {user: calendar_of(user) for user in TWENTY}
    for word in said:
        assert calendars[word.to].in_window(word.at), (word.to, word.at, word.message.text)
        if word.to == BUSY:
            assert word.at.hour >= 15 or word.at.weekday() > 4 or word.at.hour < 8, word.at
        if word.to == LATE:
            assert word.at.astimezone(record.zone_of(LATE)).time() >= time.fromisoformat(LATE_AT)


def _who_chose_to_hear_less_does(said: list[Word]) -> None:
    assert [word.message.text for word in said if word.to == OFF] == []
    light = [word.message.text for word in said if word.to == LIGHT and word.message.is_reply]
    assert not any("Which day will you do it?" in text for text in light)


def _nothing_comes_after_somebody_left_nor_while_the_bot_was_down(said: list[Word]) -> None:
    gone = MONDAY + LEFT_AFTER
    assert any(word.to == LEAVER and word.at < gone for word in said)
    assert not any(word.to == LEAVER and word.at > gone for word in said)
    assert not any(OUTAGE[0] <= word.at < OUTAGE[1] for word in said)
    after = Counter(word.to for word in said if OUTAGE[1] <= word.at < OUTAGE[1] + timedelta(hours=20))
    assert max(after.values(), default=0) <= 1


async def _nothing_comes_after_an_end(lived: Living, said: list[Word]) -> None:
    """No word about it to anybody, alone or among others, in its thread, directly or in a digest; nor on record."""
    async with lived.db.read(HERE) as tx:
        found = await tx.session.execute(
            select(ActionRow, TeamRow.channel_id)
            .join(TeamRow, (TeamRow.tenant_id == ActionRow.tenant_id) & (TeamRow.id == ActionRow.team_id))
            .where(ActionRow.closed_at.is_not(None))
        )
        closed = found.all()
        told = (await tx.session.scalars(select(TouchRow).where(TouchRow.told_in.is_not(None)))).all()
    assert closed
    crews = {crew.channel: crew for crew in CREWS}
    for action, channel in closed:
        assert action.closed_at is not None
        # One that was being posted at that very moment may stand below it.
        ended = action.closed_at + timedelta(seconds=5)
        about = re.compile(rf"\bA-{action.number}\b")
        to_crew = [word for word in said if word.to in crews[channel].people and about.search(words(word.message))]
        assert not [word for word in to_crew if word.at > ended], action.number
        in_digests = [at for at, line in record.undone(lived.slack, channel) if about.search(line)]
        assert not [at for at in in_digests if at > ended], action.number
        on_record = [row.settled_at for row in told if row.subject == action.id and row.settled_at is not None]
        assert not [at for at in on_record if at > ended], action.number


async def _every_planned_touch_ended_once_and_with_a_reason(lived: Living) -> None:
    async with lived.db.read(HERE) as tx:
        rows = (await tx.session.scalars(select(TouchRow))).all()
    ended = [row for row in rows if row.state is not TouchState.PLANNED]
    assert {row.state for row in ended} <= ENDINGS
    assert all(row.reason for row in ended)
    assert all(row.settled_at is not None for row in ended)
    assert all(row.planned_for > lived.now() for row in rows if row.state is TouchState.PLANNED)
    assert {TouchState.SENT, TouchState.SKIPPED} <= {row.state for row in ended}


async def _what_counts_as_said_was_said(lived: Living, said: list[Word]) -> None:
    async with lived.db.read(HERE) as tx:
        rows = (await tx.session.scalars(select(TouchRow).where(TouchRow.state == TouchState.SENT))).all()
    sent = {(row.recipient, row.local_day) for row in rows if is_person(row.recipient)}
    assert sent == {(word.to, word.day) for word in said}


async def _planning_again_changes_nothing(lived: Living) -> None:
    async def planned() -> set[tuple[object, ...]]:
        async with lived.db.read(HERE) as tx:
            rows = (await tx.session.scalars(select(TouchRow).where(TouchRow.state == TouchState.PLANNED))).all()
        return {(row.track, row.subject, row.rung, row.recipient, row.local_day, row.version) for row in rows}

    before = await planned()
    async with lived.db.begin(HERE) as tx:
        for user in TWENTY:
            for action in await actions.open_of_owner(tx, UserId(user), 100):
                await planning.replan(tx, action, lived.now())
    assert await planned() == before


def _every_message_is_there_once(lived: Living) -> None:
    ids = [
        message.metadata["event_payload"]["d"]
        for channel in [*(crew.channel for crew in CREWS), *(f"D_{user}" for user in TWENTY)]
        for message in lived.slack.messages(channel)
        if message.metadata
    ]
    assert len(ids) == len(set(ids)) > 100

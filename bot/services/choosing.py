"""What people choose for themselves: how much they hear, when, and on which days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.catalogue import places
from bot.domain import bounds, gazetteer, remembered
from bot.domain.bounds import Field, Problems
from bot.domain.calendar import Pause
from bot.domain.ids import UserId
from bot.domain.preferences import PersonPreferences, Profile
from bot.services import replanning, undoing
from bot.services.calendars import of_person
from bot.services.chosen import Already, Chosen, Refused
from bot.services.undoing import Kind
from bot.store import choices, people
from bot.store.database import Transaction

Changed = Chosen[PersonPreferences] | Already[PersonPreferences] | Refused
Wanted = Callable[[PersonPreferences], PersonPreferences]


async def choose(tx: Transaction, actor: UserId, wanted: Wanted, now: datetime) -> Changed:
    """``wanted``: what was chosen before, with what is chosen now. Zones and countries may be as they were typed."""
    await people.meet(tx, actor, now)
    person = await people.hold(tx, actor)
    assert person is not None  # just met
    before, wish = person.chosen, wanted(person.chosen)
    (zone, no_zone), (country, no_country) = zone_or_problem(wish.zone), country_or_problem(wish.country)
    problems = {**await _out_of_bounds(tx, actor, before, wish, now), **no_zone, **no_country}
    if problems:
        return Refused(problems)
    after = replace(wish, zone=zone, country=country)
    if after.weekdays != before.weekdays:
        after = await _without_the_usual_week(tx, actor, after, now)
    if after == before:
        return Already(before)
    await people.choose(tx, actor, after)
    changed = remembered.difference(remembered.of_person(before), remembered.of_person(after))
    undo = await undoing.remember(tx, actor, Kind.PERSON, actor, *changed, now)
    await replanning.of_person(tx, actor, now)
    return Chosen(before, after, undo)


async def pause(tx: Transaction, actor: UserId, until: date | None, now: datetime) -> Changed:
    """From today on; without an end until it is ended, or for as long as a pause can last."""
    today = await _today(tx, actor, now)
    ends = until or today + bounds.LONGEST_PAUSE
    return await choose(tx, actor, lambda own: replace(own, pause=Pause(today, ends)), now)


async def turn_on(tx: Transaction, actor: UserId, now: datetime) -> Changed:
    """As the workspace has them; where that is "off", as is usual elsewhere."""
    policy = await choices.of_workspace(tx)
    usual = Profile.STANDARD if policy.profile is Profile.OFF else None

    def on(own: PersonPreferences) -> PersonPreferences:
        is_off = (own.profile or policy.profile) is Profile.OFF
        return replace(own, profile=usual) if is_off else own

    return await choose(tx, actor, on, now)


def zone_or_problem(typed: str | None) -> tuple[str | None, Problems]:
    """The zone as the tz database calls it, or what may have been meant."""
    if not typed:
        return None, {}
    found = gazetteer.zone_called(typed)
    if found is not None:
        return found, {}
    near = " or ".join(places.zones_near(typed))
    hint = f" Did you mean {near}?" if near else " Please give the city that it is named after, such as Europe/Paris."
    return None, {Field.ZONE: f"There is no such time zone.{hint}"}


def country_or_problem(typed: str | None) -> tuple[str | None, Problems]:
    if not typed:
        return None, {}
    found = places.country_called(typed)
    sentence = "Please give a country by its code or its English name, such as FR or France."
    return found, {} if found else {Field.COUNTRY: sentence}


async def _out_of_bounds(
    tx: Transaction, actor: UserId, before: PersonPreferences, wish: PersonPreferences, now: datetime
) -> Problems:
    """A pause that was chosen long ago, and is over, is no reason to refuse something else."""
    judged = wish if wish.pause != before.pause else replace(wish, pause=None)
    return bounds.of_person(judged, await _today(tx, actor, now))


async def _without_the_usual_week(
    tx: Transaction, actor: UserId, chosen: PersonPreferences, now: datetime
) -> PersonPreferences:
    """A week as it would be anyway is no choice: it follows when the person moves."""
    plain = replace(chosen, weekdays=None)
    await people.choose(tx, actor, plain)
    usual = (await of_person(tx, actor, None, now)).calendar.weekdays
    return plain if chosen.weekdays == usual else chosen


async def _today(tx: Transaction, actor: UserId, now: datetime) -> date:
    return (await of_person(tx, actor, None, now)).calendar.local_date(now)

"""A team, its people and its settings, in words: all of it, or what a change has changed."""

from collections.abc import Mapping, Sequence

from bot.domain.bounds import Field
from bot.domain.delivery import Message
from bot.domain.ids import UndoId, UserId
from bot.domain.in_force import TeamInForce
from bot.domain.preferences import TeamSettings
from bot.domain.teams import Team
from bot.views import blocks, choice_words, echo, message, words

SETTINGS = "settings.team"
PEOPLE = "settings.people"
MOST_MEMBERS = 30


def build(holds: TeamInForce, *, may_change: bool) -> Message:
    team = holds.team
    settings = [line for field, line in lines(holds).items() if field is not Field.NAME]
    change = blocks.actions(
        blocks.button("Team settings", SETTINGS, team.id, says=f"Team settings of {words.aloud(team.name, 40)}"),
        blocks.button("Name and people", PEOPLE, team.id, says=f"Name and people of {words.aloud(team.name, 40)}"),
    )
    return message.message(
        lines(holds)[Field.NAME],
        blocks.section(words.lines(*people(team, holds.members))),
        blocks.section(words.lines(*settings)),
        *([change] if may_change else [blocks.context("The team's lead and the workspace's admins can change this.")]),
    )


def changed(before: TeamSettings, holds: TeamInForce, undo: UndoId | None) -> Message:
    """What was understood, as it holds now."""
    return echo.changed(" ".join(changes(before, holds)), undo)


def changes(before: TeamSettings, holds: TeamInForce) -> Sequence[str]:
    after, said = holds.chosen, lines(holds)
    is_changed = {
        Field.DIGESTS: _digest(before) != _digest(after),
        Field.ANNOUNCE_TO: before.announce_to != after.announce_to,
        Field.DROPS: before.drops != after.drops,
        Field.REASSESS_DAYS: before.reassess_days != after.reassess_days,
        Field.TARGETS: before.targets != after.targets,
    }
    return [said[field] for field, so in is_changed.items() if so]


def lines(holds: TeamInForce) -> Mapping[Field, str]:
    """A line for each setting: what holds now, and who says so."""
    chosen, every = holds.chosen, holds.reassess_days
    wider = f" and in {words.channel(chosen.announce_to)}" if chosen.announce_to else ""
    return {
        Field.NAME: f"*{name(holds.team)}* {_standing(holds.team)}.",
        Field.DIGESTS: f"*Weekly digest*: {_week(holds)}.",
        Field.ANNOUNCE_TO: f"*A stage that went up* is told in the team's channel{wider}.",
        Field.DROPS: f"*A stage that went down* is told to {choice_words.drops(chosen.drops)}.",
        Field.REASSESS_DAYS: f"*Next assessment*: after {every.value} days, {choice_words.says(every.source)}.",
        Field.TARGETS: f"*Good enough*: {_targets(holds)}.",
    }


def people(team: Team, members: Sequence[UserId]) -> Sequence[str]:
    named = words.listed([blocks.mention(user) for user in members], MOST_MEMBERS)
    return (
        f"*Lead*: {blocks.mention(team.lead)}.",
        f"*Added by name*: {named if members else 'nobody'}. Whoever answers or owns something belongs to it as well.",
    )


def name(team: Team) -> str:
    return words.inert(team.name, words.NAME)


def _digest(settings: TeamSettings) -> tuple[object, ...]:
    return settings.digests, settings.digest_day, settings.digest_at, settings.zone


def _week(holds: TeamInForce) -> str:
    if not holds.chosen.digests:
        return "off"
    day, at = words.DAYS[holds.digest_day.value], choice_words.clock(holds.digest_at.value)
    zone = f"{words.inert(holds.zone.value, words.NAME)}, {choice_words.says(holds.zone.source)}"
    return f"{day} at {at}, {choice_words.says(holds.digest_day.source)}; the time zone is {zone}"


def _targets(holds: TeamInForce) -> str:
    """Of the steps that there are; a target for one that a newer model does not have is kept and not told."""
    told = [
        f"{title}: {holds.chosen.targets[step].word}"
        for step, title in holds.steps.items()
        if step in holds.chosen.targets
    ]
    return ", ".join(told) or "no target is set, so everything up to Run is proposed"


def _standing(team: Team) -> str:
    if team.is_stopped:
        return f"is in {words.channel(team.place.channel)}, and was stopped by an admin: nothing is said by itself"
    if team.suspended:
        return "has no channel that the bot can speak in: nothing is posted"
    return f"is in {words.channel(team.place.channel)}"

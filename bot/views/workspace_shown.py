"""What holds in the whole workspace, and who may change it, in words."""

from collections.abc import Mapping, Sequence

from bot.domain.bounds import Field
from bot.domain.delivery import Message
from bot.domain.ids import UndoId, UserId
from bot.domain.in_force import WorkspaceInForce
from bot.domain.preferences import WorkspacePolicy
from bot.views import blocks, choice_words, echo, message, words

SETTINGS = "settings.workspace"
WORKSPACE = "workspace"
MOST_ADMINS = 30


def roles(holds: WorkspaceInForce) -> Message:
    named = words.listed([blocks.mention(user) for user in holds.admins], MOST_ADMINS)
    told = f"Admins of FinOps by a role given here: {named}." if holds.admins else "Nobody was given a role here."
    return message.message(
        told,
        blocks.section("Whoever administers the Slack workspace is an admin of FinOps as well."),
        blocks.section(words.lines("*What holds where nobody has chosen*", *lines(holds).values())),
        blocks.actions(
            blocks.button("Workspace settings", SETTINGS, WORKSPACE, says="Change the defaults of FinOps for everybody")
        ),
    )


def granted(user: UserId) -> str:
    return f"{blocks.mention(user)} is an admin of FinOps from now on."


def is_admin_already(user: UserId) -> str:
    return f"Nothing was changed: {blocks.mention(user)} has that role already."


def changed(before: WorkspacePolicy, holds: WorkspaceInForce, undo: UndoId | None) -> Message:
    """What was understood, as it holds now."""
    return echo.changed(" ".join(changes(before, holds)), undo)


def changes(before: WorkspacePolicy, holds: WorkspaceInForce) -> Sequence[str]:
    after, said = holds.policy, lines(holds)
    is_changed = {
        Field.PROFILE: before.profile != after.profile,
        Field.ZONE: before.zone != after.zone,
        Field.WEEKDAYS: before.weekdays != after.weekdays,
        Field.COUNTRY: before.country != after.country,
        Field.GUESTS: before.guests != after.guests,
        Field.DIGEST_AT: (before.digest_day, before.digest_at) != (after.digest_day, after.digest_at),
    }
    return [said[field] for field, so in is_changed.items() if so]


def lines(holds: WorkspaceInForce) -> Mapping[Field, str]:
    policy = holds.policy
    means = f"{choice_words.profile(policy.profile)}, {choice_words.profile_means(policy.profile)}"
    week = choice_words.week(policy.weekdays) if policy.weekdays else "as is usual in each country"
    day, at = words.DAYS[policy.digest_day], choice_words.clock(policy.digest_at)
    return {
        Field.PROFILE: f"*Reminders*: {means}.",
        Field.ZONE: f"*Time zone of whoever has none*: {words.inert(policy.zone or 'UTC', words.NAME)}.",
        Field.WEEKDAYS: f"*Working days*: {week}.",
        Field.COUNTRY: f"*Public holidays*: {holds.country_name or 'as each time zone tells'}.",
        Field.DIGEST_AT: f"*Digests*: {day} at {at}, by each team's clock.",
        Field.GUESTS: f"*Guests*: {choice_words.guests(may_answer=policy.guests)}.",
    }

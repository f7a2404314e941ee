"""The form of a team's name, channel and people, for its lead and for admins."""

from dataclasses import dataclass

from bot.domain.bounds import LONGEST_NAME, Field
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.in_force import TeamInForce
from bot.domain.remembered import Values
from bot.views import blocks, fields, team_shown
from bot.views.blocks import Block, View
from bot.views.fields import Fix
from bot.views.filled_in import State, state_of

CALLBACK = team_shown.PEOPLE
MOST_MEMBERS = 100
UNLINK, RELINK = "unlink", "relink"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the form asks for; None: as it is."""

    team: TeamId
    name: str | None
    lead: UserId | None
    channel: ChannelId | None
    added: frozenset[UserId]
    removed: frozenset[UserId]
    unlinks: bool


def build(holds: TeamInForce) -> View:
    team, name = holds.team, blocks.cut(holds.team.name, LONGEST_NAME)
    lead = blocks.person_select(Field.LEAD, team.lead, "Choose a person")
    members = sorted(holds.members)[:MOST_MEMBERS]  # the others stay, as everything that the form does not show
    channel = blocks.channel_select(Field.CHANNEL, "Choose a channel", team.place.channel)
    return blocks.modal(
        CALLBACK,
        "Name and people",
        [
            blocks.field(
                Field.NAME, "What the team is called", blocks.text_input(Field.NAME, name, limit=LONGEST_NAME)
            ),
            blocks.field(
                Field.LEAD, "Its lead", lead, hint="A full member of this workspace. They decide what you decide here."
            ),
            blocks.field(
                Field.MEMBERS,
                "Who belongs to it, beside those who answer or own something",
                fields.people_select(Field.MEMBERS, members, "Nobody"),
                optional=True,
            ),
            blocks.field(Field.CHANNEL, "Its channel", channel, hint="Results, cards and the digest are posted there."),
            _linked(holds),
        ],
        metadata=fields.carried(
            team.id,
            {"name": name, "lead": team.lead, "members": members, "channel": team.place.channel},
        ),
        submit="Save",
        close="Cancel",
    )


def read(view: View) -> Arrangement | Fix:
    """Only what differs from the form as it was drawn: what others changed meanwhile stays."""
    state = state_of(view)
    subject, drawn = fields.carried_along(view)
    lead, picked = state.person(Field.LEAD), state.people(Field.MEMBERS)
    if lead is None:
        return Fix({Field.LEAD: "A team needs its lead. Please choose a person."})
    name, before = state.text(Field.NAME), set(drawn["members"])
    members = before if picked is None else set(picked)
    return Arrangement(
        TeamId(subject),
        name if name != str(drawn["name"]).strip() else None,
        UserId(lead) if lead != drawn["lead"] else None,
        _channel(state, drawn),
        frozenset(UserId(user) for user in members - before),
        frozenset(UserId(user) for user in before - members),
        UNLINK in state.all_chosen(UNLINK),
    )


def _linked(holds: TeamInForce) -> Block:
    """A channel that was lost, or taken away, is not another one: speaking there again has to be asked for."""
    name, label, says = (
        (RELINK, "It has no channel now", "Speak in the channel above from now on")
        if holds.team.suspended
        else (UNLINK, "Or none", "No channel: nothing is posted")
    )
    return blocks.field(name, label, blocks.checkboxes(name, [blocks.option(says, name)], []), optional=True)


def _channel(state: State, drawn: Values) -> ChannelId | None:
    chosen = state.channel(Field.CHANNEL)
    is_asked_for = chosen != drawn["channel"] or RELINK in state.all_chosen(RELINK)
    return ChannelId(chosen) if chosen and is_asked_for else None

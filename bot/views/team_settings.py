"""The form of a team's settings, for its lead and for admins."""

from bot.domain.bounds import Field
from bot.domain.ids import TeamId
from bot.domain.in_force import TeamInForce
from bot.domain.model import Stage
from bot.domain.preferences import Drops
from bot.domain.remembered import Values, of_team
from bot.views import blocks, choice_words, fields, team_shown, words
from bot.views.blocks import Block, View
from bot.views.fields import DEFAULT, Filled
from bot.views.filled_in import State, state_of

CALLBACK = team_shown.SETTINGS
ON, OFF = "on", "off"
CADENCES = (30, 60, 90, 120, 180, 365)
OWN_CHANNEL_ONLY = "own_channel_only"
TARGET = "target"


def build(holds: TeamInForce, *, may_stop: bool) -> View:
    """``may_stop``: for admins, who may silence the team altogether."""
    team, chosen = holds.team, holds.chosen
    return blocks.modal(
        CALLBACK,
        "Team settings",
        [
            blocks.section(words.lines(f"*{team_shown.name(team)}*: what holds now", *_now(holds))),
            *([_speaks(holds)] if may_stop else []),
            _digests(holds),
            fields.day(Field.DIGEST_DAY, "Day of the digest", "As the workspace has it", chosen.digest_day),
            fields.hour(Field.DIGEST_AT, "Time of the digest", "As the workspace has it", chosen.digest_at),
            fields.place(
                Field.ZONE,
                "Time zone of the team",
                chosen.zone,
                "For example: Europe/Paris",
                f"Left empty, it is the lead's. Now it is {holds.zone.value}.",
            ),
            *_announce(holds),
            _drops(holds),
            _cadence(holds),
            *_targets(holds),
        ],
        metadata=fields.carried(team.id, {**of_team(chosen), "speaks": not team.is_stopped}),
        submit="Save",
        close="Cancel",
    )


def read(view: View) -> Filled:
    state = state_of(view)
    subject, drawn = fields.carried_along(view)
    own_only = OWN_CHANNEL_ONLY in state.all_chosen(OWN_CHANNEL_ONLY)
    cadence = state.chosen(Field.REASSESS_DAYS)
    drops = state.chosen(Field.DROPS)
    submitted = {
        "digests": state.chosen(Field.DIGESTS) != OFF,
        "digest_day": fields.read_day(state, Field.DIGEST_DAY),
        "digest_at": fields.read_hour(state, Field.DIGEST_AT),
        "zone": fields.read_text(state, Field.ZONE),
        "announce_to": None if own_only else state.channel(Field.ANNOUNCE_TO),
        "drops": drops if drops in set(Drops) else Drops.LEAD_FIRST,
        "reassess_days": int(cadence) if cadence and cadence.isascii() and cadence.isdecimal() else None,
        "targets": _read_targets(state, drawn.get("targets", {})),
        "speaks": state.chosen(Field.SPEAKS) != OFF if Field.SPEAKS in state.values else drawn.get("speaks"),
    }
    return Filled(subject, drawn, submitted)


def team_of(filled: Filled) -> TeamId:
    return TeamId(filled.subject)


def _now(holds: TeamInForce) -> list[str]:
    return [line for field, line in team_shown.lines(holds).items() if field is not Field.NAME]


def _speaks(holds: TeamInForce) -> Block:
    options = [blocks.option("As it is set below", ON), blocks.option("Says nothing by itself", OFF)]
    chosen = blocks.radio(Field.SPEAKS, options, OFF if holds.team.is_stopped else ON)
    return blocks.field(Field.SPEAKS, "The bot in this team (for admins)", chosen)


def _digests(holds: TeamInForce) -> Block:
    options = [
        blocks.option("Once a week", ON, "Left out where nothing changed and nothing is due"),
        blocks.option("No digest", OFF),
    ]
    chosen = blocks.radio(Field.DIGESTS, options, ON if holds.chosen.digests else OFF)
    return blocks.field(Field.DIGESTS, "The team's week, in its channel", chosen)


def _announce(holds: TeamInForce) -> list[Block]:
    if holds.team.place.is_private:
        return []
    there = holds.chosen.announce_to
    picked = blocks.channel_select(Field.ANNOUNCE_TO, "The team's channel only", there)
    # A channel that was picked cannot be taken out again everywhere.
    only = blocks.checkboxes(OWN_CHANNEL_ONLY, [blocks.option("In the team's channel only", OWN_CHANNEL_ONLY)], ())
    return [
        blocks.field(Field.ANNOUNCE_TO, "Tell of a stage that went up here as well", picked, optional=True),
        *([blocks.field(OWN_CHANNEL_ONLY, "Or no longer elsewhere", only, optional=True)] if there else []),
    ]


def _drops(holds: TeamInForce) -> Block:
    options = [blocks.option(words.sentence(choice_words.drops(each)), each) for each in Drops.__members__.values()]
    chosen = blocks.radio(Field.DROPS, options, holds.chosen.drops)
    return blocks.field(Field.DROPS, "Who hears of a stage that went down?", chosen)


def _cadence(holds: TeamInForce) -> Block:
    own = holds.chosen.reassess_days
    offered = sorted({*CADENCES, *([own] if own else [])})
    options = [
        blocks.option("As the model says", DEFAULT),
        *(blocks.option(f"{days} days", str(days)) for days in offered),
    ]
    picked = blocks.select(Field.REASSESS_DAYS, options, str(own) if own else DEFAULT, "Choose")
    return blocks.field(Field.REASSESS_DAYS, "Next assessment after", picked)


def _targets(holds: TeamInForce) -> list[Block]:
    """Nothing is proposed above the stage that a team finds good enough."""
    options = [blocks.option("No target", DEFAULT), *(blocks.option(stage.word, str(int(stage))) for stage in Stage)]
    chosen = holds.chosen.targets
    drawn = []
    for step, title in holds.steps.items():
        picked = str(int(chosen[step])) if step in chosen else DEFAULT
        select = blocks.select(TARGET, options, picked, "Choose a stage")
        drawn.append(blocks.field(f"{TARGET}.{step}", f"Good enough: {title}", select))
    return drawn


def _read_targets(state: State, drawn: Values) -> dict[str, int]:
    """A target for a step that is not in the form is kept: the form says nothing of it."""
    stages = {str(int(stage)): int(stage) for stage in Stage}
    asked = [block for block in state.values if block.startswith(f"{TARGET}.")]
    picked = {block.removeprefix(f"{TARGET}."): state.chosen(block) for block in asked}
    kept = {step: level for step, level in drawn.items() if step not in picked}
    return kept | {step: stages[level] for step, level in sorted(picked.items()) if level in stages}

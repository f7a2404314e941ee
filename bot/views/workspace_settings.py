"""The form of the workspace's defaults, for its admins."""

from bot.domain.bounds import Field
from bot.domain.ids import UserId
from bot.domain.in_force import WorkspaceInForce
from bot.domain.preferences import DIGEST_AT, Profile
from bot.domain.remembered import of_workspace
from bot.views import blocks, choice_words, fields, words, workspace_shown
from bot.views.blocks import Block, View
from bot.views.fields import Filled
from bot.views.filled_in import state_of

CALLBACK = workspace_shown.SETTINGS
MAY_ANSWER, TURNED_AWAY = "may_answer", "turned_away"


def build(holds: WorkspaceInForce) -> View:
    policy = holds.policy
    return blocks.modal(
        CALLBACK,
        "Workspace settings",
        [
            blocks.section(words.lines("*What holds where nobody has chosen*", *workspace_shown.lines(holds).values())),
            _profile(policy.profile),
            fields.place(
                Field.ZONE,
                "Time zone of whoever has none",
                policy.zone,
                "For example: Europe/Paris",
                "Slack tells most people's. Left empty, it is UTC.",
            ),
            fields.place(
                Field.COUNTRY,
                "Country whose public holidays are days off",
                policy.country,
                "For example: FR, or France",
                "Left empty, each person's time zone tells.",
            ),
            fields.week(
                Field.WEEKDAYS, "Working days; none: as is usual in each country", policy.weekdays or frozenset()
            ),
            fields.certain_day(Field.DIGEST_DAY, "Day of the teams' digests", policy.digest_day),
            fields.certain_hour(Field.DIGEST_AT, "Time of the teams' digests", policy.digest_at),
            _guests(may_answer=policy.guests),
            blocks.field(
                Field.ADMIN,
                "Make somebody an admin of FinOps",
                blocks.person_select(Field.ADMIN, None, "Nobody"),
                optional=True,
                hint="Admins of the Slack workspace are admins here already.",
            ),
        ],
        metadata=fields.carried(workspace_shown.WORKSPACE, of_workspace(policy)),
        submit="Save",
        close="Cancel",
    )


def read(view: View) -> tuple[Filled, UserId | None]:
    """The defaults, and who is to be an admin as well."""
    state = state_of(view)
    subject, drawn = fields.carried_along(view)
    profile, day = state.chosen(Field.PROFILE), fields.read_day(state, Field.DIGEST_DAY)
    submitted = {
        "profile": profile if profile in set(Profile) else Profile.STANDARD,
        "zone": fields.read_text(state, Field.ZONE),
        "country": fields.read_text(state, Field.COUNTRY),
        "weekdays": fields.read_week(state, Field.WEEKDAYS) or None,
        "digest_day": 0 if day is None else day,
        "digest_at": fields.read_hour(state, Field.DIGEST_AT) or choice_words.clock(DIGEST_AT),
        "guests": state.chosen(Field.GUESTS) == MAY_ANSWER,
    }
    admin = state.person(Field.ADMIN)
    return Filled(subject, drawn, submitted), UserId(admin) if admin else None


def _profile(chosen: Profile) -> Block:
    options = [fields.profile(profile) for profile in (Profile.STANDARD, Profile.LIGHT, Profile.OFF)]
    return blocks.field(Field.PROFILE, "How much people hear", blocks.radio(Field.PROFILE, options, chosen))


def _guests(*, may_answer: bool) -> Block:
    options = [
        blocks.option(words.sentence(choice_words.guests(may_answer=allowed)), value)
        for allowed, value in ((False, TURNED_AWAY), (True, MAY_ANSWER))
    ]
    chosen = blocks.radio(Field.GUESTS, options, MAY_ANSWER if may_answer else TURNED_AWAY)
    return blocks.field(Field.GUESTS, "Guests of this workspace", chosen)

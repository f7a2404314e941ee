"""The form of a person's own reminder settings."""

from datetime import date, datetime, timedelta

from bot.domain.bounds import Field
from bot.domain.calendar import OPENS, SPREAD_MINUTES
from bot.domain.in_force import PersonInForce
from bot.domain.preferences import Profile
from bot.domain.remembered import Values, of_person
from bot.views import blocks, choice_words, fields, footer, person_shown, words
from bot.views.blocks import Block, View
from bot.views.fields import DEFAULT, Filled, Fix
from bot.views.filled_in import state_of

CALLBACK = footer.SETTINGS
NO_PAUSE = "no_pause"


def build(holds: PersonInForce) -> View:
    own = holds.chosen
    return blocks.modal(
        CALLBACK,
        "Reminder settings",
        [
            blocks.section(words.lines("*What holds now*", *person_shown.lines(holds).values())),
            _profile(holds),
            fields.hour(Field.AT, "Time of your day", _usual_time(), own.at),
            fields.place(
                Field.ZONE,
                "Time zone",
                own.zone,
                "For example: Europe/Paris",
                f"Left empty, it is taken from your Slack profile. Now it is {holds.zone.value}.",
            ),
            fields.week(Field.WEEKDAYS, "Working days", holds.weekdays.value),
            fields.place(
                Field.COUNTRY,
                "Country whose public holidays are days off",
                own.country,
                "For example: FR, or France",
                f"Left empty, it is taken from your time zone. Now it is {holds.country_name or 'none'}.",
            ),
            *_pause(holds),
        ],
        metadata=fields.carried(person_shown.OF_PERSON, _drawn(holds)),
        submit="Save",
        close="Cancel",
    )


def read(view: View) -> Filled | Fix:
    state = state_of(view)
    subject, drawn = fields.carried_along(view)
    first, last = state.day(Field.PAUSED_FROM), state.day(Field.PAUSED_UNTIL)
    ends = NO_PAUSE in state.all_chosen(NO_PAUSE)
    if last and not first and not ends:
        return Fix({Field.PAUSED_FROM: "Please say from which day on."})
    chosen = state.chosen(Field.PROFILE)
    submitted = {
        "profile": chosen if chosen in set(Profile) else None,
        "at": fields.read_hour(state, Field.AT),
        "zone": fields.read_text(state, Field.ZONE),
        "weekdays": fields.read_week(state, Field.WEEKDAYS),
        "country": fields.read_text(state, Field.COUNTRY),
        "pause": [first.isoformat(), last.isoformat()] if first and last and not ends else None,
    }
    return Filled(subject, drawn, submitted)


def _drawn(holds: PersonInForce) -> Values:
    """What the form would say if it were sent back untouched."""
    pause = holds.pause
    shown = [pause.first.isoformat(), pause.last.isoformat()] if pause else None
    return {**of_person(holds.chosen), "weekdays": sorted(holds.weekdays.value), "pause": shown}


def _profile(holds: PersonInForce) -> Block:
    options = [
        blocks.option("As the workspace has it", DEFAULT, f"Now: {choice_words.profile(holds.usual_profile)}"),
        *(fields.profile(profile) for profile in (Profile.STANDARD, Profile.LIGHT, Profile.OFF)),
    ]
    chosen = blocks.radio(Field.PROFILE, options, holds.chosen.profile or DEFAULT)
    return blocks.field(Field.PROFILE, "How much do you want to hear?", chosen)


def _usual_time() -> str:
    ends = datetime.combine(date.min, OPENS) + timedelta(minutes=SPREAD_MINUTES)
    return f"Between {choice_words.clock(OPENS)} and {choice_words.clock(ends.time())}"


def _pause(holds: PersonInForce) -> list[Block]:
    pause = holds.pause
    first = blocks.date_picker(Field.PAUSED_FROM, pause.first if pause else holds.today, "Pick a day")
    last = blocks.date_picker(Field.PAUSED_UNTIL, pause.last if pause else None, "No pause")
    # A date that was picked cannot be taken out again everywhere.
    ends = blocks.checkboxes(NO_PAUSE, [blocks.option("End the pause", NO_PAUSE)], ())
    return [
        blocks.field(Field.PAUSED_FROM, "Pause from", first, optional=True),
        blocks.field(
            Field.PAUSED_UNTIL,
            "Pause until",
            last,
            optional=True,
            hint="You hear nothing on these days, both included. Without this day there is no pause.",
        ),
        *([blocks.field(NO_PAUSE, "The present pause", ends, optional=True)] if pause else []),
    ]

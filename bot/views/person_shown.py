"""How and when a person is reminded, in words: all of it, or what a change has changed."""

from collections.abc import Mapping, Sequence

from bot.domain.bounds import Field
from bot.domain.delivery import Message
from bot.domain.ids import UndoId
from bot.domain.in_force import PersonInForce, Source
from bot.domain.preferences import PersonPreferences
from bot.views import blocks, choice_words, echo, footer, message, words

OF_PERSON = "person"  # a button needs a value


def build(holds: PersonInForce) -> Message:
    """Everything, and the way to change it."""
    first, *rest = lines(holds).values()
    return message.message(
        first,
        blocks.section(words.lines(*rest)),
        blocks.actions(
            blocks.button("Change", footer.SETTINGS, OF_PERSON, says="Change how and when FinOps reminds me"),
        ),
        blocks.context("Type `/finops-assess help remind` for the commands. Only you see this."),
    )


def changed(before: PersonPreferences, holds: PersonInForce, undo: UndoId | None) -> Message:
    """What was understood, as it holds now."""
    return echo.changed(" ".join(changes(before, holds)), undo)


def so_already(holds: PersonInForce) -> Message:
    return message.message(
        "Nothing was changed: it is so already.", blocks.section(words.lines(*lines(holds).values()))
    )


def changes(before: PersonPreferences, holds: PersonInForce) -> Sequence[str]:
    after, said = holds.chosen, lines(holds)
    is_changed = {
        Field.PROFILE: before.profile != after.profile,
        Field.AT: (before.at, before.zone) != (after.at, after.zone),
        Field.WEEKDAYS: before.weekdays != after.weekdays,
        Field.COUNTRY: before.country != after.country,
        Field.PAUSED_UNTIL: before.pause != after.pause,
    }
    return [said[field] for field, so in is_changed.items() if so]


def lines(holds: PersonInForce) -> Mapping[Field, str]:
    """A line for each setting: what holds now, and who says so."""
    profile, country = holds.profile, holds.country_name or "none"
    means = f"{choice_words.profile(profile.value)}, {choice_words.profile_means(profile.value)}"
    return {
        Field.PROFILE: f"*Reminders*: {means} ({choice_words.says(profile.source)}).",
        Field.AT: f"*Time*: {when(holds)}.",
        Field.WEEKDAYS: _line("Working days", choice_words.week(holds.weekdays.value), holds.weekdays.source),
        Field.COUNTRY: _line("Public holidays", country, holds.country.source),
        Field.PAUSED_UNTIL: f"*Pause*: {choice_words.pause(holds.pause, holds.today)}.",
    }


def when(holds: PersonInForce) -> str:
    """ "09:30 Europe/Paris, from your Slack profile"."""
    at, zone = choice_words.clock(holds.at.value), words.inert(holds.zone.value, words.NAME)
    zone_says = choice_words.says(holds.zone.source)
    if holds.at.source in (Source.NOBODY, holds.zone.source):
        return f"{at} {zone}, {zone_says}"
    return f"{at}, {choice_words.says(holds.at.source)}; {zone}, {zone_says}"


def _line(name: str, what: str, source: Source) -> str:
    return f"*{name}*: {what}, {choice_words.says(source)}."

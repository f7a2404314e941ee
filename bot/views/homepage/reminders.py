"""How and when a person is reminded, in one sentence, and the way to change it."""

from bot.domain.in_force import PersonInForce
from bot.views import blocks, choice_words, footer, person_shown, words
from bot.views.blocks import Block


def build(holds: PersonInForce) -> list[Block]:
    button = blocks.button(
        "Reminder settings", footer.SETTINGS, person_shown.OF_PERSON, says="Change how and when FinOps reminds me"
    )
    return [blocks.section(words.lines("*Reminders*", sentence(holds)), button)]


def sentence(holds: PersonInForce) -> str:
    """ "Standard: 09:30 Europe/Paris, from your Slack profile; Monday to Friday; holidays of France; no pause." """
    parts = [
        f"{words.sentence(choice_words.profile(holds.profile.value))}: {person_shown.when(holds)}",
        choice_words.week(holds.weekdays.value),
        f"holidays of {holds.country_name}" if holds.country_name else "no public holidays",
        f"paused {choice_words.pause(holds.pause, holds.today)}" if holds.pause else "no pause",
    ]
    return f"{'; '.join(parts)}."

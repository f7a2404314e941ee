"""Help, out of the same table that commands are read with."""

from bot.commands.grammar import VERBS
from bot.commands.verbs import named, names
from bot.domain.commands import Help
from bot.domain.helping import HelpLine, HelpScreen, HelpTopic

FIRST = (
    HelpLine("start", "Starts the assessment of this channel's team, or goes on where you left it."),
    HelpLine("status", "Shows how the team stands."),
    HelpLine("actions mine", "Lists your action points."),
    HelpLine("remind", "Shows when you are reminded, and changes it."),
)


def help_for(asked: Help) -> HelpScreen | HelpTopic:
    if asked.verb not in names(VERBS):
        return overview()
    verb = named(VERBS, asked.verb)
    return HelpTopic(verb.name, verb.does, verb.who, verb.examples)


def overview() -> HelpScreen:
    """Four things first, then every other verb."""
    shown = {line.command.split()[0] for line in FIRST}
    return HelpScreen(FIRST, tuple(HelpLine(verb.name, verb.does) for verb in VERBS if verb.name not in shown))

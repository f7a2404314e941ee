"""Help as the table of verbs has it: four things first, then every other verb."""

from bot.domain.helping import HelpLine, HelpScreen, HelpTopic

SCREEN = HelpScreen(
    (
        HelpLine("start", "Starts the assessment of this channel's team, or goes on where you left it."),
        HelpLine("status", "Shows how the team stands."),
        HelpLine("actions mine", "Lists your action points."),
        HelpLine("remind", "Shows when you are reminded, and changes it."),
    ),
    (
        HelpLine("resume", "Opens the draft at the step where it was left."),
        HelpLine("history", "Shows the results so far, with dates and who answered."),
        HelpLine("action", "Does something about an action point, or makes one."),
        HelpLine("export", "Sends you a file in a direct message."),
        HelpLine("team", "Shows the team of this channel, and changes it."),
        HelpLine("admin", "For those who look after the bot in their workspace."),
        HelpLine("help", "Shows the commands, or how one of them is used."),
    ),
)
ACTION = HelpTopic(
    "action",
    "Does something about an action point, or makes one.",
    "the owner, the team's lead, admins",
    (
        "action A-12 done",
        "action A-12 snooze 3d",
        "action A-12 assign @ada",
        "action A-12 due 29 May",
        "action add Tag the untagged volumes @ada due fri",
        "action A-12 show",
    ),
)

"""For admins: whether all is well, in a line, and the way to the workspace's settings."""

from bot.domain.health import Health
from bot.views import blocks, health, words, workspace_shown
from bot.views.blocks import Block


def build(facts: Health) -> list[Block]:
    button = blocks.button(
        "Workspace settings",
        workspace_shown.SETTINGS,
        workspace_shown.WORKSPACE,
        says="Settings of the whole workspace",
    )
    return [blocks.section(words.lines("*This workspace*", health.line(facts)), button)]

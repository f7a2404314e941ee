"""The bot called by its name, where a command cannot be typed: answered to who called, in the thread."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.action_commands import ActionCommand, AddAction
from bot.domain.actions import ActionPoint
from bot.domain.command_text import text_of
from bot.domain.delivery import Message
from bot.domain.ids import ActionId, ChannelId, MessageTs
from bot.domain.understanding import Misunderstood, Parsed, Wrong
from bot.handlers import request, speaking
from bot.handlers.asked import Asked
from bot.handlers.deps import Deps
from bot.handlers.request import Spot
from bot.handlers.whispering import whisper
from bot.services import pointing
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import questions

Event = dict[str, Any]


async def called(deps: Deps, event: Event, body: Payload, context: AsyncBoltContext) -> None:
    if event.get("bot_id") or event.get("subtype") or not event.get("user"):
        return
    thread = MessageTs(str(event["thread_ts"])) if event.get("thread_ts") else None
    channel = ChannelId(str(event["channel"]))
    # Told twice of one mention, the same is made once.
    asked = Asked(request.asker(context, body), channel, thread=thread)
    bot, text = context["installation"].bot_user_id, str(event.get("text") or "")
    said = await speaking.understood(deps, asked, text, bot)
    if thread is not None and isinstance(said, Misunderstood | Wrong):
        message = await _in_thread(deps, asked, text.replace(f"<@{bot}>", " "), said)
    else:
        message = await speaking.answer(deps, asked, said)
    await deps.say_once(asked.who.tenant)
    whisper(deps, asked.who, Spot(channel, thread), message)


async def _in_thread(deps: Deps, asked: Asked, text: str, said: Parsed) -> Message | None:
    """In the thread of a card its number may be left out: "done" is about what the thread is about."""
    actions = await _of_thread(deps, asked)
    if not actions:
        return await speaking.answer(deps, asked, said)
    about = await speaking.understood(deps, asked, f"A-{actions[0].number} {text}")
    if not isinstance(about, ActionCommand) or isinstance(about, AddAction):
        return await speaking.answer(deps, asked, about if isinstance(about, Wrong) else said)
    if len(actions) == 1:
        return await speaking.answer(deps, _about(asked, actions[0].id), about)
    async with deps.db.read(asked.who.tenant) as tx:
        team = await teams.by_id(tx, actions[0].team)
    return questions.which_of_thread([(action, team.name) for action in actions], text_of(about))


async def _of_thread(deps: Deps, asked: Asked) -> list[ActionPoint]:
    """What is still open of it; all of it, where nothing is."""
    if asked.thread is None:
        return []
    async with deps.db.read(asked.who.tenant) as tx:
        found = list(await pointing.of_thread(tx, asked.channel, asked.thread))
    return [action for action in found if not action.state.closed] or found


def _about(asked: Asked, action: ActionId) -> Asked:
    return Asked(asked.who, asked.channel, thread=asked.thread, about=action)

"""What somebody says in words, typed, carried by a button or said in a thread: understood and done alike."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.commands.help import help_for
from bot.commands.parsing import parse, parse_mention
from bot.domain.commands import Actions, Help, Resume, Start
from bot.domain.delivery import Message
from bot.domain.helping import HelpTopic
from bot.domain.ids import ActionId, UserId
from bot.domain.understanding import AmbiguousDate, Misunderstood, Parsed, Wrong
from bot.handlers import (
    action_verbs,
    admin,
    exports,
    lists,
    remind,
    request,
    starting,
    status,
    team,
    turning_away,
    workspace,
)
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.handlers.whispering import instead
from bot.services import calendars
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import help as help_view
from bot.views import questions, unclear


async def show_help(deps: Deps, asked: Asked, command: Help) -> Message:
    shown = help_for(command)
    return help_view.topic(shown) if isinstance(shown, HelpTopic) else help_view.build(shown)


PERFORMS: Mapping[type[Any], Perform] = {
    Actions: lists.board,
    Help: show_help,
    **starting.PERFORMS,
    **action_verbs.PERFORMS,
    **remind.PERFORMS,
    **team.PERFORMS,
    **workspace.PERFORMS,
    **status.PERFORMS,
    **exports.PERFORMS,
    **admin.PERFORMS,
}


# Starting looks for itself, when its form opens.
FOR_EVERYBODY = (Help, Start, Resume)


async def understood(deps: Deps, asked: Asked, text: str, called: UserId | None = None) -> Parsed:
    """``called``: by which name the bot was mentioned, where it was."""
    async with deps.db.read(asked.who.tenant) as tx:
        here = await teams.of_channel(tx, asked.channel)
        calendar = (await calendars.of_person(tx, asked.who.user, here, deps.now())).calendar
    today = calendar.local_date(deps.now())
    if called is not None:
        return parse_mention(text, called, today, calendar.add_working_days)
    return parse(text, today, calendar.add_working_days)


async def answer(deps: Deps, asked: Asked, said: Parsed) -> Message | None:
    """None: a form was opened, or there is nothing to say."""
    match said:
        case Misunderstood():
            return unclear.misunderstood(said)
        case AmbiguousDate():
            return unclear.ambiguous(said)
        case Wrong():
            return unclear.wrong(said)
        case command:
            if not isinstance(command, FOR_EVERYBODY):
                refused = await turning_away.refused(deps, asked.who, asked.channel)
                if refused is not None:
                    return refused
            return await PERFORMS[type(command)](deps, asked, command)


async def run(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A button, or a choice, that carries a command: done as if it had been typed there."""
    asked = _asked(context, body)
    said = await answer(deps, asked, await understood(deps, asked, request.pressed(body)))
    await ack()
    if said is not None:
        deps.afterwards.begin(instead(deps, asked.who, body, said))


async def which(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Of several action points with one number, this one was meant."""
    chosen = questions.read_which(request.pressed(body))
    asked = _asked(context, body, chosen.action)
    said = await answer(deps, asked, await understood(deps, asked, chosen.command))
    await ack()
    if said is not None:
        deps.afterwards.begin(instead(deps, asked.who, body, said))


def _asked(context: AsyncBoltContext, body: Payload, about: ActionId | None = None) -> Asked:
    where = request.spot(body)
    assert where is not None  # these buttons stand in messages only
    return Asked(
        request.asker(context, body),
        where.channel,
        thread=where.thread,
        trigger=str(body["trigger_id"]),
        about=about,
    )

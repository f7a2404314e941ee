"""The verbs about one action point: found by its number, done, and said back in words with a way back."""

from collections.abc import Mapping
from datetime import date

from bot.domain.action_commands import (
    ActionCommand,
    AddAction,
    Assign,
    Block,
    Done,
    Drop,
    Due,
    Link,
    Nudge,
    OneActionCommand,
    Reopen,
    Show,
    Snooze,
    Unblock,
)
from bot.domain.command_text import text_of
from bot.domain.delivery import Message
from bot.domain.ids import ActionId
from bot.handlers import adding, lists, performing
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.handlers.performing import Act
from bot.services import acting, meeting, numbering
from bot.services.deciding import By, NotYours
from bot.services.numbering import Several
from bot.views import questions, saved


async def done(deps: Deps, asked: Asked, command: Done) -> Message:
    return await _act(deps, asked, command, lambda tx, action, by: acting.mark_done(tx, action, by, command.note))


async def snooze(deps: Deps, asked: Asked, command: Snooze) -> Message:
    return await _act(
        deps, asked, command, lambda tx, action, by: acting.put_off(tx, action, by, command.until, command.because)
    )


async def assign(deps: Deps, asked: Asked, command: Assign) -> Message:
    await meeting.introduce(deps.db, deps.gateway, asked.who.tenant, [command.user], deps.now())
    return await _act(
        deps, asked, command, lambda tx, action, by: acting.hand_over(tx, action, by, command.user, command.note)
    )


async def due(deps: Deps, asked: Asked, command: Due) -> Message:
    return await _act(
        deps,
        asked,
        command,
        lambda tx, action, by: acting.change_due(tx, action, by, command.due_on, note=command.because),
        wanted=command.due_on,
    )


async def block(deps: Deps, asked: Asked, command: Block) -> Message:
    return await _act(deps, asked, command, lambda tx, action, by: acting.block(tx, action, by, command.text))


async def unblock(deps: Deps, asked: Asked, command: Unblock) -> Message:
    return await _act(deps, asked, command, acting.unblock)


async def drop(deps: Deps, asked: Asked, command: Drop) -> Message:
    return await _act(deps, asked, command, lambda tx, action, by: acting.drop(tx, action, by, command.reason))


async def reopen(deps: Deps, asked: Asked, command: Reopen) -> Message:
    return await _act(deps, asked, command, acting.reopen)


async def link(deps: Deps, asked: Asked, command: Link) -> Message:
    return await _act(deps, asked, command, lambda tx, action, by: acting.link(tx, action, by, command.url))


async def nudge(deps: Deps, asked: Asked, command: Nudge) -> Message:
    return await _act(deps, asked, command, acting.nudge)


async def show(deps: Deps, asked: Asked, command: Show) -> Message:
    found = await _found(deps, asked, command)
    return found if isinstance(found, Message) else await lists.show(deps, asked, found)


PERFORMS: Mapping[type[ActionCommand], Perform] = {
    AddAction: adding.add,
    Assign: assign,
    Block: block,
    Done: done,
    Drop: drop,
    Due: due,
    Link: link,
    Nudge: nudge,
    Reopen: reopen,
    Show: show,
    Snooze: snooze,
    Unblock: unblock,
}


async def _act(deps: Deps, asked: Asked, command: OneActionCommand, act: Act, wanted: date | None = None) -> Message:
    found = await _found(deps, asked, command)
    if isinstance(found, Message):
        return found
    by = By(asked.who.user, deps.now(), asked.channel)
    outcome, seen = await performing.perform(deps, asked.who, found, by, act)
    return performing.told(outcome, seen, wanted)


async def _found(deps: Deps, asked: Asked, command: OneActionCommand) -> ActionId | Message:
    """The action point, or what has to be said instead."""
    if asked.about is not None:
        return asked.about
    async with deps.db.read(asked.who.tenant) as tx:
        by = By(asked.who.user, deps.now(), asked.channel)
        found = await numbering.numbered(tx, command.number, by)
    match found:
        case NotYours():
            return saved.not_yours()
        case Several(candidates=candidates):
            pairs = [(candidate.action, candidate.team.name) for candidate in candidates]
            return questions.which(pairs, text_of(command))
        case action:
            return action.id

"""Figures to take along: files that one person gets in a direct message, and nobody else sees."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import logs
from bot.domain.audited import Audited
from bot.domain.commands import Export, ExportFormat
from bot.domain.delivery import Message, NotNow, Uncertain, Undeliverable
from bot.domain.exported import ExportedFile
from bot.domain.ids import TeamId
from bot.domain.teams import Team
from bot.handlers import request
from bot.handlers.asked import Asked, Perform
from bot.handlers.choosing import unclear
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot
from bot.handlers.settings import meet
from bot.handlers.whispering import whisper
from bot.services import exporting, rights, visibility
from bot.services.exporting import Collected
from bot.slack.gate import Payload
from bot.store import audits, teams
from bot.store.database import Transaction
from bot.views import exporting as export_view
from bot.views import saved

log = structlog.get_logger(__name__)


async def export(deps: Deps, asked: Asked, command: Export) -> Message | None:
    where = Spot(asked.channel, asked.thread)
    await meet(deps, asked.who)
    async with deps.read_much(asked.who.tenant) as tx:
        if command.format is ExportFormat.ICS and command.team is None:
            collected = await exporting.due_of_person(tx, asked.who.user, deps.now())
        else:
            chosen = await _chosen(deps, tx, asked, command)
            if isinstance(chosen, Message):
                return chosen
            collected = await _collected(deps, tx, command, chosen)
    return await _sent(deps, asked.who, where, command.format, collected)


PERFORMS: Mapping[type[Any], Perform] = {Export: export}


async def choose(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """An entry of the menu beside a team or its result."""
    await ack()
    who, where, wanted = request.asker(context, body), request.spot(body), export_view.read(request.pressed(body))
    if wanted is None:
        return
    await meet(deps, who)
    async with deps.read_much(who.tenant) as tx:
        team = await teams.found(tx, TeamId(wanted.team))
        if team is None or not await exporting.may_take(tx, team, who.user, deps.now()):
            collected = None
        else:
            collected = await _collected(deps, tx, Export(wanted.format), [team])
    told = await _sent(deps, who, where, wanted.format, collected) if collected else export_view.members_only()
    whisper(deps, who, where, told)


async def _chosen(deps: Deps, tx: Transaction, asked: Asked, command: Export) -> Sequence[Team] | Message:
    """The teams to export; an admin's are all of them, where neither words nor channel name one."""
    user, is_admin = asked.who.user, await rights.is_admin(tx, asked.who.user, deps.now())
    if is_admin and command.team is None and await teams.of_channel(tx, asked.channel) is None:
        return await teams.every(tx, visibility.MOST_TEAMS)
    if is_admin and command.team is not None:
        team = await visibility.meant_by_admin(tx, command.team)
    else:
        team = await visibility.meant(tx, command.team, asked.channel, user)
    if not isinstance(team, Team):
        return unclear(team, lambda ref: replace(command, team=ref))
    may = await exporting.may_take(tx, team, user, deps.now())
    return [team] if may else export_view.members_only()


async def _collected(deps: Deps, tx: Transaction, command: Export, chosen: Sequence[Team]) -> Collected:
    if command.format is ExportFormat.ICS:
        return await exporting.due_of_teams(tx, chosen, deps.now())
    return await exporting.of_teams(tx, deps.models, chosen, command.since, deps.now())


async def _sent(deps: Deps, who: Asker, where: Spot | None, form: ExportFormat, collected: Collected) -> Message:
    exported = collected.exported
    if not exported.actions and not exported.assessments:
        return export_view.nothing()
    made = exporting.files(collected, form, who.tenant)
    async with deps.begin(who.tenant) as tx:
        await audits.note(tx, who.user, Audited.EXPORTED, collected.subject, deps.now())
    log.info(
        "exported",
        person=logs.disguised(who.tenant, who.user),
        of=logs.disguised(who.tenant, collected.of),
        format=form,
        actions=len(exported.actions),
        assessments=len(exported.assessments),
    )

    deps.afterwards.begin(_send(deps, who, where, made), partial(whisper, deps, who, where))
    return export_view.on_its_way(len(made))


async def _send(deps: Deps, who: Asker, where: Spot | None, made: Sequence[ExportedFile]) -> None:
    try:
        for file in made:
            await deps.gateway.share(who.tenant, who.user, file.name, file.content, file.title)
    except (NotNow, Undeliverable, Uncertain) as trouble:
        log.warning("file not shared", reason=trouble.reason)
        whisper(deps, who, where, saved.refused("Slack did not take the file just now. Please ask for it once more."))

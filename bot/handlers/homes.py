"""The App Home: drawn anew when it is opened, turned over, or when the person changed something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Undeliverable
from bot.domain.ids import TeamId, TouchId
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.showing import Covers, show
from bot.services import homing, meeting, rights, skipping, surveying, visibility
from bot.services.picturing import BLOCKS_REFUSED, Files
from bot.services.skipping import NothingToSkip
from bot.slack.answers import Gone, Updated
from bot.slack.gate import Payload
from bot.store import members, teams
from bot.store.database import Transaction
from bot.views import details, home
from bot.views.blocks import View
from bot.views.home import HomeFacts
from bot.views.homepage import paging
from bot.views.homepage.paging import FIRST, Pages
from bot.views.homepage.week import Skipped

log = structlog.get_logger(__name__)


@asynccontextmanager
async def changing(deps: Deps, who: Asker) -> AsyncIterator[Transaction]:
    """The transaction of whatever a person changes that their Home shows: what follows from it is said when it has
    ended, and their Home is drawn anew, unless nothing was changed after all.

    The steps of an assessment are the exception: they are shown there once the form is closed.
    """
    async with deps.begin(who.tenant) as tx:
        yield tx
        has_written = tx.has_written
    deps.wake()
    if has_written:
        refresh(deps, who)


def refresh(
    deps: Deps, who: Asker, replaced: str | None = None, pages: Pages = FIRST, skipped: Skipped | None = None
) -> None:
    """After whatever this person changed; ``replaced``: the hash of the Home, where they did it there."""
    deps.afterwards.begin(_publish(deps, who, replaced, pages, skipped))


async def turn(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The next few of a list, or those before."""
    await ack()
    refresh(deps, request.asker(context, body), hash_of(body), paging.read(request.pressed(body)))


async def skip(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    async with deps.begin(who.tenant) as tx:
        outcome = await skipping.skip(tx, TouchId(request.pressed(body)), who.user, deps.now())
    await ack()
    match outcome:
        case skipping.Skipped(action=action, undo=undo):
            what = f"the reminder about {action.label}" if action else "one of your reminders"
            refresh(deps, who, hash_of(body), skipped=Skipped(what, undo))
        case NothingToSkip():
            refresh(deps, who, hash_of(body))


async def show_details(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who = request.asker(context, body)
    form = partial(_details, deps, who, TeamId(request.pressed(body)))
    show(deps, who, str(body["trigger_id"]), form, None, Covers(details.opening(), details.away(), None))


async def _details(deps: Deps, who: Asker, team_id: TeamId) -> View:
    async with deps.db.read(who.tenant) as tx:
        team = await teams.found(tx, team_id)
        if team is None or not await visibility.may_see(tx, team, who.user):
            return details.not_there()
        now = deps.now()
        standing = await surveying.status(tx, deps.models, team, now)
        return details.build(standing, await surveying.history(tx, team, None, now))


async def _publish(deps: Deps, who: Asker, replaced: str | None, pages: Pages, skipped: Skipped | None) -> None:
    await _ask_about_admins(deps, who)
    async with deps.db.read(who.tenant) as tx:
        facts = await homing.home(tx, deps.models, who.user, deps.now(), pages, skipped)
    charts = home.charts(facts)
    known = await deps.gallery.known(who.tenant, charts)
    shown = await _shown(deps, who, facts, known, replaced)
    if isinstance(shown, Gone):
        # Somebody else drew it meanwhile, from facts that are as new.
        log.info("the home was drawn anew meanwhile", reason=shown.reason)
    elif len(known) < len(charts):
        files = await deps.gallery.files(deps.gateway, who.tenant, charts)
        if len(files) > len(known):
            await _shown(deps, who, facts, files, shown.hash)


async def _shown(deps: Deps, who: Asker, facts: HomeFacts, files: Files, replaced: str | None) -> Updated | Gone:
    """Without the pictures, where Slack does not take them any more."""
    try:
        return await deps.gateway.publish_home(who.tenant, who.user, home.build(facts, files), hash=replaced)
    except Undeliverable as refused:
        if refused.reason not in BLOCKS_REFUSED or not files:
            raise
        await deps.gallery.forget(who.tenant, files)
        return await deps.gateway.publish_home(who.tenant, who.user, home.build(facts, {}), hash=replaced)


async def _ask_about_admins(deps: Deps, who: Asker) -> None:
    """Slack's word that somebody is an admin does not last: the others need not be asked about."""
    async with deps.db.read(who.tenant) as tx:
        was_admin = await members.is_admin(tx, who.user)
    if was_admin:
        await meeting.introduce(deps.db, deps.gateway, who.tenant, [who.user], deps.now(), rights.SLACKS_WORD_LASTS)


def is_home(view: Any) -> bool:
    return isinstance(view, dict) and view.get("type") == "home"


def hash_of(body: Payload) -> str | None:
    """Of the Home in which a button was pressed; None where it was somewhere else."""
    view: Any = body.get("view")
    return str(view["hash"]) if is_home(view) and view.get("hash") else None

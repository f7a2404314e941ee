"""The bot's first words: to who installed it, and in a channel that it is invited to. Each is said once."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import Letter, Post
from bot.domain.ids import ChannelId, UserId
from bot.domain.notices import Introduction, Welcome
from bot.slack.tenancy import Installation
from bot.store import choices, outbox, people, targets
from bot.store.database import Database, Transaction
from bot.store.tenants import Installations
from bot.views import welcome
from bot.views.welcome import WelcomeFacts


@dataclass(frozen=True, slots=True)
class Welcoming:
    """Puts an installation where it belongs, and greets who made it."""

    db: Database
    installations: Installations

    async def save(self, installation: Installation, installed_by: UserId, now: datetime) -> None:
        await self.installations.save(installation, installed_by, now)
        if installed_by:
            async with self.db.begin(installation.tenant) as tx:
                await greet(tx, installed_by, now)


async def greet(tx: Transaction, person: UserId, now: datetime) -> None:
    """Whoever installs it a second time knows it."""
    if await people.welcome(tx, person, now):
        await outbox.enqueue(tx, f"welcome:{person}", Welcome(person), ChannelId(person), person, now)


async def introduce(tx: Transaction, channel: ChannelId, now: datetime, *, is_shared: bool = False) -> None:
    """However often the bot is invited there. ``is_shared``: with other organisations, as Slack says just now."""
    if is_shared:
        await targets.share(tx, channel, is_shared)
    await outbox.enqueue(tx, f"introduction:{channel}", Introduction(channel), channel, channel, now)


async def letter(tx: Transaction, notice: Welcome | Introduction) -> Letter:
    match notice:
        case Welcome():
            return Post(welcome.to_person())
        case Introduction(channel=channel):
            policy = await choices.of_workspace(tx)
            return Post(welcome.in_channel(channel, WelcomeFacts(policy.digest_day, policy.digest_at)))

"""The bot's own delivering with nothing to say and nobody to say it to: what is left is what it costs by itself."""

import random
import time
from datetime import datetime
from itertools import count
from typing import cast

from bench.claiming import Ledger
from bot.app import utc_now
from bot.domain.delivery import Envelope, Letter, Message, Place, Post
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId
from bot.domain.notices import Notice
from bot.metrics import Deliveries, Metrics
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.slack.gateway import Gateway
from bot.store.database import Database, Transaction


class Mute:
    """Has no words, and hears of what was finished."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        return Post(Message("", ()))

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None:
        self._ledger.finish(delivery.id)

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        raise AssertionError(reason)


class Void:
    """Slack, as far as a delivery asks it: it takes everything at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._numbers = count(1)

    async def post(
        self, tenant: TenantId, channel: ChannelId, message: Message, thread: MessageTs | None, delivery: DeliveryId
    ) -> Place:
        self._ledger.take(delivery)
        return Place(channel, MessageTs(f"{next(self._numbers)}.000100"))


def delivering(db: Database, ledger: Ledger) -> Delivering:
    gateway, tally = cast("Gateway", Void(ledger)), Deliveries(Metrics())
    return Delivering(
        Means(db, gateway, Mute(ledger), tally, utc_now, time.monotonic, random.random, Gallery(db), turns(db))
    )

"""Cards: the messages that stand for action points, few enough of them that a channel stays readable."""

from datetime import datetime, timedelta

from bot.domain.ids import CardId
from bot.domain.notices import CardPost
from bot.domain.teams import Team
from bot.store import board, cards, outbox
from bot.store.database import Transaction

IN_A_WHILE = timedelta(hours=1)
AT_MOST = 3  # in that while; what is made beyond it joins the newest as a list


async def post(tx: Transaction, team: Team, now: datetime) -> CardId:
    card = await cards.add(tx, team.id, team.place.channel)
    await outbox.enqueue(tx, key_of(card), CardPost(card), team.place.channel, card, now)
    return card


async def crowded(tx: Transaction, team: Team, now: datetime) -> CardId | None:
    """The card to share, where many were posted just now."""
    new = await board.new_cards(tx, team.id, now - IN_A_WHILE)
    return new[0] if len(new) >= AT_MOST else None


def key_of(card: CardId) -> str:
    return f"card:{card}"

"""What the peers on PostgreSQL have in common."""

from bot.services.delivering import AT_ONCE

HANDS = AT_ONCE  # as many at once as the bot has in hand


def plain(url: str) -> str:
    """The address without SQLAlchemy's word for the driver."""
    return url.replace("+asyncpg", "")

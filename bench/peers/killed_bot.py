"""The bot's own worker, with deliveries that wait in its outbox."""

from bench import letters
from bench.databases import executed

PROCESS = ("bot", "worker")
UNSETTLED = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed', 'posting')"
AGED = """
UPDATE deliveries SET lease_until = now() WHERE lease_until IS NOT NULL;
UPDATE lanes SET lease_until = now() WHERE lease_until IS NOT NULL
"""


def put(url: str, count: int) -> None:
    letters.put(url, count, 1)


def age(url: str) -> None:
    executed(url, AGED)

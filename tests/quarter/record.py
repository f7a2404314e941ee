"""What was said in the quarter, read back from the channels and conversations of the workspace."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sandbox import SlackStandIn
from sandbox.values import Message
from tests.flows import looking
from tests.quarter.cast import TWENTY, ZONES

# What people read because of what they or somebody else has just done, not because a clock said so.
ANSWERS = ("was handed over to you", "is yours", "The new answers put", "asks you to confirm")


@dataclass(frozen=True, slots=True)
class Word:
    """One message that the bot sent one person by itself."""

    to: str
    at: datetime
    message: Message

    @property
    def day(self) -> date:
        return self.at.astimezone(zone_of(self.to)).date()


def zone_of(user: str) -> ZoneInfo:
    return ZoneInfo(ZONES[TWENTY.index(user) % len(ZONES)])


def words(slack: SlackStandIn) -> list[Word]:
    """Every reminder in a thread and every direct message, in order."""
    return sorted([*_in_threads(slack), *_direct(slack)], key=lambda word: word.at)


def undone(slack: SlackStandIn, channel: str) -> list[tuple[datetime, str]]:
    """What a team's digests list as still to be done, each with when it was said."""
    digests = [kept for kept in slack.messages(channel) if kept.by_app and kept.text.startswith("FinOps week for")]
    parts = [
        (instant(kept), looking.words(replace(kept, blocks=(block,)))) for kept in digests for block in kept.blocks
    ]
    return [(at, said) for at, said in parts if not said.startswith("*Done")]


def _in_threads(slack: SlackStandIn) -> Iterator[Word]:
    for channel in list(slack.workspace.channels):
        for message in slack.messages(channel):
            if message.by_app and message.is_reply and message.text.startswith("<@") and not _is_answer(message):
                yield Word(message.text[2:].partition(">")[0], instant(message), message)


def _direct(slack: SlackStandIn) -> Iterator[Word]:
    for user in TWENTY:
        for message in slack.dm(user):
            if message.by_app and not message.is_reply and not _is_answer(message):
                yield Word(user, instant(message), message)


def _is_answer(message: Message) -> bool:
    return any(said in message.text for said in ANSWERS)


def instant(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)

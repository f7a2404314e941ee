"""What a delivery is, what may become of it, and the ways in which Slack says that it cannot be now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.charted import Charted
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that stands below one of a message's blocks, as soon as it is drawn and uploaded."""

    chart: Charted
    below: int  # the place of the block


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``text`` reads well alone (notifications, screen readers); ``blocks`` say the same.

    It is complete without its pictures: their figures are in the blocks as well.
    """

    text: str
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    POSTING = "posting"
    DELIVERED = "delivered"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"
    DEAD = "dead"
    AMBIGUOUS = "ambiguous"


# Why we gave one up ourselves: unlike one that Slack refused, it may be visible all the same.
POISON, SPENT, BROKEN, ANOTHERS = "poison", "attempts spent", "broken", "another workspace's place"


@dataclass(frozen=True, slots=True)
class Post:
    """A new message, in the thread of ``thread`` when given."""

    message: Message
    thread: MessageTs | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A message of ours that is brought up to date in place."""

    message: Message
    ts: MessageTs


@dataclass(frozen=True, slots=True)
class Suppress:
    """Nothing is to be said any more: the action was closed, the touch replaced, the person left."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not yet: what it hangs on (its thread, say) is not there."""

    not_before: datetime
    reason: str


Letter = Post | Edit | Suppress | Later


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is written on the outside of a delivery: all but the words."""

    id: DeliveryId
    tenant: TenantId
    key: str
    kind: str
    channel: ChannelId  # a person for a direct message
    subject: str
    attempts: int  # this one included
    token: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is. A direct message is asked for by person and answered by channel."""

    channel: ChannelId
    ts: MessageTs


@dataclass(frozen=True, slots=True)
class Arrived:
    """Visible; looked for once more at ``sweep_at`` when there may be a second copy."""

    place: Place
    sweep_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """Not visible, and not tried again."""

    state: DeliveryState
    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """Not visible, and to be tried again. ``counts``: whether this claim was one of its attempts.

    ``anew``: as if for the first time, however long ago that was.
    """

    not_before: datetime
    reason: str
    counts: bool = True
    waits: int = 0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Perhaps visible: to be looked for, not before Slack has surely settled what we sent."""

    not_before: datetime
    reason: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """A mistake of ours on the way: in doubt if the post may have left, else to be tried again."""

    not_before: datetime


Outcome = Arrived | Ended | Again | InDoubt | Broken


class NotNow(Exception):  # what the world is, not a mistake
    """Nothing was changed in Slack; it can be asked again.

    ``pause`` is the wait that Slack named. ``is_tried`` is false when the world was at fault and not what we said:
    such an attempt does not count.
    """

    def __init__(self, reason: str, pause: timedelta | None = None, is_tried: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pause = pause
        self.is_tried = is_tried


class Undeliverable(Exception):
    """Slack refused for good; asking the same again is useless."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uncertain(Exception):
    """A message was sent and the answer is lost: it may be visible or not."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TenantGone(Exception):
    """The token is no good any more: nothing can be sent to this workspace until it is installed again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

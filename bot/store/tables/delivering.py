"""The outbox: what is to be said, the channels it waits for, and the files that are shown in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.delivery import DeliveryState
from bot.store.columns import words
from bot.store.tables.base import Base, TenantOwned


class LaneRow(TenantOwned, Base):
    """One channel's queue: at most one delivery of it is under way, and one a second is posted.

    ``due_at`` (when something of it can go, null: nothing waits) and ``paced_until`` are compared with the time that
    is handed in; ``lease_until`` (null: nobody has it) only with the clock that wrote it, see ``store/lanes.py``.
    """

    __tablename__ = "lanes"
    __table_args__ = (
        Index(
            "ix_lanes_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_lanes_of_tenant",
            "tenant_id",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_lanes_suspended",
            "suspended_at",
            sqlite_where=text("suspended_at IS NOT NULL"),
            postgresql_where=text("suspended_at IS NOT NULL"),
        ),
    )

    channel_id: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime | None]
    paced_until: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    token: Mapped[int] = mapped_column(default=0)  # fencing: rises with every claim
    deliveries_numbered: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")  # in a row, that were no fault of the words
    suspended_at: Mapped[datetime | None]  # nothing of it is claimed: the bot cannot speak there
    suspended_why: Mapped[str | None]
    moved_to: Mapped[str | None]  # where what was meant for it goes now
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())  # with other organisations


class DeliveryRow(TenantOwned, Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index(
            "ix_deliveries_waiting",
            "tenant_id",
            "channel_id",
            "not_before",
            "order",
            # Queries must spell the states just so, or the index is not used.
            sqlite_where=text("state IN ('pending', 'claimed', 'posting')"),
            postgresql_where=text("state IN ('pending', 'claimed', 'posting')"),
        ),
        Index("ix_deliveries_of_subject", "tenant_id", "subject"),
        Index("ix_deliveries_of_channel", "tenant_id", "channel_id", "settled_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]  # what makes a second one of the same impossible
    kind: Mapped[str]
    fields: Mapped[dict[str, Any]]  # ids only, see domain/notices.py
    subject: Mapped[str]  # the action, card or assessment it is about
    channel_id: Mapped[str]  # a channel, or a person for a direct message
    state: Mapped[DeliveryState] = mapped_column(words(DeliveryState, "state"))
    reason: Mapped[str | None]
    order: Mapped[int]  # within its lane
    not_before: Mapped[datetime]
    token: Mapped[int] = mapped_column(default=0)  # its lane's, when it was last claimed
    attempts: Mapped[int] = mapped_column(default=0)
    waits: Mapped[int] = mapped_column(default=0)  # pauses that were no fault of its own and count as no attempt
    crashes: Mapped[int] = mapped_column(default=0)  # claims that nobody settled
    lease_until: Mapped[datetime | None]  # still set when a claim is found again: its worker died
    first_tried_at: Mapped[datetime | None]
    attempted_at: Mapped[datetime | None]  # when the last post left
    thread_ts: Mapped[str | None]  # where the last post went, to look for it there
    posted_channel: Mapped[str | None]  # a direct message's own channel, as Slack answered
    posted_ts: Mapped[str | None]  # known before the call when a message of ours is edited
    sweep_at: Mapped[datetime | None] = mapped_column(index=True)  # look once more for extra copies
    look_since: Mapped[datetime | None]  # it may have been said since then, unknown to this row: looked for first
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class PictureRow(TenantOwned, Base):
    """A chart that was uploaded, and the file in Slack that shows it."""

    __tablename__ = "pictures"

    digest: Mapped[str] = mapped_column(primary_key=True)  # of everything that is drawn
    file_id: Mapped[str]

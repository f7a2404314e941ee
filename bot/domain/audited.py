"""What is written down about who did it: changes of rights, and what cannot be taken back."""

from enum import StrEnum

from bot.domain.ids import UserId

OPERATOR = UserId("operator")  # whoever may run commands where the bot runs
BOT = UserId("bot")  # by itself, because its time had come


class Audited(StrEnum):
    CORRECTED = "result opened again"
    DELIVERY_CANCELLED = "delivery cancelled"
    DELIVERY_REQUEUED = "delivery requeued"
    ERASED_PERSON = "person erased"
    ERASED_TEAM = "team erased"
    ERASED_WORKSPACE = "workspace erased"
    EXPORTED = "exported"
    LEAD_CHANGED = "lead changed"
    ROLE_GRANTED = "role granted"
    ROLE_REVOKED = "role revoked"
    TEAM_STARTED = "team started"
    TEAM_STOPPED = "team stopped"

"""The tables, all of them. Rows stay inside ``bot.store``; values come out."""

from bot.store.tables.acting import ActionRow, CardRow, NoteRow, TouchRow, TouchState, UndoRow
from bot.store.tables.assessing import AnswerRow, AssessmentRow, MeasureRow, RespondentRow, WishRow
from bot.store.tables.base import Base, TenantOwned
from bot.store.tables.delivering import DeliveryRow, LaneRow, PictureRow
from bot.store.tables.running import AuditRow, HandledRow, HeartbeatRow
from bot.store.tables.workspace import (
    MemberRow,
    OAuthStateRow,
    PersonRow,
    PolicyRow,
    RoleRow,
    TargetRow,
    TeamRow,
    TenantRow,
)

__all__ = [
    "ActionRow",
    "AnswerRow",
    "AssessmentRow",
    "AuditRow",
    "Base",
    "CardRow",
    "DeliveryRow",
    "HandledRow",
    "HeartbeatRow",
    "LaneRow",
    "MeasureRow",
    "MemberRow",
    "NoteRow",
    "OAuthStateRow",
    "PersonRow",
    "PictureRow",
    "PolicyRow",
    "RespondentRow",
    "RoleRow",
    "TargetRow",
    "TeamRow",
    "TenantOwned",
    "TenantRow",
    "TouchRow",
    "TouchState",
    "UndoRow",
    "WishRow",
]

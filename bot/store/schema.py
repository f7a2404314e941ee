"""The tables, all of them. Rows stay inside ``bot.store``; values come out."""

from bot.store.tables.acting import ActionRow, CardRow, TouchRow, TouchState
from bot.store.tables.assessing import AnswerRow, AssessmentRow, MeasureRow, RespondentRow, WishRow
from bot.store.tables.base import Base, TenantOwned
from bot.store.tables.delivering import DeliveryRow, LaneRow
from bot.store.tables.workspace import OAuthStateRow, PersonRow, TeamRow, TenantRow

__all__ = [
    "ActionRow",
    "AnswerRow",
    "AssessmentRow",
    "Base",
    "CardRow",
    "DeliveryRow",
    "LaneRow",
    "MeasureRow",
    "OAuthStateRow",
    "PersonRow",
    "RespondentRow",
    "TeamRow",
    "TenantOwned",
    "TenantRow",
    "TouchRow",
    "TouchState",
    "WishRow",
]

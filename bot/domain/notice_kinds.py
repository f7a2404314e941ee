"""What each kind of notice is called, and a notice as fields that can be kept and read back."""

from collections.abc import Mapping
from dataclasses import asdict

from bot.domain.direct_notices import (
    LeadChosen,
    Leaderless,
    LeadGiven,
    MemberAdded,
    PlaceSuspended,
    RoundEdit,
    RoundPost,
    SharedAsked,
)
from bot.domain.notices import (
    BundlePost,
    CardEdit,
    CardPost,
    ConfirmAsked,
    Delegated,
    DigestPost,
    HandedOver,
    HandoverSettled,
    HistoryPost,
    Introduction,
    InvitationPost,
    NoteInThread,
    Notice,
    ReminderPost,
    ReminderRetired,
    ResultEdit,
    ResultPost,
    StageDown,
    StageDownToLead,
    StageUp,
    StatusPost,
    Welcome,
)

KINDS: Mapping[str, type[Notice]] = {
    "result": ResultPost,
    "result_edit": ResultEdit,
    "card": CardPost,
    "card_edit": CardEdit,
    "reminder": ReminderPost,
    "bundle": BundlePost,
    "reminder_retired": ReminderRetired,
    "handed_over": HandedOver,
    "handover_settled": HandoverSettled,
    "note": NoteInThread,
    "confirm": ConfirmAsked,
    "stage_up": StageUp,
    "stage_down_lead": StageDownToLead,
    "stage_down": StageDown,
    "status": StatusPost,
    "history": HistoryPost,
    "digest": DigestPost,
    "invitation": InvitationPost,
    "delegated": Delegated,
    "welcome": Welcome,
    "introduction": Introduction,
    "shared_asked": SharedAsked,
    "lead_chosen": LeadChosen,
    "lead_given": LeadGiven,
    "member_added": MemberAdded,
    "leaderless": Leaderless,
    "place_suspended": PlaceSuspended,
    "round": RoundPost,
    "round_edit": RoundEdit,
}
# Of these a channel reads one a day; the digest makes way for the others.
AT_CHANNEL_LEVEL = frozenset({"result", "stage_up", "stage_down", "digest", "invitation", "introduction"})
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(notice: Notice) -> str:
    return _NAMES[type(notice)]


def encode(notice: Notice) -> dict[str, str | int | None]:
    return asdict(notice)


def decode(kind: str, fields: Mapping[str, str | int | None]) -> Notice:
    """Raises KeyError for an unknown kind and TypeError for fields that are not the kind's own."""
    return KINDS[kind](**fields)  # type: ignore[arg-type]  # the fields were written by encode

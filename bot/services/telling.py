"""What each notice says when its turn comes, drawn from what is true then, and what follows once it was said."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.delivery import DeliveryState, Edit, Envelope, Later, Letter, Post, Suppress
from bot.domain.ids import AssessmentId, CardId, MessageTs
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
from bot.domain.touches import Outcome
from bot.domain.whys import Said, value_of
from bot.services import addressing, directing, reporting, rounds, sharing, surveying, visibility, wording
from bot.store import actions, assessments, cards, housing, outbox, plans, teams, told
from bot.store.database import Transaction
from bot.views import card as card_view
from bot.views import footer, history, result, stage, status

THREAD_COMES = timedelta(seconds=5)
CARD_GONE = frozenset({"message_not_found", "cant_update_message", "thread_not_found", "edit_window_closed"})


class Telling:
    """The outbox's correspondent. It may be asked many times for one notice; what it says is always of now."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        match notice:
            case ResultPost(assessment=assessment) | ResultEdit(assessment=assessment):
                return await self._result(tx, assessment, delivery, now, edits=isinstance(notice, ResultEdit))
            case CardPost(card=card) | CardEdit(card=card):
                return await _card(tx, card, now, edits=isinstance(notice, CardEdit))
            case ReminderPost(touch=touch):
                return await addressing.reminder(tx, delivery, touch, now)
            case BundlePost():
                return await addressing.bundle(tx, delivery, now)
            case ReminderRetired(action=action, touch=touch):
                return await addressing.retired(tx, action, touch)
            case HandedOver() | HandoverSettled() | NoteInThread() | ConfirmAsked():
                return await wording.compose(tx, notice, delivery, now)
            case StageUp() | StageDownToLead() | StageDown():
                return await self._stage(tx, notice, delivery, now)
            case StatusPost() | HistoryPost():
                return await self._survey(tx, notice, delivery, now)
            case DigestPost() | InvitationPost() | Delegated() | Welcome() | Introduction():
                return await rounds.letter(tx, notice, now)
            case _:
                return await directing.letter(tx, self._models, notice, delivery.channel, now)

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None:
        match notice:
            case CardPost(card=card):
                await cards.place(tx, card, ts)
            case ReminderPost(action=action, touch=touch):
                await addressing.retire_earlier(tx, action, touch, delivery, now)
            case _:
                pass

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        match notice:
            case CardEdit(card=card) if reason in CARD_GONE:
                await _post_anew(tx, card, delivery, now)
            case CardPost(card=card):
                await outbox.cancel(tx, card, ("card_edit",), f"its card could not be posted: {reason}", now)
            case ReminderPost() | BundlePost() | DigestPost() | InvitationPost():
                outcome = Outcome.UNKNOWN if reason.startswith(DeliveryState.AMBIGUOUS) else Outcome.FAILED
                for planned in await told.of_message(tx, delivery.key):
                    await plans.resettle(tx, planned.id, outcome, reason, now)
            case _:
                pass

    async def _result(
        self, tx: Transaction, assessment_id: AssessmentId, delivery: Envelope, now: datetime, *, edits: bool
    ) -> Letter:
        closed = await _closed(tx, assessment_id)
        if closed is None:
            return Suppress("the assessment is open again")
        if not await sharing.may_tell(tx, closed, delivery.channel, now):
            return Suppress(sharing.HELD)
        words = result.build(await reporting.result_facts(tx, self._models, closed))
        message = footer.under(words, value_of(Said.RESULT, closed.team))
        if not edits:
            return Post(message)
        ts = await outbox.posted(tx, assessment_id, "result")
        return Edit(message, ts) if ts else Suppress("the result was not posted")

    async def _stage(
        self, tx: Transaction, notice: StageUp | StageDownToLead | StageDown, delivery: Envelope, now: datetime
    ) -> Letter:
        closed = await _closed(tx, notice.assessment)
        if closed is not None and not await sharing.may_tell(tx, closed, delivery.channel, now):
            return Suppress(sharing.HELD)
        facts = await reporting.stage_facts(tx, self._models, closed) if closed else None
        match notice:
            case _ if facts is None or closed is None:
                return Suppress("the answers were corrected since")
            case StageUp():
                return Post(footer.under(stage.up(facts), value_of(Said.STAGE_UP, closed.team)))
            case StageDownToLead():
                return Post(footer.under(stage.down_to_lead(facts), value_of(Said.STAGE_DOWN, closed.team)))
            case StageDown() if facts.lead_only:
                await assessments.tell(tx, notice.assessment, facts.change.before)
                return Suppress("for the lead alone")
            case StageDown():
                return Post(footer.under(stage.down(facts), value_of(Said.STAGE_DOWN, closed.team)))
            case _:
                assert_never(notice)

    async def _survey(
        self, tx: Transaction, notice: StatusPost | HistoryPost, delivery: Envelope, now: datetime
    ) -> Letter:
        team = await teams.by_id(tx, notice.team)
        if not visibility.may_be_told_in(team, delivery.channel):
            return Suppress("its channel is private by now")
        if await sharing.is_read_outside(tx, delivery.channel):
            return Suppress(sharing.HELD)
        match notice:
            case StatusPost():
                return Post(status.public(await surveying.status(tx, self._models, team, now)))
            case HistoryPost(last=last):
                return Post(history.public(await surveying.history(tx, team, last, now)))
            case _:
                assert_never(notice)


async def _closed(tx: Transaction, assessment: AssessmentId) -> Assessment | None:
    found = await assessments.by_id(tx, assessment)
    return found if found and found.state is AssessmentState.CLOSED else None


async def _card(tx: Transaction, card_id: CardId, now: datetime, *, edits: bool) -> Letter:
    card = await cards.by_id(tx, card_id)
    shown = await actions.of_card(tx, card_id)
    if card is None or not shown:
        return Suppress("there is nothing to show")
    team = await teams.by_id(tx, card.team)
    message = card_view.build(team.name, shown)
    if not edits:
        return Post(message)
    return Edit(message, card.ts) if card.ts else _until_there(now)


async def _post_anew(tx: Transaction, card_id: CardId, delivery: Envelope, now: datetime) -> None:
    """Somebody deleted the card, or it stands in a channel of before: one new one is posted, and never another."""
    posted = await outbox.enqueue(tx, f"card:{card_id}:again", CardPost(card_id), delivery.channel, card_id, now)
    if posted:
        await housing.carry_over(tx, card_id, delivery.channel)


def _until_there(now: datetime) -> Later:
    return Later(now + THREAD_COMES, "its card is not posted yet")

"""What must be true after every fault, whatever it was: the letters are those of the promise sheet.

The judge of what is visible is the stand-in's channels, never our tables.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.catalogue import loading
from bot.domain.assessment import AssessmentState
from bot.domain.audited import Audited
from bot.domain.delivery import DeliveryState
from bot.domain.ids import AssessmentId, TenantId
from bot.services import weighing
from bot.store import assessments, lanes
from bot.store.database import Database
from bot.store.schema import AnswerRow, AssessmentRow, AuditRow, Base, DeliveryRow, TenantRow
from sandbox import SlackStandIn

MODELS = loading.published()
RECOVERY = lanes.LEASE + timedelta(seconds=90)
IN_HAND = (DeliveryState.CLAIMED, DeliveryState.POSTING)
UNSEEN = (DeliveryState.SUPPRESSED, DeliveryState.EXPIRED, DeliveryState.DEAD, DeliveryState.AMBIGUOUS)
# As a person types them into a form; nobody's log may know them.
CANARY = "canary-7f3a"


@dataclass(frozen=True, slots=True)
class Saved:
    """A step whose form was closed or led on: the person was told that it is stored."""

    channel: str
    user: str
    answers: Mapping[str, str]


@dataclass
class Findings:
    broken: list[str] = field(default_factory=list)
    visible: int = 0  # deliveries that can be seen
    lost: int = 0  # delivered by our word, and not to be seen
    doubled: int = 0  # seen more than once
    states: Counter[str] = field(default_factory=Counter)

    def wrong(self, letter: str, what: str) -> None:
        self.broken.append(f"({letter}) {what}")


async def check(
    database: Database, slack: SlackStandIn, now: datetime, logs: Path, saved: Sequence[Saved] = ()
) -> Findings:
    found = Findings()
    await _answers(found, database, saved)
    await _scores(found, database)
    rows = await _deliveries(database)
    _visible(found, slack, rows)
    await _tenants(found, database, slack, rows)
    _secrets(found, slack, logs)
    _in_hand(found, rows, now)
    _accounts(found, rows)
    return found


async def _answers(found: Findings, database: Database, saved: Sequence[Saved]) -> None:
    """(a) Every saved answer is there."""
    async with database.read_for_all() as tx:
        rows = await tx.session.execute(
            select(AnswerRow.user_id, AnswerRow.question_id, AnswerRow.value, AssessmentRow.id).join(
                AssessmentRow,
                (AssessmentRow.tenant_id == AnswerRow.tenant_id) & (AssessmentRow.id == AnswerRow.assessment_id),
            )
        )
        kept = {(user, question): value for user, question, value, _ in rows}
        twice = await tx.session.execute(
            select(AssessmentRow.team_id, func.count())
            .where(AssessmentRow.state == AssessmentState.DRAFT)
            .group_by(AssessmentRow.team_id)
            .having(func.count() > 1)
        )
        for team, number in twice:
            found.wrong("a", f"{number} drafts of one team {team}")
    for step in saved:
        for question, value in step.answers.items():
            if kept.get((step.user, question)) != value:
                found.wrong("a", f"{step.user} was told that {question} is saved, and it is not")


async def _scores(found: Findings, database: Database) -> None:
    """(b) What was told is what the scoring function says of the stored answers, by the version they were given to."""
    async with database.read_for_all() as tx:
        closed = (
            await tx.session.execute(
                select(AssessmentRow.tenant_id, AssessmentRow.id).where(AssessmentRow.state == AssessmentState.CLOSED)
            )
        ).all()
    for tenant, assessment_id in closed:
        async with database.read(TenantId(tenant)) as one:
            assessment = await assessments.by_id(one, AssessmentId(assessment_id))
            assert assessment is not None
            weighed = await weighing.weigh(one, MODELS, assessment)
            told = await one.session.scalar(select(AssessmentRow.stage).where(AssessmentRow.id == assessment_id))
        stage = weighed.result.overall.stage
        if told != (None if stage is None else int(stage)):
            found.wrong("b", f"{assessment_id} was told as {told}, and its answers say {stage}")


async def _deliveries(database: Database) -> Sequence[DeliveryRow]:
    async with database.read_for_all() as tx:
        return (await tx.session.scalars(select(DeliveryRow))).all()


def copies(slack: SlackStandIn) -> Mapping[str, Sequence[str]]:
    """Where each delivery is to be seen, by its id."""
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for channel in list(slack.workspace.channels):
        for shown in slack.messages(channel):
            if shown.metadata:
                seen[str(shown.metadata["event_payload"]["d"])].append(f"{channel}/{shown.ts}")
    return seen


def _visible(found: Findings, slack: SlackStandIn, rows: Iterable[DeliveryRow]) -> None:
    """(c) Each is visible once, if it was to be seen at all."""
    seen = copies(slack)
    known = {row.id for row in rows}
    for stranger in seen.keys() - known:
        found.wrong("c", f"{stranger} is to be seen, and nobody decided it")
    for row in rows:
        found.states[row.state] += 1
        number = len(seen.get(row.id, ()))
        found.visible += number > 0
        found.doubled += number > 1
        if number > 1:
            found.wrong("c", f"{row.key} is to be seen {number} times")
        if row.state is DeliveryState.DELIVERED and not number and not _is_edit(row):
            found.lost += 1
            found.wrong("c", f"{row.key} was delivered, and is not to be seen")
        if row.state in UNSEEN and row.state is not DeliveryState.AMBIGUOUS and number:
            found.wrong("c", f"{row.key} is {row.state}, and is to be seen")


def _is_edit(row: DeliveryRow) -> bool:
    """What changes a message of before carries no id of its own."""
    return row.kind.endswith(("_edit", "_retired", "_settled"))


async def _tenants(found: Findings, database: Database, slack: SlackStandIn, rows: Iterable[DeliveryRow]) -> None:
    """(d) Nothing stands under a workspace that does not exist, and nothing was said with another's token."""
    async with database.read_for_all() as tx:
        known = set(await tx.session.scalars(select(TenantRow.id)))
        for table in Base.metadata.sorted_tables:
            if "tenant_id" in table.c:
                strange = set(await tx.session.scalars(select(table.c.tenant_id).distinct())) - known
                for tenant in strange:
                    found.wrong("d", f"{table.name} has rows of {tenant}")
    here = slack.workspace.team_id
    for row in rows:
        if row.tenant_id != here:
            found.wrong("d", f"a delivery of {row.tenant_id} in a world of {here}")
    used = {called.token for called in slack.journal if called.token}  # a token is asked for without one
    if strangers := used - slack.workspace.tokens.keys():
        found.wrong("d", f"{len(strangers)} foreign tokens were used")


def _secrets(found: Findings, slack: SlackStandIn, logs: Path) -> None:
    """(e) No secret and no answer in logs or in what everybody in the workspace can read of a message."""
    said = logs.read_text(errors="replace") if logs.exists() else ""
    for name, secret in secrets_of(slack).items():
        if secret in said:
            found.wrong("e", f"the log knows {name}")
    for channel in list(slack.workspace.channels):
        for shown in slack.messages(channel):
            if shown.metadata and shown.metadata["event_payload"].keys() != {"d"}:
                found.wrong("e", f"metadata says {sorted(shown.metadata['event_payload'])}")
    if "Traceback" in said:
        found.wrong("e", "the log has a traceback")


def secrets_of(slack: SlackStandIn) -> Mapping[str, str]:
    known = {"the bot's token": slack.bot_token, "the signing secret": slack.app.signing_secret, "an answer": CANARY}
    return {name: secret for name, secret in known.items() if secret}


def _in_hand(found: Findings, rows: Iterable[DeliveryRow], now: datetime) -> None:
    """(f) What a dead worker had is in other hands a minute and a half after its lease at the latest."""
    for row in rows:
        if row.state in IN_HAND and row.lease_until is not None and row.lease_until + RECOVERY < now:
            found.wrong("f", f"{row.key} has been {row.state} since {row.lease_until}")


def _accounts(found: Findings, rows: Collection[DeliveryRow]) -> None:
    """(g) Every end is written down, with when, and with why where it is not that it arrived."""
    for row in rows:
        is_over = row.state is DeliveryState.DELIVERED or row.state in UNSEEN
        if is_over and row.settled_at is None:
            found.wrong("g", f"{row.key} is {row.state}, and nobody knows since when")
        if row.state in UNSEEN and not row.reason:
            found.wrong("g", f"{row.key} is {row.state}, and nobody knows why")
        if row.state is DeliveryState.DELIVERED and row.posted_ts is None:
            found.wrong("g", f"{row.key} is delivered, and nobody knows where")


async def noted(found: Findings, database: Database, what: Audited, times: int) -> None:
    """(g) Who did it is written down of each of so many changes, and of none that did not happen."""
    async with database.read_for_all() as tx:
        query = select(func.count()).select_from(AuditRow).where(AuditRow.what == what.value)
        written = await tx.session.scalar(query) or 0
    if written != times:
        found.wrong("g", f"{what.value}: {times} times, and written down {written} times")

"""Whoever changes a right, or does what cannot be taken back, is written down: by id, and with nobody's words."""

from sqlalchemy import select

from bot.domain.admin_commands import AdminGrant, AdminStart, AdminStop
from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import InChannel
from bot.domain.preferences import Role
from bot.domain.team_commands import TeamLead
from bot.store.schema import AssessmentRow, AuditRow, DeliveryRow, TeamRow
from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.asking import told, undone
from tests.flows.assessment import RUN, assessed, numbers
from tests.flows.looking import words
from tests.flows.saying import answer, tenant_of
from tests.flows.world import World

PAYMENTS = InChannel(ChannelId("C_PAY"))


async def noted(world: World) -> list[tuple[str, str, str]]:
    async with world.db.read(tenant_of(world)) as tx:
        rows = await tx.session.scalars(select(AuditRow).order_by(AuditRow.at))
        return [(row.actor, row.what, row.subject) for row in rows]


async def test_changes_of_rights_exports_and_retries_are_noted_and_refusals_are_not(world: World, ada: Person) -> None:
    world.slack.faults.add(Fault(Trouble.ERROR, method="chat.postMessage", error="restricted_action", count=1))
    await assessed(world, 3, RUN)
    async with world.db.read(tenant_of(world)) as tx:
        team = (await tx.session.scalars(select(TeamRow.id))).one()
        failed = (await tx.session.scalars(select(DeliveryRow.id).where(DeliveryRow.state == "dead"))).one()
    expected = []

    def then(what: str) -> None:
        expected.append(("U_ADA", what, "U_CHI" if what.startswith("role") else team))
        world.clock.advance(1)

    granted = await told(world, "U_ADA", AdminGrant(Role.ADMIN, UserId("U_CHI")))
    then("role granted")
    await undone(world, "U_ADA", granted)
    then("role revoked")
    stopped = await told(world, "U_ADA", AdminStop(PAYMENTS))
    then("team stopped")
    await undone(world, "U_ADA", stopped)
    then("team started")
    await told(world, "U_ADA", AdminStart(PAYMENTS))  # it runs already
    led = await told(world, "U_ADA", TeamLead(UserId("U_CHI")))
    then("lead changed")
    await undone(world, "U_ADA", led)
    then("lead changed")
    await answer(world, ada, "export json")
    then("exported")
    await told(world, "U_BEN", AdminGrant(Role.ADMIN, UserId("U_BEN")))  # not Ben's to give
    short = words(await answer(world, ada, "admin failures")).split("`")[1]
    assert "goes once more" in (await answer(world, ada, f"admin retry {short}")).text

    assert await noted(world) == [*expected, ("U_ADA", "delivery requeued", failed)]


async def test_a_result_that_is_opened_again_is_noted(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 1, numbers("55", "18"))
    (to_lead,) = world.slack.dm("U_ADA")

    await ada.press(to_lead, text="Correct answers")
    await world.answered()

    async with world.db.read(tenant_of(world)) as tx:
        opened = (await tx.session.scalars(select(AssessmentRow.id).where(AssessmentRow.state == "draft"))).one()
    assert await noted(world) == [("U_ADA", "result opened again", opened)]


async def test_a_lead_who_leaves_hands_on_by_the_bots_own_hand(world: World) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    await assessed(world, 3, RUN)  # Ada was at it last
    async with world.db.read(tenant_of(world)) as tx:
        team = (await tx.session.scalars(select(TeamRow.id))).one()

    await world.slack.lifecycle.change_user("U_BEN", deleted=True)
    await world.settle()

    assert await noted(world) == [("bot", "lead changed", team)]

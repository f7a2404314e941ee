"""A person is erased while they are being reminded (G08): nothing more is said to them or of them."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.audited import OPERATOR
from bot.domain.ids import TenantId, UserId, is_erased
from bot.services import erasing, reminding
from bot.store.schema import ActionRow
from sandbox.person import Person
from tests.flows.assessment import agreed, posts, replies
from tests.flows.looking import words
from tests.flows.saying import answer
from tests.flows.times import at, march
from tests.flows.world import World

HERE = TenantId("T0SANDBOX")


def said(world: World, since: float) -> list[str]:
    everywhere = [message for channel in ("C_PAY", "C_DATA") for message in world.slack.messages(channel)]
    everywhere += [message for user in ("U_ADA", "U_BEN") for message in world.slack.dm(user)]
    return [str(message) for message in everywhere if float(message.ts) > since]


async def test_g08_erased_while_a_reminder_is_on_its_way_nobody_hears_of_them_again(world: World, ada: Person) -> None:
    card = await agreed(world, march(17), "U_BEN")
    await world.until(at(march(17), "14:00"))
    world.clock.advance(timedelta(hours=1).total_seconds())  # Ben is in New York, where his day begins
    assert len(await reminding.tick(world.db, world.gateway, world.now())) == 1, "it is in the outbox"
    before, count = world.clock.now(), len(replies(world, card))

    await erasing.person(world.db, HERE, UserId("U_BEN"), OPERATOR, world.now)
    await world.until(at(march(30), "18:00"), timedelta(days=1))

    assert [text for text in said(world, before) if "U_BEN" in text] == []
    assert len(replies(world, card)) == count
    assert world.slack.dm("U_BEN") == [] or float(world.slack.dm("U_BEN")[-1].ts) <= before
    async with world.db.read(HERE) as tx:
        (action,) = await tx.session.scalars(select(ActionRow))
    assert (action.owner, is_erased(action.former_owner or "")) == (None, True), "its lead is asked for another one"
    assert "U_BEN" not in words(await answer(world, ada, "actions"))
    assert any("Label the disks" in kept.text for kept in posts(world)), "the action point is still the team's"

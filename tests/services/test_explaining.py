"""Why a message came, told to whom it was said to and to nobody else; and what will come next."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.touches import Outcome, Reason, Rung, Track
from bot.domain.whys import Said, value_of
from bot.services import explaining
from bot.services.chosen import NotYours
from bot.services.explaining import OfSaid, OfTouches
from bot.store import plans, touches
from bot.store.database import Database, Transaction
from bot.store.plans import Told
from tests.services.office import LEAD, MEMBER, OTHER, opened
from tests.store.builders import DAY, HERE, HOUR, NOW, OPS, PAY, TODAY, a_draft, a_team, a_touch, put_action

KEY = "bundle:1"


async def said(tx: Transaction, track: Track, subject: str, recipient: str, rung: Rung = Rung.T1) -> str:
    """A touch that was told; its id is the value of its button."""
    await plans.put(tx, subject, {track: a_touch(rung=rung, recipient=UserId(recipient))}, NOW)
    planned = await touches.planned_of(tx, track, subject)
    assert planned is not None
    await plans.settle(tx, [planned], Outcome.SENT, Reason.DUE, NOW, {planned.touch.recipient: Told(TODAY, KEY)})
    return planned.id


async def test_everything_that_one_message_tells_is_explained(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        draft = await a_draft(tx, team.id)
        action = await put_action(tx, draft, owner=MEMBER)
        value = await said(tx, Track.OWNER, action.id, MEMBER)
        await said(tx, Track.DRAFT, draft.id, MEMBER, Rung.DRAFT_FIRST)
        await said(tx, Track.ROUND, f"{draft.id}:{MEMBER}", MEMBER, Rung.ROUND_ASKED)
        await said(tx, Track.CADENCE, team.id, MEMBER, Rung.REASSESS_SOON)

        explained = await explaining.why(tx, value, MEMBER, None, NOW)

    assert isinstance(explained, OfTouches)
    assert explained.in_force is not None
    told = {each.track: (each.rung, each.team, each.action and each.action.label) for each in explained.told}
    assert told == {
        Track.OWNER: (Rung.T1, "c_pay", "A-1"),
        Track.DRAFT: (Rung.DRAFT_FIRST, "c_pay", None),
        Track.ROUND: (Rung.ROUND_ASKED, "c_pay", None),
        Track.CADENCE: (Rung.REASSESS_SOON, "c_pay", None),
    }


@pytest.mark.parametrize("value", ["", "no-such-touch", "result:no-such-team", "handed-over:no-such-action", "x:y"])
async def test_what_is_not_there_is_nobodys(db: Database, value: str) -> None:
    await opened(db)
    async with db.read(HERE) as tx:
        assert await explaining.why(tx, value, LEAD, PAY, NOW) == NotYours()


async def test_a_word_to_somebody_else_is_not_explained(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        action = await put_action(tx, await a_draft(tx, team.id), owner=MEMBER)
        value = await said(tx, Track.OWNER, action.id, MEMBER)

        assert await explaining.why(tx, value, OTHER, PAY, NOW) == NotYours()
        assert await explaining.why(tx, value_of(Said.HANDED_OVER, action.id), OTHER, PAY, NOW) == NotYours()
        mine = await explaining.why(tx, value_of(Said.HANDED_OVER, action.id), MEMBER, PAY, NOW)
        assert isinstance(mine, OfSaid)
        assert mine.about == "A-1"


async def test_a_word_to_a_channel_is_explained_there(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        value = await said(tx, Track.DIGEST, team.id, PAY, Rung.DIGEST)

        there = await explaining.why(tx, value, OTHER, PAY, NOW)
        assert isinstance(there, OfTouches)
        assert there.in_force is None
        for channel in (OPS, None):
            assert await explaining.why(tx, value, OTHER, channel, NOW) == NotYours()


@pytest.mark.parametrize("kind", [Said.RESULT, Said.STAGE_UP, Said.STAGE_DOWN, Said.DIGEST, Said.INVITATION])
async def test_a_private_team_is_explained_to_its_own_people_alone(db: Database, kind: Said) -> None:
    public = await opened(db)
    secret = ChannelId("G_SECRET")
    async with db.begin(HERE) as tx:
        private = await a_team(tx, secret, LEAD, private=True)

        assert await heard(tx, kind, public.id, OTHER, OPS)
        assert await heard(tx, kind, private.id, LEAD, OPS)
        assert await heard(tx, kind, private.id, OTHER, secret)
        assert not await heard(tx, kind, private.id, OTHER, OPS)


async def test_what_comes_next_is_told_in_order_by_ones_own_clock(db: Database) -> None:
    team = await opened(db)
    async with db.begin(HERE) as tx:
        action = await put_action(tx, await a_draft(tx, team.id), owner=MEMBER)
        for track, subject, rung, at in (
            (Track.OWNER, action.id, Rung.T0, NOW + DAY),
            (Track.CADENCE, team.id, Rung.REASSESS_SOON, NOW + HOUR),
            (Track.OWNER, "gone", Rung.T1, NOW + HOUR),
            (Track.LEAD, action.id, Rung.ESCALATION, NOW + timedelta(days=400)),
        ):
            touch = a_touch(rung=rung, at_utc=at, recipient=MEMBER)
            await plans.put(tx, subject, {track: touch}, NOW)

        ahead = await explaining.ahead(tx, MEMBER, NOW, 5)

    assert [(each.told.rung, f"{each.at:%d %H:%M}") for each in ahead] == [
        (Rung.REASSESS_SOON, "02 11:00"),  # Paris is an hour ahead of UTC
        (Rung.T0, "03 10:00"),
    ]


async def heard(tx: Transaction, kind: Said, team: TeamId, asker: UserId, channel: ChannelId) -> Sequence[str]:
    explained = await explaining.why(tx, value_of(kind, team), asker, channel, NOW)
    return [explained.about] if isinstance(explained, OfSaid) else []

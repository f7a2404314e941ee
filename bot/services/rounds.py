"""What is said to channels and people by way of a team's rhythm, or of the bot's own arrival: drawn when it is sent."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain.delivery import Letter, Post
from bot.domain.notices import Delegated, DigestPost, Introduction, InvitationPost, Welcome
from bot.domain.whys import Said, value_of
from bot.services import arranging, digesting, introducing, reassessing
from bot.store.database import Transaction
from bot.views import footer

Round = DigestPost | InvitationPost | Delegated | Welcome | Introduction


async def letter(tx: Transaction, notice: Round, now: datetime) -> Letter:
    match notice:
        case DigestPost(touch=touch):
            return _footed(await digesting.letter(tx, notice, now), touch)
        case InvitationPost(touch=touch):
            return _footed(await reassessing.invitation(tx, notice, now), touch)
        case Delegated(team=team):
            return _footed(await arranging.letter(tx, notice, now), value_of(Said.DELEGATED, team))
        case Welcome(person=person):
            return _footed(await introducing.letter(tx, notice), value_of(Said.WELCOME, person))
        case Introduction(channel=channel):
            return _footed(await introducing.letter(tx, notice), value_of(Said.INTRODUCTION, channel))
        case _:
            assert_never(notice)


def _footed(letter: Letter, why: str) -> Letter:
    """``why``: what its last line is asked about."""
    return replace(letter, message=footer.under(letter.message, why)) if isinstance(letter, Post) else letter

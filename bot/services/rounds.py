"""What is said to channels and people by way of a team's rhythm, or of the bot's own arrival: drawn when it is sent."""

from datetime import datetime
from typing import assert_never

from bot.domain.delivery import Letter
from bot.domain.notices import Delegated, DigestPost, Introduction, InvitationPost, Welcome
from bot.services import arranging, digesting, introducing, reassessing
from bot.store.database import Transaction

Round = DigestPost | InvitationPost | Delegated | Welcome | Introduction


async def letter(tx: Transaction, notice: Round, now: datetime) -> Letter:
    match notice:
        case DigestPost():
            return await digesting.letter(tx, notice, now)
        case InvitationPost():
            return await reassessing.invitation(tx, notice, now)
        case Delegated():
            return await arranging.letter(tx, notice, now)
        case Welcome() | Introduction():
            return await introducing.letter(tx, notice)
        case _:
            assert_never(notice)

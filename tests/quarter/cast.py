"""Three teams and twenty people in five zones, and the channels that they meet in."""

from dataclasses import dataclass

from sandbox.values import Channel, Kind, Role, User
from sandbox.workspace import Workspace

ZONES = ("Europe/Paris", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Australia/Sydney")
TWENTY = tuple(f"U_P{number:02}" for number in range(1, 21))
LEAVER = TWENTY[6]


@dataclass(frozen=True, slots=True)
class Crew:
    channel: str
    lead: str
    people: tuple[str, ...]
    kind: Kind = Kind.PUBLIC


CREWS = (
    Crew("C_ONE", TWENTY[0], TWENTY[0:8]),
    Crew("C_TWO", TWENTY[8], TWENTY[8:14]),
    Crew("G_THREE", TWENTY[14], TWENTY[14:20], Kind.PRIVATE),
)


def settle(workspace: Workspace) -> None:
    """Makes them all, each in a zone of their own."""
    for number, user in enumerate(TWENTY):
        role = Role.ADMIN if number == 0 else Role.MEMBER
        workspace.add(User(user, user.lower(), user, ZONES[number % len(ZONES)], role))
    for crew in CREWS:
        members = frozenset(crew.people) | {workspace.app.bot_user}
        workspace.add(Channel(crew.channel, crew.channel.lower().partition("_")[2], crew.kind, members))

"""Every track, and how its touches are dealt with when they have come due."""

from collections.abc import Mapping

from bot.domain.touches import Track
from bot.services import anonymous, digesting, drafting, leads, owning, reassessing, suspending
from bot.services.conduct import Conduct, Speak

# To a person: all that is due for one of them is told in one message.
TRACKS: Mapping[Track, Conduct] = {
    Track.OWNER: owning.CONDUCT,
    Track.LEAD: leads.ESCALATION,
    Track.OWNERLESS: leads.OWNERLESS,
    Track.HANDOVER: leads.UNACCEPTED,
    Track.DRAFT: drafting.CONDUCT,
    Track.ROUND: anonymous.CONDUCT,
    Track.CADENCE: reassessing.CONDUCT,
    Track.CHANNEL: suspending.CONDUCT,
}

# To a channel, each in a message of its own.
SPEAKERS: Mapping[Track, Speak] = {
    Track.DIGEST: digesting.speak,
    Track.INVITATION: reassessing.invite,
}

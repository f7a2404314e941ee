"""Why a message came: a reason, a rule and a way to change it, for every kind of it."""

import pytest

from bot.domain.touches import Rung, Track
from bot.domain.whys import Said
from bot.views import rungs, why, why_touch
from tests.views.checks import check_message, texts
from tests.views.settings_builders import person_in_force, told


@pytest.mark.parametrize("rung", Rung)
def test_every_rung_has_its_rule_its_change_and_its_few_words(rung: Rung) -> None:
    message = why.of_touches([told(rung)], person_in_force())
    check_message(message)
    said = "\n".join(texts([*message.blocks]))
    assert why_touch.RULES[rung] in said
    assert why_touch.change(rung) in said
    assert rungs.WORDS[rung]


@pytest.mark.parametrize(
    ("track", "because"),
    [
        (Track.OWNER, "you own A-12 Tag untagged volumes, due Fri 29 May"),
        (Track.LEAD, "you lead Payments, which has A-12 Tag untagged volumes, due Fri 29 May"),
        (Track.OWNERLESS, "you lead Payments, which has A-12 Tag untagged volumes, due Fri 29 May"),
        (Track.HANDOVER, "you lead Payments, which has A-12 Tag untagged volumes, due Fri 29 May"),
        (Track.DRAFT, "you began an assessment of Payments"),
        (Track.ROUND, "you were asked to answer for Payments"),
        (Track.CADENCE, "you lead Payments"),
        (Track.INVITATION, "this is the channel of Payments"),
        (Track.DIGEST, "this is the channel of Payments"),
        (Track.CHANNEL, "you lead Payments"),
    ],
)
def test_the_reason_is_what_the_reader_has_to_do_with_it(track: Track, because: str) -> None:
    assert why.of_touches([told(Rung.T1, track)], None).text == f"You see this because {because}."


@pytest.mark.parametrize("said", Said)
def test_what_is_said_without_a_touch_has_its_reason_too(said: Said) -> None:
    message = why.of_post(said, "<!channel> *Payments*", person_in_force())
    check_message(message)
    assert message.text.startswith("You see this because ")


def test_a_message_that_tells_the_same_twice_gives_its_reason_once() -> None:
    assert why.of_touches([told(), told()], None) == why.of_touches([told()], None)


def test_nothing_is_told_of_what_is_gone() -> None:
    assert why.of_touches([], None) == why.not_yours()

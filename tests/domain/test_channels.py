"""What Slack's refusals mean for a place."""

import pytest

from bot.domain.channels import Lost, is_of_the_place, lost


@pytest.mark.parametrize(
    ("reason", "is_private", "meant"),
    [
        pytest.param("is_archived", False, Lost.ARCHIVED, id="T40: archived"),
        pytest.param("channel_not_found", False, Lost.GONE, id="T40: deleted"),
        pytest.param("channel_not_found", True, Lost.UNINVITED, id="T41: private ones are not found from outside"),
        pytest.param("not_in_channel", True, Lost.UNINVITED, id="T41: private"),
        pytest.param("not_in_channel", False, Lost.UNINVITED, id="T41: public, and joining was refused"),
        pytest.param("restricted_action", False, None, id="refused for a reason that may pass"),
        pytest.param("invalid_blocks", False, None, id="nothing to do with the place"),
    ],
)
def test_a_refusal_says_whether_a_channel_is_lost(reason: str, is_private: bool, meant: Lost | None) -> None:
    assert lost(reason, is_private=is_private) is meant


@pytest.mark.parametrize(
    ("reason", "is_so"),
    [
        pytest.param("restricted_action", True, id="only some may post there"),
        pytest.param("cannot_dm_bot", True, id="nobody reads there"),
        pytest.param("is_archived", True, id="archived"),
        pytest.param("invalid_blocks", False, id="words that Slack does not take"),
        pytest.param("message_not_found", False, id="a message that somebody deleted"),
        pytest.param("poison", False, id="a mistake of ours"),
    ],
)
def test_only_what_will_happen_again_counts_against_a_place(reason: str, is_so: bool) -> None:
    assert is_of_the_place(reason) is is_so

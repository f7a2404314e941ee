"""The value of the button that asks why."""

import pytest

from bot.domain.ids import TouchId
from bot.domain.whys import OfPost, OfTouch, Said, read, value_of


@pytest.mark.parametrize("said", Said)
def test_what_is_written_is_read(said: Said) -> None:
    assert read(value_of(said, "te-1")) == OfPost(said, "te-1")


def test_a_touch_is_its_own_value() -> None:
    assert read("3f1b7a39") == OfTouch(TouchId("3f1b7a39"))


@pytest.mark.parametrize("value", ["", ":", "result:", ":te-1", "unheard-of:te-1"])
def test_anything_else_is_nothing(value: str) -> None:
    assert read(value) is None

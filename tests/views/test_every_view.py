"""Whatever the bot shows keeps to Slack's limits and to good manners, and looks as it was agreed."""

import json

import pytest

from tests.views.checks import check_message, check_view
from tests.views.examples import LISTS, MESSAGES, VIEWS
from tests.views.snapshots import FOLDER, drawn, path_of


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_can_be_posted_and_calls_at_most_one_person(name: str) -> None:
    check_message(MESSAGES[name], mentions=None if name in LISTS else 1)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_can_be_opened(name: str) -> None:
    check_view(VIEWS[name])


@pytest.mark.parametrize("name", drawn())
def test_it_looks_as_agreed(name: str) -> None:
    assert drawn()[name] == json.loads(path_of(name).read_text(encoding="utf-8"))


def test_no_snapshot_is_left_behind() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(drawn())

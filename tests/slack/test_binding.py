"""What a modal carries comes back as it was drawn, for who it was drawn for, or not at all: C02."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import TenantId, UserId
from bot.slack.binding import MOST_METADATA, Binding

HERE, ELSEWHERE = TenantId("T1"), TenantId("T2")
ADA, BEN = UserId("U_ADA"), UserId("U_BEN")
SECRET = "a-signing-secret-of-32-characters"
View = dict[str, Any]
CARRIED = json.dumps({"assessment": "as-1", "step": "process", "version": 3})


def a_view(carried: str = CARRIED) -> View:
    blocks = [{"type": "input", "block_id": "p_reporting"}]
    return {"type": "modal", "callback_id": "step", "private_metadata": carried, "blocks": blocks}


def with_metadata(view: View, change: Callable[[str], str]) -> View:
    return view | {"private_metadata": change(view["private_metadata"])}


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=20) | st.integers() | st.none(), max_size=4))
def test_c02_what_it_was_drawn_with_comes_back(carried: dict[str, Any]) -> None:
    binding, view = Binding(SECRET), a_view(json.dumps(carried))

    assert binding.carried(HERE, ADA, binding.bind(HERE, ADA, view)) == (json.dumps(carried) if carried else "")


def test_c02_the_versions_before_can_read_it_too() -> None:
    metadata = Binding(SECRET).bind(HERE, ADA, a_view())["private_metadata"]

    assert {name: value for name, value in json.loads(metadata).items() if name != "bound"} == json.loads(CARRIED)


REFUSED: dict[str, Callable[[View], View]] = {
    "edited": lambda view: with_metadata(view, lambda text: text.replace("as-1", "as-2")),
    "another version": lambda view: with_metadata(view, lambda text: text.replace('"version": 3', '"version": 4')),
    "truncated": lambda view: with_metadata(view, lambda text: text[:-1]),
    "without its tag": lambda view: with_metadata(view, lambda _: CARRIED),
    "empty": lambda view: with_metadata(view, lambda _: ""),
    "none at all": lambda view: {name: value for name, value in view.items() if name != "private_metadata"},
    "no text": lambda view: view | {"private_metadata": 7},
    "longer": lambda view: with_metadata(view, lambda text: text + " "),
    "something before the tag": lambda view: with_metadata(view, lambda text: text.replace(',"bound"', ' ,"bound"')),
    "a name twice": lambda view: with_metadata(view, lambda text: text.replace("{", '{"step":"tools",', 1)),
    "another form": lambda view: view | {"callback_id": "plan"},
    "another step": lambda view: with_metadata(view, lambda text: text.replace("process", "tools")),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_c02_what_was_changed_is_refused_and_counted(change: Callable[[View], View]) -> None:
    refused: list[str] = []
    binding = Binding(SECRET, lambda: refused.append("once"))

    assert binding.carried(HERE, ADA, change(binding.bind(HERE, ADA, a_view()))) is None
    assert refused == ["once"]


@pytest.mark.parametrize(("tenant", "user"), [(ELSEWHERE, ADA), (HERE, BEN)])
def test_c02_what_was_drawn_for_somebody_else_is_refused(tenant: TenantId, user: UserId) -> None:
    binding = Binding(SECRET)

    assert binding.carried(tenant, user, binding.bind(HERE, ADA, a_view())) is None


def test_c02_under_another_secret_it_is_refused() -> None:
    assert (
        Binding("another-secret-of-32-characters!").carried(HERE, ADA, Binding(SECRET).bind(HERE, ADA, a_view()))
        is None
    )


def test_a_view_that_carries_more_than_slack_takes_is_our_mistake() -> None:
    fits = json.dumps({"a": "x" * (MOST_METADATA - 60)})
    assert len(Binding(SECRET).bind(HERE, ADA, a_view(fits))["private_metadata"]) <= MOST_METADATA

    for carried in (json.dumps({"a": "x" * (MOST_METADATA - 40)}), "te-1"):
        with pytest.raises(ValueError, match="carries"):
            Binding(SECRET).bind(HERE, ADA, a_view(carried))

"""The runner: contenders in turn, honest medians, and a table that says plainly what is met and what was not run."""

from collections.abc import Callable
from itertools import count

import pytest

from bench import table
from bench.measure import Figures, Spread, interleaved, spread
from bench.rows import Bound, Limit, Line, NotRun, Row, Target, at_least, at_most


def steady(value: float) -> Spread:
    return Spread(value, value, value, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([4.0], Spread(4, 4, 4, 1), id="one run is all there is"),
        pytest.param([1.0, 3.0], Spread(1.5, 2, 2.5, 2), id="two: between them"),
        pytest.param([9.0, 1.0, 5.0, 3.0, 7.0], Spread(3, 5, 7, 5), id="five, in any order"),
        pytest.param([1.0, 1.0, 1.0, 1.0, 90.0], Spread(1, 1, 1, 5), id="one that was held up changes nothing"),
    ],
)
def test_what_came_of_the_runs(values: list[float], expected: Spread) -> None:
    assert spread(values) == expected


def test_contenders_run_in_turn_and_another_one_begins_each_time() -> None:
    ran = []
    ticks = count()

    def run(name: str) -> Callable[[], Figures]:
        def measured() -> Figures:
            ran.append(name)
            return {"when": next(ticks)}

        return measured

    found = interleaved({name: run(name) for name in "abc"}, 3)
    assert "".join(ran) == "abcbcacab"
    assert found["a"]["when"] == Spread(2.5, 5, 6, 3)


@pytest.mark.parametrize(
    ("ours", "theirs", "target", "met"),
    [
        pytest.param(3, 2, at_most(1.5), True, id="just within"),
        pytest.param(3.01, 2, at_most(1.5), False, id="just above"),
        pytest.param(8, 2, at_least(4), True, id="just enough"),
        pytest.param(7.9, 2, at_least(4), False, id="just too little"),
        pytest.param(1, None, at_most(1.5), None, id="no peer: nothing can be told"),
        pytest.param(1, 0, at_most(1.5), None, id="a peer that takes no time: nothing can be told"),
        pytest.param(1, 2, None, None, id="nothing is asked for"),
        pytest.param(5, None, Limit(Bound.AT_MOST, 5), True, id="within a limit of its own"),
        pytest.param(5.1, 99, Limit(Bound.AT_MOST, 5), False, id="above it, however bad the peer is"),
        pytest.param(5, None, Limit(Bound.AT_LEAST, 5), True, id="enough"),
        pytest.param(4.9, None, Limit(Bound.AT_LEAST, 5), False, id="too little"),
    ],
)
def test_a_target_is_met_or_missed(
    ours: float, theirs: float | None, target: Target | Limit | None, met: bool | None
) -> None:
    row = Row("it", "ms", steady(ours), "a peer", None if theirs is None else steady(theirs), target)
    assert row.is_met is met


def test_the_table_says_what_was_measured_missed_and_not_run() -> None:
    lines: list[Line] = [
        Row("a tick", "ms", Spread(1, 2, 3, 5), "a peer", Spread(3, 4, 5, 5), at_most(1.2)),
        Row("a start", "s", Spread(1.25, 2.5, 3, 5), "a peer", Spread(0.5, 1, 2, 5), at_most(1.5)),
        Row("a write", "per s", Spread(900, 1234.5, 2000, 5), None, None),
        NotRun("Node", "there is no network"),
    ]
    text = table.written("# Measured", {"machine": "2 cores"}, lines)
    assert text.splitlines()[2] == "- machine: 2 cores"
    assert text.splitlines()[-4:] == [
        "| a tick | 2 ms [1, 3] ×5 | a peer | 4 ms [3, 5] ×5 | 0.50 | at most 1.2 times | yes |",
        "| a start | 2.5 s [1.25, 3] ×5 | a peer | 1 s [0.5, 2] ×5 | 2.50 | at most 1.5 times | **NO** |",
        "| a write | 1,234 per s [900, 2,000] ×5 | – | – | – | – | – |",
        "| Node | **not run: there is no network** | – | – | – | – | – |",
    ]

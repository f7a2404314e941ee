"""Workers that compete: what counts as finished, and what as taken twice."""

from typing import Any

import pytest

from bench.contest import judged
from bench.measure import Figures


def a_worker(taken: str = "", finished: str | None = None, seconds: float = 1.0) -> dict[str, Any]:
    return {"taken": list(taken), "finished": list(taken if finished is None else finished), "seconds": seconds}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([a_worker("abcd", seconds=2)], {"per second": 2, "twice": 0}, id="one, and each once"),
        pytest.param([a_worker("ab"), a_worker("cd", seconds=4)], {"per second": 1, "twice": 0}, id="until the last"),
        pytest.param([a_worker("ab"), a_worker("bc")], {"per second": 3, "twice": 1}, id="by two of them"),
        pytest.param([a_worker("aab")], {"per second": 2, "twice": 1}, id="by one of them, again"),
        pytest.param([a_worker("a"), a_worker("a"), a_worker("a")], {"per second": 1, "twice": 2}, id="by all three"),
        pytest.param([a_worker("abc", "ab")], {"per second": 2, "twice": 0}, id="taken and not finished in time"),
        pytest.param([a_worker(seconds=0)], {"per second": 0, "twice": 0}, id="nothing at all"),
    ],
)
def test_what_came_of_it(told: list[dict[str, Any]], expected: Figures) -> None:
    assert judged(told) == expected

"""What is lost and what is there twice, after whoever sent it was killed."""

import pytest

from bench.channels import Channels
from bench.killed import judged
from bench.measure import Figures


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        pytest.param("abc", {"lost": 0, "twice": 0}, id="each once"),
        pytest.param("ab", {"lost": 1, "twice": 0}, id="one that never came"),
        pytest.param("abcb", {"lost": 0, "twice": 1}, id="one that came again"),
        pytest.param("aaa", {"lost": 2, "twice": 2}, id="one that came again does not stand for another"),
    ],
)
def test_what_became_of_three(posted: str, expected: Figures) -> None:
    place = Channels()
    for number, delivery in enumerate(posted):
        place.post(f"C{number}", delivery, 1000)
    assert judged(place, 3) == expected

"""Forms are read as the standard library reads them, whatever is in them."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack import form

MOST = 6
SIGNS = st.sampled_from(
    ["a", "é", "%", "%2", "%2B", "%25", "%C3%A9", "%c3", "+", "=", "&", "_", "\n", "=\n", "%\n", "\r", " ", "\x00"]
)


@given(st.lists(SIGNS, max_size=12).map("".join) | st.text(max_size=12))
@example("a=1&b=&c&&=d&e=f=g")
@example("payload=%7B%22a%22%3A+%22%F0%9F%98%80%22%7D")
def test_what_the_standard_library_reads_is_read_and_what_it_refuses_is_refused(text: str) -> None:
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST)
    except ValueError:
        with pytest.raises(ValueError, match=r"utf-8|too many"):
            form.fields(text, MOST)
    else:
        assert form.fields(text, MOST) == expected


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=MOST))
def test_what_is_written_is_read_back(pairs: list[tuple[str, str]]) -> None:
    assert form.fields(urlencode(pairs), MOST) == pairs


def test_too_many_fields_are_refused() -> None:
    assert len(form.fields("&".join("a" * MOST), MOST)) == MOST
    with pytest.raises(ValueError, match="too many"):
        form.fields("&".join("a" * (MOST + 1)), MOST)

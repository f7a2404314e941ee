"""What is seldom needed is not imported before it is; whoever uses it does not notice."""

import subprocess
import sys

import pytest

from bot.late import late

STARTED = "import sys, gc, bot.__main__; print(gc.isenabled(), *sorted({name.split('.')[0] for name in sys.modules}))"


def test_a_process_that_starts_has_no_library_that_it_may_never_need() -> None:
    said = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, timeout=60)
    collects, *libraries = said.stdout.split()
    assert {"PIL", "icalendar", "dateparser"}.isdisjoint(libraries)
    assert collects == "True"


def test_a_late_library_is_the_library() -> None:
    library = late("xml.dom.pulldom")
    assert "xml.dom.pulldom" not in sys.modules
    from_late = library.PullDOM
    assert from_late is sys.modules["xml.dom.pulldom"].PullDOM


@pytest.mark.parametrize(("name", "error"), [("no_such_library", ModuleNotFoundError), ("json", AttributeError)])
def test_what_is_not_there_is_missed_when_it_is_used(name: str, error: type[Exception]) -> None:
    library = late(name)
    with pytest.raises(error):
        _ = library.no_such_thing

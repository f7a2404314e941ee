"""Libraries that are imported when they are first used: few processes ever draw a chart or write a calendar.

A module names such a library once, at its top, beside the import that the type checker and `lint-imports` read:

    if TYPE_CHECKING:
        import icalendar
    else:
        icalendar = late("icalendar")

It is for a library that takes long to import and that most requests do without. Not `importlib.util.LazyLoader`:
until Python 3.12 the second of two threads that use it first may find the module empty.
"""

from importlib import import_module


class late:  # noqa: N801  # stands where `import` would
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)

"""Several installations in one bot, on SQLite: the store is tried on both databases in `tests/store`."""

from tests.flows.conftest import pytest_generate_tests

__all__ = ["pytest_generate_tests"]

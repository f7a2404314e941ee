"""The whole bot against the stand-in for Slack, as in conversations."""

from tests.flows.conftest import ada, ben, world

__all__ = ["ada", "ben", "world"]

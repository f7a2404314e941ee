"""A strict stand-in for the Slack platform, for any app that is built on it."""

from sandbox.clock import Clock
from sandbox.faults import Fault, Trouble
from sandbox.standin import SlackStandIn
from sandbox.values import App, Channel, Impossible, Kind, Role, User

__all__ = ["App", "Channel", "Clock", "Fault", "Impossible", "Kind", "Role", "SlackStandIn", "Trouble", "User"]

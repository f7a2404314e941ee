"""The names of things, as types: a channel cannot be handed over where a person is asked for."""

from typing import NewType

TenantId = NewType("TenantId", str)  # one Slack installation: its workspace, or a whole organisation
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
MessageTs = NewType("MessageTs", str)  # Slack's id of a message within its channel
FileId = NewType("FileId", str)


def is_person(channel: str) -> bool:
    """A message may be addressed to a person: then it is a direct one."""
    return channel.startswith(("U", "W"))


ERASED = "U0ERASED"  # how the names begin that stand for people who were erased; Slack's ids are no words


def is_erased(user: str) -> bool:
    return user.startswith(ERASED)


TeamId = NewType("TeamId", str)
AssessmentId = NewType("AssessmentId", str)
ActionId = NewType("ActionId", str)
CardId = NewType("CardId", str)
TouchId = NewType("TouchId", str)
DeliveryId = NewType("DeliveryId", str)
UndoId = NewType("UndoId", str)
NoteId = NewType("NoteId", str)

ModelVersion = NewType("ModelVersion", str)
StepId = NewType("StepId", str)
QuestionId = NewType("QuestionId", str)
BenchmarkId = NewType("BenchmarkId", str)
CatalogueId = NewType("CatalogueId", str)  # an action point of the model's catalogue

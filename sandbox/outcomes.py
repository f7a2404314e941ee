"""What a person sees after they did something."""

from dataclasses import dataclass, field

from sandbox.sender import Sent
from sandbox.values import Json, Message
from sandbox.views import View


@dataclass(frozen=True, slots=True)
class Reply:
    """Right after a command, a press or a shortcut."""

    status: int
    text: str = ""
    blocks: tuple[Json, ...] = ()
    view: View | None = None  # a modal that was opened or changed meanwhile
    message: Message | None = None
    trouble: str = ""  # what the person is told instead: operation_timeout, dispatch_failed


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a submitted modal."""

    status: int
    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None  # the modal that is on the screen now
    trouble: str = ""


def trouble_of(sent: Sent) -> str:
    if sent.ok:
        return ""
    return "operation_timeout" if sent.failure == "http_timeout" else "dispatch_failed"


def said(sent: Sent) -> Json:
    """The words of an answer, which may be JSON or just text."""
    if not sent.ok or not sent.answer.strip():
        return {}
    answer = sent.json()
    return answer if isinstance(answer, dict) else {"text": sent.answer.decode(errors="replace")}

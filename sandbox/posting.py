"""What every message goes through before it is shown, whichever way the app sends it."""

from dataclasses import dataclass
from typing import Any

from sandbox import pictures
from sandbox.limits import MOST_CHARACTERS, block_problems, characters
from sandbox.state import named
from sandbox.values import Json, Message, Refused
from sandbox.workspace import Workspace

MOST_TEXT = 40_000


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    blocks: tuple[Json, ...]
    attachments: tuple[Json, ...]


def content(workspace: Workspace, args: Json) -> Content:
    """The readable part of a message, or the reason why it cannot be shown."""
    blocks, attachments = _listed(args, "blocks"), _listed(args, "attachments")
    text = str(args.get("text") or args.get("markdown_text") or "")
    if args.get("markdown_text") and (blocks or args.get("text")):
        raise Refused("markdown_text_conflict")
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if len(text) > MOST_TEXT:
        raise Refused("msg_too_long")
    inner = [block for entry in attachments if isinstance(entry, dict) for block in entry.get("blocks") or []]
    problems = block_problems(blocks) + block_problems(inner, path="/attachments/blocks")
    problems += list(pictures.problems(workspace, blocks, "/blocks"))
    if problems:
        raise Refused("invalid_blocks", errors=problems, response_metadata={"messages": problems})
    if characters(blocks) > MOST_CHARACTERS:
        raise Refused("msg_blocks_too_long")
    if blocks and not text:
        workspace.complain("no text beside blocks", "notifications and screen readers have nothing to say")
    prefix = f"b{workspace.number():05x}-"
    return Content(text, tuple(named(blocks, prefix)), tuple(attachments))


def _listed(args: Json, name: str) -> list[Any]:
    value = args.get(name) or []
    if not isinstance(value, list):
        raise Refused(f"invalid_{name}_format")
    return value


def metadata(args: Json) -> Json | None:
    given = args.get("metadata")
    if not given:
        return None
    match given:
        case {"event_type": str(), "event_payload": dict()}:
            return dict(given)
        case {"entities": list()}:
            return dict(given)
        case _:
            raise Refused("invalid_metadata_format")


def parent(workspace: Workspace, channel: str, thread_ts: str) -> str | None:
    """Stricter than the platform, which quietly takes a reply for its parent."""
    if not thread_ts:
        return None
    found = workspace.find(channel, thread_ts)
    if found is None or found.is_reply or found.subtype == "tombstone":
        raise Refused("thread_not_found")
    return thread_ts


def by_app(workspace: Workspace, channel: str, shown: Content, **more: Any) -> Message:
    return Message(
        channel,
        workspace.next_ts(),
        workspace.app.bot_user,
        shown.text,
        shown.blocks,
        shown.attachments,
        by_app=True,
        posted=workspace.clock.steady(),
        **more,
    )


def shown_to_one(workspace: Workspace, message: Message) -> Message:
    """Kept for its one reader, unless it stands in a thread that has no replies: there nobody would ever see it."""
    if message.thread_ts and not workspace.thread(message.channel, message.thread_ts)[1:]:
        workspace.complain("unseen ephemeral", "what only one person sees is not shown in a thread without replies")
        return message
    return workspace.keep(message)

"""response_urls: five answers within half an hour to what a person did, wherever they did it."""

from dataclasses import dataclass, replace

from sandbox import posting
from sandbox.values import Json, Message, Refused
from sandbox.workspace import Workspace

USES = 5
SECONDS = 1800.0


@dataclass(slots=True)
class Given:
    user: str
    channel: str
    origin: Message | None  # the message that was pressed on
    made: float
    uses: int = 0


class Responses:
    """The addresses that were given out, and what is done with them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._given: dict[str, Given] = {}
        self.origin = ""

    def address(self, user: str, channel: str, origin: Message | None = None) -> str:
        name = f"{self._workspace.team_id}-{self._workspace.number()}"
        self._given[name] = Given(user, channel, origin, self._workspace.clock.steady())
        return f"{self.origin}/response/{name}"

    def use(self, name: str, args: Json) -> Message | None:
        given = self._given.get(name)
        if given is None:
            raise Refused("invalid_url")
        if self._workspace.clock.steady() - given.made > SECONDS:
            raise Refused("expired_url")
        if given.uses >= USES:
            raise Refused("used_url")
        try:
            message = self.show(given.user, given.channel, args, given.origin)
        except Refused as refusal:
            self._workspace.complain(refusal.error, f"response_url: {refusal.details.get('errors', '')}")
            raise
        given.uses += 1
        return message

    def show(self, user: str, channel: str, args: Json, origin: Message | None = None) -> Message | None:
        """What the app says in answer: to one person unless it says otherwise, in place of the origin if asked."""
        if channel not in self._workspace.channels:
            raise Refused("channel_not_found")
        if origin and args.get("delete_original"):
            self._gone(origin)
            return None
        shown = posting.content(self._workspace, args)
        if origin and args.get("replace_original"):
            edited = None if origin.ephemeral_for else self._workspace.next_ts()
            return self._workspace.keep(
                replace(origin, text=shown.text, blocks=shown.blocks, attachments=shown.attachments, edited=edited)
            )
        public = args.get("response_type") == "in_channel"
        thread = posting.parent(self._workspace, channel, str(args.get("thread_ts") or ""))
        reader = None if public else user
        message = posting.by_app(self._workspace, channel, shown, thread_ts=thread, ephemeral_for=reader)
        return self._workspace.keep(message) if public else posting.shown_to_one(self._workspace, message)

    def _gone(self, origin: Message) -> None:
        kept = self._workspace.find_ephemeral(origin.ts) or self._workspace.find(origin.channel, origin.ts)
        if kept:
            self._workspace.drop(kept)

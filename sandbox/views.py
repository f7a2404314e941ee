"""Screens: the stack of modals that each person sees, their Home, and the triggers that open something on them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sandbox import pictures
from sandbox.limits import view_problems, view_too_large
from sandbox.state import State, carried, named, seeded
from sandbox.values import Json, Refused
from sandbox.workspace import Workspace

TRIGGER_SECONDS = 3.0
STACK = 3


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home as it is on somebody's screen."""

    id: str
    user: str
    spec: Json
    hash: str
    root: str
    below: str | None = None
    state: State = field(default_factory=dict)

    @property
    def title(self) -> str:
        title: Json = self.spec.get("title") or {}
        return str(title.get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.spec.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.spec.get("private_metadata") or "")

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.spec["blocks"]
        return blocks

    @property
    def is_home(self) -> bool:
        return bool(self.spec["type"] == "home")

    def block(self, block_id: str) -> Json:
        return next(block for block in self.blocks if block["block_id"] == block_id)


@dataclass(slots=True)
class Trigger:
    user: str
    made: float
    inside: str | None  # the view in which it arose
    used: bool = False


class Screens:
    """Everything on the screens of a workspace's people that the app put there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._open: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def trigger(self, user: str, inside: str | None = None) -> str:
        trigger_id = f"{self._workspace.number()}.{self._workspace.life}.{user}".lower()
        self._triggers[trigger_id] = Trigger(user, self._workspace.clock.steady(), inside)
        return trigger_id

    def top(self, user: str) -> View | None:
        stack = self._stacks.get(user)
        return self._open[stack[-1]] if stack else None

    def home(self, user: str) -> View | None:
        return self._open.get(self._homes.get(user, ""))

    def stack(self, user: str) -> list[View]:
        return [self._open[view_id] for view_id in self._stacks.get(user, [])]

    def get(self, view_id: str) -> View | None:
        return self._open.get(view_id)

    def open(self, trigger_id: str, spec: Json) -> View:
        self._valid_trigger(trigger_id)
        self._check(spec, "modal")
        user = self._use(trigger_id).user
        self._forget(user)
        return self._put(user, spec)

    def push(self, trigger_id: str, spec: Json) -> View:
        trigger = self._valid_trigger(trigger_id)
        if trigger.inside not in self._stacks.get(trigger.user, []):
            raise Refused("invalid_trigger_id", response_metadata={"messages": ["[ERROR] no modal to push onto"]})
        self.room_for_more(trigger.user)
        self._check(spec, "modal")
        self._use(trigger_id)
        return self._put(trigger.user, spec)

    def room_for_more(self, user: str) -> None:
        if len(self._stacks.get(user, [])) >= STACK:
            raise Refused("push_limit_reached")

    def push_answer(self, user: str, spec: Json) -> View:
        """Pushed by the answer to a submission, which needs no trigger."""
        self.room_for_more(user)
        self._check(spec, "modal")
        return self._put(user, spec)

    def update(self, spec: Json, view_id: str = "", external_id: str = "", known_hash: str = "") -> View:
        view = self._open.get(view_id) if view_id else self._by_external(external_id)
        if view is None:
            raise Refused("not_found")
        if known_hash and known_hash != view.hash:
            raise Refused("hash_conflict")
        self._check(spec, "home" if view.is_home else "modal", replacing=view.id)
        return self._redraw(view, spec)

    def publish(self, user: str, spec: Json, known_hash: str = "") -> View:
        view = self.home(user)
        if known_hash and (view is None or known_hash != view.hash):
            raise Refused("hash_conflict")
        self._check(spec, "home", replacing=view.id if view else "")
        return self._redraw(view, spec) if view else self._put(user, spec)

    def hold(self, view: View, state: State) -> View:
        """A person has typed or chosen something."""
        return self._store(replace(self._open[view.id], state=state))

    def pop(self, user: str) -> None:
        stack = self._stacks.get(user, [])
        if stack:
            del self._open[stack.pop()]
        self._workspace.changes.happened()

    def clear(self, user: str) -> None:
        self._forget(user)
        self._workspace.changes.happened()

    def _forget(self, user: str) -> None:
        for view_id in self._stacks.pop(user, []):
            del self._open[view_id]

    def _valid_trigger(self, trigger_id: str) -> Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._workspace.clock.steady() - trigger.made > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        return trigger

    def _use(self, trigger_id: str) -> Trigger:
        trigger = self._triggers[trigger_id]
        trigger.used = True
        return trigger

    def _check(self, spec: Any, surface: Literal["modal", "home"], replacing: str = "") -> None:
        problems = view_problems(spec, surface)
        problems += [] if problems else list(pictures.problems(self._workspace, spec["blocks"], "/view/blocks"))
        if problems:
            raise Refused("invalid_arguments", response_metadata={"messages": problems})
        if view_too_large(spec):
            raise Refused("view_too_large")
        holder = self._by_external(spec.get("external_id") or "")
        if holder and holder.id != replacing:
            raise Refused("duplicate_external_id")

    def _by_external(self, external_id: str) -> View | None:
        matches: Callable[[View], bool] = lambda view: bool(external_id) and view.spec.get("external_id") == external_id  # noqa: E731
        return next(filter(matches, self._open.values()), None)

    def _put(self, user: str, spec: Json) -> View:
        view_id = f"V{self._workspace.number():08d}"
        drawn = {**spec, "blocks": named(spec["blocks"], f"{view_id}-")}
        stack = self._stacks.get(user, [])
        view = View(view_id, user, drawn, self._hash(), stack[0] if stack else view_id, state=seeded(drawn["blocks"]))
        if view.is_home:
            self._homes[user] = view_id
            view = replace(view, root=view_id)
        else:
            view = replace(view, below=stack[-1] if stack else None)
            self._stacks[user] = [*stack, view_id]
        return self._store(view)

    def _redraw(self, view: View, spec: Json) -> View:
        number = self._workspace.number()
        drawn = {**spec, "blocks": named(spec["blocks"], f"{view.id}-{number}-")}
        return self._store(replace(view, spec=drawn, hash=self._hash(), state=carried(view.state, drawn["blocks"])))

    def _hash(self) -> str:
        return f"{int(self._workspace.clock.now())}.{self._workspace.number():08x}"

    def _store(self, view: View) -> View:
        self._open[view.id] = view
        self._workspace.changes.happened()
        return view

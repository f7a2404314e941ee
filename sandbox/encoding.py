"""Everything that the control door tells, as JSON."""

from dataclasses import asdict
from typing import Any

from sandbox import drawing
from sandbox.outcomes import Reply, Submission
from sandbox.sender import Sent
from sandbox.values import Channel, Json, Message, User
from sandbox.views import View
from sandbox.workspace import Workspace


def message(workspace: Workspace, kept: Message) -> Json:
    """As the platform draws it, with what a page or a judge wants to know besides."""
    own = {
        "channel": kept.channel,
        "by_app": kept.by_app,
        "ephemeral_for": kept.ephemeral_for,
        "edited_at": kept.edited,
        "broadcast": kept.broadcast,
    }
    return drawing.message(workspace, kept) | own


def view(workspace: Workspace, shown: View | None) -> Json | None:
    return drawing.view(workspace, shown) if shown else None


def reply(workspace: Workspace, outcome: Reply) -> Json:
    return {
        "status": outcome.status,
        "text": outcome.text,
        "blocks": list(outcome.blocks),
        "view": view(workspace, outcome.view),
        "message": message(workspace, outcome.message) if outcome.message else None,
        "trouble": outcome.trouble,
    }


def submission(workspace: Workspace, outcome: Submission) -> Json:
    return {
        "status": outcome.status,
        "errors": outcome.errors,
        "view": view(workspace, outcome.view),
        "trouble": outcome.trouble,
    }


def sent(delivered: Sent) -> Json:
    return {
        "kind": delivered.kind,
        "payload": delivered.payload,
        "headers": dict(delivered.headers),
        "status": delivered.status,
        "answer": delivered.answer.decode(errors="replace"),
        "seconds": delivered.seconds,
        "failure": delivered.failure,
        "at": delivered.at,
    }


def user(kept: User) -> Json:
    return asdict(kept)


def channel(kept: Channel) -> Json:
    return asdict(kept) | {"members": sorted(kept.members)}


def everything(workspace: Workspace) -> Json:
    """The people, the channels and the app, for whoever draws the workspace."""
    app: Json = {
        "id": workspace.app.id,
        "name": workspace.app.name,
        "bot_user": workspace.app.bot_user,
        "bot_name": workspace.users[workspace.app.bot_user].name,
        "home_tab": workspace.app.home_tab,
        "messages_read_only": workspace.app.messages_read_only,
        "commands": list(workspace.app.commands),
        "shortcuts": list(workspace.app.shortcuts),
    }
    return {
        "team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain},
        "users": [user(kept) for kept in workspace.users.values()],
        "channels": [channel(kept) for kept in workspace.channels.values()],
        "app": app,
    }


def listed(things: list[Any]) -> list[Json]:
    return [asdict(thing) for thing in things]

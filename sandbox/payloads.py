"""The payloads that the platform sends, in its own shapes."""

from sandbox import drawing
from sandbox.values import Channel, Json, Kind, Message, User
from sandbox.views import View
from sandbox.workspace import Workspace

CHANNEL_NAMES = {Kind.PRIVATE: "privategroup", Kind.DIRECT: "directmessage"}


def channel_name(channel: Channel) -> str:
    return CHANNEL_NAMES.get(channel.kind, channel.name)


def _from(workspace: Workspace, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(
    workspace: Workspace, user: User, channel: Channel, name: str, text: str, trigger_id: str, response_url: str
) -> Json:
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def submission(workspace: Workspace, user: User, view: View, trigger_id: str) -> Json:
    return _from(workspace, "view_submission", user) | {
        "trigger_id": trigger_id,
        "view": drawing.view(workspace, view),
        "response_urls": [],
    }


def closed(workspace: Workspace, user: User, view: View, cleared: bool) -> Json:
    """What was filled in is not told: only submissions and presses carry the state."""
    shown = drawing.view(workspace, view) | {"state": {"values": {}}}
    return _from(workspace, "view_closed", user) | {"view": shown, "is_cleared": cleared}


def pressed_in_view(workspace: Workspace, user: User, view: View, action: Json, trigger_id: str) -> Json:
    return _from(workspace, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger_id,
        "view": drawing.view(workspace, view),
        "actions": [action],
    }


def pressed_in_message(
    workspace: Workspace, user: User, message: Message, action: Json, state: Json, trigger_id: str, response_url: str
) -> Json:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_for is not None,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    channel = workspace.channels[message.channel]
    payload = _from(workspace, "block_actions", user) | {
        "container": container,
        "trigger_id": trigger_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }
    # What was ephemeral is gone from the platform's own memory too: only its place is told.
    return payload if message.ephemeral_for else payload | {"message": drawing.message(workspace, message)}


def message_shortcut(
    workspace: Workspace, user: User, message: Message, callback_id: str, trigger_id: str, response_url: str
) -> Json:
    channel = workspace.channels[message.channel]
    return _from(workspace, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "response_url": response_url,
        "action_ts": f"{workspace.clock.now():.6f}",
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": drawing.message(workspace, message),
    }


def global_shortcut(workspace: Workspace, user: User, callback_id: str, trigger_id: str) -> Json:
    return _from(workspace, "shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "action_ts": f"{workspace.clock.now():.6f}",
    }


def suggestion(
    workspace: Workspace, user: User, where: Message | View, block_id: str, action_id: str, query: str
) -> Json:
    asked: Json = {"block_id": block_id, "action_id": action_id, "value": query}
    if isinstance(where, View):
        asked |= {"container": {"type": "view", "view_id": where.id}, "view": drawing.view(workspace, where)}
    else:
        ephemeral = where.ephemeral_for is not None
        container = {"type": "message", "message_ts": where.ts, "channel_id": where.channel, "is_ephemeral": ephemeral}
        channel = workspace.channels[where.channel]
        asked |= {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return _from(workspace, "block_suggestion", user) | asked


def event(workspace: Workspace, inner: Json, channel: Channel | None = None) -> Json:
    number = workspace.number()
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{number:010d}{workspace.life.upper()}",
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared),
        "event_context": f"4-{number:010d}",
    }

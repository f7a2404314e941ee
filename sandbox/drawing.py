"""The shapes in which the platform tells of its things: messages, channels, people, views."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.values import App, Channel, Json, Kind, Message, Role, User
from sandbox.views import View
from sandbox.workspace import Workspace


def message(workspace: Workspace, kept: Message, metadata: bool = True) -> Json:
    drawn: Json = {"type": "message", "user": kept.user, "text": kept.text, "ts": kept.ts, "team": workspace.team_id}
    if kept.by_app:
        drawn |= {
            "bot_id": workspace.app.bot_id,
            "app_id": workspace.app.id,
            "bot_profile": bot(workspace.app, workspace),
        }
    if kept.subtype:
        drawn |= {"subtype": kept.subtype} | ({"hidden": True} if kept.subtype == "tombstone" else {})
    optional: Json = {
        "blocks": list(kept.blocks),
        "attachments": list(kept.attachments),
        "thread_ts": kept.thread_ts,
        "files": list(kept.files),
        "client_msg_id": kept.client_msg_id,
        "metadata": kept.metadata if metadata else None,
        "edited": {"user": kept.user, "ts": kept.edited} if kept.edited and not kept.blocks else None,
    }
    return drawn | {name: value for name, value in optional.items() if value} | threaded(workspace, kept)


def threaded(workspace: Workspace, kept: Message) -> Json:
    """What a message says of its thread: the parent of its replies, a reply of its parent."""
    if kept.is_reply:
        parent = workspace.find(kept.channel, kept.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = workspace.thread(kept.channel, kept.ts)[1:]
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": kept.ts,
        "reply_count": len(replies),
        "reply_users": people,
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "subscribed": False,
    }


def bot(app: App, workspace: Workspace) -> Json:
    return {
        "id": app.bot_id, "app_id": app.id, "name": app.name, "deleted": False, "icons": {}, "updated": 0,
        "team_id": workspace.team_id,
    }  # fmt: skip


def channel(workspace: Workspace, kept: Channel) -> Json:
    teams = workspace.shared_teams(kept)
    drawn: Json = {
        "id": kept.id,
        "created": kept.created,
        "is_archived": kept.archived,
        "is_im": kept.kind is Kind.DIRECT,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "updated": kept.created * 1000,
    }
    if kept.kind is Kind.DIRECT:
        person = next(iter(kept.members - {workspace.app.bot_user}), workspace.app.bot_user)
        return drawn | {"user": person, "is_user_deleted": workspace.users[person].deleted}
    return drawn | {
        "name": kept.name,
        "name_normalized": kept.name,
        "is_channel": kept.kind is Kind.PUBLIC,
        "is_group": kept.kind is Kind.PRIVATE,
        "is_mpim": False,
        "is_private": kept.kind is Kind.PRIVATE,
        "is_general": False,
        "is_shared": kept.shared,
        "is_ext_shared": kept.shared,
        "is_pending_ext_shared": False,
        "is_member": workspace.app.bot_user in kept.members,
        "creator": min(kept.members, default=""),
        "shared_team_ids": teams if kept.shared else [workspace.team_id],
        "num_members": len(kept.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def offset_of(zone: str, clock: Clock) -> int:
    moment = datetime.fromtimestamp(clock.now(), ZoneInfo(zone))
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset else 0


ABOVE = (Role.OWNER, Role.ADMIN)
GUESTS = (Role.GUEST, Role.SINGLE)


def is_stranger(workspace: Workspace, kept: User) -> bool:
    """Somebody of another organisation who is nowhere where the app is; not those who share a channel with it."""
    bot_user = workspace.app.bot_user
    met = any(kept.id in place.members and bot_user in place.members for place in workspace.channels.values())
    return kept.role is Role.EXTERNAL and not met


def user(workspace: Workspace, kept: User) -> Json:
    drawn: Json = {
        "id": kept.id,
        "team_id": kept.team_id,
        "name": kept.name,
        "deleted": kept.deleted,
        "is_bot": kept.role is Role.BOT,
        "is_app_user": False,
        "updated": 1_600_000_000,
        "profile": {
            "real_name": kept.real_name, "real_name_normalized": kept.real_name, "display_name": kept.name,
            "display_name_normalized": kept.name, "team": kept.team_id, "first_name": kept.real_name.split(" ")[0],
            "last_name": kept.real_name.rpartition(" ")[2], "status_text": "", "status_emoji": "",
        },
    }  # fmt: skip
    if kept.deleted:
        return drawn
    return drawn | {
        "real_name": kept.real_name,
        "tz": kept.tz,
        "tz_label": kept.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": offset_of(kept.tz, workspace.clock),
        "is_admin": kept.role in ABOVE,
        "is_owner": kept.role is Role.OWNER,
        "is_primary_owner": False,
        "is_restricted": kept.role in GUESTS,
        "is_ultra_restricted": kept.role is Role.SINGLE,
        "is_stranger": is_stranger(workspace, kept),
    }


def view(workspace: Workspace, shown: View) -> Json:
    spec = shown.spec
    drawn: Json = {
        "id": shown.id,
        "team_id": workspace.team_id,
        "type": spec["type"],
        "blocks": shown.blocks,
        "private_metadata": spec.get("private_metadata") or "",
        "callback_id": spec.get("callback_id") or "",
        "state": {"values": shown.state},
        "hash": shown.hash,
        "title": spec.get("title") or {"type": "plain_text", "text": workspace.app.name, "emoji": True},
        "clear_on_close": bool(spec.get("clear_on_close")),
        "notify_on_close": bool(spec.get("notify_on_close")),
        "close": spec.get("close"),
        "submit": spec.get("submit"),
        "previous_view_id": shown.below,
        "root_view_id": shown.root,
        "app_id": workspace.app.id,
        "external_id": spec.get("external_id") or "",
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }
    return drawn if not shown.is_home else {name: value for name, value in drawn.items() if name != "submit"}

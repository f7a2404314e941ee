"""conversations.*: which channels there are, who is in them, and getting in."""

from dataclasses import replace

from sandbox import drawing
from sandbox.methods.call import Call, Method, as_list, page
from sandbox.values import FAMILIES, Json, Kind, Refused, Role

TYPES = {Kind.PUBLIC: "public_channel", Kind.PRIVATE: "private_channel", Kind.DIRECT: "im"}


def info(call: Call) -> Json:
    channel = call.channel()
    call.family(channel, "read")
    drawn = drawing.channel(call.workspace, channel)
    if not call.flag("include_num_members"):
        drawn.pop("num_members", None)
    return {"channel": drawn}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind is not Kind.PUBLIC:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    already = call.app.bot_user in channel.members
    channel = replace(channel, members=channel.members | {call.app.bot_user})
    call.workspace.add(channel)
    if not already:
        call.workspace.entered(channel, call.app.bot_user)
    noted: Json = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": drawing.channel(call.workspace, channel), **(noted if already else {})}


def open_direct(call: Call) -> Json:
    if call.text("channel"):
        channel = call.channel()
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    people = as_list(call.args.get("users"))
    if len(people) != 1:
        raise Refused("users_list_not_supplied" if not people else "too_many_users")
    user = call.workspace.users.get(people[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    if user.role is Role.BOT:
        raise Refused("cannot_dm_bot")
    known = any(channel.id == f"D_{user.id}" for channel in call.workspace.channels.values())
    channel = call.workspace.direct(user.id)
    whole = drawing.channel(call.workspace, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": whole, **({"no_op": True, "already_open": True} if known else {})}


def members(call: Call) -> Json:
    channel = call.channel()
    call.family(channel, "read")
    part, following = page(call, sorted(channel.members), 100)
    return {"members": part, **following}


def list_channels(call: Call) -> Json:
    wanted = as_list(call.args.get("types")) or ["public_channel"]
    kinds = [kind for kind, name in TYPES.items() if name in wanted]
    call.needs(*(f"{FAMILIES[kind]}:read" for kind in kinds))
    seen = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and call.token.may(f"{FAMILIES[channel.kind]}:read")
        and (channel.kind is Kind.PUBLIC or call.app.bot_user in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    part, following = page(call, seen, 100)
    return {"channels": [drawing.channel(call.workspace, channel) for channel in part], **following}


METHODS = {
    "conversations.info": Method(info),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.open": Method(open_direct, ("im:write", "mpim:write", "channels:manage", "groups:write")),
    "conversations.members": Method(members),
    "conversations.list": Method(list_channels),
}

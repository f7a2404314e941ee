"""chat.*: saying something, changing it, taking it back."""

from dataclasses import replace

from sandbox import drawing, posting
from sandbox.methods.call import Call, Method
from sandbox.values import Channel, Json, Kind, Message, Refused, Role


def _writable(call: Call) -> Channel:
    """The channel to write to, which may be given as a person."""
    wanted = call.needed("channel", "channel_not_found")
    if person := call.workspace.users.get(wanted):
        if person.role is Role.BOT:
            raise Refused("cannot_dm_bot")
        return call.workspace.direct(wanted)  # also where the account is closed: nobody will read it
    channel = call.channel()
    if channel.archived:
        raise Refused("is_archived")
    if call.app.bot_user not in channel.members and not call.token.may("chat:write.public"):
        raise Refused("not_in_channel")
    return channel


def post_message(call: Call) -> Json:
    workspace = call.workspace
    channel = _writable(call)
    shown = posting.content(workspace, call.args)
    thread = posting.parent(workspace, channel.id, call.text("thread_ts"))
    metadata = posting.metadata(call.args)
    if pause := call.platform.rates.pause(channel.id):
        raise Refused("ratelimited", retry_after=pause)
    message = workspace.keep(
        posting.by_app(
            workspace,
            channel.id,
            shown,
            thread_ts=thread,
            metadata=metadata,
            broadcast=bool(thread) and call.flag("reply_broadcast"),
            client_msg_id=call.text("client_msg_id") or None,
        )
    )
    return {"channel": channel.id, "ts": message.ts, "message": drawing.message(workspace, message)}


def post_ephemeral(call: Call) -> Json:
    workspace = call.workspace
    channel = _writable(call)
    reader = workspace.users.get(call.needed("user", "user_not_found"))
    if reader is None:
        raise Refused("user_not_found")
    if channel.kind is not Kind.DIRECT and call.app.bot_user not in channel.members:
        raise Refused("not_in_channel")
    if reader.id not in channel.members or reader.deleted:
        raise Refused("user_not_in_channel")
    shown = posting.content(workspace, call.args)
    thread = posting.parent(workspace, channel.id, call.text("thread_ts"))
    message = posting.by_app(workspace, channel.id, shown, thread_ts=thread, ephemeral_for=reader.id)
    return {"message_ts": posting.shown_to_one(workspace, message).ts}


def _own(call: Call, error: str) -> Message:
    channel = call.channel()
    message = call.workspace.find(channel.id, call.needed("ts", "message_not_found"))
    if message is None or message.subtype == "tombstone":
        raise Refused("message_not_found")
    if not message.by_app:
        raise Refused(error)
    if channel.archived:
        raise Refused("is_archived")
    return message


def update(call: Call) -> Json:
    workspace = call.workspace
    before = _own(call, "cant_update_message")
    given = dict(call.args)
    if not given.get("text") and given.get("blocks") is None:  # only without a new text do the blocks stay
        given |= {"text": before.text, "blocks": list(before.blocks)}
    shown = posting.content(workspace, given)
    metadata = before.metadata if call.args.get("metadata") is None else posting.metadata(call.args)
    message = workspace.keep(
        replace(
            before,
            text=shown.text,
            blocks=shown.blocks,
            attachments=shown.attachments,
            metadata=metadata,
            edited=workspace.next_ts(),
        )
    )
    return {"channel": message.channel, "ts": message.ts, "text": message.text,
            "message": drawing.message(workspace, message)}  # fmt: skip


def delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    call.workspace.drop(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(call: Call) -> Json:
    channel, ts = call.channel(), call.needed("message_ts", "message_not_found")
    message = call.workspace.find(channel.id, ts)
    if message is None:
        raise Refused("message_not_found")
    tail = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    link = f"https://{call.workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}{tail}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(permalink),
}

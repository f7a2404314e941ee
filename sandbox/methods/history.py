"""Reading back what was said, in a channel and in a thread."""

from sandbox import drawing
from sandbox.methods.call import Call, Method, page
from sandbox.values import Channel, Json, Message, Refused


def _readable(call: Call) -> Channel:
    channel = call.joined(call.channel())
    call.family(channel, "history")
    return channel


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Without both ends, unless `inclusive`; and without what is too young to be seen yet."""
    oldest, latest = call.text("oldest", "0"), call.text("latest", "99999999999")
    ends = (oldest, latest) if call.flag("inclusive") else ()
    seen = call.workspace.clock.steady() - call.lag
    return [
        message
        for message in messages
        if (_time(oldest) < _time(message.ts) < _time(latest) or message.ts in ends)
        and (not call.lag or message.posted <= seen)
    ]


def _time(ts: str) -> tuple[int, int]:
    seconds, _, micro = ts.partition(".")
    try:
        return int(seconds), int(micro[:6].ljust(6, "0"))
    except ValueError:
        raise Refused("invalid_ts_latest") from None


def _drawn(call: Call, messages: list[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [drawing.message(call.workspace, message, metadata) for message in messages]


def history(call: Call) -> Json:
    channel = _readable(call)
    found = _between(call, call.workspace.top_level(channel.id))[::-1]
    part, following = page(call, found, 100, 999)
    more = bool(following["response_metadata"]["next_cursor"])
    return {"messages": _drawn(call, part), "has_more": more, "pin_count": 0, **following}


def replies(call: Call) -> Json:
    channel = _readable(call)
    ts = call.needed("ts", "thread_not_found")
    thread = call.workspace.thread(channel.id, ts)
    if not thread or thread[0].ts != ts or thread[0].is_reply:
        raise Refused("thread_not_found")
    parent, answers = thread[0], _between(call, thread[1:])
    part, following = page(call, answers, 1000)
    more = bool(following["response_metadata"]["next_cursor"])
    return {"messages": _drawn(call, [parent, *part]), "has_more": more, **following}


METHODS = {
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}

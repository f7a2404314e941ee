"""Uploads in three calls: where to, the bytes themselves, and where to show them. And what became of them."""

from sandbox import pictures, posting
from sandbox.methods.call import Call, Method
from sandbox.values import Json, Refused, Upload

MOST_ALT = 1000


def upload_url(call: Call) -> Json:
    name, length = call.needed("filename"), call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments")
    if len(call.text("alt_txt")) > MOST_ALT:
        raise Refused("alt_txt_too_large")
    file_id = f"F{call.workspace.number():08d}"
    call.workspace.uploads[file_id] = Upload(name, length)
    return {"upload_url": f"{call.origin}/upload/{file_id}", "file_id": file_id}


def complete(call: Call) -> Json:
    workspace, listed = call.workspace, call.args.get("files") or []
    files: list[Json] = []
    for entry in listed:
        if not isinstance(entry, dict):
            raise Refused("invalid_arguments")
        upload = _known(call, entry.get("id", ""))
        upload.title, upload.completed = entry.get("title") or upload.name, True
        files.append(_drawn(call, entry["id"], upload))
    if not files:
        raise Refused("invalid_arguments")
    if call.text("channel_id"):
        channel = call.joined(call.channel("channel_id"))
        thread = posting.parent(workspace, channel.id, call.text("thread_ts"))
        shown = posting.Content(call.text("initial_comment"), (), ())
        workspace.keep(posting.by_app(workspace, channel.id, shown, thread_ts=thread, files=tuple(files)))
    return {"files": files}


def info(call: Call) -> Json:
    """An upload is looked through by the time it is first asked about; with a lag, not even then."""
    file_id = call.needed("file")
    upload = _known(call, file_id)
    if not upload.completed:
        raise Refused("file_not_found")
    upload.processed = upload.processed or not call.lag
    return {"file": _drawn(call, file_id, upload)}


def _known(call: Call, file_id: str) -> Upload:
    upload = call.workspace.uploads.get(file_id)
    if upload is None or upload.content is None:
        raise Refused("file_not_found")
    return upload


def _drawn(call: Call, file_id: str, upload: Upload) -> Json:
    """Its kind is not told before it is known."""
    return {
        "id": file_id, "title": upload.title, "name": upload.name, "size": upload.length, "user": call.app.bot_user,
        "mimetype": pictures.kind_of(upload.name) if upload.processed else "",
        "url_private": f"{call.origin}/files/{file_id}",
    }  # fmt: skip


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
}

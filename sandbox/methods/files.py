"""Uploads in three calls: where to, the bytes themselves, and where to show them."""

from sandbox import posting
from sandbox.methods.call import Call, Method, Upload
from sandbox.values import Json, Refused


def upload_url(call: Call) -> Json:
    name, length = call.needed("filename"), call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments")
    file_id = f"F{call.workspace.number():08d}"
    call.platform.uploads[file_id] = Upload(name, length)
    return {"upload_url": f"{call.origin}/upload/{file_id}", "file_id": file_id}


def complete(call: Call) -> Json:
    workspace, listed = call.workspace, call.args.get("files") or []
    files: list[Json] = []
    for entry in listed:
        if not isinstance(entry, dict):
            raise Refused("invalid_arguments")
        upload = call.platform.uploads.get(entry.get("id", ""))
        if upload is None or upload.content is None:
            raise Refused("file_not_found")
        file_id, title = entry["id"], entry.get("title") or upload.name
        files.append({
            "id": file_id, "title": title, "name": upload.name, "size": upload.length,
            "url_private": f"{call.origin}/files/{file_id}",
        })  # fmt: skip
    if not files:
        raise Refused("invalid_arguments")
    if call.text("channel_id"):
        channel = call.joined(call.channel("channel_id"))
        thread = posting.parent(workspace, channel.id, call.text("thread_ts"))
        shown = posting.Content(call.text("initial_comment"), (), ())
        workspace.keep(posting.by_app(workspace, channel.id, shown, thread_ts=thread, files=tuple(files)))
    return {"files": files}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
}

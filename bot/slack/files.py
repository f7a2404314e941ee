"""Files that are uploaded: for blocks of the bot's own, or for one person.

An upload takes three calls: one says where to, one brings the bytes there, one completes it.
"""

import asyncio

from bot.domain.delivery import NotNow
from bot.domain.ids import ChannelId, FileId, TenantId
from bot.slack.calling import Caller

MOST_ALT = 1000
# Until Slack has looked through a file it is in no block: about three seconds, or the picture is done without.
PATIENCE = (0.0, 0.1, 0.2, 0.4, 0.8, 1.5)


async def upload(call: Caller, tenant: TenantId, name: str, content: bytes, alt: str) -> FileId:
    """A picture that the bot alone can open, ready to be shown to whoever sees a block that names it."""
    file = await _sent(call, tenant, name, content, alt)
    await call(tenant, call.methods.files_completeUploadExternal, files=[{"id": file, "title": name}])
    await _looked_through(call, tenant, file)
    return file


async def share(call: Caller, tenant: TenantId, channel: ChannelId, name: str, content: bytes, title: str) -> FileId:
    """A file for everybody in a conversation; raises Uncertain where nobody knows whether they have got it."""
    file = await _sent(call, tenant, name, content, None)
    await call(
        tenant,
        call.methods.files_completeUploadExternal,
        is_repeatable=False,
        files=[{"id": file, "title": title}],
        channel_id=channel,
    )
    return file


async def _sent(call: Caller, tenant: TenantId, name: str, content: bytes, alt: str | None) -> FileId:
    told = await call(
        tenant,
        call.methods.files_getUploadURLExternal,
        filename=name,
        length=len(content),
        alt_txt=alt[:MOST_ALT] if alt else None,
    )
    await call.bring(str(told.get("upload_url")), content)
    return FileId(str(told.get("file_id")))


async def _looked_through(call: Caller, tenant: TenantId, file: FileId) -> None:
    for pause in PATIENCE:
        await asyncio.sleep(pause)
        told = await call(tenant, call.methods.files_info, file=file)
        if (told.get("file") or {}).get("mimetype"):
            return
    raise NotNow("the file is not looked through yet")

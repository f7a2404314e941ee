"""The page as files, and the files that people and apps have uploaded."""

import mimetypes
from pathlib import Path

from aiohttp import web

from sandbox.methods.call import Platform

PAGE = Path(__file__).parent / "page"
# Nothing but our own: no script from elsewhere, none in the document. Pictures may be an app's, from anywhere.
POLICY = "default-src 'self'; img-src 'self' data: http: https:; style-src 'self'; base-uri 'none'; form-action 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


class Files:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.page),
            web.get("/page/{name:[a-z.-]+}", self.page),
            web.get("/files/{file_id}", self.uploaded),
        ]

    async def page(self, request: web.Request) -> web.Response:
        path = PAGE / request.match_info.get("name", "index.html")
        if not path.is_file():
            raise web.HTTPNotFound
        return web.Response(
            text=path.read_text(encoding="utf-8"), content_type=KINDS[path.suffix], charset="utf-8", headers=HEADERS
        )

    async def uploaded(self, request: web.Request) -> web.Response:
        """As a picture where it is one, else as a download: a page of somebody's is never run here."""
        upload = self._platform.workspace.uploads.get(request.match_info["file_id"])
        if upload is None or upload.content is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(upload.name)[0] or ""
        picture = kind.startswith("image/") and kind != "image/svg+xml"
        return web.Response(
            body=upload.content, content_type=kind if picture else "application/octet-stream", headers=HEADERS
        )

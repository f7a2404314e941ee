"""The stand-in's doors: the Web API, the addresses that it gives out, and the install page."""

import base64
import binascii
import json
import socket
import struct
from urllib.parse import urlencode

from aiohttp import web

from sandbox.api import Answer, Api, Request
from sandbox.methods.call import Platform
from sandbox.responses import Responses
from sandbox.values import Json, Refused

JSON_ARGS = frozenset({"blocks", "view", "metadata", "attachments", "files"})
MOST_BYTES = 20_000_000


async def arguments(request: web.Request) -> Json:
    """From the query, a form or JSON; what must be structured is read, whichever way it came."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        given = json.loads(await request.text() or "{}")
        args |= given if isinstance(given, dict) else {}
    else:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in JSON_ARGS & args.keys():
        if isinstance(args[name], str):
            args[name] = _read(args[name])
    return args


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def credentials(request: web.Request, args: Json) -> str:
    """The token; an OAuth client may show its id and secret in the same place."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Basic "):
        client_id, _, secret = _decoded(header.removeprefix("Basic ")).partition(":")
        args.setdefault("client_id", client_id)
        args.setdefault("client_secret", secret)
    bearer = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else ""
    return str(args.pop("token", "") or bearer)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def cut(request: web.Request, reset: bool) -> None:
    """End the connection instead of answering; a reset is what a lost machine looks like."""
    if request.transport is None:
        return
    if reset:
        raw = request.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()


class Doors:
    def __init__(self, platform: Platform, api: Api, responses: Responses) -> None:
        self._platform = platform
        self._api = api
        self._responses = responses

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/api/{method}", self.call),
            web.post("/response/{name}", self.respond),
            web.post("/upload/{name}", self.upload),
            web.get("/oauth/v2/authorize", self.authorize),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            args = await arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = credentials(request, args)
        origin = f"{request.scheme}://{request.host}"
        return _http(request, await self._api.answer(Request(request.match_info["method"], args, token, origin)))

    async def respond(self, request: web.Request) -> web.StreamResponse:
        try:
            self._responses.use(request.match_info["name"], await arguments(request))
        except Refused as refusal:
            gone = refusal.error in ("invalid_url", "expired_url", "used_url")
            return web.json_response({"ok": False, "error": refusal.error}, status=404 if gone else 400)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if request.content_type == "multipart/form-data":
            form = await request.post()
            content = next((part.file.read() for part in form.values() if isinstance(part, web.FileField)), b"")
        return _http(request, await self._api.upload(request.match_info["name"], content))

    async def authorize(self, request: web.Request) -> web.StreamResponse:
        """Somebody installs the app, and agrees to everything at once."""
        query = request.query
        if query.get("client_id") != self._platform.workspace.app.client_id:
            return web.Response(status=400, text="invalid_client_id")
        workspace = self._platform.workspace
        code = f"code-{workspace.number()}"
        installer = query.get("user") or min(user.id for user in workspace.users.values() if not user.deleted)
        self._platform.codes[code] = {
            "used": False,
            "scopes": [scope for scope in query.get("scope", "").split(",") if scope],
            "redirect_uri": query.get("redirect_uri", ""),
            "user": installer,
        }
        back = {"code": code, "state": query.get("state", "")}
        raise web.HTTPFound(f"{query.get('redirect_uri', '')}?{urlencode(back)}")


def _http(request: web.Request, answer: Answer) -> web.StreamResponse:
    if answer.body is None:
        cut(request, answer.reset)
        return web.Response()
    return web.Response(body=answer.body, status=answer.status, headers=answer.headers, content_type=answer.kind)

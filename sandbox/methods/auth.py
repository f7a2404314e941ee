"""Who the app is, how it is installed, and how its tokens end."""

from dataclasses import replace

from sandbox.methods.call import Call, Method
from sandbox.values import Json, Refused, Token


def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise Refused(error, args=dict(call.args))
    return {"args": dict(call.args)} if call.args else {}


def auth_test(call: Call) -> Json:
    workspace, app = call.workspace, call.app
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[app.bot_user].name if app.bot_user in workspace.users else app.name,
        "team_id": workspace.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


def revoke(call: Call) -> Json:
    if not call.flag("test"):
        call.workspace.add(replace(call.token, revoked=True))
    return {"revoked": not call.flag("test")}


def access(call: Call) -> Json:
    app, workspace = call.app, call.workspace
    if call.text("client_id") != app.client_id:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")
    if call.text("grant_type") == "refresh_token":
        return _installed(call, call.platform.rotation.renewed(workspace, call.needed("refresh_token")))
    given = call.platform.codes.get(call.text("code"))
    if given is None:
        raise Refused("invalid_code")
    if given["used"]:
        raise Refused("code_already_used")
    if given["redirect_uri"] != call.text("redirect_uri", given["redirect_uri"]):
        raise Refused("bad_redirect_uri")
    given["used"] = True
    granted = frozenset(given["scopes"])
    whose = {"authed_user": {"id": given["user"]}, "scope": ",".join(sorted(granted))}
    if call.platform.rotation.is_on:
        return _installed(call, whose | call.platform.rotation.pair(workspace, granted))
    token = Token(f"xoxb-{workspace.team_id}-{workspace.number()}", granted)
    workspace.add(token)
    return _installed(call, whose | {"access_token": token.value})


def _installed(call: Call, granted: Json) -> Json:
    app, workspace = call.app, call.workspace
    return {
        "app_id": app.id,
        "token_type": "bot",
        **granted,
        "bot_user_id": app.bot_user,
        "team": {"id": workspace.team_id, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    ticket = f"{call.app.id}-{call.workspace.number()}"
    call.platform.codes[ticket] = {"used": False, "socket": True}
    return {"url": f"{call.origin.replace('http', 'ws', 1)}/socket/?ticket={ticket}"}


METHODS = {
    "api.test": Method(api_test, open=True),
    "auth.test": Method(auth_test),
    "auth.revoke": Method(revoke),
    "oauth.v2.access": Method(access, open=True),
    "apps.connections.open": Method(open_connection, ("connections:write",), for_sockets=True),
}

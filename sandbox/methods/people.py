"""users.*, dnd.*, team.*: who is here."""

from sandbox import drawing
from sandbox.methods.call import Call, Method, as_list, page
from sandbox.values import Json, Refused, User

MOST_AT_ONCE = 50


def _user(call: Call) -> User:
    user = call.workspace.users.get(call.needed("user", "user_not_found"))
    if user is None:
        raise Refused("user_not_found")
    return user


def info(call: Call) -> Json:
    return {"user": drawing.user(call.workspace, _user(call))}


def list_users(call: Call) -> Json:
    part, following = page(call, list(call.workspace.users.values()), 1000)
    return {
        "members": [drawing.user(call.workspace, user) for user in part],
        "cache_ts": int(call.workspace.clock.now()),
        **following,
    }


def dnd(call: Call) -> Json:
    return _quiet(call, _user(call))


def _quiet(call: Call, user: User) -> Json:
    until = user.dnd_until
    quiet = until > call.workspace.clock.now()
    start = int(call.workspace.clock.now()) if quiet else 1
    return {
        "dnd_enabled": quiet, "next_dnd_start_ts": start, "next_dnd_end_ts": int(until) if quiet else 1,
    }  # fmt: skip


def dnd_of_team(call: Call) -> Json:
    wanted = as_list(call.args.get("users"))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too_many_users")
    known = [user for name in wanted if (user := call.workspace.users.get(name))]
    return {"users": {user.id: _quiet(call, user) for user in known}, "cached": False}


def team(call: Call) -> Json:
    workspace = call.workspace
    drawn = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}
    return {"team": drawn | {"url": f"https://{workspace.domain}.slack.com/", "icon": {"image_default": True}}}


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_users, ("users:read",)),
    "dnd.info": Method(dnd, ("dnd:read",)),
    "dnd.teamInfo": Method(dnd_of_team, ("dnd:read",)),
    "team.info": Method(team, ("team:read",)),
}

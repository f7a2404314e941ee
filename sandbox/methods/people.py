"""users.*, dnd.*, team.*: who is here."""

from sandbox import drawing, quiet
from sandbox.methods.call import Call, Method, as_list, page
from sandbox.values import Json, Refused, User

MOST_AT_ONCE = 50


def _user(call: Call) -> User:
    user = call.workspace.users.get(call.needed("user", "user_not_found"))
    if user is None:
        raise Refused("user_not_found")
    return user


def _drawn(call: Call, user: User) -> Json:
    locale = {"locale": user.locale} if call.flag("include_locale") and not user.deleted else {}
    return drawing.user(call.workspace, user) | locale


def info(call: Call) -> Json:
    return {"user": _drawn(call, _user(call))}


def list_users(call: Call) -> Json:
    part, following = page(call, list(call.workspace.users.values()), 1000)
    return {
        "members": [_drawn(call, user) for user in part],
        "cache_ts": int(call.workspace.clock.now()),
        **following,
    }


def dnd(call: Call) -> Json:
    """Whether somebody has paused by hand is told to nobody else: for others it is a time like any other."""
    wanted = call.text("user", call.app.bot_user)
    user = call.workspace.users.get(wanted)
    if user is None:
        raise Refused("user_not_found")
    own = {"snooze_enabled": False} if wanted == call.app.bot_user else {}
    return quiet.status(user, call.workspace.clock.now()) | own


def dnd_of_team(call: Call) -> Json:
    wanted = as_list(call.args.get("users"))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too_many_users")
    known = [user for name in wanted if (user := call.workspace.users.get(name))]
    return {"users": {user.id: quiet.status(user, call.workspace.clock.now()) for user in known}, "cached": False}


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

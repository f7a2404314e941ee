"""views.*: opening, changing and stacking modals, and the Home."""

from sandbox import drawing
from sandbox.methods.call import Call, Method
from sandbox.values import Json, Refused
from sandbox.views import View


def _spec(call: Call) -> Json:
    view = call.args.get("view")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    return view


def _trigger(call: Call) -> str:
    return call.text("trigger_id") or call.needed("interactivity_pointer")


def _shown(call: Call, view: View) -> Json:
    return {"view": drawing.view(call.workspace, view)}


def open_view(call: Call) -> Json:
    return _shown(call, call.platform.screens.open(_trigger(call), _spec(call)))


def push(call: Call) -> Json:
    return _shown(call, call.platform.screens.push(_trigger(call), _spec(call)))


def update(call: Call) -> Json:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id:
        call.needed("external_id")
    view = call.platform.screens.update(_spec(call), view_id, external_id, call.text("hash"))
    return _shown(call, view)


def publish(call: Call) -> Json:
    user = call.workspace.users.get(call.needed("user_id"))
    if user is None or user.deleted:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] no such user"]})
    if not call.app.home_tab:
        raise Refused("not_enabled")
    return _shown(call, call.platform.screens.publish(user.id, _spec(call), call.text("hash")))


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}

"""A small app on the official framework with one of everything that a person can fill in, press or read."""

from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
DOT = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
REMEMBERED = (
    "app_mention", "channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_shared",
    "channel_unarchive", "dnd_updated_user", "member_joined_channel", "user_change",
)  # fmt: skip
MANIFEST: Json = {
    "display_information": {"name": "Pantry"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [
            {"command": "/order", "description": "Order something", "usage_hint": "[what]", "should_escape": True},
            {"command": "/show", "description": "Show one of everything"},
            {"command": "/clumsy", "description": "Do something that is wrong"},
            {"command": "/tidy", "description": "Do something that can be undone"},
        ],
        "shortcuts": [
            {"name": "New order", "type": "global", "callback_id": "new_order", "description": "From anywhere"},
            {"name": "Order this", "type": "message", "callback_id": "order_this", "description": "What it says"},
        ],
    },
    "oauth_config": {"scopes": {"bot": [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "dnd:read", "groups:read",
        "users:read",
    ]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.channels", *REMEMBERED]}},
}  # fmt: skip


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.capitalize()), "value": value} for value in values]


def asks(name: str, label: str, kind: str, *, optional: bool = False, hint: str = "", **more: Any) -> Json:
    block: Json = {"type": "input", "block_id": name, "label": plain(label), "optional": optional}
    return block | {"element": {"type": kind, "action_id": "in", **more}} | ({"hint": plain(hint)} if hint else {})


def button(action_id: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(title), "callback_id": "form", "blocks": list(blocks), **more}


FORM = modal(
    "An order",
    {"type": "header", "text": plain("What do you need?")},
    {"type": "context", "elements": [mrkdwn("All of *this* is asked once.")]},
    asks("text", "Words", "plain_text_input", hint="Three letters or more.", min_length=3),
    asks("long", "Story", "plain_text_input", multiline=True),
    asks("number", "Number", "number_input", is_decimal_allowed=False, min_value="1", max_value="10"),
    asks("email", "E-mail", "email_text_input"),
    asks("url", "Address", "url_text_input"),
    asks("date", "Date", "datepicker"),
    asks("time", "Time", "timepicker"),
    asks("moment", "Moment", "datetimepicker"),
    asks("static", "Fruit", "static_select", options=options("apple", "pear", "plum"), placeholder=plain("Pick one")),
    asks("external", "Tool", "external_select", min_query_length=1),
    asks("several", "Drinks", "multi_static_select", options=options("tea", "coffee", "milk")),
    asks("person", "Person", "users_select"),
    asks("people", "People", "multi_users_select"),
    asks("place", "Conversation", "conversations_select", filter={"include": ["public", "private"]}),
    asks("channels", "Channels", "multi_channels_select"),
    asks("radio", "Size", "radio_buttons", options=options("small", "large")) | {"dispatch_action": True},
    asks("boxes", "Extras", "checkboxes", options=options("sugar", "cream"), optional=True),
    submit=plain("Order"),
    close=plain("Not now"),
    notify_on_close=True,
)
SHOWN: list[Json] = [
    {"type": "header", "text": plain("One of everything")},
    {
        "type": "section",
        "text": mrkdwn("*Bold* _slanted_ ~gone~ `code` <https://example.com|a link> <@U_BEN> <#C_WEB>"),
        "fields": [mrkdwn("*Left*\none"), mrkdwn("*Right*\ntwo")],
        "accessory": {"type": "image", "image_url": DOT, "alt_text": "A dot"},
    },
    {"type": "section", "text": mrkdwn("<!date^1770000000^{date_short} at {time}|then>\n> a quote\n```a\nblock```")},
    {"type": "divider"},
    {"type": "image", "image_url": DOT, "alt_text": "Another dot", "title": plain("A picture")},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}]},
            {
                "type": "rich_text_list", "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U_ADA"}]}],
            },
        ],
    },
    actions(
        button("again", "Again", style="primary"),
        button("drop", "Drop", style="danger", confirm={
            "title": plain("Drop it?"), "text": plain("It will be gone."),
            "confirm": plain("Drop"), "deny": plain("Keep"),
        }),
        {"type": "overflow", "action_id": "more", "options": options("copy", "move")},
        {"type": "static_select", "action_id": "rank", "placeholder": plain("Rank"), "options": options("low", "high")},
    ),
    actions(
        {"type": "channels_select", "action_id": "room", "placeholder": plain("Room")},
        {"type": "timepicker", "action_id": "when", "placeholder": plain("When")},
        {"type": "checkboxes", "action_id": "extras", "options": options("sugar", "cream"), "confirm": {
            "title": plain("More of it?"), "text": plain("It is sweet already."),
            "confirm": plain("More"), "deny": plain("Enough"),
        }},
    ),
]  # fmt: skip
HOME: Json = {
    "type": "home",
    "blocks": [{"type": "header", "text": plain("Your pantry")}, actions(button("count", "Count"))],
}


class Pantry:
    """Remembers what it heard; answers as it is told to."""

    def __init__(self, token: str, secret: str, api_url: str) -> None:
        self.app = AsyncApp(signing_secret=secret, client=AsyncWebClient(token=token, base_url=api_url))
        self.submitted: list[Json] = []
        self.closed: list[Json] = []
        self.pressed: list[Json] = []
        self.commands: list[Json] = []
        self.events: list[Json] = []
        self.problems: dict[str, str] = {}
        for name, listener in {
            "/order": self.order,
            "/show": self.show,
            "/clumsy": self.clumsy,
            "/tidy": self.tidy,
        }.items():
            self.app.command(name)(listener)
        self.app.view("form")(self.answered)
        self.app.view("next")(self.last)
        self.app.view_closed("form")(self.leave)
        self.app.options("in")(self.offer)
        self.app.shortcut("new_order")(self.shortcut)
        self.app.shortcut("order_this")(self.shortcut)
        self.app.event("app_home_opened")(self.opened)
        self.app.event("message")(self.heard)
        for event in REMEMBERED:
            self.app.event(event)(self.remember)
        for action in ("again", "drop", "more", "rank", "count", "back", "room", "when", "extras", "undo", "in"):
            self.app.action(action)(self.press)

    async def order(self, ack: Any, client: AsyncWebClient, command: Json) -> None:
        self.commands.append(command)
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        await ack(f"Ordering {command['text'] or 'something'}.")

    async def show(self, ack: Any, client: AsyncWebClient, command: Json) -> None:
        await ack()
        await client.chat_postMessage(channel=command["channel_id"], text="One of everything", blocks=SHOWN)

    async def clumsy(self, ack: Any, client: AsyncWebClient, command: Json) -> None:
        await ack()
        bad = [{"type": "section", "text": mrkdwn("x" * 3001)}]
        with suppress(SlackApiError):
            await client.chat_postMessage(channel="C_PAY", text="x", blocks=bad)

    async def tidy(self, ack: Any) -> None:
        undo = actions(button("undo", "Undo"))
        await ack(text="Tidied up.", blocks=[{"type": "section", "text": mrkdwn("Tidied up.")}, undo])

    async def remember(self, event: Json) -> None:
        self.events.append(event)

    async def answered(self, ack: Any, view: Json) -> None:
        if self.problems:
            await ack(response_action="errors", errors=self.problems)
            return
        self.submitted.append(view["state"]["values"])
        again = modal("And then?", asks("text", "Words", "plain_text_input"), actions(button("back", "Back")))
        await ack(response_action="update", view=again | {"callback_id": "next", "submit": plain("Done")})

    async def last(self, ack: Any, view: Json, client: AsyncWebClient) -> None:
        await ack()
        said = view["state"]["values"]["text"]["in"]["value"]
        await client.chat_postMessage(channel="C_PAY", text=f"Ordered: {said}")

    async def leave(self, ack: Any, body: Json) -> None:
        self.closed.append(body)
        await ack()

    async def offer(self, ack: Any, body: Json) -> None:
        known = ["hammer", "saw", "spade"]
        await ack(options=options(*(word for word in known if body["value"].lower() in word)))

    async def shortcut(self, ack: Any, client: AsyncWebClient, body: Json) -> None:
        await ack()
        words = body.get("message", {}).get("text", "From anywhere")
        view = modal("An order", {"type": "section", "text": mrkdwn(words)})
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def opened(self, event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=HOME)

    async def heard(self) -> None:
        """Listens, and says nothing."""

    async def press(self, ack: Any, body: Json, respond: Any, client: AsyncWebClient) -> None:
        await ack()
        action = body["actions"][0]
        self.pressed.append(action)
        match action["action_id"]:
            case "drop":
                await respond(delete_original=True)
            case "undo":
                await respond("As it was before.", replace_original=True)
            case "back":
                await client.views_update(view_id=body["view"]["id"], view=FORM)
            case "again":
                await respond("Only for you.", replace_original=False)
            case _:
                pass

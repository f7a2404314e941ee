"""Forms about what an action point waits for, and about the page that it is tied to."""

from bot.domain.actions import ActionPoint
from bot.domain.decisions import LINK_LIMIT
from bot.views import blocks, decide
from bot.views.blocks import View
from bot.views.decide import BLOCK, LINK, URL, WHY, Fix
from bot.views.filled_in import state_of

WHY_LIMIT = 150


def block(action: ActionPoint) -> View:
    written = blocks.text_input(
        WHY, action.blocked_why, limit=WHY_LIMIT, placeholder="For example: the invoice of the reseller"
    )
    return decide.form(
        BLOCK,
        f"{action.label} is blocked",
        action,
        [
            blocks.field(WHY, "What does it wait for?", written, hint="Shown on the card."),
            blocks.context("Until it is not blocked any more, its owner is asked about it once a week only."),
        ],
        submit="Blocked",
    )


def read_block(view: View) -> str | Fix:
    return state_of(view).text(WHY) or Fix({WHY: "Please say what it waits for."})


def link(action: ActionPoint) -> View:
    written = blocks.text_input(URL, action.link, limit=LINK_LIMIT, placeholder="https://")
    return decide.form(
        LINK,
        f"Link {action.label}",
        action,
        [blocks.field(URL, "Address of the issue or page", written, hint="Shown on the card as a link.")],
        submit="Link",
    )


def read_link(view: View) -> str | Fix:
    return state_of(view).text(URL) or Fix({URL: "Please give its address."})

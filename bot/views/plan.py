"""Step 5: what was found so far, and the action points that would help most, to be taken or left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import UserId
from bot.domain.model import MaturityModel
from bot.domain.points import OWN_POINTS, Point, own_origin
from bot.domain.results import Result
from bot.domain.turn import Bookmark, Turn, Wish
from bot.views import blocks, bookmark, every_step, found
from bot.views.blocks import Block, View
from bot.views.filled_in import State, state_of

CALLBACK = "assess.plan"
CLOSES_ROUND = "round.plan"
TITLE_LIMIT = 150
TAKE = "take"
WHAT = (TAKE, "owner", "due")
CHOSEN = "plan."  # what the action of every choice begins with


@dataclass(frozen=True, slots=True)
class Offer:
    """An action point as the form shows it: the model's, or room for one's own."""

    point: Point
    wish: Wish


@dataclass(frozen=True, slots=True)
class PlanForm:
    bookmark: Bookmark
    wishes: tuple[Wish, ...]


def build(
    model: MaturityModel,
    turn: Turn,
    result: Result,
    held_back: Sequence[str],
    offers: Sequence[Offer],
    own: Sequence[Wish],
    *,
    closes_round: bool = False,
) -> View:
    """``held_back``: sentences that say what keeps the team from its next stage. ``closes_round``: for its lead."""
    here = model.step(turn.bookmark.step)
    drawn = [
        *every_step.opening(model, here, turn),
        *_found(model, result, held_back),
        blocks.divider(),
        blocks.section(_invitation(offers)),
        *(block for offer in offers for block in _offer(turn, offer)),
        blocks.divider(),
        blocks.section(f"*Your own action points*: up to {OWN_POINTS}, or none."),
        *(block for place, wish in enumerate(own, 1) for block in _own(turn, place, wish)),
        *([] if closes_round else [blocks.actions(every_step.back(turn), block_id="navigation")]),
    ]
    return blocks.modal(
        CLOSES_ROUND if closes_round else CALLBACK,
        every_step.title(model, here),
        drawn,
        metadata=bookmark.write(turn.bookmark),
        submit="Close the round" if closes_round else "Finish",
        tells_close=not closes_round,
    )


def read(view: View, user: UserId) -> PlanForm:
    """Raises ``bookmark.Unreadable`` for a view that is not of ours."""
    state = state_of(view)
    offered = [block.removeprefix(f"{TAKE}.") for block in state.values if block.startswith(f"{TAKE}.")]
    own = [own_origin(place, user) for place in range(1, OWN_POINTS + 1)]
    wishes = (
        *(_wish(state, origin, origin, taken=bool(state.all_chosen(f"{TAKE}.{origin}"))) for origin in offered),
        *(_wish(state, origin, f"own.{place}", taken=None) for place, origin in enumerate(own, 1)),
    )
    return PlanForm(bookmark.read(view.get("private_metadata")), wishes)


def wish_at(form: PlanForm, block: str) -> Wish | None:
    """The wish that one block of the form is about."""
    return next((wish for wish in form.wishes if block in {field_of(wish, what) for what in WHAT}), None)


def field_of(wish: Wish, what: str) -> str:
    """The block of a wish's ``title``, ``owner`` or ``due``: where a problem with it is shown."""
    name = f"own.{wish.origin.rsplit(':', 1)[-1]}" if wish.origin.startswith("own:") else wish.origin
    return f"{what}.{name}"


def _wish(state: State, origin: str, name: str, *, taken: bool | None) -> Wish:
    title = state.text(f"title.{name}")
    owner = state.person(f"owner.{name}")
    return Wish(
        origin,
        bool(title) if taken is None else taken,
        title,
        UserId(owner) if owner else None,
        state.day(f"due.{name}"),
    )


def _invitation(offers: Sequence[Offer]) -> str:
    if not offers:
        return "*Action points*: nothing to propose beside what is already open. Add your own below, or finish."
    return "*Action points* that would help most for their effort. Choose few; none at all is allowed."


def _found(model: MaturityModel, result: Result, held_back: Sequence[str]) -> list[Block]:
    steps = [f"{model.step(rated.step).short}: {found.step_stage(rated)}" for rated in result.steps]
    return [
        blocks.section(f"*Found so far*: {found.overall_stage(result.overall)}.\n{' · '.join(steps)}"),
        *([blocks.section("\n".join(f"• {sentence}" for sentence in held_back))] if held_back else []),
    ]


def _offer(turn: Turn, offer: Offer) -> list[Block]:
    point, wish = offer.point, offer.wish
    take = blocks.checkboxes(
        _fresh(turn), [blocks.option("Take this action point", TAKE)], [TAKE] if wish.taken else []
    )
    about = f"*{blocks.escape(point.title)}*\n{blocks.escape(point.why)}\n_{blocks.escape(point.explained)}._"
    return [
        blocks.section(about),
        blocks.field(f"{TAKE}.{point.origin}", "Take it or leave it", take, optional=True, at_once=True),
        *_who_and_when(turn, point.origin, wish.owner, wish.due_on),
    ]


def _own(turn: Turn, place: int, wish: Wish) -> list[Block]:
    name = f"own.{place}"
    written = blocks.text_input(_fresh(turn), wish.title, limit=TITLE_LIMIT, placeholder="What is to be done")
    return [
        blocks.field(f"title.{name}", f"Own action point {place}", written, optional=True),
        *_who_and_when(turn, name, wish.owner, wish.due_on),
    ]


def _who_and_when(turn: Turn, name: str, owner: UserId | None, due_on: date | None) -> list[Block]:
    who = blocks.person_select(_fresh(turn), owner, "No owner yet")
    when = blocks.date_picker(_fresh(turn), due_on, "No date yet")
    return [
        blocks.field(f"owner.{name}", "Owner", who, optional=True, at_once=True),
        blocks.field(f"due.{name}", "Due date", when, optional=True, at_once=True),
    ]


def _fresh(turn: Turn) -> str:
    return f"{CHOSEN}{turn.bookmark.version}"

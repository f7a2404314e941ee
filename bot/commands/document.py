"""Writes the first part of `docs/commands.md` from the table that commands are read with: `make docs`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.commands import action_verbs, admin_verbs, asking_verbs, remind_verbs, team_verbs
from bot.commands.grammar import VERBS
from bot.commands.verbs import Verb, named

BY_HAND = "## Ways in"  # from here on the page is kept by hand
COMMAND = "/finops-assess"

_INTRODUCTION = f"""# Commands and buttons

<!-- Down to “{BY_HAND[3:]}” this page is written by `make docs` from the table in `bot/commands`. -->

Everything starts with `{COMMAND}`. Alone it opens the assessment of the channel's team, or goes on where your draft
stands; in a direct message it asks which team. Commands do not work in threads: there, mention the bot instead, as in
`@FinOps done A-12`.

- Words may be shortened as long as only one is meant: `stat` for `status`. A slip is asked about, never acted upon.
- An action point goes by its number: `A-12`, `a12` or `12`. Its verb may stand before it: `done A-12`.
- A date is `2027-05-29`, `29 May`, `today`, `tomorrow`, `fri`, `next week` (its Monday), `3d` (working days), `eom` or
  `eoq` (the end of the month or quarter), or a span such as `in two weeks`. People read `12/05` in two ways, so the bot
  asks which is meant.
- A team goes by its channel, `#payments`, or by its name. Without one, the channel's team is meant.
- Quotes hold words together that would otherwise mean something: `start "all teams" --scope "by --public demand"`.
- Only you see the answer, unless you add `--public` to `status` or `history`.
"""


def first_part() -> str:
    return "\n".join([_INTRODUCTION, *_sections(), ""])


def page(before: str) -> str:
    """The whole page: its first part anew, the rest as it was."""
    _, heading, by_hand = before.partition(BY_HAND)
    return first_part() + heading + by_hand


def _sections() -> Iterator[str]:
    policy = [verb for verb in admin_verbs.VERBS if verb.name != "policy"] + [*admin_verbs.POLICY]
    yield _section("Assessments and lists", [*asking_verbs.VERBS, named(VERBS, "help")])
    yield _section("Action points", [action_verbs.ADD, *action_verbs.VERBS])
    yield _section("Your reminders", remind_verbs.VERBS)
    yield _section("The team of the channel", team_verbs.VERBS)
    yield _section("The workspace", policy)


def _section(title: str, verbs: Sequence[Verb[Any]]) -> str:
    rows = "".join(f"| `{verb.usage}` | {verb.does} | {verb.who} | {_examples(verb)} |\n" for verb in verbs)
    return f"## {title}\n\n| typed | what it does | who may | for example |\n|---|---|---|---|\n{rows}"


def _examples(verb: Verb[Any]) -> str:
    return "<br>".join(f"`{example}`" for example in verb.examples)


def main(path: Path) -> None:
    path.write_text(page(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

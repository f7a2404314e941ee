"""Every line of the grammar, as it is typed."""

from datetime import date, time

import pytest

from bot.domain.action_commands import (
    AddAction,
    Assign,
    Block,
    Done,
    Drop,
    Due,
    Link,
    Nudge,
    Reopen,
    Show,
    Snooze,
    Unblock,
    WorkingDays,
)
from bot.domain.admin_commands import (
    AdminFailures,
    AdminGrant,
    AdminHealth,
    AdminHolidays,
    AdminPreview,
    AdminRetry,
    AdminRoles,
    AdminStart,
    AdminStop,
    PolicyDigest,
    PolicyGuests,
    PolicyProfile,
    PolicyZone,
)
from bot.domain.commands import (
    Actions,
    Command,
    Export,
    ExportFormat,
    Help,
    History,
    Order,
    OwnedBy,
    Resume,
    Start,
    Status,
    Which,
)
from bot.domain.ids import AssessmentId, ChannelId, DeliveryId
from bot.domain.naming import Draft, InChannel, Named
from bot.domain.preferences import Profile, Role
from bot.domain.remind_commands import (
    RemindAt,
    RemindDays,
    RemindDigest,
    RemindHolidays,
    RemindLight,
    RemindOff,
    RemindOn,
    RemindPause,
    RemindResume,
    RemindSettings,
    RemindShow,
    RemindStandard,
    RemindTest,
    RemindZone,
)
from bot.domain.team_commands import TeamAdd, TeamLead, TeamLink, TeamRemove, TeamRename, TeamShow, TeamUnlink
from bot.domain.understanding import Wrong
from tests.commands.talking import ADA, parse

PAYMENTS = InChannel(ChannelId("C0PAY"))
FRIDAY = date(2026, 5, 22)
DRAFT = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Start()),
        ("start", Start()),
        ("start <#C0PAY|payments>", Start(PAYMENTS)),
        ("start <#C0PAY>", Start(PAYMENTS)),
        ("start Payments and checkout", Start(Named("Payments and checkout"))),
        ("start #payments", Start(Named("payments"))),
        ('start "by" --scope Checkout in production --anonymous', Start(Named("by"), "Checkout in production", True)),
        ("start --anonymous Payments", Start(Named("Payments"), None, True)),
        ('start --scope "what --anonymous means"', Start(None, "what --anonymous means")),
        ("start --scope=checkout", Start(None, "checkout")),
        ("resume", Resume()),
        ("resume <#C0PAY|payments>", Resume(PAYMENTS)),
        (f"resume {DRAFT}", Resume(Draft(AssessmentId(DRAFT)))),
        (f'resume "{DRAFT}"', Resume(Named(DRAFT))),
        ("status", Status()),
        ("status --public", Status(None, True)),
        ("status <#C0PAY|payments> --public", Status(PAYMENTS, True)),
        ("history", History()),
        ("history Payments --last 4", History(Named("Payments"), 4)),
        ("history --last=4 --public Payments", History(Named("Payments"), 4, True)),
        ("actions", Actions(Which.MINE)),
        *((f"actions {which}", Actions(which)) for which in Which),
        ("actions over", Actions(Which.OVERDUE)),
        ("actions <#C0PAY|payments>", Actions(Which.TEAM, PAYMENTS)),
        ("actions overdue Payments by step", Actions(Which.OVERDUE, Named("Payments"), Order.STEP)),
        ("actions all by due", Actions(Which.ALL, None, Order.DUE)),
        ("actions by <@U0ADA|ada>", Actions(Which.TEAM, None, OwnedBy(ADA))),
        ("actions <@U0ADA>", Actions(Which.TEAM, None, OwnedBy(ADA))),
        ('actions "mine"', Actions(Which.TEAM, Named("mine"))),
        ("export csv", Export(ExportFormat.CSV)),
        ("export json <#C0PAY|payments>", Export(ExportFormat.JSON, PAYMENTS)),
        ("export ics Payments --since 2026-01-31", Export(ExportFormat.ICS, Named("Payments"), date(2026, 1, 31))),
        ("export csv --since 12 May", Export(ExportFormat.CSV, None, date(2026, 5, 12))),
        ("help", Help()),
        ("help action", Help("action")),
        ("help stat", Help("status")),
        ("help snooze", Help("action")),
    ],
)
def test_asking_and_listing(text: str, expected: Command) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("action add Tag the volumes", AddAction("Tag the volumes")),
        ("action add Tag the volumes <@U0ADA|ada>", AddAction("Tag the volumes", ADA)),
        ("action add Tag the volumes @ <@U0ADA|ada> due fri", AddAction("Tag the volumes", ADA, FRIDAY)),
        ("action add Tag the volumes due fri <@U0ADA|ada>", AddAction("Tag the volumes", ADA, FRIDAY)),
        ("action add Tag the volumes due 29 May", AddAction("Tag the volumes", None, date(2026, 5, 29))),
        ("action add Find what is due to Acme", AddAction("Find what is due to Acme")),
        (
            'action add "Pay what is due on 1 June" due eom',
            AddAction("Pay what is due on 1 June", None, date(2026, 5, 31)),
        ),
        ("action add Ask <@U0ADA|ada> about it", AddAction("Ask @ada about it")),
        ("action add 12 volumes are untagged", AddAction("12 volumes are untagged")),
        ("add Tag the volumes", AddAction("Tag the volumes")),
        ("action A-12 done", Done(12)),
        ("action A-12 done all of them - it’s “fine” now", Done(12, "all of them - it’s “fine” now")),
        ("action A-12 snooze 3d", Snooze(12, WorkingDays(3))),
        ("action A-12 snooze for 3 days", Snooze(12, WorkingDays(3))),
        ("action A-12 snooze until fri because Tom is away", Snooze(12, FRIDAY, "Tom is away")),
        ("action A-12 assign <@U0ADA|ada>", Assign(12, ADA)),
        ("action A-12 assign to <@U0ADA>, you know these", Assign(12, ADA, "you know these")),
        ("action A-12 due 29 May", Due(12, date(2026, 5, 29))),
        ("action A-12 due 2026-01-31 because we forgot", Due(12, date(2026, 1, 31), "we forgot")),
        ("action A-12 block waiting for the invoice", Block(12, "waiting for the invoice")),
        ("action A-12 unblock", Unblock(12)),
        ("action A-12 drop because it is switched off", Drop(12, "it is switched off")),
        ("action A-12 reopen", Reopen(12)),
        ("action A-12 show", Show(12)),
        ("action A-12", Show(12)),
        ("A-12", Show(12)),
        ("action A-12 link https://issues.example.com/7", Link(12, "https://issues.example.com/7")),
        ("action A-12 link <https://a.example/?b=1&amp;c=2|a.example>", Link(12, "https://a.example/?b=1&c=2")),
        ("action A-12 nudge", Nudge(12)),
        ("action", Help("action")),
    ],
)
def test_action_points(text: str, expected: Command) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "number", ["A-12", "a12", "12", "A–12", "a—12", "A‑12", "A−12", "A--12", "A-012", "Ａ－１２", "A-12:"]
)
@pytest.mark.parametrize("order", ["action {} done", "action done {}", "done {}", "{} done"])
def test_a_number_in_every_spelling_before_or_after_its_verb(order: str, number: str) -> None:
    assert parse(order.format(number)) == Done(12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("remind", RemindSettings()),
        ("remind show", RemindShow()),
        ("remind on", RemindOn()),
        ("remind off", RemindOff()),
        ("remind light", RemindLight()),
        ("remind standard", RemindStandard()),
        ("remind at 9:30", RemindAt(time(9, 30))),
        ("remind at 2 pm", RemindAt(time(14))),
        ("remind tz Europe/Paris", RemindZone("Europe/Paris")),
        ("remind tz europe/paris", RemindZone("Europe/Paris")),
        ("remind tz New York", RemindZone("America/New_York")),
        ("remind tz default", RemindZone(None)),
        ("remind days mon-thu", RemindDays(frozenset({0, 1, 2, 3}))),
        ("remind days sun – thu", RemindDays(frozenset({6, 0, 1, 2, 3}))),
        ("remind days Mon, Wed and Fri", RemindDays(frozenset({0, 2, 4}))),
        ("remind holidays FR", RemindHolidays("FR")),
        ("remind holidays new zealand", RemindHolidays("NZ")),
        ("remind holidays default", RemindHolidays(None)),
        ("remind pause", RemindPause()),
        ("remind pause until fri", RemindPause(FRIDAY)),
        ("remind pause until “12 June”", RemindPause(date(2026, 6, 12))),
        ("remind resume", RemindResume()),
        ("remind digest Mon 10:00", RemindDigest(0, time(10))),
        ("remind test", RemindTest()),
    ],
)
def test_reminders(text: str, expected: Command) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("team", TeamShow()),
        ("team show", TeamShow()),
        ("team link <#C0PAY|payments>", TeamLink(ChannelId("C0PAY"))),
        ("team unlink", TeamUnlink()),
        ("team lead <@U0ADA|ada>", TeamLead(ADA)),
        ("team add <@U0ADA|ada>", TeamAdd(ADA)),
        ("team remove <@U0ADA|ada>", TeamRemove(ADA)),
        ("team rename Payments &amp; checkout", TeamRename("Payments & checkout")),
        ("admin health", AdminHealth()),
        ("admin failures", AdminFailures()),
        ("admin retry 7f3a19c2", AdminRetry(DeliveryId("7f3a19c2"))),
        ("admin stop <#C0PAY|payments>", AdminStop(PAYMENTS)),
        ("admin start Payments", AdminStart(Named("Payments"))),
        ("admin roles", AdminRoles()),
        ("admin grant admin <@U0ADA|ada>", AdminGrant(Role.ADMIN, ADA)),
        ("admin holidays de", AdminHolidays("DE")),
        ("admin policy profile light", PolicyProfile(Profile.LIGHT)),
        ("admin policy zone Asia/Kathmandu", PolicyZone("Asia/Kathmandu")),
        ("admin policy digest tue 9.30", PolicyDigest(1, time(9, 30))),
        ("admin policy guests on", PolicyGuests(True)),
        ("admin policy guests off", PolicyGuests(False)),
        ("admin preview <#C0PAY|payments>", AdminPreview(PAYMENTS)),
        ("admin preview", AdminPreview(None)),
    ],
)
def test_teams_and_the_workspace(text: str, expected: Command) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("done", "by its number"),
        ("action A-12 drop", "why"),
        ("action A-12 block", "waits for"),
        ("action A-12 snooze", "a date"),
        ("action A-12 snooze yesterday", "after today"),
        ("action A-12 snooze 2026-05-20", "after today"),
        ("action A-12 snooze 0d", "from 1 to"),
        ("action A-12 snooze 99999d", "from 1 to"),
        ("action A-12 snooze soon", "not a date"),
        ("action A-12 due 2026-02-30", "no such day"),
        ("action A-12 due Mon 29 May", "Friday, not a Monday"),
        ("action A-12 assign", "say who"),
        ("action A-12 assign @ada", "who @ada is"),
        ("action A-12 link issues.example.com", "https://"),
        ("action A-12 reopen please", "“please”"),
        ("action add", "what is to be done"),
        ("action add due fri", "what is to be done"),
        ("action add Tag the volumes @ada due fri", "who @ada is"),
        ("action add Tag the volumes due firday", "“due firday”"),
        ("start --scope", "after --scope"),
        ("status --pubic", "--public"),
        ("status --loud", "--loud"),
        ("resume --public", "--public"),
        ("status <@U0ADA|ada>", "one team"),
        ("history --last many", "from 1 to 50"),
        ("history --last 51", "from 1 to 50"),
        ("actions by", "by due or by step"),
        ("actions by colour", "by due or by step"),
        ("export", "csv, json or ics"),
        ("export pdf", "csv, json or ics"),
        ("export csv --since", "a date"),
        ("remind at 25:00", "9:30"),
        ("remind tz", "time zone"),
        ("remind tz Middle/Earth", "“Middle/Earth”"),
        ("remind tz pariss", "Europe/Paris"),
        ("remind days", "days of the week"),
        ("remind days mon-xyz", "days of the week"),
        ("remind holidays Atlantis", "country"),
        ("remind pause until", "until when"),
        ("remind pause until yesterday", "after today"),
        ("remind digest mon", "a time"),
        ("remind off until fri", "“until fri”"),
        ("team link payments", "one channel"),
        ("team lead <@U0ADA|ada> <@U0TOM|tom>", "do not know what to do"),
        ("team rename", "called"),
        ("admin", "health, failures"),
        ("admin stop", "which team"),
        ("admin retry", "id"),
        ("admin grant king <@U0ADA|ada>", "which role"),
        ("admin policy", "profile, zone, digest or guests"),
        ("admin policy profile loud", "light, standard or off"),
        ("admin policy guests perhaps", "on or off"),
    ],
)
def test_what_is_wrong_is_said_with_an_example(text: str, sentence: str) -> None:
    said = parse(text)
    assert isinstance(said, Wrong), said
    assert sentence in said.sentence
    assert said.example

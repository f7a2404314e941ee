"""A command as text: what a button carries, and what a person could have typed for it.

Read again, the text is the same command; a person's own words stand in quotes for that.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import assert_never

from bot.domain import action_commands as action
from bot.domain import admin_commands as admin
from bot.domain import remind_commands as remind
from bot.domain import team_commands as team
from bot.domain.commands import Actions, Command, Export, Help, History, Order, OwnedBy, Resume, Start, Status
from bot.domain.ids import ChannelId, UserId
from bot.domain.naming import Draft, InChannel, Named, TeamRef
from bot.domain.quoting import quoted

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT = "default"
_BARE: Mapping[type[Command], str] = {
    action.Unblock: "unblock",
    action.Reopen: "reopen",
    action.Show: "show",
    action.Nudge: "nudge",
    remind.RemindSettings: "",
    remind.RemindShow: "show",
    remind.RemindOn: "on",
    remind.RemindOff: "off",
    remind.RemindLight: "light",
    remind.RemindStandard: "standard",
    remind.RemindResume: "resume",
    remind.RemindTest: "test",
    team.TeamShow: "show",
    team.TeamUnlink: "unlink",
    admin.AdminHealth: "health",
    admin.AdminFailures: "failures",
    admin.AdminRoles: "roles",
}


def text_of(command: Command) -> str:
    if isinstance(command, action.ActionCommand):
        return f"action {_action(command)}"
    if isinstance(command, remind.RemindCommand):
        return _words("remind", _remind(command))
    if isinstance(command, team.TeamCommand):
        return f"team {_team(command)}"
    if isinstance(command, admin.AdminCommand):
        return f"admin {_admin(command)}"
    return _asking(command)


def _asking(command: Start | Resume | Status | History | Actions | Export | Help) -> str:
    match command:
        case Start(team=of, scope=scope, anonymous=anonymous):
            return _words("start", _of(of), _because(scope, "--scope"), "--anonymous" if anonymous else None)
        case Resume(what=what):
            return _words("resume", what.id if isinstance(what, Draft) else _of(what))
        case Status(team=of, public=public):
            return _words("status", _of(of), "--public" if public else None)
        case History(team=of, last=last, public=public):
            return _words("history", _of(of), f"--last {last}" if last else None, "--public" if public else None)
        case Actions(which=which, team=of, by=by):
            return _words("actions", which, _of(of), _by(by))
        case Export(format=form, team=of, since=since):
            return _words("export", form, _of(of), f"--since {since}" if since else None)
        case Help(verb=verb):
            return _words("help", verb)
        case _:
            assert_never(command)


def _action(command: action.ActionCommand) -> str:
    match command:
        case action.AddAction(text=text, owner=owner, due_on=due_on):
            due = f"due {due_on}" if due_on else None
            return _words("add", quoted(text), mention(owner) if owner else None, due)
        case _:
            return f"A-{command.number} {_of_one(command)}"


def _of_one(command: action.OneActionCommand) -> str:
    match command:
        case action.Done(note=note):
            return _words("done", _said(note))
        case action.Snooze(until=until, because=because):
            return _words("snooze", _until(until), _because(because))
        case action.Assign(user=user, note=note):
            return _words("assign", mention(user), _said(note))
        case action.Due(due_on=due_on, because=because):
            return _words("due", str(due_on), _because(because))
        case action.Block(text=text):
            return f"block {quoted(text)}"
        case action.Drop(reason=reason):
            return f"drop {quoted(reason)}"
        case action.Link(url=url):
            return f"link {quoted(url)}"
        case action.Unblock() | action.Reopen() | action.Show() | action.Nudge():
            return _BARE[type(command)]
        case _:
            assert_never(command)


def _remind(command: remind.RemindCommand) -> str:
    match command:
        case remind.RemindAt(at=at):
            return f"at {clock(at)}"
        case remind.RemindZone(name=name):
            return f"tz {name or DEFAULT}"
        case remind.RemindDays(weekdays=weekdays):
            return f"days {','.join(WEEK[day] for day in sorted(weekdays))}"
        case remind.RemindHolidays(country=country):
            return f"holidays {country or DEFAULT}"
        case remind.RemindPause(until=until):
            return f"pause until {until}" if until else "pause"
        case remind.RemindDigest(day=day, at=at):
            return f"digest {WEEK[day]} {clock(at)}"
        case _:
            return _BARE[type(command)]


def _team(command: team.TeamCommand) -> str:
    match command:
        case team.TeamLink(channel=channel):
            return f"link {channel_mention(channel)}"
        case team.TeamLead(user=user):
            return f"lead {mention(user)}"
        case team.TeamAdd(user=user):
            return f"add {mention(user)}"
        case team.TeamRemove(user=user):
            return f"remove {mention(user)}"
        case team.TeamRename(name=name):
            return f"rename {quoted(name)}"
        case _:
            return _BARE[type(command)]


def _admin(command: admin.AdminCommand) -> str:
    match command:
        case admin.AdminHealth() | admin.AdminFailures() | admin.AdminRoles():
            return _BARE[type(command)]
        case admin.AdminRetry(delivery=delivery):
            return f"retry {delivery}"
        case admin.AdminStop(team=of):
            return _words("stop", _of(of))
        case admin.AdminStart(team=of):
            return _words("start", _of(of))
        case admin.AdminPreview(team=of):
            return _words("preview", _of(of))
        case admin.AdminGrant(role=role, user=user):
            return f"grant {role} {mention(user)}"
        case admin.AdminHolidays(country=country):
            return f"holidays {country or DEFAULT}"
        case _:
            return f"policy {_policy(command)}"


def _policy(command: admin.PolicyCommand) -> str:
    match command:
        case admin.PolicyProfile(profile=profile):
            return f"profile {profile}"
        case admin.PolicyZone(name=name):
            return f"zone {name or DEFAULT}"
        case admin.PolicyDigest(day=day, at=at):
            return f"digest {WEEK[day]} {clock(at)}"
        case admin.PolicyGuests(may_answer=may_answer):
            return f"guests {'on' if may_answer else 'off'}"
        case _:
            assert_never(command)


def mention(user: UserId) -> str:
    return f"<@{user}>"


def channel_mention(channel: ChannelId) -> str:
    return f"<#{channel}>"


def clock(at: time) -> str:
    return at.isoformat("minutes")


def _words(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _of(team_ref: TeamRef | None) -> str | None:
    match team_ref:
        case InChannel(channel=channel):
            return channel_mention(channel)
        case Named(name=name):
            return quoted(name)
        case None:
            return None
        case _:
            assert_never(team_ref)


def _said(text: str | None) -> str | None:
    return quoted(text) if text else None


def _because(text: str | None, word: str = "because") -> str | None:
    return f"{word} {quoted(text)}" if text else None


def _until(until: date | action.WorkingDays) -> str:
    return f"{until.number}d" if isinstance(until, action.WorkingDays) else str(until)


def _by(by: OwnedBy | Order | None) -> str | None:
    if by is None:
        return None
    return f"by {mention(by.user) if isinstance(by, OwnedBy) else by}"

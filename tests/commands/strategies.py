"""Commands of every kind, and texts of every kind."""

import re
from datetime import date, time, timedelta
from typing import get_args

from hypothesis import strategies as st

from bot.commands.grammar import VERBS
from bot.commands.normalise import clean
from bot.commands.verbs import names
from bot.domain import action_commands as action
from bot.domain import admin_commands as admin
from bot.domain import remind_commands as remind
from bot.domain import team_commands as team
from bot.domain.command_text import text_of
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
from bot.domain.ids import AssessmentId, ChannelId, DeliveryId, UserId
from bot.domain.naming import Draft, InChannel, Named, TeamRef
from bot.domain.preferences import Profile, Role
from tests.commands.talking import TODAY

# What people type that has a meaning somewhere, so that it must have none inside their own words.
TRICKY: tuple[str, ...] = (
    *("--public", "due fri", "because", "by", "A-12", "12/05", "@", "-", "—", "<", ">", "&", "&lt;", "&amp;lt;"),
    *('"', "“", "”", "'", "\\", "`", "<@U1>", "<@U1|ada>", "<#C1|x>", "<!here>", "<https://a.example|a>"),
    *("\u200d", "\u202e", "\u00a0"),
)


def _one_line(text: str) -> str:
    return clean(text)[:200].strip()


words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.lists(st.sampled_from((*TRICKY, "word", "ä", "👩‍💻")), min_size=1, max_size=8).map(" ".join),
    st.lists(st.sampled_from((*TRICKY, "word")), min_size=1, max_size=8).map("".join),
)
texts = words.map(_one_line).filter(lambda text: clean(text) == text != "")

users = st.from_regex(r"[UW][A-Z0-9]{1,10}", fullmatch=True).map(UserId)
channels = st.from_regex(r"[CG][A-Z0-9]{1,10}", fullmatch=True).map(ChannelId)
teams: st.SearchStrategy[TeamRef] = st.builds(InChannel, channels) | st.builds(Named, texts)
drafts = st.builds(Draft, st.from_regex(r"[0-9a-f]{32}", fullmatch=True).map(AssessmentId))
numbers = st.integers(1, 9_999_999)
dates = st.dates()
later = st.dates(TODAY + timedelta(days=1), date(9999, 12, 31))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
days = st.integers(0, 6)
countries = st.none() | st.sampled_from(["FR", "GB", "US", "NZ", "DE"])
zones = st.none() | st.sampled_from(["Europe/Paris", "UTC", "Etc/GMT+1", "America/Argentina/Ushuaia", "Asia/Kathmandu"])
urls = st.from_regex(r"https?://[!-;=?-~]{1,40}", fullmatch=True).filter(lambda url: url == clean(url))


def _optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


ASKING: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(Start, st.none() | teams, _optional(texts), st.booleans()),
    st.builds(Resume, st.none() | teams | drafts),
    st.builds(Status, st.none() | teams, st.booleans()),
    st.builds(History, st.none() | teams, st.none() | st.integers(1, 50), st.booleans()),
    st.builds(
        Actions,
        st.sampled_from(Which),
        st.none() | teams,
        st.none() | st.builds(OwnedBy, users) | st.sampled_from(Order),
    ),
    st.builds(Export, st.sampled_from(ExportFormat), st.none() | teams, st.none() | dates),
    st.builds(Help, st.none() | st.sampled_from(names(VERBS))),
)
ACTION: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(action.AddAction, texts, st.none() | users, st.none() | dates),
    st.builds(action.Done, numbers, _optional(texts)),
    st.builds(action.Snooze, numbers, later | st.builds(action.WorkingDays, st.integers(1, 260)), _optional(texts)),
    st.builds(action.Assign, numbers, users, _optional(texts)),
    st.builds(action.Due, numbers, dates, _optional(texts)),
    st.builds(action.Block, numbers, texts),
    st.builds(action.Unblock, numbers),
    st.builds(action.Drop, numbers, texts),
    st.builds(action.Reopen, numbers),
    st.builds(action.Show, numbers),
    st.builds(action.Link, numbers, urls),
    st.builds(action.Nudge, numbers),
)
REMIND: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(remind.RemindSettings),
    st.builds(remind.RemindShow),
    st.builds(remind.RemindOn),
    st.builds(remind.RemindOff),
    st.builds(remind.RemindLight),
    st.builds(remind.RemindStandard),
    st.builds(remind.RemindAt, times),
    st.builds(remind.RemindZone, zones),
    st.builds(remind.RemindDays, st.frozensets(days, min_size=1)),
    st.builds(remind.RemindHolidays, countries),
    st.builds(remind.RemindPause, st.none() | later),
    st.builds(remind.RemindResume),
    st.builds(remind.RemindDigest, days, times),
    st.builds(remind.RemindTest),
)
TEAM: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(team.TeamShow),
    st.builds(team.TeamLink, channels),
    st.builds(team.TeamUnlink),
    st.builds(team.TeamLead, users),
    st.builds(team.TeamAdd, users),
    st.builds(team.TeamRemove, users),
    st.builds(team.TeamRename, texts),
)
ADMIN: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(admin.AdminHealth),
    st.builds(admin.AdminFailures),
    st.builds(
        admin.AdminRetry,
        st.from_regex(r"[0-9a-f]{8,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", fullmatch=True).map(DeliveryId),
    ),
    st.builds(admin.AdminStop, teams),
    st.builds(admin.AdminStart, teams),
    st.builds(admin.AdminRoles),
    st.builds(admin.AdminGrant, st.sampled_from(Role), users),
    st.builds(admin.AdminHolidays, countries),
    st.builds(admin.PolicyProfile, st.sampled_from(Profile)),
    st.builds(admin.PolicyZone, zones),
    st.builds(admin.PolicyDigest, days, times),
    st.builds(admin.PolicyGuests, st.booleans()),
    st.builds(admin.AdminPreview, st.none() | teams),
)
EVERY = (*ASKING, *ACTION, *REMIND, *TEAM, *ADMIN)
KINDS = get_args(Command)

commands = st.one_of(*EVERY)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A command in which something was left out, put in, doubled or moved."""
    text = draw(commands.map(text_of))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        put = draw(st.sampled_from((*TRICKY, "", " ", text[start:end] * 2)) | st.text(max_size=3))
        text = text[:start] + put + text[end:]
    return text


pieces = re.split(
    r"\s+", " ".join([*names(VERBS), "done snooze assign due drop add show fri next week 3d eom in two weeks mon 9:30"])
)
salads = st.lists(st.sampled_from((*pieces, *TRICKY)), max_size=12).map(" ".join)

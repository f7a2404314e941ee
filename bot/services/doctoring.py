"""What an operator's own check looks at: the database, and Slack's word on the token."""

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from bot.domain.delivery import NotNow, TenantGone, Undeliverable
from bot.domain.ids import TenantId
from bot.slack.gateway import Gateway
from bot.slack.scopes import SCOPES
from bot.store import migrating
from bot.store.database import open_database
from bot.store.migrating import Ahead, Behind, UpToDate


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    fact: str
    problem: str | None = None


async def examine(database_url: str, api_url: str, token: str | None) -> list[Check]:
    return [await _database(database_url), *await _slack(api_url, token)]


async def _database(url: str) -> Check:
    db = open_database(url)
    try:
        state = await migrating.state(db)
    except (DBAPIError, OSError) as away:
        return Check("database", "", f"DATABASE_URL cannot be reached ({type(away).__name__})")
    finally:
        await db.close()
    match state:
        case UpToDate():
            return Check("database", "reached, and up to date")
        case Behind():
            return Check("database", "", "not up to date: run `python -m bot migrate`")
        case Ahead(current=current):
            return Check("database", "", f"of a newer version ({current}) than this bot")


async def _slack(api_url: str, token: str | None) -> list[Check]:
    if token is None:
        return [Check("slack", "asked at each installation; open /slack/install to begin")]

    async def token_of(_: TenantId) -> str:
        return token

    gateway = Gateway(api_url, token_of)
    await gateway.start()
    try:
        identity = await gateway.identity(TenantId(""))
    except TenantGone as refused:
        return [Check("slack", "", f"SLACK_BOT_TOKEN is refused ({refused.reason})")]
    except (NotNow, Undeliverable) as trouble:
        return [Check("slack", "", f"SLACK_API_URL cannot be reached ({trouble.reason})")]
    finally:
        await gateway.close()
    return [Check("slack", f"the token is of workspace {identity.team_id}"), _rights(identity.scopes)]


def _rights(granted: frozenset[str] | None) -> Check:
    """An app that was installed before its manifest grew lacks what was added, and Slack says so only at each call."""
    if granted is None:
        return Check("scopes", "Slack does not say which are granted")
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return Check("scopes", "", f"not granted: {', '.join(missing)}; install the app again as manifest.yml has it")
    return Check("scopes", f"all {len(SCOPES)} of manifest.yml are granted")

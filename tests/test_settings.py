"""Refusing to start: every missing or wrong setting is named, no secret is shown (B06, G10, G11)."""

from base64 import urlsafe_b64encode

import pytest

from bot.settings import Misconfigured, Part, Settings, read

KEY = urlsafe_b64encode(bytes(range(32))).decode()
SECRET = "0123456789abcdef" * 2
SINGLE = {"SLACK_BOT_TOKEN": "xoxb-1-token", "SLACK_SIGNING_SECRET": SECRET}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1-token", "SLACK_APP_TOKEN": "xapp-1-token"}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-secret",
    "ENCRYPTION_KEYS": KEY,
    "SLACK_SIGNING_SECRET": SECRET,
}


def problems(environ: dict[str, str], part: Part = Part.RUN) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as refusal:
        read(environ, part)
    return refusal.value.problems


@pytest.mark.parametrize(
    ("environ", "part"),
    [
        pytest.param(SINGLE, Part.RUN, id="one workspace over HTTP"),
        pytest.param(SINGLE, Part.WEB, id="web alone"),
        pytest.param(SOCKET, Part.RUN, id="Socket Mode needs no signing secret"),
        pytest.param(MANY, Part.WEB, id="many workspaces need no token"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, Part.WORKER, id="the worker verifies nothing"),
        pytest.param({}, Part.STORE, id="migrating needs only a database"),
        pytest.param({"PORT": "nonsense"}, Part.STORE, id="migrating does not look at doors"),
        pytest.param({**SINGLE, "PATH": "/bin", "SLACK_TEAM": "x"}, Part.RUN, id="other programs' variables"),
        pytest.param(
            {**SINGLE, "FAULT": "outbox.after_post=kill@3", "APP_ENV": "test"}, Part.RUN, id="failpoints in a test"
        ),
    ],
)
def test_enough_is_given(environ: dict[str, str], part: Part) -> None:
    assert isinstance(read(environ, part), Settings)


@pytest.mark.parametrize(
    "secret", ["", " ", "\t\n", "short", "x" * 31], ids=["missing", "blank", "tabs", "short", "31"]
)
def test_b06_no_boot_over_http_without_a_full_signing_secret(secret: str) -> None:
    lines = problems({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": secret})
    assert len(lines) == 1
    assert lines[0].startswith("SLACK_SIGNING_SECRET")
    assert len(secret.strip()) == 0 or secret not in lines[0]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        pytest.param({"SLACK_BOT_TOKEN": "token"}, "SLACK_BOT_TOKEN must start with xox", id="no Slack token"),
        pytest.param({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN must start with xapp-", id="wrong kind of token"),
        pytest.param({"PORT": "0"}, "PORT must be a whole number from 1 to 65535", id="port 0"),
        pytest.param({"PORT": "65536"}, "PORT must be a whole number from 1 to 65535", id="port too high"),
        pytest.param({"HEALTH_PORT": "3e3"}, "HEALTH_PORT must be a whole number from 1 to 65535", id="no number"),
        pytest.param(
            {"MOST_CLOCK_SKEW_SECONDS": "0"},
            "MOST_CLOCK_SKEW_SECONDS must be a whole number of seconds from 1 to 99999",
            id="no seconds",
        ),
        pytest.param({"SLACK_API_URL": "ftp://x"}, "SLACK_API_URL must be an http or https address", id="ftp"),
        pytest.param({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL must be an http or https address", id="no scheme"),
        pytest.param(
            {"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL must start with postgresql:// or sqlite:///", id="mysql"
        ),
        pytest.param({"DATABASE_URL": "nonsense"}, "DATABASE_URL is not a database address", id="no address"),
        pytest.param(
            {"DATABASE_URL": "sqlite:///:memory:"},
            "DATABASE_URL must name a file: a database in memory forgets everything at the first restart",
            id="in memory",
        ),
        pytest.param({"LOG_LEVEL": "DEBUG"}, "LOG_LEVEL input should be 'INFO', 'WARNING' or 'ERROR'", id="debug"),
        pytest.param(
            {"ENCRYPTION_KEYS": f"{KEY},short"},
            "ENCRYPTION_KEYS key 2 of 2 is not 32 bytes in url-safe base64",
            id="G11: a bad key",
        ),
        pytest.param(
            {"SLACK_CLIENT_SECRET": "s", "ENCRYPTION_KEYS": KEY},
            "SLACK_CLIENT_ID is missing (needed to be installed in many workspaces)",
            id="half an OAuth app",
        ),
        pytest.param(
            {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s"},
            "ENCRYPTION_KEYS is missing (needed to be installed in many workspaces)",
            id="G11: no key",
        ),
        pytest.param(
            {"SLACK_SIGNING_SECERT": SECRET},
            "SLACK_SIGNING_SECERT is not a setting; did you mean SLACK_SIGNING_SECRET?",
            id="G10: misspelt",
        ),
        pytest.param({"FAULT": "outbox.after_post=kill"}, "FAULT is for tests only", id="G10: failpoints"),
        pytest.param(
            {"FAULT": "outbox.after_post=kill", "APP_ENV": "production"}, "FAULT is for tests only", id="G10: elsewhere"
        ),
        pytest.param(
            {"FAULT": "outbox.after_past=kill", "APP_ENV": "test"},
            "FAULT has something that is no failpoint",
            id="G10: no such failpoint",
        ),
    ],
)
def test_g10_what_is_wrong_is_named(changed: dict[str, str], line: str) -> None:
    assert problems({**SINGLE, **changed}) == (line,)


def test_everything_wrong_is_named_at_once_without_its_value() -> None:
    wrong = {
        "SLACK_SIGNING_SECRET": "hush",
        "DATABASE_URL": "mysql://u:hush@h/d",
        "PORT": "hush",
        "SLACK_APP_TOKEN": "hush",
    }
    lines = problems(wrong)
    named = {line.split()[0] for line in lines}
    assert named == {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "PORT", "SLACK_APP_TOKEN"}
    assert "hush" not in "".join(lines)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p%40w@h:5433/d", "postgresql+asyncpg://u:p%40w@h:5433/d"),
        ("postgresql://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
        ("sqlite:///bot.db", "sqlite+aiosqlite:///bot.db"),
        ("sqlite+aiosqlite:////data/bot.db", "sqlite+aiosqlite:////data/bot.db"),
    ],
)
def test_database_addresses_mean_the_async_drivers(given: str, meant: str) -> None:
    assert read({"DATABASE_URL": given}, Part.STORE).database_url == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", "https://slack.com/api/"),
        ("http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"),
        ("http://127.0.0.1:9/api/", "http://127.0.0.1:9/api/"),
    ],
)
def test_the_api_address_ends_in_a_slash(given: str, meant: str) -> None:
    assert read({**SINGLE, "SLACK_API_URL": given}, Part.RUN).slack_api_url == meant


def test_settings_cannot_change_and_do_not_show_their_secrets() -> None:
    settings = read({**MANY, **SINGLE, **SOCKET, "DATABASE_URL": "postgres://u:canary@h/d"}, Part.RUN)
    shown = repr(settings) + str(settings)
    for secret in ("xoxb-1-token", "xapp-1-token", "client-secret", SECRET, KEY, "canary"):
        assert secret not in shown
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1

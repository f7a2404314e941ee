"""Whoever had to wait for Slack in vain has others spared that, in the same workspace and for a while."""

from bot.domain.ids import TenantId
from bot.slack.silence import SECONDS, Silence

HERE, THERE = TenantId("T_HERE"), TenantId("T_THERE")


def test_a_silence_is_one_workspaces_and_ends() -> None:
    now = [100.0]
    silence = Silence(lambda: now[0])
    assert not silence.lasts(HERE)

    silence.begins(HERE)

    assert silence.lasts(HERE)
    assert not silence.lasts(THERE)
    now[0] += SECONDS
    assert not silence.lasts(HERE)

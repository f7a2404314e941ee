"""Tokens that expire: a refresh token gives another pair once, and for a while again; two tokens live at once."""

from dataclasses import dataclass, field, replace

from sandbox.values import Json, Refused, Token
from sandbox.workspace import Workspace

LIFETIME = 43_200
GRACE = 120.0  # in which a refresh token that was used already is taken once more
MOST_ALIVE = 2


@dataclass
class Rotation:
    """Off, until the app's settings switch it on; it cannot be switched off again."""

    is_on: bool = False
    used_at: dict[str, float | None] = field(default_factory=dict)  # by refresh token
    alive: list[str] = field(default_factory=list)

    def pair(self, workspace: Workspace, scopes: frozenset[str] | None) -> Json:
        """A new token, and what it is renewed with; the oldest that would be too many ends."""
        number, now = workspace.number(), workspace.clock.now()
        token = Token(f"xoxe.xoxb-{workspace.team_id}-{number}", scopes, expires_at=now + LIFETIME)
        refresh = f"xoxe-{workspace.team_id}-{number}"
        workspace.add(token)
        self.used_at[refresh] = None
        self.alive.append(token.value)
        for old in self.alive[:-MOST_ALIVE]:
            workspace.add(replace(workspace.tokens[old], revoked=True))
        del self.alive[:-MOST_ALIVE]
        return {"access_token": token.value, "refresh_token": refresh, "expires_in": LIFETIME}

    def renewed(self, workspace: Workspace, refresh: str) -> Json:
        now = workspace.clock.now()
        if refresh not in self.used_at:
            raise Refused("invalid_refresh_token")
        used_at = self.used_at[refresh]
        if used_at is not None and now - used_at > GRACE:
            raise Refused("invalid_refresh_token")
        self.used_at[refresh] = now if used_at is None else used_at
        return self.pair(workspace, workspace.app.scopes)

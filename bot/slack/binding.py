"""What a modal carries along is bound to its workspace, its person and its form: Slack only keeps it for us.

A tag over all of them stands last in ``private_metadata``, which is empty or a JSON object. Whoever changes it, or
takes another's or another form's, has no key to make the tag fit.
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NewType

from bot.domain.ids import TenantId, UserId
from bot.late import late

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    hashes, hkdf = late("cryptography.hazmat.primitives.hashes"), late("cryptography.hazmat.primitives.kdf.hkdf")

BoundView = NewType("BoundView", dict[str, Any])  # may leave for Slack

MOST_METADATA = 3000
VERSION = "1"
TAG_CHARACTERS = 32  # 128 bits
_TAGGED = re.compile(r'\A(?P<before>\{.*?)(?P<comma>,?)"bound":"(?P<tag>[0-9a-f]{32})"\}\Z', re.DOTALL)


class Binding:
    def __init__(self, secret: str, refused: Callable[[], None] = lambda: None) -> None:
        """``secret``: what Slack and the bot share. ``refused`` is told of each form that is not as it was drawn."""
        derive = hkdf.HKDF(hashes.SHA256(), length=32, salt=None, info=b"finops-assess forms " + VERSION.encode())
        self._key = derive.derive(secret.encode())
        self._refused = refused

    def bind(self, tenant: TenantId, user: UserId, view: Mapping[str, Any]) -> BoundView:
        """Raises ValueError for what it cannot carry, which would be a mistake of ours."""
        carried = str(view.get("private_metadata") or "{}")
        if not (carried.startswith("{") and carried.endswith("}")):
            raise ValueError("a view carries a JSON object, or nothing")
        comma = "" if carried == "{}" else ","
        metadata = f'{carried[:-1]}{comma}"bound":"{self._tag(tenant, user, view, carried)}"}}'
        if len(metadata) > MOST_METADATA:
            raise ValueError("a view carries too much")
        return BoundView({**view, "private_metadata": metadata})

    def carried(self, tenant: TenantId, user: UserId, view: Mapping[str, Any]) -> str | None:
        """What it was drawn with. None where it was not drawn so, for this person, in this workspace."""
        found = _TAGGED.match(str(view.get("private_metadata")))
        if found is not None:
            carried = found["before"] + "}"
            if hmac.compare_digest(self._tag(tenant, user, view, carried), found["tag"]):
                return "" if carried == "{}" else carried
        self._refused()
        return None

    def _tag(self, tenant: TenantId, user: UserId, view: Mapping[str, Any], carried: str) -> str:
        said = json.dumps([tenant, user, view.get("callback_id"), carried])
        return hmac.new(self._key, said.encode(), "sha256").hexdigest()[:TAG_CHARACTERS]

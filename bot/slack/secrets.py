"""Tokens at rest: sealed for one tenant, readable with any key of the ring, written with the newest."""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.domain.ids import TenantId
from bot.late import late

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives.ciphers import aead
else:
    exceptions, aead = late("cryptography.exceptions"), late("cryptography.hazmat.primitives.ciphers.aead")

KEY_BYTES = 32
NONCE_BYTES = 12
FORM = "v1"


class Unreadable(Exception):
    """No key of the ring opens this for this tenant; the tenant is paused, nothing falls back to plain text."""


class KeyRing:
    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` as in ENCRYPTION_KEYS, newest first."""
        if not keys or (wrong := bad_keys(keys)):
            raise ValueError(f"unusable encryption keys at places {wrong if keys else 'none given'}")
        self._keys = [urlsafe_b64decode(key) for key in keys]

    def seal(self, secret: str, tenant: TenantId) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = aead.AESGCM(self._keys[0]).encrypt(nonce, secret.encode(), _bound_to(tenant))
        return ".".join((FORM, _name(self._keys[0]), urlsafe_b64encode(nonce + sealed).decode()))

    def open(self, sealed: str, tenant: TenantId) -> str:
        form, _, rest = sealed.partition(".")
        name, _, encoded = rest.partition(".")
        if form != FORM:
            raise Unreadable("not sealed by this bot")
        try:
            raw = urlsafe_b64decode(encoded)
        except (NotBase64, ValueError):
            raise Unreadable("damaged") from None
        for key in self._named(name):
            return _opened(key, raw, tenant)
        raise Unreadable("its key is not among ENCRYPTION_KEYS")

    def is_current(self, sealed: str) -> bool:
        """Whether the newest key sealed it; if not, seal it anew before the old key is taken off the ring."""
        return sealed.startswith(f"{FORM}.{_name(self._keys[0])}.")

    def _named(self, name: str) -> Iterator[bytes]:
        return (key for key in self._keys if _name(key) == name)


def bad_keys(keys: Sequence[str]) -> list[int]:
    """The places, counted from 1, of keys that are not 32 bytes in url-safe base64."""
    return [place for place, key in enumerate(keys, start=1) if not _usable(key)]


def _usable(key: str) -> bool:
    try:
        raw = urlsafe_b64decode(key)
    except (NotBase64, ValueError):
        return False
    # Python's decoder skips characters it does not know; only the exact form comes back unchanged.
    return len(raw) == KEY_BYTES and urlsafe_b64encode(raw).decode() == key


def _opened(key: bytes, raw: bytes, tenant: TenantId) -> str:
    try:
        return aead.AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound_to(tenant)).decode()
    except (exceptions.InvalidTag, ValueError):
        raise Unreadable("damaged, or sealed for another tenant") from None


def _name(key: bytes) -> str:
    return hashlib.sha256(b"key name" + key).hexdigest()[:8]


def _bound_to(tenant: TenantId) -> bytes:
    return b"token of " + tenant.encode()

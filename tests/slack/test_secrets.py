"""Tokens at rest can be read by their own tenant only, with the key that sealed them (I02, G11)."""

from base64 import urlsafe_b64encode

import pytest

from bot.domain.ids import TenantId
from bot.slack.secrets import KeyRing, Unreadable

OLD, NEW, OTHER = (urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))
ACME, RIVAL = TenantId("T1"), TenantId("T2")
TOKEN = "xoxb-canary-token"


def test_what_is_sealed_can_be_opened_and_is_never_plain() -> None:
    ring = KeyRing([NEW])
    sealed = ring.seal(TOKEN, ACME)
    assert "canary" not in sealed
    assert ring.open(sealed, ACME) == TOKEN
    assert ring.seal(TOKEN, ACME) != sealed


def test_g11_old_rows_stay_readable_and_are_told_from_current_ones() -> None:
    sealed = KeyRing([OLD]).seal(TOKEN, ACME)
    ring = KeyRing([NEW, OLD])
    assert ring.open(sealed, ACME) == TOKEN
    assert not ring.is_current(sealed)
    assert ring.is_current(ring.seal(TOKEN, ACME))


@pytest.mark.parametrize(
    ("sealed", "ring", "tenant", "why"),
    [
        pytest.param(KeyRing([OLD]).seal(TOKEN, ACME), [OTHER], ACME, "its key is not among", id="G11: wrong key"),
        pytest.param(KeyRing([OLD]).seal(TOKEN, ACME), [OLD], RIVAL, "another tenant", id="another tenant's row"),
        pytest.param(KeyRing([OLD]).seal(TOKEN, ACME)[:-8], [OLD], ACME, "damaged", id="cut off"),
        pytest.param(KeyRing([OLD]).seal(TOKEN, ACME)[:20], [OLD], ACME, "damaged", id="cut to a few bytes"),
        pytest.param(KeyRing([OLD]).seal(TOKEN, ACME)[:-5] + "é====", [OLD], ACME, "damaged", id="not base64"),
        pytest.param(TOKEN, [OLD], ACME, "not sealed", id="plain text is not accepted"),
        pytest.param("", [OLD], ACME, "not sealed", id="nothing"),
    ],
)
def test_what_cannot_be_read_says_why_without_the_secret(
    sealed: str, ring: list[str], tenant: TenantId, why: str
) -> None:
    with pytest.raises(Unreadable, match=why) as refusal:
        KeyRing(ring).open(sealed, tenant)
    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize("keys", [[], [""], ["short"], [NEW[:-1]], [f"{NEW} "], [NEW, "x" * 44]])
def test_a_ring_of_unusable_keys_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="unusable"):
        KeyRing(keys)

"""Zones and countries as people type them."""

from importlib.resources import files

import pytest

from bot.catalogue.calendars import zone_of
from bot.catalogue.places import country_called, country_name, zones_near
from bot.domain.gazetteer import zone_called


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        pytest.param("Europe/Paris", "Europe/Paris", id="its name"),
        pytest.param("europe/paris", "Europe/Paris", id="in small letters"),
        pytest.param("Paris", "Europe/Paris", id="its city"),
        pytest.param(" new  york ", "America/New_York", id="a city of two words"),
        pytest.param("America/New York", "America/New_York", id="a name with a space"),
        pytest.param("São Paulo", "America/Sao_Paulo", id="with its accent"),
        pytest.param("UTC", "UTC", id="UTC"),
        pytest.param("Cordoba", None, id="two cities of that name"),
        pytest.param("pariz", None, id="a slip"),
        pytest.param("Factory", None, id="no place"),
        pytest.param("../etc/passwd", None, id="no name at all"),
        pytest.param("", None, id="nothing"),
        pytest.param("x" * 50_000, None, id="far too long"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, zone: str | None) -> None:
    assert zone_called(typed) == zone


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        pytest.param("pariz", ["Europe/Paris"], id="a slip"),
        pytest.param("Londn", ["Europe/London"], id="a letter left out"),
        pytest.param("europe/pars", ["Europe/Paris"], id="a slip in the whole name"),
        pytest.param("cordoba", ["America/Argentina/Cordoba", "America/Cordoba"], id="either of two"),
        pytest.param("xx", [], id="nothing like it"),
        pytest.param("", [], id="nothing"),
        pytest.param("ü" * 50_000, [], id="far too long"),
    ],
)
def test_what_may_have_been_meant(typed: str, near: list[str]) -> None:
    assert list(zones_near(typed)) == near


def test_whatever_is_found_is_a_zone() -> None:
    for name in files("tzdata").joinpath("zones").read_text(encoding="utf-8").split():
        found = zone_called(name)
        assert found == name or name == "Factory"
        assert name == "Factory" or zone_of(found) is not None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("FR", "FR", id="its code"),
        pytest.param("fr", "FR", id="in small letters"),
        pytest.param("France", "FR", id="its name"),
        pytest.param("united  kingdom", None, id="not as the tz database has it"),
        pytest.param("UK", "GB", id="as people say"),
        pytest.param("Côte d’Ivoire", "CI", id="with its accent"),
        pytest.param("Atlantis", None, id="nowhere"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_country_is_known_by_its_code_or_its_name(typed: str, code: str | None) -> None:
    assert country_called(typed) == code


def test_a_country_is_said_by_its_name() -> None:
    assert (country_name("FR"), country_name("XX"), country_name(None)) == ("France", None, None)

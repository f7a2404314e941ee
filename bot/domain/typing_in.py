"""Reading a number that a person typed, or the months that it can be worked out from."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.model import Benchmark

LONGEST = 200
MONTHS = 3

_PLAIN = re.compile(r"\d+|\d*[.,]\d+", re.ASCII)
_COULD_BE_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the person can do about it, in a sentence."""

    sentence: str


def typed_number(benchmark: Benchmark, text: str) -> float | Problem:
    """The number, or what is wrong with it; whatever is typed, nothing is raised."""
    if len(text) > LONGEST:
        return Problem(f"That is too long: please give one number{_or_months(benchmark)}.")
    plain = _simplified(text)
    value = _from_months(plain) if benchmark.accepts_pairs and "/" in plain else _amount(_without_percent(plain))
    match value:
        case Problem():
            return value
        case None:
            return Problem(f"Please give a number such as {benchmark.bands[1]:g}{_or_months(benchmark)}.")
        case Fraction():
            return _within(benchmark, value)


def _within(benchmark: Benchmark, value: Fraction) -> float | Problem:
    lowest, highest = benchmark.valid_range
    if not lowest <= value <= highest:
        return Problem(f"Please give a number from {lowest:g} to {highest:g}.")
    return float(value)


def _or_months(benchmark: Benchmark) -> str:
    if not benchmark.accepts_pairs:
        return ""
    return f", or {MONTHS} months as forecast/actual: 50000/53000; 52000/51000; 55000/61000"


def _simplified(text: str) -> str:
    """Full-width and other digits as 0-9, every kind of space as one, every minus as a hyphen."""
    return " ".join("".join(map(_plain_sign, text)).split())


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) == "No":  # 5² is not 52
        return sign
    return {"\N{MINUS SIGN}": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}.get(
        sign, unicodedata.normalize("NFKC", sign)
    )


def _without_percent(text: str) -> str:
    return text.removesuffix("%").removesuffix("percent").strip()


def _from_months(text: str) -> Fraction | Problem | None:
    """The mean distance of the forecasts from the actual spend, in percent of it."""
    months = [month.split("/") for month in re.split(r";|, ", text.strip("; "))]
    if len(months) != MONTHS or any(len(month) != 2 for month in months):
        return Problem(f"Please give {MONTHS} months as forecast/actual: 50000/53000; 52000/51000; 55000/61000.")
    total = Fraction()
    for forecast, actual in months:
        match _distance(_amount(forecast.strip()), _amount(actual.strip())):
            case Fraction() as distance:
                total += distance
            case unreadable:
                return unreadable
    return total / MONTHS


def _distance(forecast: Fraction | Problem | None, actual: Fraction | Problem | None) -> Fraction | Problem | None:
    if not isinstance(forecast, Fraction):
        return forecast
    if not isinstance(actual, Fraction):
        return actual
    if forecast < 0 or actual <= 0:
        return Problem("Please give amounts above 0: a month without spend has no variance.")
    return abs(forecast - actual) / actual * 100


def _amount(text: str) -> Fraction | Problem | None:
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-" if sign < 0 else "+").strip()
    if _COULD_BE_THOUSANDS.fullmatch(digits):
        whole, part = re.split(r"[.,]", digits)
        return Problem(f"{digits} can be read in two ways: please write {whole}{part} or {whole}.{part[:2]}.")
    if _PLAIN.fullmatch(digits):
        return sign * _fraction(digits.replace(",", "."))
    if grouped := _GROUPED.fullmatch(digits):
        return _ungrouped(digits, grouped[1], sign)
    return None


def _ungrouped(digits: str, separator: str, sign: int) -> Fraction:
    return sign * _fraction(digits.replace(separator, "").replace(",", "."))


def _fraction(decimal: str) -> Fraction:
    whole, _, part = decimal.partition(".")
    return Fraction(int(f"{whole}{part}"), 10 ** len(part))

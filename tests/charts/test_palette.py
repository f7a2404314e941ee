"""What is written and shown stands out from what it lies on, as WCAG 2.2 measures it (1.4.3, 1.4.11)."""

from itertools import combinations

import pytest

from bot.charts.palette import AMBER, BLUE, GREEN, SHOWN, WRITTEN

TEXT, SHAPE = 4.5, 3.0
# How red, green and blue are seen by people without one kind of cone (Machado and others 2009, severity 1).
SEEN = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

Light = tuple[float, float, float]


def linear(colour: str) -> Light:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    lights = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_contrast_is_measured_as_it_should_be() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("words", "ground"), WRITTEN)
def test_words_can_be_read(words: str, ground: str) -> None:
    assert contrast(words, ground) >= TEXT


@pytest.mark.parametrize(("shape", "ground"), SHOWN)
def test_shapes_can_be_seen(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= SHAPE


@pytest.mark.parametrize("eyes", SEEN)
def test_blue_green_and_amber_differ_for_those_who_see_few_colours(eyes: str) -> None:
    for one, other in combinations((BLUE, GREEN, AMBER), 2):
        apart = [a - b for a, b in zip(_seen(eyes, one), _seen(eyes, other), strict=True)]
        assert sum(step * step for step in apart) ** 0.5 > 0.05


def _seen(eyes: str, colour: str) -> Light:
    light = linear(colour)
    red, green, blue = (sum(weight * part for weight, part in zip(row, light, strict=True)) for row in SEEN[eyes])
    return red, green, blue

"""The palette keeps the contrasts that WCAG 2.2 asks at level AA, by day and by night, and the styles ask nothing of the network."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[3] / "static" / "css" / "gongwen.css"
TEXT, EDGE = 4.5, 3.0

# Foreground, background, least ratio: every pair that the components put together.
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "wash", TEXT),
    ("ink", "mark", TEXT),
    ("ink-2", "paper", TEXT),
    ("ink-2", "wash", TEXT),
    ("ink-2", "mark", TEXT),
    ("seal", "paper", TEXT),
    ("seal", "wash", TEXT),
    ("seal", "mark", TEXT),
    ("paper", "ink", TEXT),
    ("on-stamp", "stamp", TEXT),
    ("on-low", "ramp-1", TEXT),
    ("on-low", "ramp-2", TEXT),
    ("on-low", "ramp-3", TEXT),
    ("on-high", "ramp-4", TEXT),
    ("on-high", "ramp-5", TEXT),
    ("edge", "paper", EDGE),
    ("stamp", "paper", EDGE),
]


def palette(text: str) -> dict[str, tuple[str, str]]:
    """Read each colour token by day and by night; a token of one colour has it twice."""
    colours = {}
    for name, value in re.findall(r"^ *--([\w-]+): ([^;]*);", text, re.MULTILINE):
        pair = re.fullmatch(r"var\(--day, (#\w+)\) var\(--night, (#\w+)\)", value)
        if pair:
            colours[name] = (pair[1], pair[2])
        elif re.fullmatch(r"#\w+", value):
            colours.setdefault(name, (value, value))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_words_and_edges_stand_out_enough(front: str, back: str, least: float, theme: int) -> None:
    colours = palette(STYLES.read_text(encoding="utf-8"))
    lighter, darker = sorted((luminance(colours[front][theme]), luminance(colours[back][theme])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_styles_fetch_nothing() -> None:
    text = STYLES.read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(" not in text
    assert "@font-face" not in text

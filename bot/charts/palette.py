"""The colours of every chart: an opaque paper, calm in a light and in a dark window, and what is drawn on it.

Nothing is said by a colour alone: what differs has another shape, place or word as well. Blue, green and amber keep
apart for people who see few colours.
"""

PAPER = "#F6F8F7"
INK = "#14282D"
QUIET = "#4B5E62"  # lesser words
HAIR = "#D3DCDA"  # the grid
TRACK = "#E4EBE9"
EDGE = "#7C8F91"  # of what is empty
BLUE = "#0067A5"
SKY = "#C4E2F4"
GREEN = "#00734F"
MINT = "#C9E9DD"
AMBER = "#8A5200"
SAND = "#FBEDCF"

# What is written, and what it is written on.
WRITTEN = (
    (INK, PAPER), (INK, SAND), (INK, MINT), (QUIET, PAPER), (BLUE, PAPER), (GREEN, PAPER), (AMBER, PAPER),
    (PAPER, GREEN),
)  # fmt: skip
# Shapes that have to be seen to be understood, and what they lie on.
SHOWN = ((BLUE, PAPER), (BLUE, SAND), (BLUE, TRACK), (GREEN, PAPER), (EDGE, PAPER), (INK, PAPER), (PAPER, BLUE))

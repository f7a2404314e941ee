"""The trend of the score as matplotlib draws it: the same size, points, words, lines and key."""

from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.figure import Figure

from tests.charts.builders import TREND

SIZE, DOTS = (10.8, 7.2), 100
MARKS = {None: "x", 1: "o", 2: "s", 3: "^"}
INK, BLUE, AMBER, GREEN, HAIR, PAPER = "#1d2a30", "#0067a8", "#8f5200", "#00704a", "#d0d5d7", "#f6f8f8"


def draw() -> bytes:
    figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.11, 0.14, 0.83, 0.66), facecolor=PAPER)
    for major in sorted({point.major for point in TREND.points}):
        alike = [point for point in TREND.points if point.major == major and point.index is not None]
        axes.plot([point.on for point in alike], [point.index for point in alike], color=BLUE, linewidth=4)
    for point in TREND.points:
        mark = MARKS[None if point.stage is None else point.stage.value]
        inside = PAPER if point.provisional else BLUE
        axes.plot([point.on], [point.index or 0], mark, color=BLUE, markerfacecolor=inside, markersize=17)
        said = "No stage" if point.stage is None else f"{point.stage.word} {point.index}"
        axes.annotate(said, (point.on, point.index or 0), (0, 16), textcoords="offset points", ha="center", fontsize=18)
    middle = TREND.points[2].on + (TREND.points[3].on - TREND.points[2].on) / 2
    axes.axvline(middle, color=AMBER, linestyle="--")
    axes.text(middle, 108, "new questions", color=AMBER, ha="center", fontsize=18)
    for on in TREND.done:
        axes.plot([on], [-20], "o", color=GREEN, markersize=20)
        axes.text(on, -20, "1", color=PAPER, ha="center", va="center")
    axes.set_ylim(-30, 105)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.grid(axis="y", color=HAIR)
    axes.xaxis.set_major_locator(MonthLocator(interval=3))
    axes.xaxis.set_major_formatter(DateFormatter("%b %Y"))
    axes.tick_params(labelsize=15, labelcolor=INK)
    keys = [axes.plot([], [], mark, color=BLUE)[0] for mark in MARKS.values()]
    figure.legend(keys, ["no stage", "Crawl", "Walk", "Run"], loc="upper center", ncol=4, fontsize=15, frameon=False)
    written = BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()

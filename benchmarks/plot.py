"""The cost of one by the number of them, as small pictures side by side: where something does not grow as it should, its line bends."""

import math
from typing import Any
from xml.sax.saxutils import escape

Line = dict[str, Any]
COLUMNS = 5
WIDTH, HEIGHT, MARGIN = 190, 96, 14
# Each picture spans as much: from a third of what one takes at 1000 x to thirty times it, so that bends can be compared.
LOWEST, HIGHEST = math.log10(1 / 3), math.log10(30)
STYLE = (
    "text{font:10px sans-serif;fill:#333}.cost{fill:#888}line{stroke:#ccc}"
    "polyline{fill:none;stroke:#06c;stroke-width:2}circle{fill:#06c}"
)


def nanoseconds(value: float) -> str:
    """A time in the unit that suits it."""
    for scale, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value:.3g} ns"


def picture(stage: str, lines: list[Line], left: float, top: float) -> str:
    """One stage: a grey line where the cost would stay, and where it went. Both axes are logarithmic."""
    sizes = [math.log10(max(1, line["size"])) for line in lines]
    prices = [1e9 / line["rate"] for line in lines]
    span = max(sizes[-1] - sizes[0], 1e-9)

    def point(size: float, price: float) -> tuple[float, float]:
        height = (math.log10(price / prices[-1]) - LOWEST) / (HIGHEST - LOWEST)
        x = left + MARGIN + (size - sizes[0]) / span * (WIDTH - 2 * MARGIN)
        return x, top + HEIGHT - MARGIN - min(1.0, max(0.0, height)) * (HEIGHT - 3 * MARGIN)

    points = [point(size, price) for size, price in zip(sizes, prices, strict=True)]
    level = points[-1][1]
    return (
        f'<text x="{left + MARGIN}" y="{top + 12}">{escape(stage)}</text>'
        f'<text class="cost" x="{left + MARGIN}" y="{top + HEIGHT - 1}">{nanoseconds(prices[0])} → {nanoseconds(prices[-1])}</text>'
        f'<line x1="{left + MARGIN}" x2="{left + WIDTH - MARGIN}" y1="{level:.1f}" y2="{level:.1f}"/>'
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
        + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in points)
    )


def svg(found: list[Line]) -> str:
    """All stages."""
    stages = list(dict.fromkeys(line["of"] for line in found))
    rows = math.ceil(len(stages) / COLUMNS)
    pictures = [
        picture(
            stage,
            [line for line in found if line["of"] == stage],
            place % COLUMNS * WIDTH,
            place // COLUMNS * HEIGHT,
        )
        for place, stage in enumerate(stages)
    ]
    size = f'width="{COLUMNS * WIDTH}" height="{rows * HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style><rect {size} fill="#fff"/>'
        + "\n".join(pictures)
        + "</svg>\n"
    )

"""The tables of a run, from its files."""

import json
import statistics
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comparisons import COMPARISONS, TARGETS, Comparison

Line = dict[str, Any]
BEGIN, END = "<!-- results: made by make bench -->", "<!-- end of results -->"
# What is worth a column of its own among the further figures of stages without peers.
SHOWN = {
    "serial.ports": ("ports", "cpuThousandths"),
    "hj212.server": ("stations", "acknowledged", "p50Microseconds", "p99Microseconds", "peakKiB"),
    "store.day": ("writtenBytesPerDay",),
    "core.streaming": ("channels", "bytesPerChannel"),
    "pipeline.latency": (
        "p50ToDiskMicroseconds", "p99ToDiskMicroseconds", "p999ToDiskMicroseconds", "p50ToScreenMicroseconds",
        "p99ToScreenMicroseconds", "p999ToScreenMicroseconds", "cpuNanosecondsPerReading",
    ),
    "pipeline.day": ("writtenBytesPerDay", "cpuNanosecondsPerReading"),
    "pipeline.run": ("stations", "due", "answered", "cpuThousandths", "residentKiB"),
    "terminal.frame": ("bytesPerFrame",),
}


def read(file: Path) -> list[Line]:
    """JSON lines; none where the file is not there."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def costs(found: Iterable[Line], participant: str) -> list[float]:
    """Seconds a unit, round by round."""
    return [line["seconds"][0] / line["units"] for line in found if line["participant"] == participant]


def ratios(found: list[Line], own: str, other: str) -> list[float]:
    """How many times as long the other took for one, round by round."""
    return [theirs / ours for ours, theirs in zip(costs(found, own), costs(found, other), strict=True)]


def spread(values: list[float]) -> str:
    """The median, with the least and the most."""
    return f"{figure(statistics.median(values))} ({figure(min(values))}-{figure(max(values))})"


def figure(value: float) -> str:
    """Three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def cost(nanoseconds: float) -> str:
    """A time, in the unit that suits it."""
    for scale, unit in ((1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")):
        if nanoseconds < 1000 * scale or unit == "s":
            return f"{nanoseconds / scale:.3g} {unit}"
    raise AssertionError


def rate(value: float) -> str:
    """So many a second."""
    for scale, letter in ((1e9, " G "), (1e6, " M "), (1e3, " k "), (1, " ")):
        if value >= scale:
            return f"{value / scale:.3g}{letter}"
    return f"{value:.3g} "


def unit(line: Line) -> str:
    """What is counted."""
    return str(line["unit"]).removesuffix("/s")


def best(found: list[Line], comparison: Comparison) -> str:
    """The fastest peer."""
    return min((peer.name for peer in comparison.peers), key=lambda name: statistics.median(costs(found, name)))


def sentence(comparison: Comparison, found: list[Line]) -> str:
    """A comparison in one line, for whoever waits."""
    text = f"{comparison.stage}: {rate(1 / statistics.median(costs(found, comparison.stage)))}{unit(found[0])}/s"
    if comparison.limit:
        text += f", {spread(ratios(found, comparison.stage, comparison.limit))} of {comparison.limit}"
    for peer in comparison.peers:
        text += f", {spread(ratios(found, comparison.stage, peer.name))} x {peer.name}"
    return text


def verdict(stage: str, own_rate: float, of_limit: float | None, times_peer: float | None, line: Line) -> str:
    """The target, and whether it is met."""
    target = TARGETS.get(stage)
    if not target:
        return ""
    met = own_rate >= target.rate
    met = met and (not target.of_limit or (of_limit or 0) >= target.of_limit)
    met = met and (not target.times_peer or (times_peer or 0) >= target.times_peer)
    met = met and all(line[name] <= most for name, most in target.at_most)
    return f"{target.text}: {'met' if met else '**MISSED**'}"


def compared(found: list[Line]) -> list[str]:
    """The table of those with peers."""
    rows = [
        "| stage | ours | one takes | of its limit | against the best peer | against the others | target |",
        "|---|---|---|---|---|---|---|",
    ]
    for comparison in COMPARISONS:
        own = [line for line in found if line["of"] == comparison.stage]
        if not own:
            continue
        price = statistics.median(costs(own, comparison.stage))
        limit = ratios(own, comparison.stage, comparison.limit) if comparison.limit else []
        first = best(own, comparison)
        others = [
            f"{figure(statistics.median(ratios(own, comparison.stage, peer.name)))} x {peer.name}"
            for peer in comparison.peers
            if peer.name != first
        ]
        times_peer = ratios(own, comparison.stage, first)
        check = verdict(
            comparison.stage, 1 / price, statistics.median(limit) if limit else None, statistics.median(times_peer), own[0]
        )
        beside = f"{spread(limit)} of `{comparison.limit}`" if limit else ""
        rows.append(
            f"| `{comparison.stage}` | {rate(1 / price)}{unit(own[0])}/s | {cost(price * 1e9)} | {beside} | "
            f"{spread(times_peer)} x {first} | {', '.join(others)} | {check} |"
        )
    return rows


def alone(found: list[Line]) -> list[str]:
    """The table of those without."""
    rows = ["| stage | rate | one takes | spread | of its limit | further | target |", "|---|---|---|---|---|---|---|"]
    for line in found:
        seconds = line["seconds"]
        width = f"± {(max(seconds) - min(seconds)) / statistics.median(seconds) * 100:.0f} %" if len(seconds) > 1 else "once"
        beside = f"{spread(line['ofLimit'])} of `{line['limit']}`" if "limit" in line else ""
        further = ", ".join(f"{name} {line[name]:,}" for name in SHOWN.get(line["stage"], ()) if name in line)
        per = " of a core" if line.get("clock") == "processor" else ""
        check = verdict(line["stage"], line["rate"], None, None, line)
        rows.append(
            f"| `{line['stage']}` | {rate(line['rate'])}{unit(line)}/s{per} | {cost(1e9 / line['rate'])} | {width} | {beside} | "
            f"{further} | {check} |"
        )
    return rows


def grown(found: list[Line]) -> list[str]:
    """What one takes, by how many there are."""
    rows = ["| stage | size at 1000 x | 1 x | 10 x | 100 x | 1000 x |", "|---|---|---|---|---|---|"]
    for stage in dict.fromkeys(line["of"] for line in found):
        own = [line for line in found if line["of"] == stage]
        prices = " | ".join(cost(1e9 / line["rate"]) for line in own)
        rows.append(f"| `{stage}` | {own[-1]['size']:,} {own[-1]['sizeUnit']} | {prices} |")
    return rows


def wrong(found: list[Line]) -> list[str]:
    """How often others are wrong."""
    rows = ["| library | held against | sub-indices | wrong | too high | too low | no answer | where |", "|---|" + "---|" * 7]
    for line in found:
        where = ", ".join(f"{table} {count}" for table, count in line["tables"].items())
        rows.append(
            f"| {line['library']} | {line['edition']} | {line['asked']:,} | **{line['wrong']:,}** | {line['too high']:,} | "
            f"{line['too low']:,} | {line['no answer']:,} | {where} |"
        )
    return rows


def markdown(folder: Path) -> str:
    """All of a run."""
    machine = json.loads((folder / "machine.json").read_text(encoding="utf-8"))
    parts = [
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}, Linux {machine['kernel']}; commit "
        f"{machine['commit']}. **Times and rates are those of this machine**; ratios were measured in turn and say more. They are "
        "medians, with the least and the most in brackets."
    ]
    for title, table, kind in (
        ("Beside limits and peers", compared, "comparisons"),
        ("Without peers", alone, "alone"),
        ("What one takes as there are more", grown, "growth"),
        ("How often AQI libraries are wrong", wrong, "wrong"),
    ):
        found = read(folder / f"{kind}.jsonl")
        if found:
            parts.append(f"### {title}\n\n" + "\n".join(table(found)))
    if (folder / "growth.svg").exists():
        parts.append(f"![What one takes as there are more](results/{folder.name}/growth.svg)")
    return "\n\n".join(parts)


def put(readme: Path, text: str) -> None:
    """Between the marks."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")

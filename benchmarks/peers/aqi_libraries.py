"""Peers: aqi-hub and python-aqi, the AQI of six concentrations of one hour; and how often they are wrong.

    aqi_libraries.py answer aqi-hub|python-aqi SIZE     one repetition for each line of standard input (see paced.py)
    aqi_libraries.py wrong FILE                         their sub-indices beside ours (`bench --write-indices FILE`), counted

Fair: the shortest call each offers that gives index and primary pollutants: aqi-hub's functions without its class, python-aqi with
its algorithm made once and numbers as text, as it demands. The same concentrations as `bench core.report`. For the
count, each is held against the edition it claims (aqi-hub HJ 633-2026, python-aqi HJ 633-2012) and python-aqi also against the one in
force; concentrations are those that instruments report: whole ug/m3, tenths of mg/m3.
"""

import csv
import json
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import paced

POLLUTANTS = ("pm25", "pm10", "so2", "no2", "co", "o3")
FACTORS, MODULI = (7, 11, 3, 5, 13, 17), (400, 500, 600, 300, 150, 500)
HUB_NAMES = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")
WRONG_KINDS = ("too high", "too low", "no answer")


def concentrations(number: int) -> list[float]:
    """The six of the report with a number."""
    whole = [number * factor % modulus for factor, modulus in zip(FACTORS, MODULI, strict=True)]
    return [value / 10 if name == "co" else value for name, value in zip(POLLUTANTS, whole, strict=True)]


def hub_report() -> Callable[[list[float]], tuple[int, int]]:
    """Index and primary pollutants by aqi-hub."""
    from aqi_hub.aqi_cn import cal_aqi_cn, cal_primary_pollutant

    bits = {name: 1 << place for place, name in enumerate(HUB_NAMES)}

    def report(values: list[float]) -> tuple[int, int]:
        index, parts = cal_aqi_cn(*values, "hourly")
        return index or 0, sum(bits[name] for name in cal_primary_pollutant(parts))

    return report


def python_report() -> Callable[[list[str]], tuple[int, int]]:
    """Index by python-aqi; it has no primary pollutants."""
    from aqi.algos import mep

    # Its constants, in the order of POLLUTANTS; particulates have one table.
    names = ("pm25", "pm10", "so2_1h", "no2_1h", "co_1h", "o3_1h")
    algorithm = mep.AQI()
    return lambda values: (int(algorithm.aqi(list(zip(names, values)))), 0)


def answer(library: str, size: int) -> None:
    """The reports, on demand."""
    rows: list[list[Any]] = [concentrations(number) for number in range(size)]
    if library == "python-aqi":
        rows = [[str(value) for value in row] for row in rows]
    report: Any = hub_report() if library == "aqi-hub" else python_report()
    sums: list[int] = []

    def work() -> None:
        total = 0
        for row in rows:
            index, primary = report(row)
            total += index + (primary << 10)
        sums.append(total)

    paced.answer(
        f"peer.{library}.report", "reports", size, size, f"{library} {version(library)}", work, lambda: f"{sums[-1]:016x}"
    )


def hub_index(mean: str, name: str, value: float) -> int | None:
    """One sub-index by aqi-hub."""
    from aqi_hub.aqi_cn import cal_iaqi_cn

    eight_hours = name == "o3" and mean == "day"
    return cal_iaqi_cn(f"{name.upper()}_{'8H' if eight_hours else '1H' if mean == 'hour' else '24H'}", value)


def python_index(mean: str, name: str, value: float) -> int | None:
    """One sub-index by python-aqi."""
    from aqi.algos import mep

    suffix = "" if name in ("pm25", "pm10") else "_8h" if (name, mean) == ("o3", "day") else "_1h" if mean == "hour" else "_24h"
    index = mep.AQI().iaqi(name + suffix, f"{value:g}")
    return None if index is None else int(index)


def wrong(path: str) -> None:
    """A line of JSON for each library and edition."""
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for library, index, edition in (
        ("aqi-hub", hub_index, "hj633-2026"),
        ("python-aqi", python_index, "hj633-2012"),
        ("python-aqi", python_index, "hj633-2026"),
    ):
        counts = dict.fromkeys(WRONG_KINDS, 0)
        tables: dict[str, int] = {}
        asked = 0
        for row in rows:
            if row["edition"] != edition:
                continue
            asked += 1
            value = int(row["thousandths"]) / 1000
            try:
                found = index(row["mean"], row["indicator"], int(value) if value == int(value) else value)
            except (IndexError, ValueError, TypeError):
                found = None
            expected = int(row["index"])
            if found == expected:
                continue
            counts[WRONG_KINDS[2] if found is None else WRONG_KINDS[found < expected]] += 1
            table = f"{row['indicator']} {row['mean']}"
            tables[table] = tables.get(table, 0) + 1
        line = {"library": f"{library} {version(library)}", "edition": edition, "asked": asked, "wrong": sum(counts.values())}
        print(json.dumps(line | counts | {"tables": tables}), flush=True)


def main() -> None:
    """Answers, or counts."""
    warnings.simplefilter("ignore")
    if sys.argv[1] == "wrong":
        wrong(sys.argv[2])
    else:
        answer(sys.argv[2], int(sys.argv[3]))


main()

"""Driver of the Python peers: the running 24 h AQI without ozone (HJ 633-2012) and the rolling mean alone.

    run.py FILE --hours H --stations N [--repeat 5] [--threads 1] [--max-stations 0] [--only numpy,polars] [--check]

FILE is raw little-endian int32 as [hour][pollutant][station], pollutants pm25, pm10, so2, no2, co in thousandths of
ug/m3 (CO: mg/m3); values up to -2147483585 are reasons for missing values. Loading and the conversion into a peer's own
layout are not timed; after one warm-up the median of the repetitions counts. One JSON line a peer goes to the output.
Figures for two threads need a run of their own.
"""

import argparse
import importlib
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

SHORTEST = 24
SHORTEST_REPETITION = 0.2
CHECKED_HOURS = 200
CHECKED_STATIONS = 8
SLOW_PEERS = ("with_pandas", "with_duckdb")
TASKS = (
    ("numpy_bottleneck", "Running24"),
    ("with_pandas", "Running24"),
    ("with_polars", "Running24"),
    ("with_duckdb", "Running24"),
)
ROLLING = (
    ("numpy_bottleneck", "RollingContiguous"),
    ("numpy_bottleneck", "RollingTimeMajor"),
    ("with_pandas", "Rolling"),
    ("with_polars", "Rolling"),
)
THREAD_VARIABLES = (
    "POLARS_MAX_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Times the Python peers.")
    parser.add_argument("file")
    parser.add_argument("--hours", type=int, required=True)
    parser.add_argument("--stations", type=int, required=True)
    parser.add_argument("--repeat", type=int, default=5, help="timed repetitions, at least 5")
    parser.add_argument("--threads", type=int, default=1, help="for the whole run; polars fixes it at its import")
    parser.add_argument("--max-stations", type=int, default=0, help="limit for pandas and DuckDB; 0: none")
    parser.add_argument("--only", default="", help="comma-separated parts of stage names")
    parser.add_argument("--check", action="store_true", help="compare every peer with the oracle and exit")
    options = parser.parse_args()
    if options.hours < SHORTEST or options.stations < 1:
        parser.error(f"needs at least {SHORTEST} hours and a station")
    if options.repeat < 5 or options.threads < 1 or options.max_stations < 0:
        parser.error("--repeat is at least 5, --threads at least 1, --max-stations at least 0")
    return options


def seconds(work: Callable[[], None], repeat: int) -> float:
    """The median duration after one warm-up.

    A repetition calls short work several times: a few milliseconds on two threads depend on where the scheduler starts
    them, which has halved a rate in trials.
    """
    start = time.perf_counter()
    work()
    calls = math.ceil(SHORTEST_REPETITION / (time.perf_counter() - start))
    durations = []
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        durations.append((time.perf_counter() - start) / calls)
    return statistics.median(durations)


def peer_class(module: str, name: str) -> Any:
    """Imported late: the thread limits must be in the environment before."""
    return getattr(importlib.import_module(module), name)


def report(peer: Any, unit: str, amount: int, options: argparse.Namespace, extra: dict[str, Any]) -> dict[str, Any]:
    """Times a peer; the line without a checksum."""
    return {
        "stage": peer.stage,
        "rate": amount / seconds(peer.run, options.repeat),
        "unit": unit,
        "threads": options.threads,
        "version": f"{peer.version}, python {platform.python_version()}",
        **extra,
    }


def wanted(stage: str, options: argparse.Namespace) -> bool:
    """Whether --only asks for this stage."""
    return any(part in stage for part in options.only.split(","))


def time_peers(raw: Any, options: argparse.Namespace) -> None:
    """One line a peer; a peer and its copy of the data are gone before the next one starts."""
    for module, name in TASKS + ROLLING:
        kind = peer_class(module, name)
        if not wanted(kind.stage, options):
            continue
        limit = options.max_stations if module in SLOW_PEERS else 0
        cut = raw[:, :, :limit] if limit else raw
        hours, pollutants, stations = cut.shape
        peer = kind(cut, options.threads)
        extra: dict[str, Any] = {"hours": hours, "stations": stations, "repeat": options.repeat}
        if (module, name) in TASKS:
            amount = hours * stations
            line = report(peer, "station-hours/s", amount, options, extra | {"station_hours": amount})
            line["checksum"] = peer.result().checksum()
        else:
            amount = hours * pollutants * stations
            line = report(peer, "elements/s", amount, options, extra | {"elements": amount})
        print(json.dumps(line), flush=True)
        del peer


def check_cuts(raw: Any) -> dict[str, Any]:
    """A cut of the file and a seeded one full of break points, near misses, gaps, negative and huge values."""
    import numpy as np

    from shared import BREAKPOINTS, LARGEST_MISSING

    generator = np.random.default_rng(633)
    shape = (CHECKED_HOURS, len(BREAKPOINTS), 4 * CHECKED_STATIONS)
    hard = np.empty(shape, dtype=np.int32)
    for pollutant, points in enumerate(BREAKPOINTS):
        for station in range(shape[2]):
            steady = 1000 * generator.choice(points) + generator.integers(-1, 2, CHECKED_HOURS)
            on_steps = 20 * generator.integers(0, 60 * points[-1], CHECKED_HOURS // 40).repeat(40)
            around_zero = generator.integers(-3000, 3000, CHECKED_HOURS)
            huge = generator.integers(LARGEST_MISSING + 1, 2147483647, CHECKED_HOURS, endpoint=True)
            hard[:, pollutant, station] = (steady, on_steps, around_zero, huge)[generator.integers(4)]
    hard[generator.random(shape) < 0.12] = LARGEST_MISSING
    hard[generator.random(shape) < 0.02] = -2147483648
    hard[60:100, :, :3] = LARGEST_MISSING - 5
    return {"file": np.array(raw[:CHECKED_HOURS, :, :CHECKED_STATIONS]), "hard": hard}


def check_peers(raw: Any, options: argparse.Namespace) -> bool:
    """Whether every peer gives exactly what the oracle gives; says where not."""
    import numpy as np

    import reference

    same = True
    for cut_name, cut in check_cuts(raw).items():
        expected = reference.running24(cut)
        for module, name in TASKS:
            peer = peer_class(module, name)(cut, options.threads)
            peer.run()
            result = peer.result()
            for output in ("aqi", "primary", "validity"):
                differs = np.argwhere(getattr(result, output) != getattr(expected, output))
                if len(differs):
                    same = False
                    print(f"{peer.stage}: {cut_name}: {len(differs)} {output} differ, first at {differs[0]}")
            print(f"{peer.stage}: {cut_name}: {result.checksum()} expected {expected.checksum()}", file=sys.stderr)
    return same


def main() -> int:
    """Sets the thread limits, loads the file, checks or times."""
    options = arguments()
    for variable in THREAD_VARIABLES:
        os.environ[variable] = str(options.threads)
    import numpy as np

    raw = np.fromfile(options.file, dtype="<i4")
    if raw.size != options.hours * 5 * options.stations:
        print(f"{options.file}: {raw.size} values, expected {options.hours} x 5 x {options.stations}", file=sys.stderr)
        return 2
    raw = raw.reshape(options.hours, 5, options.stations)
    if options.check:
        return 0 if check_peers(raw, options) else 1
    time_peers(raw, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

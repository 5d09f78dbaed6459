"""The array libraries: the running 24 h AQI without ozone (HJ 633-2012), and the rolling mean alone.

    tables.py answer PEER FILE --hours H --stations N     one repetition for each line of standard input (see paced.py)
    tables.py check FILE --hours H --stations N           every peer against a slow oracle, on hard data

FILE is raw little-endian int32 as [hour][pollutant][station], pollutants pm25, pm10, so2, no2, co in thousandths of ug/m3 (CO:
mg/m3); values up to -2147483585 are reasons for missing values. Loading and the conversion into a peer's own layout are not timed.
One thread.
"""

import argparse
import importlib
import os
import sys
from typing import Any

import paced

CHECKED_HOURS = 200
CHECKED_STATIONS = 8
INDICES = {
    "numpy": ("numpy_bottleneck", "Running24"),
    "pandas": ("with_pandas", "Running24"),
    "polars": ("with_polars", "Running24"),
    "duckdb": ("with_duckdb", "Running24"),
}
ROLLING = {
    "bottleneck": ("numpy_bottleneck", "RollingContiguous"),
    "bottleneck-time-major": ("numpy_bottleneck", "RollingTimeMajor"),
    "pandas-rolling": ("with_pandas", "Rolling"),
    "polars-rolling": ("with_polars", "Rolling"),
}
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
    parser = argparse.ArgumentParser(description="The array libraries, on demand or checked.")
    commands = parser.add_subparsers(dest="command", required=True)
    answer = commands.add_parser("answer")
    answer.add_argument("peer", choices=[*INDICES, *ROLLING])
    for command in (answer, commands.add_parser("check")):
        command.add_argument("file")
        command.add_argument("--hours", type=int, required=True)
        command.add_argument("--stations", type=int, required=True)
    return parser.parse_args()


def peer_class(module: str, name: str) -> Any:
    """Imported late: the thread limits must be in the environment before."""
    return getattr(importlib.import_module(module), name)


def answer(raw: Any, options: argparse.Namespace) -> None:
    """One peer, on demand."""
    hours, pollutants, stations = raw.shape
    is_index = options.peer in INDICES
    peer = peer_class(*(INDICES | ROLLING)[options.peer])(raw, 1)
    units = hours * stations if is_index else hours * pollutants * stations
    unit = "station-hours" if is_index else "elements"
    paced.answer(
        peer.stage, unit, units, units, peer.version, peer.run, lambda: peer.result().checksum() if is_index else None
    )


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


def check(raw: Any) -> bool:
    """Whether every peer gives exactly what the oracle gives; says where not."""
    import numpy as np

    import reference

    same = True
    for cut_name, cut in check_cuts(raw).items():
        expected = reference.running24(cut)
        for module, name in INDICES.values():
            peer = peer_class(module, name)(cut, 1)
            peer.run()
            result = peer.result()
            for output in ("aqi", "primary", "validity"):
                differs = np.argwhere(getattr(result, output) != getattr(expected, output))
                if len(differs):
                    same = False
                    print(f"{peer.stage}: {cut_name}: {len(differs)} {output} differ, first at {differs[0]}")
    return same


def main() -> int:
    """Sets the thread limits, loads the file, answers or checks."""
    options = arguments()
    for variable in THREAD_VARIABLES:
        os.environ[variable] = "1"
    import numpy as np

    raw = np.fromfile(options.file, dtype="<i4")
    if raw.size != options.hours * 5 * options.stations:
        print(f"{options.file}: {raw.size} values, expected {options.hours} x 5 x {options.stations}", file=sys.stderr)
        return 65
    raw = raw.reshape(options.hours, 5, options.stations)
    if options.command == "check":
        return 0 if check(raw) else 1
    answer(raw, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

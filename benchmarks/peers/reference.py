"""The oracle: the definition in whole numbers, one hour at a time, without any trick. Slow; for small cuts only.

It states the tables and limits of the standard itself, so that a slip in those of the peers shows.
"""

import numpy as np

from shared import Result

LEVELS = (0, 50, 100, 150, 200, 300, 400, 500)
CONCENTRATIONS = {
    "pm25": (0, 35_000, 75_000, 115_000, 150_000, 250_000, 350_000, 500_000),
    "pm10": (0, 50_000, 150_000, 250_000, 350_000, 420_000, 500_000, 600_000),
    "so2": (0, 50_000, 150_000, 475_000, 800_000, 1_600_000, 2_100_000, 2_620_000),
    "no2": (0, 40_000, 80_000, 180_000, 280_000, 565_000, 750_000, 940_000),
    "co": (0, 2_000, 4_000, 14_000, 24_000, 36_000, 48_000, 60_000),
}
TABLES = tuple(CONCENTRATIONS.values())


def sub_index(pollutant: int, total: int, count: int) -> int:
    """The sub-index of the exact mean total / count (in thousandths), rounded up."""
    if total <= 0:
        return 0
    points = TABLES[pollutant]
    for segment in range(len(points) - 1):
        low, high = points[segment], points[segment + 1]
        if total <= high * count:
            rise = LEVELS[segment + 1] - LEVELS[segment]
            numerator, denominator = rise * (total - low * count), (high - low) * count
            return LEVELS[segment] + (numerator + denominator - 1) // denominator
    return LEVELS[-1]


def station_hour(cut: list[list[list[int]]], station: int, hour: int) -> tuple[int, int, int]:
    """AQI (-1 when none is valid), primary and validity of one station-hour."""
    found: dict[int, int] = {}
    for pollutant in range(len(TABLES)):
        window = [cut[past][pollutant][station] for past in range(max(0, hour - 23), hour + 1)]
        valid = [value for value in window if value > -2147483585]
        if len(valid) >= 20:
            found[pollutant] = sub_index(pollutant, sum(valid), len(valid))
    aqi = max(found.values(), default=-1)
    primary = sum(1 << pollutant for pollutant, index in found.items() if index == aqi and aqi > 50)
    return aqi, primary, sum(1 << pollutant for pollutant in found)


def running24(raw: np.ndarray) -> Result:
    """The whole cut [hour][pollutant][station]."""
    hours, _, stations = raw.shape
    cut = raw.tolist()
    rows = [[station_hour(cut, station, hour) for hour in range(hours)] for station in range(stations)]
    outputs = np.array(rows, dtype=np.int64)
    return Result(outputs[:, :, 0], outputs[:, :, 1], outputs[:, :, 2])

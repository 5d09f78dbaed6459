"""What every peer shares: the tables of HJ 633-2012, the layouts and the checksum. Nothing here is timed.

Why a lookup table gives exact sub-indices: every sub-index k = 1...500 of these tables begins just above a
concentration that is a whole multiple of a small step (0.1 ug/m3 for PM2.5, PM10 and SO2, 0.05 for NO2, 0.04 mg/m3 for
CO). So the sub-index, rounded up, is a function of ceil(mean / step) alone, and a table of at most 26,201 int16 entries
replaces the search for the segment, the interpolation and the rounding. A mean of at most 24 integers that is not on
such a step is at least step / 2400 away from it, so ceil(x) may be computed as trunc(x + 0.9999) with a mean that
carries a few units of float64 rounding error.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

WINDOW = 24
MINIMUM_COUNT = 20
NEEDED_PAST = WINDOW - 1
LARGEST_MISSING = -2147483585
POLLUTANTS = ("pm25", "pm10", "so2", "no2", "co")
INDEX_LEVELS = (0, 50, 100, 150, 200, 300, 400, 500)
BREAKPOINTS = (
    (0, 35, 75, 115, 150, 250, 350, 500),
    (0, 50, 150, 250, 350, 420, 500, 600),
    (0, 50, 150, 475, 800, 1600, 2100, 2620),
    (0, 40, 80, 180, 280, 565, 750, 940),
    (0, 2, 4, 14, 24, 36, 48, 60),
)
STEPS = (100, 100, 100, 50, 40)
CEILING_OFFSET = 0.9999

# A missing hour is 0 and a valid one is COUNT_UNIT + VALUE_BIAS + value, so that ONE moving sum carries the count (the
# multiples of COUNT_UNIT) and a non-negative sum of the values (the rest, below 24 * 2^32 < COUNT_UNIT).
# The largest moving sum is below 2^45: exact as int64 and as float64.
COUNT_UNIT = 1 << 40
VALUE_BIAS = 1 << 31


@dataclass
class Result:
    """The three outputs, each as [station][hour]."""

    aqi: np.ndarray
    primary: np.ndarray
    validity: np.ndarray

    def checksum(self) -> str:
        """The wrapping uint64 sum over all station-hours; it does not depend on their order."""
        total = int((self.aqi.astype(np.int64) + 1).sum())
        total += 1024 * int(self.primary.sum(dtype=np.int64)) + 65536 * int(self.validity.sum(dtype=np.int64))
        return format(total % (1 << 64), "016x")


def lookup_table(pollutant: int) -> np.ndarray:
    """The sub-index by max(0, ceil(mean / step)); the last entry, 500, stands for everything above the table too."""
    step = STEPS[pollutant]
    points = np.array(BREAKPOINTS[pollutant], dtype=np.int64) * 1000
    levels = np.array(INDEX_LEVELS, dtype=np.int64)
    means = np.arange(0, points[-1] + 1, step)
    segment = np.maximum(np.searchsorted(points, means) - 1, 0)
    run = points[segment + 1] - points[segment]
    rise = levels[segment + 1] - levels[segment]
    return (levels[segment] - (-rise * (means - points[segment])) // run).astype(np.int16)


def is_missing(raw: np.ndarray) -> np.ndarray:
    """True where the packed value is a reason for a missing value."""
    return raw <= LARGEST_MISSING


def float_series(raw: np.ndarray) -> np.ndarray:
    """[hour][pollutant][station] -> contiguous float64 series [pollutant][station][hour], NaN where missing."""
    by_series = raw.transpose(1, 2, 0)
    series = by_series.astype(np.float64, order="C")
    series[is_missing(by_series)] = np.nan
    return series


def padded_float_columns(raw: np.ndarray) -> np.ndarray:
    """One float64 column a pollutant: the stations one after another, each after 23 missing hours.

    The missing hours keep a window from reaching into the station before: no grouping is needed.
    """
    hours, pollutants, stations = raw.shape
    columns = np.full((pollutants, stations, hours + NEEDED_PAST), np.nan)
    columns[:, :, NEEDED_PAST:] = float_series(raw)
    return columns.reshape(pollutants, -1)


def padded_packed_columns(raw: np.ndarray) -> np.ndarray:
    """As padded_float_columns, but int64 with the count and the value packed together, and 0 where missing."""
    hours, pollutants, stations = raw.shape
    by_series = raw.transpose(1, 2, 0)
    columns = np.zeros((pollutants, stations, hours + NEEDED_PAST), dtype=np.int64)
    packed = by_series.astype(np.int64) + (COUNT_UNIT + VALUE_BIAS)
    columns[:, :, NEEDED_PAST:] = np.where(is_missing(by_series), 0, packed)
    return columns.reshape(pollutants, -1)


def without_padding(column: np.ndarray, stations: int) -> np.ndarray:
    """A padded column -> [station][hour]."""
    return np.asarray(column).reshape(stations, -1)[:, NEEDED_PAST:]


def thread_ranges(count: int, parts: int) -> list[tuple[int, int]]:
    """range(count) in contiguous parts of nearly the same size, one for each thread; empty ones are left out."""
    bounds = [count * part // parts for part in range(parts + 1)]
    return [(first, end) for first, end in pairwise(bounds) if end > first]

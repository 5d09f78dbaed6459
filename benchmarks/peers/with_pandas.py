"""Peer: pandas.

Kept: one long float64 Series a pollutant with the stations one after another, each after 23 missing hours (no
grouping), Series.rolling(24, min_periods=20).mean() in blocks of stations, and the sub-indices by numpy with the lookup
table and the preallocated temporaries of the numpy peer, because pandas' own elementwise functions are numpy's plus an
index.

Tried, one thread, 2000 hours x 128 or 256 stations, times per station-hour (five elements):
- DataFrame.rolling over [hour][series], in C or Fortran order: 73 ns for the means alone; over a DataFrame of the long
  columns 47 ns; Series by Series in blocks 39 ns (kept). sum instead of mean 64 ns.
- the whole task in blocks of 16 k / 64 k / 128 k / 256 k rows: 110 / 53 / 49 / 60 ns.
The numba engine is not used: numba is not among the requirements, and it would time numba rather than pandas.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas

from numpy_bottleneck import SubIndices
from shared import (
    MINIMUM_COUNT,
    NEEDED_PAST,
    POLLUTANTS,
    WINDOW,
    Result,
    padded_float_columns,
    thread_ranges,
    without_padding,
)

BLOCK_ROWS = 131072
VERSION = f"pandas {pandas.__version__}, numpy {np.__version__}"


class Running24:
    """Running 24 h AQI without ozone; with two threads, each takes half of the stations."""

    stage = "peer.pandas.running24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        hours, _, self.stations = raw.shape
        rows_per_station = hours + NEEDED_PAST
        columns = padded_float_columns(raw)
        rows = self.stations * rows_per_station
        block = max(1, BLOCK_ROWS // rows_per_station)
        self.aqi = np.empty(rows, dtype=np.int16)
        self.primary = np.empty(rows, dtype=np.uint8)
        self.validity = np.empty(rows, dtype=np.uint8)
        self.parts: list[list[tuple[slice, list[pandas.Series]]]] = []
        for first, end in thread_ranges(self.stations, threads):
            blocks = []
            for start in range(first, end, block):
                where = slice(start * rows_per_station, min(start + block, end) * rows_per_station)
                blocks.append((where, [pandas.Series(column[where], copy=False) for column in columns]))
            self.parts.append(blocks)
        self.workspaces = [SubIndices(block * rows_per_station) for _ in self.parts]
        self.pool = ThreadPoolExecutor(len(self.parts))

    def run(self) -> None:
        """The timed work."""
        list(self.pool.map(self.run_part, self.parts, self.workspaces))

    def run_part(self, blocks: list[tuple[slice, list[pandas.Series]]], workspace: SubIndices) -> None:
        """The blocks of one thread."""
        with np.errstate(invalid="ignore"):
            for where, series in blocks:
                aqi, primary, validity = self.aqi[where], self.primary[where], self.validity[where]
                for pollutant in range(len(POLLUTANTS)):
                    mean = series[pollutant].rolling(WINDOW, min_periods=MINIMUM_COUNT).mean()
                    workspace.add_pollutant(pollutant, mean.to_numpy(), validity)
                workspace.finish(aqi, primary, validity)

    def result(self) -> Result:
        """Not timed."""
        outputs = (self.aqi, self.primary, self.validity)
        return Result(*(without_padding(output, self.stations) for output in outputs))


class Rolling:
    """24 h rolling mean alone over long Series, the stations separated by missing hours."""

    stage = "peer.pandas.rolling24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        rows_per_station = raw.shape[0] + NEEDED_PAST
        columns = padded_float_columns(raw)
        block = max(1, BLOCK_ROWS // rows_per_station)
        self.parts = [
            [
                pandas.Series(column[start * rows_per_station : min(start + block, end) * rows_per_station], copy=False)
                for column in columns
                for start in range(first, end, block)
            ]
            for first, end in thread_ranges(raw.shape[2], threads)
        ]
        self.pool = ThreadPoolExecutor(len(self.parts))

    def run(self) -> None:
        """The timed work."""
        list(self.pool.map(self.run_part, self.parts))

    @staticmethod
    def run_part(part: list[pandas.Series]) -> None:
        """The series of one thread; each result is used and dropped."""
        for series in part:
            series.rolling(WINDOW, min_periods=MINIMUM_COUNT).mean()

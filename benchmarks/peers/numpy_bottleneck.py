"""Peer: numpy with bottleneck.

Kept: contiguous float64 series with NaN, bottleneck.move_mean over blocks of whole series that stay in the L2 cache
(about 64 k elements a pollutant), and a lookup table instead of an interpolation (see shared.py). Outputs and
temporaries are allocated once, outside the timing; only move_mean has no `out` and allocates, which the small blocks
let the allocator recycle.

Tried, one thread, 2000 hours x 512 stations, times per element (there are five in a station-hour):
- move_mean contiguous 1.05 ns in blocks, 1.5 ns one series a call, 1.9 ns one pollutant a call (page faults);
  along axis 0 of a time-major array 14-17 ns, see RollingTimeMajor.
- exact running sums without bottleneck: numpy.cumsum along axis 0 and a difference 11-13 ns; a loop over the hours
  that adds and subtracts whole rows 1.2 ns, no better than move_mean, which also counts and divides.
- the sub-index: numpy.interp 2.7 ns and numpy.searchsorted 3.2 ns (both before any rounding), a chain of seven
  numpy.where at 0.6 ns each and more; the table 1.1-1.4 ns for scaling, cast and take together.
- numpy.take(mode="clip") puts negative and NaN indices (the cast makes NaN the smallest integer, or 0 on
  other processors) on entry 0, so no clipping pass is needed; a
  numpy.maximum that keeps NaN would cost 0.5 ns.
- block sizes of 1 / 2 / 4 / 8 / 16 / 32 / 64 / 512 series of 2000 hours: 30 / 42 / 52 / 60 / 65 / 68 / 66 / 42
  million station-hours/s.
With two threads, each takes half of the stations (bottleneck and numpy release the interpreter lock).
"""

from concurrent.futures import ThreadPoolExecutor

import bottleneck
import numpy as np

from shared import (
    CEILING_OFFSET,
    MINIMUM_COUNT,
    POLLUTANTS,
    STEPS,
    WINDOW,
    Result,
    float_series,
    lookup_table,
    thread_ranges,
)

BLOCK_ELEMENTS = 65536
COLUMNS_COPIED = 8
VERSION = f"numpy {np.__version__}, bottleneck {bottleneck.__version__}"
NEVER_PRIMARY = 50


class SubIndices:
    """Turns the 24 h means of a block into AQI, primary pollutants and validity; owns the temporaries of a thread."""

    def __init__(self, elements: int) -> None:
        self.tables = [lookup_table(pollutant) for pollutant in range(len(POLLUTANTS))]
        self.scaled = np.empty(elements)
        self.index = np.empty(elements, dtype=np.intp)
        self.sub_index = np.empty((len(POLLUTANTS), elements), dtype=np.int16)
        self.threshold = np.empty(elements, dtype=np.int16)
        self.flag = np.empty(elements, dtype=np.bool_)

    def add_pollutant(self, pollutant: int, mean: np.ndarray, validity: np.ndarray) -> None:
        """Sub-index and validity bit of one pollutant; an invalid one gets 0, which can neither lead nor exceed 50."""
        size = mean.size
        scaled, index, flag = self.scaled[:size], self.index[:size], self.flag[:size]
        np.equal(mean, mean, out=flag)
        add_bit(flag, pollutant, validity)
        np.multiply(mean, 1 / STEPS[pollutant], out=scaled)
        np.add(scaled, CEILING_OFFSET, out=scaled)
        np.copyto(index, scaled, casting="unsafe")
        np.take(self.tables[pollutant], index, out=self.sub_index[pollutant, :size], mode="clip")

    def finish(self, aqi: np.ndarray, primary: np.ndarray, validity: np.ndarray) -> None:
        """The maximum, who reaches it, and -1 where no pollutant is valid."""
        size = aqi.size
        flag, threshold = self.flag[:size], self.threshold[:size]
        np.maximum(self.sub_index[0, :size], self.sub_index[1, :size], out=aqi)
        for pollutant in range(2, len(POLLUTANTS)):
            np.maximum(aqi, self.sub_index[pollutant, :size], out=aqi)
        np.maximum(aqi, np.int16(NEVER_PRIMARY + 1), out=threshold)
        for pollutant in range(len(POLLUTANTS)):
            np.equal(self.sub_index[pollutant, :size], threshold, out=flag)
            add_bit(flag, pollutant, primary)
        np.equal(validity, 0, out=flag)
        np.subtract(aqi, flag.view(np.uint8), out=aqi)


def add_bit(flag: np.ndarray, bit: int, bits: np.ndarray) -> None:
    """Sets a bit of `bits` where `flag` is true; the first bit also initialises. Destroys `flag`."""
    as_bytes = flag.view(np.uint8)
    if bit == 0:
        np.copyto(bits, as_bytes)
    else:
        np.left_shift(as_bytes, bit, out=as_bytes)
        np.bitwise_or(bits, as_bytes, out=bits)


class Running24:
    """Running 24 h AQI without ozone."""

    stage = "peer.numpy-bottleneck.running24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        self.series = float_series(raw)
        hours, _, stations = raw.shape
        self.block = max(1, BLOCK_ELEMENTS // hours)
        self.aqi = np.empty((stations, hours), dtype=np.int16)
        self.primary = np.empty((stations, hours), dtype=np.uint8)
        self.validity = np.empty((stations, hours), dtype=np.uint8)
        self.ranges = thread_ranges(stations, threads)
        self.workspaces = [SubIndices(self.block * hours) for _ in self.ranges]
        self.pool = ThreadPoolExecutor(len(self.ranges))

    def run(self) -> None:
        """The timed work."""
        list(self.pool.map(self.run_range, self.ranges, self.workspaces))

    def run_range(self, stations: tuple[int, int], workspace: SubIndices) -> None:
        """Block by block, so that the temporaries stay in the cache."""
        first, end = stations
        with np.errstate(invalid="ignore"):
            for start in range(first, end, self.block):
                rows = slice(start, min(start + self.block, end))
                aqi, primary, validity = (out[rows].reshape(-1) for out in (self.aqi, self.primary, self.validity))
                for pollutant in range(len(POLLUTANTS)):
                    mean = bottleneck.move_mean(self.series[pollutant, rows], WINDOW, MINIMUM_COUNT)
                    workspace.add_pollutant(pollutant, mean.reshape(-1), validity)
                workspace.finish(aqi, primary, validity)

    def result(self) -> Result:
        """Not timed."""
        return Result(self.aqi, self.primary, self.validity)


class RollingContiguous:
    """24 h rolling mean alone over contiguous series, in blocks whose results the caller uses and drops."""

    stage = "peer.bottleneck.rolling24.series-contiguous"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        self.series = float_series(raw).reshape(-1, raw.shape[0])
        self.block = max(1, BLOCK_ELEMENTS // raw.shape[0])
        self.ranges = thread_ranges(len(self.series), threads)
        self.pool = ThreadPoolExecutor(len(self.ranges))

    def run(self) -> None:
        """The timed work: dropping each block lets the allocator reuse its memory, twice as fast as keeping all."""
        list(self.pool.map(self.run_range, self.ranges))

    def run_range(self, rows: tuple[int, int]) -> None:
        """Some of the series."""
        for start in range(rows[0], rows[1], self.block):
            bottleneck.move_mean(self.series[start : min(start + self.block, rows[1])], WINDOW, MINIMUM_COUNT)


class RollingTimeMajor:
    """24 h rolling mean alone along axis 0 of [hour][series], for data that has not been transposed.

    One call for the whole array costs 14-17 ns an element (2560 series: rows a multiple of the page size apart share
    few cache sets), 7-9 ns with padded rows or in slices of columns. Kept: copies of 8 columns, a cache line wide
    (2.8 ns); of 16 or 32 columns 7.5 ns; transposed copies and results written back 9.5-16 ns.
    """

    stage = "peer.bottleneck.rolling24.time-major"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        hours = raw.shape[0]
        self.by_hour = np.ascontiguousarray(float_series(raw).reshape(-1, hours).T)
        self.ranges = thread_ranges(self.by_hour.shape[1], threads)
        self.pool = ThreadPoolExecutor(len(self.ranges))

    def run(self) -> None:
        """The timed work; each result is used and dropped."""
        list(self.pool.map(self.run_range, self.ranges))

    def run_range(self, columns: tuple[int, int]) -> None:
        """Some of the series."""
        for start in range(columns[0], columns[1], COLUMNS_COPIED):
            block = self.by_hour[:, start : min(start + COLUMNS_COPIED, columns[1])].copy()
            bottleneck.move_mean(block, WINDOW, MINIMUM_COUNT, axis=0)

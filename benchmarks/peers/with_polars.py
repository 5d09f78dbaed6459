"""Peer: polars.

Kept: one long int64 column a pollutant with the stations one after another, each after 23 missing hours (no grouping),
the count and the value packed into one integer so that a single rolling_sum without nulls gives both, a lookup table
(see shared.py) read with gather, and one lazy query.

Tried, one thread, 2000 hours x 128 to 512 stations, times per element (there are five in a station-hour):
- rolling_mean or rolling_sum over nullable float64 6.4 ns; the same grouped with over("station") 12 ns;
  rolling_sum over float64 without nulls 6.3 ns; over int64 or int32 without nulls 2.9 ns (kept);
  cum_sum().diff(24) 2.9 ns alone, but the whole query 55-62 ns a station-hour; sums of shifted columns 11-19 ns.
- the sub-index: search_sorted 4.2 ns, a sum of clipped segments 17 ns, a when/then chain 7-9 ns, gather 0.9 ns (kept).
- clip costs 1.1-2 ns; the wrapping cast of a float saturates, so a UInt16 index into a table of 65,536 entries needs no
  clip (whole query 50 -> 41 ns a station-hour).
- primary and validity as when/then over UInt8 0.15 ns a pollutant; as products of casts 0.8 ns.
- nullable rolling_mean with the rest as kept: 51 ns a station-hour against 38-41 ns.
- the streaming engine: the same within noise; frames of 64 k / 128 k / 256 k rows, to stay in the cache, are slower
  than one frame: 68 (an earlier query) / 52 / 43 ns; unsigned columns, no common subexpression elimination, allocator
  settings: no gain.
With two threads, polars itself spreads the five columns (POLARS_MAX_THREADS).
"""

from functools import reduce
from operator import or_

import numpy as np
import polars

from shared import (
    CEILING_OFFSET,
    COUNT_UNIT,
    MINIMUM_COUNT,
    POLLUTANTS,
    STEPS,
    VALUE_BIAS,
    WINDOW,
    Result,
    lookup_table,
    padded_float_columns,
    padded_packed_columns,
    without_padding,
)

VERSION = f"polars {polars.__version__}"
INDEX_VALUES = 65536


def saturating_table(pollutant: int) -> polars.Series:
    """The lookup table with its last entry repeated for every UInt16 index."""
    table = lookup_table(pollutant)
    return polars.Series(np.concatenate([table, np.full(INDEX_VALUES - len(table), table[-1])]))


def sub_index(pollutant: int) -> polars.Expr:
    """The sub-index from the packed moving sum; -1 with too few hours."""
    packed = polars.col(POLLUTANTS[pollutant])
    total = (packed & (COUNT_UNIT - 1)).cast(polars.Float64)
    count = (packed // COUNT_UNIT).cast(polars.Float64)
    scale = 1 / STEPS[pollutant]
    scaled = (total / count) * scale + (CEILING_OFFSET - VALUE_BIAS * scale)
    found = polars.lit(saturating_table(pollutant)).gather(scaled.cast(polars.UInt16, wrap_numerical=True))
    enough = packed >= MINIMUM_COUNT * COUNT_UNIT
    return polars.when(enough).then(found).otherwise(small(-1)).alias(POLLUTANTS[pollutant])


def small(value: int) -> polars.Expr:
    """An Int16 literal, so that nothing is widened."""
    return polars.lit(value, dtype=polars.Int16)


def bit_set(conditions: list[polars.Expr]) -> polars.Expr:
    """The UInt8 bit set of the conditions."""
    bits = [
        polars.when(condition)
        .then(polars.lit(1 << bit, dtype=polars.UInt8))
        .otherwise(polars.lit(0, dtype=polars.UInt8))
        for bit, condition in enumerate(conditions)
    ]
    return reduce(or_, bits)


def running24_query(frame: polars.DataFrame) -> polars.LazyFrame:
    """The whole task as one lazy query."""
    columns = [polars.col(name) for name in POLLUTANTS]
    sums = frame.lazy().select([column.rolling_sum(WINDOW, min_samples=1) for column in columns])
    indices = sums.select([sub_index(pollutant) for pollutant in range(len(POLLUTANTS))])
    with_maximum = indices.with_columns(aqi=polars.max_horizontal(columns))
    with_threshold = with_maximum.with_columns(threshold=polars.max_horizontal("aqi", small(51)))
    return with_threshold.select(
        "aqi",
        primary=bit_set([column == polars.col("threshold") for column in columns]),
        validity=bit_set([column >= 0 for column in columns]),
    )


class Running24:
    """Running 24 h AQI without ozone."""

    stage = "peer.polars.running24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        del threads  # fixed for the process by POLARS_MAX_THREADS
        self.stations = raw.shape[2]
        frame = polars.DataFrame(dict(zip(POLLUTANTS, padded_packed_columns(raw), strict=True)))
        self.query = running24_query(frame)
        self.collected = polars.DataFrame()

    def run(self) -> None:
        """The timed work; the result is a materialised frame."""
        self.collected = self.query.collect()

    def result(self) -> Result:
        """Not timed."""
        names = ("aqi", "primary", "validity")
        return Result(*(without_padding(self.collected[name].to_numpy(), self.stations) for name in names))


class Rolling:
    """24 h rolling mean alone over long nullable float64 columns, the stations separated by missing hours."""

    stage = "peer.polars.rolling24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        del threads
        columns = dict(zip(POLLUTANTS, padded_float_columns(raw), strict=True))
        self.frame = polars.DataFrame(columns).fill_nan(None).rechunk()

    def run(self) -> None:
        """The timed work."""
        self.frame.select(polars.all().rolling_mean(WINDOW, min_samples=MINIMUM_COUNT))

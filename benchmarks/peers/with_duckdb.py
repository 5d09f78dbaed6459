"""Peer: DuckDB.

Kept: one DOUBLE column a pollutant with the stations one after another, each after 23 missing hours, the count and the
value packed into one number (shared.py), the window as sums of LAGs at 1 and 2, 3, 6, and 12 rows, then CASE chains,
all in one query whose result is fetched as numpy columns. The rows are read in the order of their insertion.

Tried, one thread, 2000 hours x 64 to 256 stations, times per station-hour:
- the textbook window, sum and count OVER (PARTITION BY station ORDER BY hour ROWS 23 PRECEDING): 760 ns over DOUBLE,
  790 ns over INTEGER, 670 ns without PARTITION BY and ORDER BY, each without the sub-indices.
- cumulative sums (ROWS UNBOUNDED PRECEDING, streamed but row by row): 300 ns for sum and count, 145 ns packed, before
  the LAG and the difference (another 25 ns). Sums of LAGs are vectorised: 85 ns over BIGINT, 51 ns over DOUBLE (kept).
- other splits of the 24 rows: 1 | 2 | 4 | 8, 16 and 1 | 2, 4 | 6 | 12 the same within noise; 1, 2, 3 | 4, 8 | 12 and
  1, 2, 3 | 4, 8, 12, 16, 20: 140 and 148 ns for the whole query instead of 132 ns.
- the sub-indices (each figure includes about 30 ns for writing a table): CASE chain 97-113 ns, CASE as a search tree
  109 ns, sum of greatest/least segments 246 ns, a constant list as lookup table 158 ns, joins with tables 118 ns.
- unpacking over BIGINT with shift and mask 73 ns, over DOUBLE with floor 56 ns (kept).
- sub-indices cast to SMALLINT between the stages: 130-166 ns for the whole query instead of 129 ns.
- CREATE TEMP TABLE for the result 150 ns, fetchnumpy 137 ns (kept).
A streaming window is sequential, so with two threads there are two tables, each read by a cursor of its own.
"""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np

from shared import (
    BREAKPOINTS,
    COUNT_UNIT,
    INDEX_LEVELS,
    MINIMUM_COUNT,
    POLLUTANTS,
    VALUE_BIAS,
    Result,
    padded_packed_columns,
    thread_ranges,
    without_padding,
)

VERSION = f"duckdb {duckdb.__version__}"
LAGS = ((1, 2), (3,), (6,), (12,))
ROUNDING_MARGIN = 1e-6
NEVER_PRIMARY = 50


def number(value: float) -> str:
    """A DOUBLE literal: a plain decimal literal would make DuckDB calculate with DECIMAL."""
    return f"{float(value)!r}::DOUBLE"


def select(expressions: dict[str, str], source: str) -> str:
    """A parenthesised SELECT of named expressions."""
    return "(SELECT " + ", ".join(f"{text} AS {name}" for name, text in expressions.items()) + f" FROM {source})"


def moving_sums(table: str) -> str:
    """24-row sums by widening: 3, 6, 12 and 24 rows."""
    source = table
    for lags in LAGS:
        sums = {name: name + "".join(f" + lag({name}, {lag}) OVER ()" for lag in lags) for name in POLLUTANTS}
        source = select(sums, source)
    return source


def biased_means(source: str) -> str:
    """Count and mean (still with the bias) from the packed sums; NULL with too few hours."""
    counts = {f"count_{name}": f"floor({name} * {number(1 / COUNT_UNIT)})" for name in POLLUTANTS}
    with_counts = select(counts | {name: name for name in POLLUTANTS}, source)
    means = {
        name: f"CASE WHEN count_{name} >= {number(MINIMUM_COUNT)}"
        f" THEN ({name} - count_{name} * {number(COUNT_UNIT)}) / count_{name} END"
        for name in POLLUTANTS
    }
    return select(means, with_counts)


def sub_index(pollutant: int) -> str:
    """The sub-index of a biased mean as a whole DOUBLE; below zero for means below zero, NULL for NULL.

    ceil(x) is trunc(x + 1 - margin): x is a whole number or at least 5e-6 away from one.
    """
    mean = POLLUTANTS[pollutant]
    points = [1000 * point + VALUE_BIAS for point in BREAKPOINTS[pollutant]]
    branches = []
    for segment in range(len(points) - 1):
        slope = (INDEX_LEVELS[segment + 1] - INDEX_LEVELS[segment]) / (points[segment + 1] - points[segment])
        intercept = INDEX_LEVELS[segment] - points[segment] * slope + 1 - ROUNDING_MARGIN
        value = f"{mean} * {number(slope)} + {number(intercept)}"
        branches.append(f"WHEN {mean} <= {number(points[segment + 1])} THEN {value}")
    return f"trunc(CASE {' '.join(branches)} ELSE {mean} * {number(0)} + {number(INDEX_LEVELS[-1])} END)"


def bit_set(conditions: list[str]) -> str:
    """The UTINYINT bit set of the conditions."""
    bits = [f"CASE WHEN {text} THEN {1 << bit}::UTINYINT ELSE 0::UTINYINT END" for bit, text in enumerate(conditions)]
    return f"({' + '.join(bits)})::UTINYINT"


def running24_query(table: str) -> str:
    """The whole task as one query. A negative sub-index can only be the AQI when all are <= 0: clamped once."""
    names = list(POLLUTANTS)
    indices = {name: sub_index(pollutant) for pollutant, name in enumerate(names)}
    same = {name: name for name in names}
    with_indices = select(indices, biased_means(moving_sums(table)))
    with_maximum = select(same | {"highest": f"greatest({', '.join(names)})"}, with_indices)
    threshold = f"greatest(highest, {number(NEVER_PRIMARY + 1)})"
    with_threshold = select(same | {"highest": "highest", "threshold": threshold}, with_maximum)
    outputs = {
        "aqi": "(CASE WHEN highest IS NULL THEN -1 WHEN highest < 0 THEN 0 ELSE highest END)::SMALLINT",
        "primary_set": bit_set([f"{name} = threshold" for name in names]),
        "validity": bit_set([f"{name} IS NOT NULL" for name in names]),
    }
    return select(outputs, with_threshold)


def add_table(database: duckdb.DuckDBPyConnection, name: str, columns: dict[str, np.ndarray]) -> None:
    """Copies numpy columns into a table."""
    database.register("source", columns)
    database.execute(f"CREATE TABLE {name} AS SELECT * FROM source")
    database.unregister("source")


class Running24:
    """Running 24 h AQI without ozone; one table and one cursor a thread, as a streaming window is sequential."""

    stage = "peer.duckdb.running24"
    version = VERSION

    def __init__(self, raw: np.ndarray, threads: int) -> None:
        self.database = duckdb.connect(config={"threads": threads})
        self.ranges = thread_ranges(raw.shape[2], threads)
        for part, (first, end) in enumerate(self.ranges):
            columns = padded_packed_columns(raw[:, :, first:end]).astype(np.float64)
            add_table(self.database, f"hourly_{part}", dict(zip(POLLUTANTS, columns, strict=True)))
        self.cursors = [self.database.cursor() for _ in self.ranges]
        self.queries = [running24_query(f"hourly_{part}") for part in range(len(self.ranges))]
        self.pool = ThreadPoolExecutor(len(self.ranges))
        self.fetched: list[dict[str, np.ndarray]] = []

    def run(self) -> None:
        """The timed work; the result is numpy columns."""
        self.fetched = list(self.pool.map(self.fetch, self.cursors, self.queries))

    @staticmethod
    def fetch(cursor: duckdb.DuckDBPyConnection, query: str) -> dict[str, np.ndarray]:
        """The columns of one query."""
        return cursor.execute(query).fetchnumpy()

    def result(self) -> Result:
        """Not timed."""
        outputs = []
        for name in ("aqi", "primary_set", "validity"):
            parts = [
                without_padding(columns[name], end - first)
                for columns, (first, end) in zip(self.fetched, self.ranges, strict=True)
            ]
            outputs.append(np.concatenate(parts))
        return Result(*outputs)

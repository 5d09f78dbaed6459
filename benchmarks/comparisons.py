"""Which stages are put beside which limits and peers, and what is asked of them. What makes a peer fair, it says itself (peers/)."""

from dataclasses import dataclass, field

TABLES = "{python} {peers}/tables.py answer %s {data} --hours {hours} --stations {stations}"


@dataclass(frozen=True)
class Peer:
    """Another program that does the work of a stage; `{...}` in its command is filled in (see bench.py)."""

    name: str
    command: str
    # Whether its result must be ours, to the last bit; where not, why is said in `peers/`.
    same: bool = True


@dataclass(frozen=True)
class Comparison:
    """A stage of ours, run in turn with its limit and its peers on one core."""

    stage: str
    limit: str | None = None
    peers: list[Peer] = field(default_factory=list)
    # Thousandths of the stage's size.
    times: int = 1000


def libmodbus(stage: str) -> Peer:
    """The bare loop."""
    return Peer("libmodbus, bare C", f"{{c}}/modbus_loop ask {{port}} {stage} {{size}}")


def pymodbus(count: int) -> Peer:
    """The client most used."""
    return Peer("pymodbus", f"{{python}} {{peers}}/pymodbus_client.py {{port}} {count} {{size}}")


COMPARISONS = [
    Comparison("ingest.modbus.10", "loopback.echo.10", [libmodbus("10"), pymodbus(10)]),
    Comparison("ingest.modbus.125", "loopback.echo.125", [libmodbus("125"), pymodbus(125)]),
    Comparison(
        "ingest.modbus.scattered",
        None,
        [
            libmodbus("scattered"),
            Peer("ours, a request each", "{program} bench ingest.modbus.one-by-one --on-demand --modbus-server {port}"),
        ],
    ),
    Comparison("hj212.crc", None, [Peer("Python", "{python} {peers}/hj212_parser.py crc {size}", same=False)]),
    Comparison("hj212.decode", None, [Peer("Python", "{python} {peers}/hj212_parser.py decode {size}")]),
    Comparison(
        "core.batch.running24",
        "memory.copy",
        [
            Peer("numpy + bottleneck", TABLES % "numpy"),
            Peer("polars", TABLES % "polars"),
            Peer("pandas", TABLES % "pandas"),
            Peer("DuckDB", TABLES % "duckdb"),
        ],
    ),
    Comparison(
        "core.rolling24.time-major",
        None,
        [
            Peer("bottleneck", TABLES % "bottleneck", same=False),
            Peer("bottleneck, time-major", TABLES % "bottleneck-time-major", same=False),
            Peer("polars", TABLES % "polars-rolling", same=False),
            Peer("pandas", TABLES % "pandas-rolling", same=False),
        ],
    ),
    Comparison(
        "core.report",
        None,
        [
            # Right for these concentrations, which is not so for all: see `aqi_libraries.py wrong`.
            Peer("aqi-hub", "{python} {peers}/aqi_libraries.py answer aqi-hub {size}"),
            Peer("python-aqi", "{python} {peers}/aqi_libraries.py answer python-aqi {size}", same=False),
        ],
        times=10,
    ),
    Comparison(
        "store.samples", None, [Peer("SQLite, bare C", "{c}/sqlite_loop {out} samples {size}")], times=100
    ),
    Comparison(
        "store.commit", "disk.commit", [Peer("SQLite, bare C", "{c}/sqlite_loop {out} commit {size}")]
    ),
]


@dataclass(frozen=True)
class Target:
    """What an issue asks of a stage."""

    text: str
    # The least rate, share of the limit, or times the best peer; the most that a further figure may be.
    rate: float = 0
    of_limit: float = 0
    times_peer: float = 0
    at_most: tuple[tuple[str, float], ...] = ()


TARGETS = {
    "ingest.modbus.10": Target("0.9 of bare C", times_peer=0.9),
    "ingest.modbus.125": Target("0.9 of bare C", times_peer=0.9),
    "ingest.modbus.scattered": Target("8 x a request each", times_peer=8),
    "hj212.crc": Target("1 GB/s", rate=1e9),
    "hj212.decode": Target("1 M packets/s", rate=1e6),
    "hj212.server": Target("p99 < 50 ms, < 200 MB", at_most=(("p99Microseconds", 50_000), ("peakKiB", 195_312))),
    "ingest.csv": Target("1 M rows/s", rate=1e6),
    "core.batch.running24": Target("25 x the best peer", times_peer=25),
    "core.rolling24.time-major": Target("< 1 ns", rate=1e9),
    "core.streaming": Target("10 M samples/s", rate=1e7),
    "warnings.replay": Target("ten years < 2 s", rate=87_648 / 2),
    # 5 s a commit is the default; an hour a commit is none that a monitor makes.
    "store.commit": Target("0.8 of bare C", times_peer=0.8),
    "inventory.check": Target("20,000 plants < 2 s", rate=20_000 / 2),
    "store.year.import": Target("12 stations < 2 s", rate=105_120 / 2),
    "store.year.read": Target("< 50 ms", rate=8760 / 0.05),
    "serial.ports": Target("< 25 % of a core", at_most=(("cpuThousandths", 250),)),
} | {
    f"serial.decode.{name}": Target("100 MB/s", rate=1e8)
    for name in (
        "bayern-hessen", "c-link", "ak", "serinus-advanced", "pmsx003", "sds011", "sps30", "line",
    )
}

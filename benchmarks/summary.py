"""How many times the best peer, and how much of the machine's copy rate: the last lines of `make bench`."""

import json
import sys

PAIRS = (
    ("core.batch.running24", ".running24", "running 24 h index"),
    ("core.rolling24.time-major", ".rolling24", "rolling mean alone"),
)


def modbus(results: list[dict]) -> None:
    """Requests of the bus beside a bare loop of libmodbus, and scattered registers with and without a plan."""
    rates = {result["stage"]: result["rate"] for result in results}
    for count in ("10", "125"):
        share = rates[f"ingest.modbus.{count}"] / rates[f"peer.libmodbus.{count}"]
        print(f"Modbus, {count} registers a request: {share:.2f} of a bare loop of libmodbus")
    gain = rates["ingest.modbus.scattered"] / rates["ingest.modbus.one-by-one"]
    print(f"Modbus, 40 scattered registers: {gain:.1f} times one request each")


def serial(results: list[dict]) -> None:
    """The slowest decoder, and what a large station's ports cost."""
    decoders = [result for result in results if result["stage"].startswith("serial.decode.")]
    slowest = min(decoders, key=lambda result: result["rate"])
    print(f"Serial, slowest of {len(decoders)} decoders: {slowest['stage']}, {slowest['rate'] / 1e6:.0f} MB/s")
    ports = next(result for result in results if result["stage"] == "serial.ports")
    lost = ports["sent"] - ports["decoded"]
    print(f"Serial, {ports['ports']} ports at 115,200 baud: {lost} bytes lost, {ports['cpuThousandths'] / 10} % of a core")


def store(results: list[dict]) -> None:
    """The store beside a bare loop of SQLite."""
    rates = {result["stage"]: result["rate"] for result in results}
    for stage in ("samples", "commit"):
        share = rates[f"store.{stage}"] / rates[f"peer.sqlite.{stage}"]
        print(f"Store, {stage}: {share:.2f} of a bare loop of SQLite")


def hj212(results: list[dict]) -> bool:
    """HJ 212 beside a Python reader, and the server; whether both read the same values."""
    found = {result["stage"]: result for result in results}
    for stage in ("crc", "decode"):
        gain = found[f"hj212.{stage}"]["rate"] / found[f"peer.python.hj212.{stage}"]["rate"]
        print(f"HJ 212, {stage}: {gain:.0f} times a Python reader")
    server = found["hj212.server"]
    print(
        f"HJ 212, {server['stations']} stations: p99 {server['p99Microseconds'] / 1000:.1f} ms, "
        f"{server['peakKiB'] / 1024:.0f} MiB"
    )
    agrees = found["hj212.decode"]["checksum"] == found["peer.python.hj212.decode"]["checksum"]
    if not agrees:
        print("HJ 212: OTHER VALUES than the Python reader's")
    return agrees


def main() -> bool:
    """Reads the results, one JSON object a line, and prints a sentence a pair; whether all who did the same work agree."""
    differs = False
    with open(sys.argv[1], encoding="utf-8") as file:
        results = [json.loads(line) for line in file]
    for stage, ending, name in PAIRS:
        own = next(result for result in results if result["stage"] == stage)
        peers = [result for result in results if result["stage"].startswith("peer.") and ending in result["stage"]]
        for peer in sorted(peers, key=lambda result: -result["rate"]):
            agreement = ""
            if "checksum" in peer and peer["stations"] != own["stations"]:
                agreement = f", on {peer['stations']} of {own['stations']} stations"
            elif "checksum" in peer:
                agreement = ", same results" if peer["checksum"] == own["checksum"] else ", OTHER RESULTS"
                differs = differs or peer["checksum"] != own["checksum"]
            print(f"{name}: {own['rate'] / peer['rate']:.1f} times {peer['stage']}{agreement}")
        if "copyRatio" in own:
            print(f"{name}: {own['copyRatio']:.2f} of the rate at which memcpy copies its input")
    modbus(results)
    serial(results)
    store(results)
    agrees = hj212(results)
    return agrees and not differs


sys.exit(0 if main() else 1)

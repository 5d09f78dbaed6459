"""How many times the best peer, and how much of the machine's copy rate: the last lines of `make bench`."""

import json
import sys

PAIRS = (
    ("core.batch.running24", ".running24", "running 24 h index"),
    ("core.rolling24.time-major", ".rolling24", "rolling mean alone"),
)


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
    return not differs


sys.exit(0 if main() else 1)

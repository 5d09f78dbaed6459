"""A peer that works on demand: one repetition for each line of standard input, so that whoever asks can put others in between."""

import json
import platform
import sys
import time
from collections.abc import Callable

SHORTEST = 0.1


def answer(
    stage: str, unit: str, size: int, units: int, version: str, work: Callable[[], object], checksum: Callable[[], str | None]
) -> None:
    """Warms up, says so, and runs `work` once more for each line; `checksum` says what it came to and is not timed.

    Short work is done several times over in a repetition.
    """
    began = time.perf_counter()
    work()
    calls = max(1, round(SHORTEST / max(time.perf_counter() - began, 1e-9)))
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        for _ in range(calls):
            work()
        seconds = (time.perf_counter() - began) / calls
        line = {
            "stage": stage,
            "unit": f"{unit}/s",
            "size": size,
            "units": units,
            "seconds": [round(seconds, 9)],
            "checksum": checksum(),
            "version": f"{version}, python {platform.python_version()}".lstrip(", "),
        }
        print(json.dumps(line), flush=True)

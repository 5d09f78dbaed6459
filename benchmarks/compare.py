"""`make bench-compare`: a new run against a kept one; names what moved by more than the noise.

    compare.py BASE [NEW] [--fail]

BASE and NEW are folders of results; NEW is the newest where it is not given. A stage moved where the repetitions of both runs do not
overlap and the medians are more than 3 % apart: with five repetitions each, no overlap by chance alone is one in 126. `--fail` ends with
exit code 1 where one of ours became slower.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

from report import read

LEAST = 0.03


def repetitions(folder: Path) -> dict[str, list[float]]:
    """Seconds a unit of everything that was measured."""
    found: dict[str, list[float]] = {}
    for line in read(folder / "comparisons.jsonl"):
        name = line["of"] if line["participant"] == line["of"] else f"{line['of']} ({line['participant']})"
        found.setdefault(name, []).append(line["seconds"][0] / line["units"])
    for line in read(folder / "alone.jsonl"):
        found[line["of"]] = [seconds / line["units"] for seconds in line["seconds"]]
    return found


def newest() -> Path:
    """The newest of the kept runs."""
    return max(path for path in (Path(__file__).parent / "results").iterdir() if path.is_dir())


def main() -> int:
    """Says what moved; whether that is a failure."""
    parser = argparse.ArgumentParser(description="A new run against a kept one.")
    parser.add_argument("base", type=Path)
    parser.add_argument("new", type=Path, nargs="?")
    parser.add_argument("--fail", action="store_true", help="exit code 1 where one of ours became slower")
    options = parser.parse_args()
    new_folder = options.new or newest()
    for folder in (options.base, new_folder):
        if not (folder / "machine.json").exists():
            print(f"{folder}: no results of make bench", file=sys.stderr)
            return 66
    machines = [json.loads((folder / "machine.json").read_text(encoding="utf-8")) for folder in (options.base, new_folder)]
    for key in ("processor", "kernel", "swift", "flags", "disk"):
        if machines[0].get(key) != machines[1].get(key):
            print(f"not the same {key}: {machines[0].get(key)} | {machines[1].get(key)}")
    base, new = repetitions(options.base), repetitions(new_folder)
    slower = 0
    moved = 0
    for name in sorted(base.keys() & new.keys()):
        before, after = base[name], new[name]
        change = statistics.median(after) / statistics.median(before) - 1
        # One repetition alone has no spread: it must move by a tenth.
        least = LEAST if min(len(before), len(after)) > 2 else 0.1
        if abs(change) < least or (min(after) <= max(before) and min(before) <= max(after)):
            continue
        moved += 1
        slower += change > 0 and "(" not in name
        print(f"{name}: {'slower' if change > 0 else 'faster'} by {abs(change) * 100:.0f} %")
    for name in sorted(base.keys() ^ new.keys()):
        print(f"{name}: only in the {'base' if name in base else 'new run'}")
    print(f"{moved} of {len(base.keys() & new.keys())} moved, {slower} of ours became slower")
    return 1 if options.fail and slower else 0


if __name__ == "__main__":
    sys.exit(main())

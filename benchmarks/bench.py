"""`make bench`: every stage beside its limit and its peers, in turn, in one run.

    bench.py PROGRAM [--stage PREFIX] [--fast | --smoke] [--resume]

A comparison goes round and round: one repetition of ours, one of the limit, one of each peer, then all again, so that what disturbs
the machine disturbs all. Checksums that must agree and do not end the run. Results are kept stage by stage: `--resume` goes on where a
run ended, `--stage` measures some stages anew among results that are there.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import machine
import plot
import report
from comparisons import COMPARISONS, Comparison
from participants import Failed, Line, Participant, Server, lines

HERE = Path(__file__).parent
BUILD = HERE.parent / ".build" / "bench"
REPETITIONS = 5


class Results:
    """The files of a run, a JSON object a line; what is measured anew replaces what was there."""

    def __init__(self, folder: Path, keep: bool) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not keep:
            for file in folder.glob("*.jsonl"):
                file.unlink()

    def read(self, kind: str) -> list[Line]:
        """What there is of a kind."""
        file = self.folder / f"{kind}.jsonl"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []

    def has(self, kind: str, stage: str) -> bool:
        """Whether a stage is measured."""
        return any(line["of"] == stage for line in self.read(kind))

    def put(self, kind: str, stage: str, new: list[Line]) -> None:
        """All lines of a stage at once: it is measured, or it is not."""
        kept = [line for line in self.read(kind) if line["of"] != stage] + [{"of": stage} | line for line in new]
        temporary = self.folder / f".{kind}.part"
        temporary.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        temporary.rename(self.folder / f"{kind}.jsonl")


class Run:
    """What all comparisons of a run share."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.program = str(Path(options.program).resolve())
        self.is_fast: bool = options.fast
        self.is_smoke: bool = options.smoke
        self.prefix: str = options.stage
        # One core for each comparison: the quieter one where there are several.
        self.core = (os.cpu_count() or 1) - 1
        self.python = str(BUILD / "python" / "bin" / "python")
        today = datetime.date.today().isoformat()
        self.is_kept = not (self.is_fast or self.is_smoke)
        folder = HERE / "results" / f"{today}-{machine.name()}" if self.is_kept else BUILD / "fast"
        self.is_resumed: bool = options.resume
        self.results = Results(folder, keep=options.resume or bool(options.stage))
        self.scale = 1000 if self.is_smoke else 10 if self.is_fast else 1
        self.repetitions = 1 if self.is_smoke else 3 if self.is_fast else REPETITIONS
        self.stages = {line["stage"]: line for line in lines([self.program, "bench", "--list"])}
        self.servers: dict[str, Server] = {}
        self.shape: dict[str, str] = {}

    def wants(self, kind: str, stage: str) -> bool:
        """Whether a stage is to be measured now."""
        return stage.startswith(self.prefix) and not (self.is_resumed and self.results.has(kind, stage))

    def data(self) -> dict[str, str]:
        """The input of the batch as a file, made where it is first wanted."""
        if not self.shape:
            times = str(1000 // self.scale)
            file = str(BUILD / "hours.i32")
            made = lines([self.program, "bench", "--write-data", file, "--times", times])[0]
            self.shape = {"data": file, "hours": str(made["hours"]), "stations": str(made["stations"])}
            check = [self.python, str(HERE / "peers" / "tables.py"), "check", file]
            lines([*check, "--hours", self.shape["hours"], "--stations", self.shape["stations"]])
        return self.shape

    def port(self) -> str:
        """The Modbus server. It shares the core of those who ask it: one waits while the other works, and waking another core costs
        more, and varies more, than all that is measured."""
        if "modbus" not in self.servers:
            self.servers["modbus"] = Server([str(BUILD / "modbus_loop"), "serve"], self.core)
        return self.servers["modbus"].port

    def own(self, stage: str, times: int) -> list[str]:
        """One of our stages, on demand."""
        command = [self.program, "bench", stage, "--on-demand", "--times", str(times), "--store-folder", str(BUILD)]
        return command + (["--modbus-server", self.port()] if stage.startswith("ingest.modbus.") else [])

    def compare(self, comparison: Comparison) -> None:
        """Round and round, and what came of it."""
        times = max(1, comparison.times // self.scale)
        size = max(1, self.stages[comparison.stage]["size"] * times // 1000)
        names = [comparison.stage] + ([comparison.limit] if comparison.limit else [])
        commands = [(name, self.own(name, times)) for name in names]
        for peer in comparison.peers:
            values = {"program": self.program, "python": self.python, "peers": HERE / "peers", "c": BUILD, "out": BUILD}
            values |= self.data() if "{data}" in peer.command else {}
            values |= {"port": self.port()} if "{port}" in peer.command else {}
            command = peer.command.format(size=size, **values).split()
            if command[0] == self.program:
                command += ["--times", str(times)]
            commands.append((peer.name, command))
        participants: list[Participant] = []
        found: list[Line] = []
        try:
            participants += [Participant(name, command, self.core) for name, command in commands]
            for round_number in range(self.repetitions):
                for participant in participants:
                    found.append({"participant": participant.name, "round": round_number} | participant.again())
        finally:
            for participant in participants:
                participant.close()
        agree(comparison, found)
        self.results.put("comparisons", comparison.stage, found)
        say(report.sentence(comparison, found))

    def alone(self, stage: str) -> None:
        """A stage without peers; it has both cores where it goes by the clock."""
        is_by_clock = self.stages[stage]["clock"] != "wall" or stage.startswith("pipeline.")
        command = [self.program, "bench", stage, "--json", "--store-folder", str(BUILD)]
        command += ["--times", str(1000 // self.scale), "--repeat", str(self.repetitions)]
        command += ["--seconds", "3" if self.is_fast else "10"]
        found = lines(command, None if is_by_clock else self.core)
        self.results.put("alone", stage, found)
        say(f"{stage}: {found[0]['rate']:,.0f} {found[0]['unit']}")

    def grow(self, stage: str) -> None:
        """The cost of one at four sizes."""
        is_by_clock = self.stages[stage]["clock"] != "wall" or stage.startswith("pipeline.")
        command = [self.program, "bench", stage, "--json", "--growth", "--repeat", "3", "--seconds", "3"]
        found = lines([*command, "--store-folder", str(BUILD)], None if is_by_clock else self.core)
        self.results.put("growth", stage, found)
        say(f"{stage}: " + "  ".join(f"{1e9 / line['rate']:.4g}" for line in found) + f" ns a {found[0]['unit'][:-2]}")

    def count_wrong(self) -> None:
        """How often the libraries are wrong over every legal concentration."""
        file = str(BUILD / "indices.csv")
        subprocess.run([self.program, "bench", "--write-indices", file], check=True)
        found = lines([self.python, str(HERE / "peers" / "aqi_libraries.py"), "wrong", file])
        self.results.put("wrong", "core.report", found)
        for line in found:
            say(f"{line['library']} against {line['edition']}: {line['wrong']} of {line['asked']} sub-indices wrong")

    def everything(self) -> None:
        """All that is asked for, in the order of the data's way."""
        description = machine.description(self.program, str(BUILD))
        (self.results.folder / "machine.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
        compared = {comparison.stage for comparison in COMPARISONS}
        limits = {comparison.limit for comparison in COMPARISONS}
        for comparison in COMPARISONS:
            if self.wants("comparisons", comparison.stage):
                self.compare(comparison)
        if self.wants("wrong", "core.report"):
            self.count_wrong()
        # Ours alone are run small by the tests.
        if self.is_smoke:
            return
        for stage in self.stages:
            if stage not in compared | limits and self.wants("alone", stage):
                self.alone(stage)
        if not self.is_fast:
            say("growth: 1, 10, 100, 1000 times the least")
            for stage in self.stages:
                if self.wants("growth", stage):
                    self.grow(stage)

    def close(self) -> None:
        """Leaves nothing behind."""
        for server in self.servers.values():
            server.close()
        (BUILD / "hours.i32").unlink(missing_ok=True)


def agree(comparison: Comparison, found: list[Line]) -> None:
    """That all who must have done the same work have, in every round."""
    must = {comparison.stage} | {peer.name for peer in comparison.peers if peer.same}
    sums = {(line["participant"], line.get("checksum")) for line in found if line["participant"] in must}
    if len({checksum for _, checksum in sums}) != 1:
        raise Failed(f"{comparison.stage}: NOT THE SAME WORK: {sorted(sums)}")


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Measures, and writes the table and the plot."""
    parser = argparse.ArgumentParser(description="Every stage beside its limit and its peers.")
    parser.add_argument("program")
    parser.add_argument("--stage", default="", help="only stages whose names begin so")
    parser.add_argument("--fast", action="store_true", help="a tenth of the size, three rounds, no growth; nothing is kept")
    parser.add_argument("--smoke", action="store_true", help="everybody with peers once, as small as can be; nothing is kept")
    parser.add_argument("--resume", action="store_true", help="go on with the run of today that ended early")
    run = Run(parser.parse_args())
    try:
        run.everything()
    except Failed as failure:
        say(f"bench: {failure}")
        return 1
    finally:
        run.close()
    growth = run.results.read("growth")
    if growth:
        (run.results.folder / "growth.svg").write_text(plot.svg(growth), encoding="utf-8")
    text = report.markdown(run.results.folder)
    if run.is_kept:
        report.put(HERE / "README.md", text)
        say(f"results: {run.results.folder.relative_to(HERE.parent)}; the table is in benchmarks/README.md")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

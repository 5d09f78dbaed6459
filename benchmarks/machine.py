"""What the figures were measured on."""

import os
import platform
import re
import subprocess
from pathlib import Path


def output(*command: str) -> str:
    """The first line that a command prints; empty where it cannot be run."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (result.stdout or result.stderr).partition("\n")[0].strip()


def processor() -> str:
    """The name of the processor."""
    match = re.search(r"^(?:model name|Model)\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return match[1].strip() if match else platform.machine()


def name() -> str:
    """A short name, for a folder."""
    slug = re.sub(r"[^a-z0-9]+", "-", processor().lower()).strip("-")
    return f"{slug}-{os.cpu_count()}"


def description(program: str, disk: str) -> dict[str, str]:
    """The machine, the versions, and how the program was built."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory[1]) // 1024} MiB" if memory else "",
        "kernel": platform.release(),
        "system": output("sh", "-c", ". /etc/os-release && echo $PRETTY_NAME"),
        "disk": output("stat", "--file-system", "--format=%T", disk),
        "load": f"{os.getloadavg()[0]:.2f}",
        "commit": output("git", "rev-parse", "--short", "HEAD") + (" + changes" if output("git", "status", "--short") else ""),
        "program": output(program, "--version") or program,
        "swift": output("swift", "--version"),
        "flags": os.environ.get("BENCH_FLAGS", ""),
        "cc": output("cc", "--version"),
        "libmodbus": output("dpkg-query", "--show", "--showformat=${Version}", "libmodbus-dev"),
        "sqlite": output("dpkg-query", "--show", "--showformat=${Version}", "libsqlite3-dev"),
        "python": platform.python_version(),
    }

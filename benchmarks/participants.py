"""Who takes part in a comparison: processes that are ready and do their work once more for each line they are sent."""

import json
import os
import subprocess
from typing import Any

Line = dict[str, Any]


class Failed(Exception):
    """A participant that ended, or said something that is no result."""


def pinned(core: int | None) -> list[str]:
    """What holds a command on one core."""
    return [] if core is None else ["taskset", "-c", str(core)]


class Participant:
    """A process on one core, for as long as the comparison goes on."""

    def __init__(self, name: str, command: list[str], core: int | None, **environment: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            pinned(core) + command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        if self._line() != "ready":
            raise Failed(f"{name}: did not become ready: {' '.join(command)}")

    def again(self) -> Line:
        """One repetition."""
        assert self.process.stdin
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        line: Line = json.loads(self._line())
        return line

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"{self.name}: ended with exit code {self.process.wait()}")
        return line.strip()

    def close(self) -> None:
        """Ends with its standard input; is ended where it does not."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Server:
    """A server that prints its port and ends with us."""

    def __init__(self, command: list[str], core: int | None) -> None:
        self.process = subprocess.Popen(pinned(core) + command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = self.process.stdout.readline().strip()

    def close(self) -> None:
        """Whatever it is doing."""
        self.process.terminate()
        self.process.wait()


def lines(command: list[str], core: int | None = None) -> list[Line]:
    """The JSON lines that a command prints."""
    result = subprocess.run(pinned(core) + command, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        raise Failed(f"exit code {result.returncode}: {' '.join(command)}")
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]

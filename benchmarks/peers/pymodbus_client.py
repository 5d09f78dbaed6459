"""Peer: pymodbus, its asynchronous client, one connection.

    pymodbus_client.py PORT REGISTERS SIZE     one repetition for each line of standard input (see paced.py)

Fair: the same C server as ours, no logging, no retries that would wait, one event loop for all requests of a repetition; the
synchronous client was tried and is slower. A tenth of the requests, so that it takes no longer than the others; the numbers of the
last answer are added up afterwards.
"""

import asyncio
import struct
import sys

import paced
import pymodbus
from pymodbus.client import AsyncModbusTcpClient

ONE_OF = 10


def total(registers: list[int]) -> int:
    """Thousandths of the numbers of an answer; a word without its other half counts as it is."""
    pairs = zip(registers[0::2], registers[1::2])
    numbers = sum(int(struct.unpack(">f", struct.pack(">HH", *pair))[0] * 1000) for pair in pairs)
    return numbers + (registers[-1] if len(registers) % 2 else 0)


def main() -> None:
    """Connects, and asks on demand."""
    port, count, size = (int(argument) for argument in sys.argv[1:4])
    requests = max(1, size // ONE_OF)
    loop = asyncio.new_event_loop()
    latest: list[int] = []

    async def connect() -> AsyncModbusTcpClient:
        client = AsyncModbusTcpClient("127.0.0.1", port=port, retries=0)
        if not await client.connect():
            sys.exit(69)
        return client

    client = loop.run_until_complete(connect())

    async def ask() -> None:
        nonlocal latest
        for _ in range(requests):
            answer = await client.read_holding_registers(0, count=count, device_id=1)
            if answer.isError():
                sys.exit(f"{answer}")
        latest = answer.registers

    paced.answer(
        f"peer.pymodbus.{count}", "requests", size, requests, f"pymodbus {pymodbus.__version__}",
        lambda: loop.run_until_complete(ask()), lambda: f"{total(latest):016x}",
    )


main()

"""A reader of HJ 212 packets of the common kind: split at `##`, check length and CRC byte by byte, split the fields, float the values.

usage: hj212_parser.py. Reads the packets of `bench hj212.decode` and prints its rates, one JSON object a line, with the same sum of
all values for the same two hundred rounds.
"""

import json
import time

FACTORS = ("a34004", "a34002", "a21026", "a21004", "a21005", "a05024")
PACKETS = 1000
ROUNDS = 200


def table() -> list[int]:
    """What eight bits leave in the register: what everybody precomputes who found a byte at a time too slow."""
    entries = []
    for register in range(256):
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
        entries.append(register)
    return entries


TABLE = table()


def crc(data: bytes) -> int:
    """Annex A of HJ 212-2017."""
    register = 0xFFFF
    for byte in data:
        register = TABLE[(register >> 8) ^ byte]
    return register


def packet(number: int) -> bytes:
    """The packet that `bench hj212.decode` makes."""
    moment = time.strftime("%Y%m%d%H%M%S", time.gmtime(1_571_366_940 + number + 8 * 3600))
    values = (
        f"{10 + number % 90}.5", f"{100 + number % 90}", f"{10 + number % 80}", f"{20 + number % 70}.1",
        f"0.{100 + number % 800}", f"{100 + number % 90}",
    )
    items = ";".join(f"{factor}-Rtd={value},{factor}-Flag=N" for factor, value in zip(FACTORS, values))
    data = (
        f"QN={moment}001;ST=22;CN=2011;PW=123456;MN=AQI{1_000_000_000 + number};Flag=5;"
        f"CP=&&DataTime={moment};{items}&&"
    ).encode()
    return b"##%04d%s%04X\r\n" % (len(data), data, crc(data))


def read(stream: bytes) -> int:
    """The sum of all values of all packets, thousandths."""
    total = 0
    for frame in stream.split(b"##")[1:]:
        length = int(frame[:4])
        data = frame[4 : 4 + length]
        if int(frame[4 + length : 8 + length], 16) != crc(data):
            continue
        header, values = data.decode("ascii").split("CP=&&")
        fields = dict(field.split("=") for field in header.rstrip(";").split(";"))
        items = dict(item.split("=") for group in values[:-2].split(";") for item in group.split(","))
        if fields["CN"] != "2011" or "DataTime" not in items:
            continue
        for factor in FACTORS:
            if items.get(factor + "-Flag") == "N":
                total += round(float(items[factor + "-Rtd"]) * 1000)
    return total


def main() -> None:
    """Each stage five times; the median counts."""
    stream = b"".join(packet(number) for number in range(PACKETS))
    data = bytes(32 + place % 95 for place in range(1024))
    for stage, work, amount, unit in (
        ("peer.python.hj212.crc", lambda: [crc(data) for _ in range(200)], 200 * len(data), "bytes/s"),
        ("peer.python.hj212.decode", lambda: read(stream), PACKETS, "packets/s"),
    ):
        rates = []
        for _ in range(5):
            began = time.perf_counter()
            result = work()
            rates.append(amount / (time.perf_counter() - began))
        rates.sort()
        line = {"stage": stage, "rate": rates[2], "unit": unit, "min": rates[0], "max": rates[-1]}
        if stage.endswith("decode"):
            line["checksum"] = f"{ROUNDS * result:016x}"
        print(json.dumps(line))


main()

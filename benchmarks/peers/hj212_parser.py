"""A reader of HJ 212 packets of the common kind: split at `##`, check length and CRC byte by byte, split the fields, float the values.

    hj212_parser.py crc|decode SIZE     one repetition for each line of standard input (see paced.py)

Fair: what such readers do (split, dict, float), with the checksum's table made beforehand and no object a packet; the packets are
those of `bench hj212.decode`, and the sums of all values must agree. Fewer of them: it reads one round and multiplies its sum.
"""

import sys
import time

import paced

FACTORS = ("a34004", "a34002", "a21026", "a21004", "a21005", "a05024")
PACKETS = 1000


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
    """A round of packets, or of the checksum alone, over and over."""
    stage, size = sys.argv[1], int(sys.argv[2])
    if stage == "crc":
        data = bytes(32 + place % 95 for place in range(1024))
        paced.answer("peer.python.hj212.crc", "bytes", size, 200 * len(data), "", lambda: [crc(data) for _ in range(200)], lambda: None)
        return
    packets = min(size, PACKETS)
    stream = b"".join(packet(number) for number in range(packets))
    totals: list[int] = []
    paced.answer(
        "peer.python.hj212.decode", "packets", size, packets, "",
        lambda: totals.append(read(stream)), lambda: f"{max(1, size // PACKETS) * totals[-1]:016x}",
    )


main()

"""An HJ 212 station that knows nothing of ours: the standard's arithmetic, sockets, and the standard library.

usage: hj212_station.py PORT, or hj212_station.py --platform [COMMAND ...] for the other end. Prints what happened as one line of JSON.
"""
import json
import re
import socket
import sys
import time


def crc(data):
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            bit = register & 1
            register >>= 1
            if bit:
                register ^= 0xA001
    return register


def frame(text):
    data = text.encode("ascii")
    return b"##%04d%s%04X\r\n" % (len(data), data, crc(data))


class Wire:
    def __init__(self, connection):
        self.connection = connection
        self.bytes = b""

    def send(self, text):
        self.connection.sendall(frame(text))

    def read(self, seconds=5):
        """The next packet as a dictionary; None where none comes."""
        self.connection.settimeout(seconds)
        while b"\r\n" not in self.bytes:
            try:
                more = self.connection.recv(4096)
            except TimeoutError:
                return None
            if not more:
                return None
            self.bytes += more
        line, self.bytes = self.bytes.split(b"\r\n", 1)
        assert line[:2] == b"##", line
        data, check = line[6:-4], line[-4:]
        assert int(line[2:6]) == len(data), line
        assert b"%04X" % crc(data) == check, line
        fields = dict(re.findall(r"(\w+)=([^;&]*)", data.split(b"CP=")[0].decode()))
        fields["CP"] = data.split(b"CP=&&")[1][:-2].decode()
        return fields


def china(seconds):
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(seconds + 8 * 3600))


def station(port):
    wire = Wire(socket.create_connection(("127.0.0.1", port)))
    seen = {"acknowledged": [], "requests": []}
    head = "ST=22;CN=%d;PW=123456;MN=PEER000000001;Flag=%d;CP=&&%s&&"
    now = time.time()

    def upload(at, value, name):
        wire.send(
            f"QN={name};" + head % (2011, 5, f"DataTime={china(at)};a34004-Rtd={value},a34004-Flag=N;a21005-Rtd=0.812,a21005-Flag=N"))

    # Two packets ten minutes apart: the gap between them is asked for.
    upload(now - 600, "35.5", china(now) + "001")
    seen["acknowledged"].append(wire.read())
    upload(now, "36.5", china(now) + "002")
    asked = None
    for _ in range(2):
        packet = wire.read()
        if packet and packet["CN"] == "9014":
            seen["acknowledged"].append(packet)
        else:
            asked = packet
    seen["requests"].append(asked)
    wire.send(f"QN={asked['QN']};" + "ST=91;CN=9011;PW=123456;MN=PEER000000001;Flag=4;CP=&&QnRtn=1&&")
    wire.send(
        f"QN={china(now)}003;" + head % (2051, 5, f"DataTime={china(now - 300)};a34004-Avg=36.0,a34004-Flag=N"))
    seen["acknowledged"].append(wire.read())
    wire.send(f"QN={asked['QN']};" + "ST=91;CN=9012;PW=123456;MN=PEER000000001;Flag=4;CP=&&ExeRtn=1&&")
    # The time is asked for, acknowledged, and set.
    wire.send(f"QN={china(now)}004;" + head % (1013, 5, ""))
    seen["notice"] = wire.read()
    seen["timeSet"] = wire.read()
    wire.send(f"QN={seen['timeSet']['QN']};" + "ST=91;CN=9011;PW=123456;MN=PEER000000001;Flag=4;CP=&&QnRtn=1&&")
    wire.send(f"QN={seen['timeSet']['QN']};" + "ST=91;CN=9012;PW=123456;MN=PEER000000001;Flag=4;CP=&&ExeRtn=1&&")
    # A packet that was damaged on the way gets no answer.
    damaged = frame(f"QN={china(now)}005;" + head % (2011, 5, f"DataTime={china(now)};a34004-Rtd=1,a34004-Flag=N"))
    wire.connection.sendall(damaged[:40] + b"x" + damaged[41:])
    seen["afterDamage"] = wire.read(1)
    return seen


def platform(commands):
    """Acknowledges the uploads of one connection until it ends; the first is left without an answer, so that it comes again.

    Commands, as 1062:RtdInterval=60, follow the first packet.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    wire = Wire(listener.accept()[0])
    packets = []
    while True:
        packet = wire.read(30)
        if packet is None:
            break
        packets.append(packet)
        print(json.dumps(packet), flush=True)
        if len(packets) == 1:
            for number, command in enumerate(commands):
                cn, _, cp = command.partition(":")
                wire.send(
                    f"QN=20191018090000{number:03d};ST=22;CN={cn};PW={packet['PW']};MN={packet['MN']};Flag=5;CP=&&{cp}&&")
        elif packet["ST"] != "91":
            wire.send(f"QN={packet['QN']};ST=91;CN=9014;PW={packet['PW']};MN={packet['MN']};Flag=4;CP=&&&&")


if __name__ == "__main__":
    if sys.argv[1] == "--platform":
        platform(sys.argv[2:])
    else:
        print(json.dumps(station(int(sys.argv[1]))))

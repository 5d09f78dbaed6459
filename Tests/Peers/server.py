"""A Modbus server of somebody else's making, with known registers: the far end of `make test-peers`.

    server.py KIND [PATH]        KIND: pymodbus-tcp, pymodbus-simulator, modbus-tk, umodbus, pymodbus-rtu, pymodbus-simulator-rtu

Unit 1 has the binary32 numbers 12.5, 48.25, 0.8, 101.75, 137.0, 166.5, high word first, in its holding registers 0 to 11 and no
others (modbus-tk and uModbus: and the same in the input registers). Listens on the loopback interface only, on any free port, or on
the serial line PATH; prints the port, or PATH, when it is ready, and ends after two minutes whoever forgets it.
"""

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

NUMBERS = [12.5, 48.25, 0.8, 101.75, 137.0, 166.5]
WORDS = [word for number in NUMBERS for word in struct.unpack(">HH", struct.pack(">f", number))]
HOST = "127.0.0.1"
SECONDS = 120


def free_port() -> int:
    """A port of the loopback interface that nobody has now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def ready(address: object, port: int | None = None) -> None:
    """Tells the test where the server is, once it accepts."""
    def tell() -> None:
        while port is not None:
            try:
                socket.create_connection((HOST, port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        if port is None:
            time.sleep(0.5)
        print(address, flush=True)

    threading.Thread(target=tell, daemon=True).start()


def pymodbus_server(path: str | None) -> None:
    """pymodbus as a library."""
    from pymodbus.framer import FramerType
    from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
    from pymodbus.simulator import DataType, SimData, SimDevice

    device = SimDevice(id=1, simdata=[SimData(0, values=NUMBERS, datatype=DataType.FLOAT32)])
    if path:
        ready(path)
        asyncio.run(StartAsyncSerialServer(device, port=path, framer=FramerType.RTU, baudrate=9600))
    else:
        port = free_port()
        ready(port, port)
        asyncio.run(StartAsyncTcpServer(device, address=(HOST, port)))


def pymodbus_simulator(path: str | None) -> None:
    """pymodbus' own simulator program, with a file of ours: the one that it brings listens to everybody."""
    port = free_port()
    line = {"comm": "tcp", "host": HOST, "port": port, "framer": "socket"}
    if path:
        line = {"comm": "serial", "port": path, "baudrate": 9600, "bytesize": 8, "parity": "N", "stopbits": 1,
                "timeout": 1, "reconnect_delay": 1, "framer": "rtu"}
    sizes = {f"{table} size": 100 for table in ("co", "di", "hr", "ir")}
    kinds = ("bits", "uint16", "uint32", "float32", "float64", "string")
    device = {
        "setup": sizes | {
            "shared blocks": True, "type exception": False,
            "defaults": {"value": {kind: " " if kind == "string" else 0 for kind in kinds},
                         "action": {kind: None for kind in kinds}}},
        "invalid": [], "write": [], "bits": [], "uint16": [], "uint32": [], "float64": [], "string": [], "repeat": [],
        "float32": [{"addr": [2 * place, 2 * place + 1], "value": number} for place, number in enumerate(NUMBERS)],
    }
    line |= {"ignore_missing_devices": False, "identity": {}}
    folder = tempfile.mkdtemp()
    file = os.path.join(folder, "simulator.json")
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"server_list": {"air": line}, "device_list": {"air": device}}, out)
    program = os.path.join(os.path.dirname(sys.executable), "pymodbus.simulator")
    child = subprocess.Popen(
        [program, "--modbus_server", "air", "--modbus_device", "air", "--http_host", HOST, "--http_port", str(free_port()),
         "--json_file", file, "--log_file", os.path.join(folder, "log.txt")],
        stdout=subprocess.DEVNULL, stderr=sys.stderr)
    if path:
        time.sleep(2)
        ready(path)
    else:
        ready(port, port)
    # The simulator goes with this program: when the test closes our standard input, and after two minutes.
    threading.Thread(target=lambda: (sys.stdin.read(), child.kill()), daemon=True).start()
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def modbus_tk_server() -> None:
    """modbus-tk."""
    from modbus_tk import defines, modbus_tcp

    port = free_port()
    server = modbus_tcp.TcpServer(address=HOST, port=port)
    server.start()
    unit = server.add_slave(1)
    for name, table in (("h", defines.HOLDING_REGISTERS), ("i", defines.ANALOG_INPUTS)):
        unit.add_block(name, table, 0, len(WORDS))
        unit.set_values(name, 0, WORDS)
    ready(port, port)
    time.sleep(SECONDS)


def umodbus_server() -> None:
    """uModbus."""
    from socketserver import ThreadingTCPServer
    from umodbus.server.tcp import RequestHandler, get_server

    ThreadingTCPServer.allow_reuse_address = True
    server = get_server(ThreadingTCPServer, (HOST, 0), RequestHandler)

    @server.route(slave_ids=[1], function_codes=[3, 4], addresses=list(range(len(WORDS))))
    def read(slave_id: int, function_code: int, address: int) -> int:
        return WORDS[address]

    port = server.server_address[1]
    ready(port, port)
    server.serve_forever()


def main() -> None:
    """Runs one kind."""
    kind, path = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    threading.Timer(SECONDS + 5, lambda: os._exit(0)).start()
    if not kind.startswith("pymodbus-simulator"):
        # Whoever started us keeps our standard input open; when it goes, so do we.
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    {
        "pymodbus-tcp": lambda: pymodbus_server(None), "pymodbus-rtu": lambda: pymodbus_server(path),
        "pymodbus-simulator": lambda: pymodbus_simulator(None),
        "pymodbus-simulator-rtu": lambda: pymodbus_simulator(path),
        "modbus-tk": modbus_tk_server, "umodbus": umodbus_server,
    }[kind]()
    os._exit(0)


if __name__ == "__main__":
    main()

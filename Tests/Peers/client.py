"""A Modbus client of somebody else's making reads our simulator; prints the numbers that it finds, one a line.

    client.py pymodbus-tcp PORT | pymodbus-rtu PATH | minimalmodbus PATH | modbus-tk PORT | umodbus PORT

Six binary32 numbers, high word first, from holding register 0 of unit 1; then the exception code to a read of register 900.
"""

import socket
import struct
import sys

COUNT = 12
ABSENT = 900


def numbers(words: list[int]) -> list[float]:
    """Pairs of registers as binary32 numbers."""
    return list(struct.unpack(f">{len(words) // 2}f", struct.pack(f">{len(words)}H", *words)))


def pymodbus(client: object) -> tuple[list[float], int]:
    """pymodbus, over either line."""
    client.connect()
    words = client.read_holding_registers(0, count=COUNT, device_id=1).registers
    code = client.read_holding_registers(ABSENT, count=1, device_id=1).exception_code
    client.close()
    return numbers(words), code


def with_pymodbus_tcp(port: str) -> tuple[list[float], int]:
    """pymodbus over TCP."""
    from pymodbus.client import ModbusTcpClient

    return pymodbus(ModbusTcpClient("127.0.0.1", port=int(port)))


def with_pymodbus_rtu(path: str) -> tuple[list[float], int]:
    """pymodbus over a serial line."""
    from pymodbus.client import ModbusSerialClient

    return pymodbus(ModbusSerialClient(path, baudrate=9600))


def with_minimalmodbus(path: str) -> tuple[list[float], int]:
    """minimalmodbus, which is for serial lines only."""
    import minimalmodbus

    device = minimalmodbus.Instrument(path, 1)
    device.serial.baudrate = 9600
    device.serial.timeout = 2
    words = device.read_registers(0, COUNT)
    try:
        device.read_register(ABSENT)
    except minimalmodbus.IllegalRequestError:
        return numbers(words), 2
    return numbers(words), 0


def with_modbus_tk(port: str) -> tuple[list[float], int]:
    """modbus-tk over TCP."""
    from modbus_tk import defines, modbus, modbus_tcp

    client = modbus_tcp.TcpMaster("127.0.0.1", int(port))
    words = list(client.execute(1, defines.READ_HOLDING_REGISTERS, 0, COUNT))
    try:
        client.execute(1, defines.READ_HOLDING_REGISTERS, ABSENT, 1)
    except modbus.ModbusError as error:
        return numbers(words), error.get_exception_code()
    return numbers(words), 0


def with_umodbus(port: str) -> tuple[list[float], int]:
    """uModbus over TCP."""
    from umodbus import exceptions
    from umodbus.client import tcp

    with socket.create_connection(("127.0.0.1", int(port)), 5) as line:
        words = tcp.send_message(tcp.read_holding_registers(1, 0, COUNT), line)
        # Its numbers are signed unless told otherwise.
        words = [word & 0xFFFF for word in words]
        try:
            tcp.send_message(tcp.read_holding_registers(1, ABSENT, 1), line)
        except exceptions.IllegalDataAddressError:
            return numbers(words), 2
    return numbers(words), 0


def main() -> None:
    """Reads by one client."""
    clients = {
        "pymodbus-tcp": with_pymodbus_tcp, "pymodbus-rtu": with_pymodbus_rtu, "minimalmodbus": with_minimalmodbus,
        "modbus-tk": with_modbus_tk, "umodbus": with_umodbus,
    }
    found, code = clients[sys.argv[1]](sys.argv[2])
    for number in found:
        print(f"{number:g}")
    print(f"exception {code}")


main()

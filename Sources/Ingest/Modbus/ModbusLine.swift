/// Where a Modbus line begins.
package enum ModbusLine: Equatable, Sendable {
    case tcp(host: String, port: Int)
    /// `parity` is N, E or O.
    case rtu(path: String, baud: Int, parity: String, dataBits: Int, stopBits: Int)
    /// RTU frames over a TCP connection that we make: serial servers, and DTUs that listen.
    case rtuOverTCP(host: String, port: Int)
    /// RTU frames over a TCP connection that the other end makes: DTUs behind NAT. `address` is one of our own; a DTU that
    /// connects must begin with the text `registration`, where that is not empty.
    case rtuListening(address: String, port: Int, registration: String)

    /// As it is shown to people.
    package var text: String {
        switch self {
        case .tcp(let host, let port): "\(host):\(port)"
        case .rtu(let path, let baud, let parity, let dataBits, let stopBits):
            "\(path) \(baud) \(dataBits)\(parity)\(stopBits)"
        case .rtuOverTCP(let host, let port): "\(host):\(port) RTU"
        case .rtuListening(let address, let port, _): "\(address):\(port) RTU, listening"
        }
    }
}

/// How a line is driven beside where it begins.
package struct ModbusOptions: Equatable, Sendable {
    /// How long a device may take to begin its answer.
    package var responseTimeoutMs = 500
    /// The pause before each request; nil is what the standard asks of a serial line, and none elsewhere.
    package var gapMs: Int?
    /// Whether registers that nobody wants may be read along where that is faster.
    package var fillsGaps = true
    /// How a serial port drives an RS-485 transceiver.
    package var direction = DirectionControl.automatic

    package init() {}

    /// Who switches an RS-485 transceiver between sending and receiving.
    package enum DirectionControl: String, CaseIterable, Sendable {
        /// The adapter itself, as most do, or nobody: RS-232.
        case automatic = "auto"
        /// The kernel's driver (TIOCSRS485).
        case kernel = "kernel"
        /// libmodbus, which raises RTS while it sends.
        case rtsUp = "rts-up"
        /// libmodbus, which lowers RTS while it sends.
        case rtsDown = "rts-down"
    }

    /// The speeds that libmodbus sets as they are asked for; at any other it would silently take 9600
    /// (modbus-rtu.c, `_modbus_rtu_connect`).
    package static let bauds = [
        300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600,
    ]
}

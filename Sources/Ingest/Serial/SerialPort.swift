import Glibc

/// An open serial port: bytes as they are, for one program alone.
@safe final class SerialPort {
    let descriptor: Int32
    private let direction: ModbusOptions.DirectionControl

    /// Opens a port by its name. After an adapter was unplugged the same name, as those in /dev/serial/by-id, is the same
    /// adapter again.
    init(
        path: String, baud: Int, parity: String, dataBits: Int, stopBits: Int,
        direction: ModbusOptions.DirectionControl = .automatic
    ) throws(ExchangeError) {
        // O_NONBLOCK: a port that waits for its carrier would hold up the line (termios(3), CLOCAL).
        let descriptor = unsafe open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotConnect(errno: errno) }
        self.descriptor = descriptor
        self.direction = direction
        guard let speed = SerialPort.speeds[baud] else {
            close(descriptor)
            throw .cannotConnect(errno: EINVAL)
        }
        do throws(ExchangeError) {
            try set(speed, parity: parity, dataBits: dataBits, stopBits: stopBits)
            try setDirection()
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// The speeds that a port can be set to.
    static let speeds: [Int: speed_t] = [
        300: speed_t(B300), 600: speed_t(B600), 1200: speed_t(B1200), 2400: speed_t(B2400), 4800: speed_t(B4800),
        9600: speed_t(B9600), 19_200: speed_t(B19200), 38_400: speed_t(B38400), 57_600: speed_t(B57600),
        115_200: speed_t(B115200), 230_400: speed_t(B230400), 460_800: speed_t(B460800), 500_000: speed_t(B500000),
        576_000: speed_t(B576000), 921_600: speed_t(B921600),
    ]

    private func set(_ speed: speed_t, parity: String, dataBits: Int, stopBits: Int) throws(ExchangeError) {
        // TIOCEXCL: two programs on one port would read each other's answers.
        guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw .cannotConnect(errno: errno) }
        var settings = termios()
        guard unsafe tcgetattr(descriptor, &settings) == 0 else { throw .cannotConnect(errno: errno) }
        unsafe cfmakeraw(&settings)
        settings.c_cflag &= ~tcflag_t(CSIZE | PARENB | PARODD | CSTOPB) & ~tcflag_t(CRTSCTS)
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD) | tcflag_t(dataBits == 7 ? CS7 : CS8)
        if parity == "E" { settings.c_cflag |= tcflag_t(PARENB) }
        if parity == "O" { settings.c_cflag |= tcflag_t(PARENB | PARODD) }
        if stopBits == 2 { settings.c_cflag |= tcflag_t(CSTOPB) }
        // A byte whose parity is wrong comes as 0: a frame with it is refused by its check, or by what it says.
        settings.c_iflag |= tcflag_t(parity == "N" ? 0 : INPCK)
        // Pseudo-terminals have no speed, and take any.
        guard unsafe cfsetspeed(&settings, speed) == 0, unsafe tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
            throw .cannotConnect(errno: errno)
        }
        tcflush(descriptor, TCIOFLUSH)
    }

    /// Linux, serial.h: struct serial_rs485 and TIOCSRS485. 32 bytes; the first four are the flags.
    private func setDirection() throws(ExchangeError) {
        guard direction == .kernel else {
            if direction != .automatic { setRTS(isSending: false) }
            return
        }
        var settings: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0, 0, 0, 0)
        // SER_RS485_ENABLED | SER_RS485_RTS_ON_SEND
        settings.0 = 1 | 2
        // Invariant: the kernel reads and writes the 32 bytes of a serial_rs485.
        guard unsafe ioctl(descriptor, UInt(0x542F), &settings) == 0 else { throw .cannotConnect(errno: errno) }
    }

    private func setRTS(isSending: Bool) {
        var bits = Int32(TIOCM_RTS)
        let isRaised = (direction == .rtsUp) == isSending
        // Invariant: the kernel reads one Int32. A line without RTS refuses; it then needs none.
        _ = unsafe ioctl(descriptor, UInt(isRaised ? TIOCMBIS : TIOCMBIC), &bits)
    }

    /// Sends bytes that fit into the driver's buffer.
    func send(_ bytes: [UInt8]) throws(ExchangeError) {
        let switchesDirection = direction == .rtsUp || direction == .rtsDown
        if switchesDirection { setRTS(isSending: true) }
        // Invariant: write(2) reads at most bytes.count bytes.
        let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        let number = errno
        if switchesDirection {
            tcdrain(descriptor)
            setRTS(isSending: false)
        }
        guard count == bytes.count else { throw .lost(errno: count < 0 ? number : EIO) }
    }

    deinit {
        _ = ioctl(descriptor, UInt(TIOCNXCL))
        close(descriptor)
    }
}

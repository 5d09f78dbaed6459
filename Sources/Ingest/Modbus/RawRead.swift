import CModbus
import Glibc

/// Reads a device as it is, for people who look for its registers: any table, words as they come. Not to be used by two
/// threads at a time.
@safe package final class RawRead {
    // Invariant of all `unsafe` below: `context` comes from modbus_new_*, is never nil after init, is used by one
    // thread at a time, and is freed once, in deinit.
    private let context: OpaquePointer
    private let isTCP: Bool
    private let responseTimeoutMs: Int
    private var isConnected = false
    private var mayBeLate = false

    /// A connection that is made with the first request; an answer may take `responseTimeoutMs` to begin.
    package init(_ line: ModbusLine, responseTimeoutMs: Int) throws(ExchangeError) {
        let created: OpaquePointer?
        switch line {
        case .tcp(let host, let port):
            isTCP = true
            unsafe created = modbus_new_tcp_pi(host, String(port))
        case .rtu(let path, let baud, let parity, let dataBits, let stopBits):
            isTCP = false
            let letter = CChar(parity.utf8.first ?? UInt8(ascii: "N"))
            unsafe created = modbus_new_rtu(path, Int32(baud), letter, Int32(dataBits), Int32(stopBits))
        // A look at one device goes where a person can name it.
        case .rtuOverTCP, .rtuListening: throw .cannotConnect(errno: EPROTONOSUPPORT)
        }
        guard let context = unsafe created else { throw .cannotConnect(errno: errno) }
        unsafe self.context = context
        self.responseTimeoutMs = responseTimeoutMs
        setTimeouts()
    }

    /// A client on a descriptor that is open already and that it closes.
    package init(taking descriptor: Int32, isTCP: Bool, responseTimeoutMs: Int) {
        // The names are never opened; modbus_new_* only keep them.
        let created =
            isTCP
            ? unsafe modbus_new_tcp_pi("127.0.0.1", "502") : unsafe modbus_new_rtu("/dev/null", 9600, CChar(78), 8, 1)
        guard let context = unsafe created else { preconditionFailure("no memory for a Modbus context") }
        unsafe self.context = context
        self.isTCP = isTCP
        self.responseTimeoutMs = responseTimeoutMs
        isConnected = true
        unsafe modbus_set_socket(context, descriptor)
        setTimeouts()
    }

    private func setTimeouts() {
        unsafe modbus_set_response_timeout(
            context, UInt32(responseTimeoutMs / 1000), UInt32(responseTimeoutMs % 1000 * 1000))
    }

    deinit {
        // libmodbus closes the descriptor as a socket or, having put its settings back, as a serial line.
        unsafe modbus_close(context)
        unsafe modbus_free(context)
    }

    /// Reads registers, or bits as 0 and 1.
    ///
    /// - Precondition: 1 ... `table.longest` of them.
    /// - Returns: Exactly `count` of them.
    package func read(_ table: RegisterTable, unit: Int, address: Int, count: Int) throws(ExchangeError) -> [UInt16] {
        precondition((1...table.longest).contains(count), "\(count) of \(table)")
        try connect()
        if mayBeLate { waitForSilence() }
        unsafe modbus_flush(context)
        unsafe modbus_set_slave(context, Int32(unit))
        var words = [UInt16](repeating: 0, count: count)
        var bits = [UInt8](repeating: 0, count: count)
        // Invariant: libmodbus writes at most `count` words or bytes, the length of the arrays.
        let got =
            switch table {
            case .coils: unsafe modbus_read_bits(context, Int32(address), Int32(count), &bits)
            case .discreteInputs: unsafe modbus_read_input_bits(context, Int32(address), Int32(count), &bits)
            case .holding: unsafe modbus_read_registers(context, Int32(address), Int32(count), &words)
            case .input: unsafe modbus_read_input_registers(context, Int32(address), Int32(count), &words)
            }
        guard got == count else { throw failure(got < 0 ? errno : 0) }
        return table.isOfBits ? bits.map(UInt16.init) : words
    }

    private func connect() throws(ExchangeError) {
        guard !isConnected else { return }
        guard unsafe modbus_connect(context) == 0 else { throw .cannotConnect(errno: errno) }
        isConnected = true
    }

    /// What an error number of libmodbus means; after a broken answer the line is made clean.
    private func failure(_ number: Int32) -> ExchangeError {
        // modbus.h: MODBUS_ENOBASE = 112345678; exceptions follow from 1, then errors of its own.
        let base: Int32 = 112_345_678
        if (base + 1...base + 11).contains(number) { return .exception(code: Int(number - base)) }
        let isProtocol = number == 0 || (base + 12..<base + 20).contains(number)
        if isTCP || !(isProtocol || number == ETIMEDOUT) {
            unsafe modbus_close(context)
            isConnected = false
        } else {
            mayBeLate = true
        }
        return isProtocol ? .badReply : number == ETIMEDOUT ? .timeout : .lost(errno: number)
    }

    /// Answers on a serial line name no request: what may still be under way must have come before the next one goes
    /// out.
    private func waitForSilence() {
        var line = pollfd(fd: unsafe modbus_get_socket(context), events: Int16(POLLIN), revents: 0)
        for _ in 0..<5 {
            // Invariant: poll(2) writes only into the one descriptor.
            guard unsafe poll(&line, 1, Int32(responseTimeoutMs)) > 0 else { break }
            unsafe modbus_flush(context)
        }
        mayBeLate = false
    }
}

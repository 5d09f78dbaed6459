import CModbus
import Glibc

/// Why a request came to nothing.
package enum ModbusError: Error, Equatable, Sendable {
    /// The line cannot be opened.
    case cannotConnect(errno: Int32)
    /// The other end went away.
    case lost(errno: Int32)
    /// No answer in time.
    case timeout
    /// An answer that cannot be right: checksum, length, address, transaction.
    case badReply
    /// The device refused with an exception code.
    ///
    /// Source: MODBUS Application Protocol V1.1b3, 7.
    case exception(code: Int)
}

/// A connection of libmodbus, client side. Not to be used by two threads at a time.
@safe final class ModbusLink {
    // Invariant of all `unsafe` below: `context` comes from modbus_new_*, is never nil after init, is used by one thread at a
    // time (the owning actor's), and is freed once, in deinit.
    private let context: OpaquePointer
    private(set) var isConnected = false
    private let isTCP: Bool
    private let responseTimeoutMs: Int
    /// Whether an answer may still be under way: to a request that came to nothing.
    private var mayBeLate = false

    /// A connection that is not made yet; it waits at most `responseTimeoutMs` for the beginning of an answer.
    init(_ line: ModbusLine, responseTimeoutMs: Int) throws(ModbusError) {
        let created: OpaquePointer?
        self.responseTimeoutMs = responseTimeoutMs
        switch line {
        case .tcp(let host, let port):
            isTCP = true
            unsafe created = modbus_new_tcp_pi(host, String(port))
        case .rtu(let path, let baud, let parity, let dataBits, let stopBits):
            isTCP = false
            let parityCharacter = CChar(parity.utf8.first ?? UInt8(ascii: "N"))
            unsafe created = modbus_new_rtu(path, Int32(baud), parityCharacter, Int32(dataBits), Int32(stopBits))
        }
        guard let context = unsafe created else { throw .cannotConnect(errno: errno) }
        unsafe self.context = context
        unsafe modbus_set_response_timeout(
            context, UInt32(responseTimeoutMs / 1000), UInt32(responseTimeoutMs % 1000 * 1000))
    }

    deinit {
        unsafe modbus_close(context)
        unsafe modbus_free(context)
    }

    func connect() throws(ModbusError) {
        guard !isConnected else { return }
        guard unsafe modbus_connect(context) == 0 else { throw .cannotConnect(errno: errno) }
        isConnected = true
    }

    func disconnect() {
        unsafe modbus_close(context)
        isConnected = false
    }

    /// Reads registers of one device, or bits.
    ///
    /// - Returns: Exactly `request.range.count` registers; a bit is one of them, 0 or 1.
    func read(_ request: RegisterRequest, unit: Int) throws(ModbusError) -> [UInt16] {
        // What lies there now answers an earlier request: it must not be taken for the answer to this one.
        if mayBeLate { waitForSilence() }
        unsafe modbus_flush(context)
        unsafe modbus_set_slave(context, Int32(unit))
        var registers = [UInt16](repeating: 0, count: request.range.count)
        var bits = [UInt8](repeating: 0, count: request.table.isOfBits ? request.range.count : 0)
        let address = Int32(request.range.lowerBound)
        let count = Int32(request.range.count)
        // Invariant: libmodbus writes at most `count` registers, the length of the array, or one byte for each of
        // `count` bits.
        let got = unsafe registers.withUnsafeMutableBufferPointer { buffer in
            switch request.table {
            case .holding: unsafe modbus_read_registers(context, address, count, buffer.baseAddress)
            case .input: unsafe modbus_read_input_registers(context, address, count, buffer.baseAddress)
            case .coils: unsafe modbus_read_bits(context, address, count, &bits)
            case .discreteInputs: unsafe modbus_read_input_bits(context, address, count, &bits)
            }
        }
        guard got == count else {
            let error = ModbusLink.error(got < 0 ? errno : 0)
            switch error {
            case .exception: break
            case .cannotConnect, .lost: disconnect()
            // Over TCP a new connection leaves everything late behind. A serial line has no such thing, and its answers name
            // neither address nor number: only silence tells that none is under way.
            case .timeout, .badReply: if isTCP { disconnect() } else { mayBeLate = true }
            }
            throw error
        }
        for (place, bit) in bits.enumerated() { registers[place] = UInt16(bit) }
        return registers
    }

    /// Drops what comes in until nothing has for as long as an answer may take; five answers at the most.
    private func waitForSilence() {
        var line = pollfd(fd: unsafe modbus_get_socket(context), events: Int16(POLLIN), revents: 0)
        for _ in 0..<5 {
            // Invariant: poll(2) writes only into the one descriptor.
            guard unsafe poll(&line, 1, Int32(responseTimeoutMs)) > 0 else { break }
            unsafe modbus_flush(context)
        }
        mayBeLate = false
    }

    private static func error(_ number: Int32) -> ModbusError {
        // modbus.h: MODBUS_ENOBASE = 112345678; exceptions follow from 1, then errors of its own.
        let base: Int32 = 112_345_678
        switch number {
        case base + 1...base + 11: return .exception(code: Int(number - base))
        case base + 12..<base + 20, 0: return .badReply
        case ETIMEDOUT: return .timeout
        default: return .lost(errno: number)
        }
    }
}

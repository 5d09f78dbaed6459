import CModbus
import Dispatch
import Glibc
import Synchronization

/// Simulated devices on the far end of a Modbus line: libmodbus, server side, over real sockets and pseudo-terminals.
package final class ModbusSimulator: Sendable {
    package enum Failed: Error, Equatable {
        /// The port is taken, or the system refuses.
        case cannotListen(port: Int, errno: Int32)
        /// No pseudo-terminal, or no pipe, is to be had.
        case noPseudoterminal(errno: Int32)
    }

    /// How a client reaches the devices.
    package let line: ModbusLine
    /// A pipe whose closing tells the server to stop.
    private let stopping: Int32
    private let finished = DispatchGroup()
    private let hasStopped = Mutex(false)

    /// Devices behind a Modbus TCP server on the loopback interface; port 0 takes any free one.
    package convenience init(tcpPort port: Int, bank: RegisterBank) throws(Failed) {
        // Invariant: the context is handed to the server, which alone uses and frees it.
        guard let context = unsafe modbus_new_tcp("127.0.0.1", Int32(port)) else {
            throw .cannotListen(port: port, errno: errno)
        }
        let listener = unsafe modbus_tcp_listen(context, 8)
        guard listener >= 0 else {
            let number = errno
            unsafe modbus_free(context)
            throw .cannotListen(port: port, errno: number)
        }
        let bound = ModbusSimulator.port(of: listener)
        try self.init(line: .tcp(host: "127.0.0.1", port: bound)) { stop in
            unsafe Server(taking: context, bank: bank).serve(listener: listener, stop: stop)
        }
    }

    /// Devices on a serial line: the far end of a pseudo-terminal.
    package convenience init(rtuUnit unit: Int, baud: Int = 9600, bank: RegisterBank) throws(Failed) {
        let terminal: Pseudoterminal
        do throws(Pseudoterminal.Failed) {
            terminal = try Pseudoterminal()
        } catch {
            throw .noPseudoterminal(errno: error.errno)
        }
        let path = terminal.path
        // Invariant: as above. The path is not opened: the server's end is set as the context's descriptor.
        let makeContext = {
            let context = unsafe modbus_new_rtu(path, Int32(baud), CChar(UInt8(ascii: "N")), 8, 1)
            if let context = unsafe context { unsafe modbus_set_slave(context, Int32(unit)) }
            return unsafe context
        }
        try self.init(
            line: .rtu(path: path, baud: baud, parity: "N", dataBits: 8, stopBits: 1)
        ) { stop in
            unsafe serve(terminal, unit: unit, bank: bank, stop: stop, makeContext: makeContext)
        }
    }

    private init(line: ModbusLine, serve: @escaping (_ stop: Int32) -> Void) throws(Failed) {
        self.line = line
        var ends: [Int32] = [-1, -1]
        // Invariant: pipe(2) writes two descriptors.
        guard unsafe pipe(&ends) == 0 else { throw .noPseudoterminal(errno: errno) }
        stopping = ends[1]
        let stop = ends[0]
        // Invariant: everything that `serve` captures is handed over to this one queue and used nowhere else.
        nonisolated(unsafe) let serve = serve
        let queue = DispatchQueue(label: "simulator \(line.text)")
        queue.async(group: finished) {
            unsafe serve(stop)
            close(stop)
        }
    }

    /// Stops answering and lets go of the port; returns when that is done.
    package func stop() {
        let isFirst = hasStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        if isFirst { close(stopping) }
        finished.wait()
    }

    deinit { stop() }

    private static func port(of socket: Int32) -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // Invariant: getsockname writes at most `length` bytes into the address.
        _ = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(socket, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Waits until one of some descriptors can be read.
private func waitReadable(_ descriptors: [Int32]) -> [Int32] {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Invariant: poll(2) writes only inside the array.
    let count = unsafe polled.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, nfds_t($0.count), -1) }
    return count > 0 ? polled.filter { $0.revents != 0 }.map(\.fd) : []
}

/// libmodbus as a server on one thread: reads requests and answers them from a bank of registers.
@safe private final class Server {
    // Invariant: both pointers come from libmodbus, are used by the thread of one server alone, and are freed in deinit.
    private let context: OpaquePointer
    private let mapping: UnsafeMutablePointer<modbus_mapping_t>
    private let bank: RegisterBank
    /// MODBUS_MAX_ADU_LENGTH.
    private var query = [UInt8](repeating: 0, count: 260)

    init(taking context: OpaquePointer, bank: RegisterBank) {
        unsafe self.context = context
        let count = Int32(RegisterBank.registerCount)
        guard let mapping = unsafe modbus_mapping_new(0, 0, count, count) else {
            preconditionFailure("no memory for \(count) registers")
        }
        unsafe self.mapping = mapping
        self.bank = bank
    }

    deinit {
        unsafe modbus_mapping_free(mapping)
        unsafe modbus_free(context)
    }

    enum Outcome {
        case answered
        /// The request was for another unit of the line.
        case passedOver
        /// The other end is gone.
        case gone
    }

    /// Answers one request that comes in on a descriptor. `unit` is the one device of the line, or nil where each request
    /// names its own.
    func answer(_ descriptor: Int32, unit: Int?) -> Outcome {
        unsafe modbus_set_socket(context, descriptor)
        // Invariant: a query has at most 260 bytes.
        let count = unsafe query.withUnsafeMutableBufferPointer { unsafe modbus_receive(context, $0.baseAddress) }
        guard count > 0 else { return count == 0 ? .passedOver : .gone }
        // MODBUS Messaging on TCP/IP V1.0b, 3.1.3: the unit identifier is the seventh byte.
        guard let registers = bank.registers(of: unit ?? Int(query[6])) else {
            // 0x0B: gateway target device failed to respond (MODBUS Application Protocol V1.1b3, 7).
            unsafe modbus_reply_exception(context, query, 0x0B)
            return .answered
        }
        for place in 0..<RegisterBank.registerCount {
            // Invariant: the mapping has registerCount registers of each kind.
            unsafe mapping.pointee.tab_registers[place] = registers.holding[place]
            unsafe mapping.pointee.tab_input_registers[place] = registers.input[place]
        }
        return unsafe modbus_reply(context, query, count, mapping) >= 0 ? .answered : .gone
    }
}

extension Server {
    /// Serves connections until `stop` can be read.
    func serve(listener: Int32, stop: Int32) {
        var clients: [Int32] = []
        defer { for descriptor in clients + [listener] { close(descriptor) } }
        while true {
            let ready = waitReadable([stop, listener] + clients)
            if ready.contains(stop) { return }
            for descriptor in ready {
                if descriptor == listener {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else { continue }
                    var one: Int32 = 1
                    unsafe setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
                    clients.append(client)
                } else if answer(descriptor, unit: nil) == .gone {
                    close(descriptor)
                    clients.removeAll { $0 == descriptor }
                }
            }
        }
    }
}

/// Serves one device of a serial line until `stop` can be read.
private func serve(
    _ terminal: Pseudoterminal, unit: Int, bank: RegisterBank, stop: Int32, makeContext: () -> OpaquePointer?
) {
    guard let context = unsafe makeContext() else { return }
    var server = unsafe Server(taking: context, bank: bank)
    while true {
        let ready = waitReadable([stop, terminal.controller])
        if ready.contains(stop) { return }
        // After a request to another unit libmodbus takes whatever comes next for that unit's answer (modbus-rtu.c,
        // confirmation_to_ignore). On a simulated line nobody else answers, so it must forget the request.
        if server.answer(terminal.controller, unit: unit) == .passedOver, let context = unsafe makeContext() {
            server = unsafe Server(taking: context, bank: bank)
        }
    }
}

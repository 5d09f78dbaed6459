import CModbus
import Dispatch
import Glibc
import Synchronization

/// Simulated devices on the far end of a Modbus line: libmodbus, server side, over real sockets and pseudo-terminals.
/// What a device must not do, it does on request (``Misbehaviour``): those answers are written byte by byte.
package final class ModbusSimulator: Sendable {
    package enum Failed: Error, Equatable {
        /// The port is taken, or the system refuses.
        case cannotListen(port: Int, errno: Int32)
        /// No pseudo-terminal, or no pipe, is to be had.
        case noPseudoterminal(errno: Int32)
        /// The name for the pseudo-terminal cannot be made.
        case cannotLink(path: String, errno: Int32)
    }

    /// How a client reaches the devices.
    package let line: ModbusLine
    private let conduct: SharedConduct
    /// A pipe whose closing tells the server to stop.
    private let stopping: Int32
    private let finished = DispatchGroup()
    private let hasStopped = Mutex(false)
    /// The name of a pseudo-terminal that goes with the simulator.
    private let link: String?

    /// Devices behind a Modbus TCP server, on the loopback interface unless another is named; port 0 takes any free
    /// one.
    package convenience init(
        tcpPort port: Int, host: String = "127.0.0.1", bank: RegisterBank, misbehaviours: [Misbehaviour] = [],
        seed: UInt64 = 1
    ) throws(Failed) {
        // Invariant: the context is handed to the server, which alone uses and frees it.
        guard let context = unsafe modbus_new_tcp(host, Int32(port)) else {
            throw .cannotListen(port: port, errno: errno)
        }
        let listener = unsafe modbus_tcp_listen(context, 8)
        guard listener >= 0 else {
            let number = errno
            unsafe modbus_free(context)
            throw .cannotListen(port: port, errno: number)
        }
        let bound = ModbusSimulator.port(of: listener)
        let conduct = SharedConduct(misbehaviours, seed: seed)
        try self.init(line: .tcp(host: host, port: bound), conduct: conduct, link: nil) { stop in
            unsafe ModbusServer(taking: context, bank: bank, unit: nil, conduct: conduct, stop: stop)
                .serve(listener: listener)
        }
    }

    /// A device on a serial line: the far end of a pseudo-terminal, which `link` names as well if it is given.
    package convenience init(
        rtuUnit unit: Int, baud: Int = 9600, link: String? = nil, bank: RegisterBank,
        misbehaviours: [Misbehaviour] = [],
        seed: UInt64 = 1
    ) throws(Failed) {
        let terminal: Pseudoterminal
        do throws(Pseudoterminal.Failed) {
            terminal = try Pseudoterminal()
        } catch {
            throw .noPseudoterminal(errno: error.errno)
        }
        let path = terminal.path
        if let link {
            // A name that a simulator left behind is taken over; anything else that is there stays.
            if ModbusSimulator.isTerminalLink(link) { _ = unsafe unlink(link) }
            guard unsafe symlink(path, link) == 0 else { throw .cannotLink(path: link, errno: errno) }
        }
        // Invariant: as above. The path is not opened: the server's end is set as the context's descriptor.
        let makeContext = {
            let context = unsafe modbus_new_rtu(path, Int32(baud), CChar(UInt8(ascii: "N")), 8, 1)
            if let context = unsafe context { unsafe modbus_set_slave(context, Int32(unit)) }
            return unsafe context
        }
        let conduct = SharedConduct(misbehaviours, seed: seed)
        try self.init(
            line: .rtu(path: link ?? path, baud: baud, parity: "N", dataBits: 8, stopBits: 1), conduct: conduct,
            link: link
        ) { stop in
            guard let context = unsafe makeContext() else { return }
            unsafe ModbusServer(taking: context, bank: bank, unit: unit, conduct: conduct, stop: stop)
                .serve(terminal, makeContext: makeContext)
        }
    }

    private init(
        line: ModbusLine, conduct: SharedConduct, link: String?, serve: @escaping (_ stop: Int32) -> Void
    ) throws(Failed) {
        self.line = line
        self.conduct = conduct
        self.link = link
        var ends: [Int32] = [-1, -1]
        // Invariant: pipe(2) writes two descriptors. A child that another thread starts must not keep the simulator
        // alive.
        guard unsafe pipe(&ends) == 0 else { throw .noPseudoterminal(errno: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
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

    /// From the next request on the devices behave so; an empty list makes them behave well.
    package func misbehave(_ misbehaviours: [Misbehaviour]) {
        conduct.state.withLock { $0.misbehaviours = misbehaviours }
    }

    /// How many requests came, and how many of them were met with a misbehaviour.
    package var counts: (requests: Int, misbehaved: Int) {
        conduct.state.withLock { ($0.requestCount, $0.misbehavedCount) }
    }

    /// Stops answering and lets go of the port; returns when that is done.
    package func stop() {
        let isFirst = hasStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        if isFirst {
            close(stopping)
            if let link, ModbusSimulator.isTerminalLink(link) { _ = unsafe unlink(link) }
        }
        finished.wait()
    }

    deinit { stop() }

    /// Whether a name is a symbolic link to a pseudo-terminal, there or gone.
    static func isTerminalLink(_ path: String) -> Bool {
        var target = [UInt8](repeating: 0, count: 64)
        // Invariant: readlink(2) writes at most 64 bytes into the array.
        let count = unsafe target.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        return count > 0 && String(decoding: target.prefix(count), as: UTF8.self).hasPrefix("/dev/pts/")
    }

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

/// The conduct that a simulator and its server share.
final class SharedConduct: Sendable {
    let state: Mutex<Conduct>

    init(_ misbehaviours: [Misbehaviour], seed: UInt64) {
        var conduct = Conduct(seed: seed)
        conduct.misbehaviours = misbehaviours
        state = Mutex(conduct)
    }
}

import CModbus
import Glibc

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
    private let run: SimulatorRun

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
        let run = try SimulatorRun(misbehaviours, seed: seed)
        let conduct = run.conduct
        self.init(line: .tcp(host: host, port: bound), run) { stop in
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
        let run = try SimulatorRun(misbehaviours, seed: seed, link: link, to: path)
        // Invariant: as above. The path is not opened: the server's end is set as the context's descriptor.
        let makeContext = {
            let context = unsafe modbus_new_rtu(path, Int32(baud), CChar(UInt8(ascii: "N")), 8, 1)
            if let context = unsafe context { unsafe modbus_set_slave(context, Int32(unit)) }
            return unsafe context
        }
        let conduct = run.conduct
        self.init(line: .rtu(path: link ?? path, baud: baud, parity: "N", dataBits: 8, stopBits: 1), run) { stop in
            guard let context = unsafe makeContext() else { return }
            unsafe ModbusServer(taking: context, bank: bank, unit: unit, conduct: conduct, stop: stop)
                .serve(terminal, makeContext: makeContext)
        }
    }

    private init(line: ModbusLine, _ run: SimulatorRun, serve: @escaping (_ stop: Int32) -> Void) {
        self.line = line
        self.run = run
        run.start(line.text, serve)
    }

    /// From the next request on the devices behave so; an empty list makes them behave well.
    package func misbehave(_ misbehaviours: [Misbehaviour]) { run.misbehave(misbehaviours) }

    /// How many requests came, and how many of them were met with a misbehaviour.
    package var counts: (requests: Int, misbehaved: Int) { run.counts }

    /// Stops answering and lets go of the port; returns when that is done.
    package func stop() { run.end() }

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

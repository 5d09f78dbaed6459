import CModbus
import Glibc
import Synchronization

/// libmodbus as a server on one thread: reads requests and answers them from a bank of registers, or as a misbehaviour
/// has it.
@safe final class ModbusServer {
    // Invariant: both pointers come from libmodbus, are used by the thread of one server alone, and are freed once:
    // the context when it is replaced or in deinit, the mapping in deinit.
    private var context: OpaquePointer
    private let mapping: UnsafeMutablePointer<modbus_mapping_t>
    private let bank: RegisterBank
    /// The one device of a serial line; nil over TCP, where each request names its own.
    private let unit: Int?
    private let conduct: SharedConduct
    private let stop: Int32
    /// MODBUS_MAX_ADU_LENGTH.
    private var query = [UInt8](repeating: 0, count: 260)

    init(taking context: OpaquePointer, bank: RegisterBank, unit: Int?, conduct: SharedConduct, stop: Int32) {
        unsafe self.context = context
        let count = Int32(RegisterBank.addressCount)
        guard let mapping = unsafe modbus_mapping_new(count, count, count, count) else {
            preconditionFailure("no memory for \(count) registers")
        }
        unsafe self.mapping = mapping
        self.bank = bank
        self.unit = unit
        self.conduct = conduct
        self.stop = stop
    }

    deinit {
        unsafe modbus_mapping_free(mapping)
        unsafe modbus_free(context)
    }

    private enum Outcome {
        case answered
        /// The request was for another unit of the line.
        case passedOver
        /// The other end is gone, or is let go.
        case gone
        /// The connection stays and is not looked at any more.
        case abandoned
    }

    /// Serves connections until `stop` can be read.
    func serve(listener: Int32) {
        var clients: [Int32] = []
        var abandoned: [Int32] = []
        defer { for descriptor in clients + abandoned + [listener] { close(descriptor) } }
        while true {
            let ready = waitReadable([stop, listener] + clients, orHungUp: abandoned)
            if ready.contains(stop) { return }
            for descriptor in ready {
                if descriptor == listener {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else { continue }
                    _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                    var one: Int32 = 1
                    unsafe setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
                    clients.append(client)
                } else if abandoned.contains(descriptor) {
                    close(descriptor)
                    abandoned.removeAll { $0 == descriptor }
                } else {
                    switch answer(descriptor) {
                    case .answered, .passedOver: break
                    case .gone:
                        close(descriptor)
                        clients.removeAll { $0 == descriptor }
                    case .abandoned:
                        clients.removeAll { $0 == descriptor }
                        abandoned.append(descriptor)
                    }
                }
            }
        }
    }

    /// Serves the one device of a serial line until `stop` can be read.
    func serve(_ terminal: Pseudoterminal, makeContext: () -> OpaquePointer?) {
        while true {
            let ready = waitReadable([stop, terminal.controller], orHungUp: [])
            if ready.contains(stop) { return }
            // After a request to another unit libmodbus takes whatever comes next for that unit's answer (modbus-rtu.c,
            // confirmation_to_ignore). On a simulated line nobody else answers, so it must forget the request.
            if answer(terminal.controller) == .passedOver, let fresh = unsafe makeContext() {
                unsafe modbus_free(context)
                unsafe context = fresh
            }
        }
    }

    /// Answers one request that comes in on a descriptor.
    private func answer(_ descriptor: Int32) -> Outcome {
        unsafe modbus_set_socket(context, descriptor)
        // Invariant: a query has at most 260 bytes.
        let length = unsafe query.withUnsafeMutableBufferPointer { unsafe modbus_receive(context, $0.baseAddress) }
        guard length > 0 else { return length == 0 ? .passedOver : .gone }
        let request = ReplyFrame(request: Array(query.prefix(Int(length))), isTCP: unit == nil)
        let misbehaviour = conduct.state.withLock { $0.next(address: request.address) }
        let answer =
            (1...4).contains(request.function)
            ? bank.read(
                unit: Int(request.unit), function: Int(request.function), address: request.address, count: request.count
            )
            : nil
        if let misbehaviour { return misbehave(misbehaviour, request, answer, on: descriptor) }
        // Invariant: libmodbus reads the query and, of the mapping, which has every address, what is asked for.
        switch answer {
        case .words(let words):
            fill(request, words)
            return unsafe modbus_reply(context, query, length, mapping) >= 0 ? .answered : .gone
        // MODBUS Application Protocol V1.1b3, 7: 01 illegal function (these devices are read only), 02 illegal data
        // address, 0B gateway target device failed to respond.
        case .noSuchAddress: unsafe modbus_reply_exception(context, query, 0x02)
        case .noSuchUnit: unsafe modbus_reply_exception(context, query, 0x0B)
        case nil: unsafe modbus_reply_exception(context, query, 0x01)
        }
        return .answered
    }

    /// Puts what is asked for where libmodbus looks for it.
    private func fill(_ request: ReplyFrame, _ words: [UInt16]) {
        // Invariant: the mapping has 65,536 of each, and address + count lies within them: the bank has these
        // registers.
        for (place, word) in words.enumerated() {
            switch request.function {
            case 1: unsafe mapping.pointee.tab_bits[request.address + place] = UInt8(truncatingIfNeeded: word)
            case 2: unsafe mapping.pointee.tab_input_bits[request.address + place] = UInt8(truncatingIfNeeded: word)
            case 3: unsafe mapping.pointee.tab_registers[request.address + place] = word
            default: unsafe mapping.pointee.tab_input_registers[request.address + place] = word
            }
        }
    }
}

// MARK: - Misbehaviour
extension ModbusServer {
    /// What answers that must not be believed say: a client that believes one shows it. As a binary32 number 48.56.
    private static let poison: UInt16 = 0x4242

    private func misbehave(
        _ misbehaviour: Misbehaviour, _ request: ReplyFrame, _ answer: RegisterBank.Answer?, on descriptor: Int32
    ) -> Outcome {
        let right = answerBytes(request, answer)
        let poisoned = poison(request, registers: request.count)
        let parameter = misbehaviour.parameter
        var pieces: [[UInt8]]
        var pauseMs = 0
        switch misbehaviour.kind {
        case .silence: return .answered
        case .late:
            guard pause(parameter) else { return .gone }
            pieces = [request.frame(right)]
        case .wrongID: pieces = [request.frame(poisoned, isForAnother: true)]
        case .wrongLength:
            let count = min(max(request.count + parameter, 0), 125)
            pieces = [request.frame(poison(request, registers: count))]
        case .exception: pieces = [request.frame(request.exception(parameter))]
        case .crcError: pieces = [request.frame(poisoned, isDamaged: true)]
        case .split:
            let frame = request.frame(right)
            // Within the header, and within a register.
            let cuts = [0, 2, frame.count / 2 + 1, frame.count]
            pieces = zip(cuts, cuts.dropFirst()).map { Array(frame[$0..<$1]) }
            pauseMs = parameter
        case .noise:
            pieces = [conduct.state.withLock { $0.noise(parameter) } + request.frame(right)]
        case .reset:
            if unit == nil { return reset(descriptor) }
            let frame = request.frame(right)
            pieces = [Array(frame.prefix(frame.count / 2))]
        case .halfOpen: return unit == nil ? .abandoned : .answered
        case .slowBytes:
            pieces = request.frame(right).map { [$0] }
            pauseMs = parameter
        }
        for (place, piece) in pieces.enumerated() {
            if place > 0, !pause(pauseMs) { return .gone }
            guard send(piece, on: descriptor) else { return .gone }
        }
        return .answered
    }

    private func answerBytes(_ request: ReplyFrame, _ answer: RegisterBank.Answer?) -> [UInt8] {
        switch answer {
        case .words(let words): request.function <= 2 ? request.bits(words.map { $0 != 0 }) : request.values(words)
        case .noSuchAddress: request.exception(0x02)
        case .noSuchUnit: request.exception(0x0B)
        case nil: request.exception(0x01)
        }
    }

    private func poison(_ request: ReplyFrame, registers count: Int) -> [UInt8] {
        request.function <= 2
            ? request.bits([Bool](repeating: true, count: count))
            : request.values([UInt16](repeating: ModbusServer.poison, count: count))
    }

    /// Ends a connection so that the other end is told of a failure: RST instead of FIN (socket(7), SO_LINGER).
    private func reset(_ descriptor: Int32) -> Outcome {
        var atOnce = linger(l_onoff: 1, l_linger: 0)
        // Invariant: setsockopt(2) reads one linger.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
        return .gone
    }

    /// Writes bytes as they are; drops them where the line is full because nobody reads. False when the other end is
    /// gone.
    private func send(_ bytes: [UInt8], on descriptor: Int32) -> Bool {
        var line = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // Invariant: poll(2) writes only into the one descriptor; both others read at most bytes.count bytes.
        guard unsafe poll(&line, 1, 0) > 0 else { return true }
        let sent = unsafe bytes.withUnsafeBytes {
            unit == nil
                ? unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                : unsafe write(descriptor, $0.baseAddress, $0.count)
        }
        return sent >= 0
    }

    /// Waits, but not beyond the end of the simulator: false then.
    private func pause(_ milliseconds: Int) -> Bool {
        var line = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
        // Invariant: poll(2) writes only into the one descriptor.
        return unsafe poll(&line, 1, Int32(milliseconds)) == 0
    }
}

/// Waits until some descriptors can be read, or the other end of some others has gone.
private func waitReadable(_ descriptors: [Int32], orHungUp others: [Int32]) -> [Int32] {
    // poll(2): POLLRDHUP, which the headers keep for _GNU_SOURCE.
    let hungUp: Int16 = 0x2000
    var polled =
        descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        + others.map { pollfd(fd: $0, events: hungUp, revents: 0) }
    // Invariant: poll(2) writes only inside the array.
    let count = unsafe polled.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, nfds_t($0.count), -1) }
    return count > 0 ? polled.filter { $0.revents != 0 }.map(\.fd) : []
}

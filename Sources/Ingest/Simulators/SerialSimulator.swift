import Glibc
import Synchronization

/// Simulated instruments on the far end of a serial line: a pseudo-terminal on which they answer, or send by themselves, as
/// the real ones do, and misbehave on request (``Misbehaviour``).
package final class SerialSimulator: Sendable {
    package typealias Failed = ModbusSimulator.Failed

    package let kind: SerialProtocol
    /// The name by which the line can be opened.
    package let path: String
    private let terminal: Pseudoterminal
    private let instruments: Mutex<[SerialInstrument]>
    private let run: SimulatorRun
    /// Whether what is sent is heard, too, as over a two-wire adapter.
    private let echoes: Bool
    /// How often an instrument sends by itself; 0 only when its values are set.
    private let pauseMs: Int32
    /// Held while bytes are written, so that frames stay whole.
    private let writing = Mutex(())

    /// Instruments that share a line; `link` names the pseudo-terminal as well if it is given.
    package init(
        _ kind: SerialProtocol, _ instruments: [SerialInstrument], link: String? = nil,
        misbehaviours: [Misbehaviour] = [], seed: UInt64 = 1, echoes: Bool = false, pauseMs: Int32 = 1000
    ) throws(Failed) {
        do throws(Pseudoterminal.Failed) {
            terminal = try Pseudoterminal()
        } catch {
            throw .noPseudoterminal(errno: error.errno)
        }
        run = try SimulatorRun(misbehaviours, seed: seed, link: link, to: terminal.path)
        self.kind = kind
        self.echoes = echoes
        self.pauseMs = pauseMs
        path = link ?? terminal.path
        self.instruments = Mutex(instruments)
        doNotBlock(terminal.controller)
        run.start(terminal.path) { [unowned self] stop in serve(stop) }
    }

    /// How a client reaches the instruments.
    package var line: SerialLine {
        .port(path: path, baud: 9600, parity: "N", dataBits: 8, stopBits: 1, direction: .automatic)
    }

    /// Changes the instruments; those that send by themselves say so at once.
    package func set(_ change: (inout [SerialInstrument]) -> Void) {
        instruments.withLock { change(&$0) }
        if kind.isStream { push() }
    }

    /// Sets values of the only instrument, in thousandths.
    package func set(_ values: [String: Int64]) {
        set { $0[0].values.merge(values) { $1 } }
    }

    package func misbehave(_ misbehaviours: [Misbehaviour]) { run.misbehave(misbehaviours) }

    /// How many requests came, or frames were sent unasked, and how many of them met a misbehaviour.
    package var counts: (requests: Int, misbehaved: Int) { run.counts }

    /// Stops answering and lets go of the line; returns when that is done.
    package func stop() { run.end() }

    deinit { stop() }

    // MARK: - Serving

    private func serve(_ stop: Int32) {
        var pending: [UInt8] = []
        var scanner = kind.makeScanner()
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            var polled = (
                pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal.controller, events: Int16(POLLIN), revents: 0)
            )
            let pause = kind.isStream && pauseMs > 0 ? pauseMs : -1
            // Invariant: poll(2) writes only into the two descriptors, which lie side by side.
            let ready = unsafe withUnsafeMutablePointer(to: &polled) {
                unsafe $0.withMemoryRebound(to: pollfd.self, capacity: 2) { unsafe poll($0, 2, pause) }
            }
            if polled.0.revents != 0 { return }
            if ready == 0 { push() }
            guard polled.1.revents != 0 else { continue }
            // Invariant: read(2) writes at most bytes.count bytes.
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe read(terminal.controller, $0.baseAddress, $0.count)
            }
            guard count > 0 else { continue }
            if echoes { write(Array(bytes.prefix(count))) }
            for request in requests(in: Array(bytes.prefix(count)), &pending, &scanner) { answer(request, stop) }
        }
    }

    /// The requests that end in some bytes. Those of C-Link begin with a byte that is no text.
    private func requests(
        in bytes: [UInt8], _ pending: inout [UInt8], _ scanner: inout any FrameScanning
    ) -> [[UInt8]] {
        var requests: [[UInt8]] = []
        guard kind == .cLink else {
            scanner.feed(bytes.span) { verdict, frame in
                guard verdict.isUsable else { return }
                var request: [UInt8] = []
                for place in 0..<frame.count { request.append(frame[place]) }
                requests.append(request)
            }
            return requests
        }
        for byte in bytes {
            pending.append(byte)
            if byte == Control.carriageReturn || pending.count > 256 {
                requests.append(pending)
                pending = []
            }
        }
        return requests
    }

    private func answer(_ request: [UInt8], _ stop: Int32) {
        let all = instruments.withLock { $0 }
        guard let instrument = all.first(where: { $0.answer(to: request, in: kind) != nil }),
            let right = instrument.answer(to: request, in: kind)
        else { return }
        guard let misbehaviour = run.conduct.state.withLock({ $0.next(address: 0) }) else { return write(right) }
        let poisoned = instrument.poisoned
        let wrong = poisoned.answer(to: request, in: kind) ?? right
        switch misbehaviour.kind {
        case .exception:
            if let refusal = instrument.refusal(of: request, in: kind, code: misbehaviour.parameter) { write(refusal) }
        case .wrongID: write(poisoned.answer(to: request, in: kind, isForAnother: true) ?? [])
        default: misbehave(misbehaviour, right, wrong, stop)
        }
    }

    /// Sends what instruments send by themselves.
    private func push() {
        guard let instrument = instruments.withLock({ $0.first }), let right = instrument.frame(in: kind) else {
            return
        }
        guard let misbehaviour = run.conduct.state.withLock({ $0.next(address: 0) }) else { return write(right) }
        misbehave(misbehaviour, right, instrument.poisoned.frame(in: kind) ?? right, -1)
    }

    private func misbehave(_ misbehaviour: Misbehaviour, _ right: [UInt8], _ wrong: [UInt8], _ stop: Int32) {
        let parameter = misbehaviour.parameter
        switch misbehaviour.kind {
        case .silence, .halfOpen, .wrongID, .exception: return
        case .late:
            guard pause(parameter, stop) else { return }
            write(right)
        case .wrongLength:
            // A byte more or less, somewhere in the middle: no check fits it.
            var frame = wrong
            if parameter < 0 { frame.removeSubrange(frame.count / 2..<frame.count / 2 + 1) }
            if parameter >= 0 { frame.insert(0x30, at: frame.count / 2) }
            write(frame)
        case .crcError:
            var frame = wrong
            frame[frame.count / 2] ^= 0x01
            write(frame)
        case .noise: write(run.conduct.state.withLock { $0.noise(parameter) } + right)
        case .reset: write(Array(right.prefix(right.count / 2)))
        case .split, .slowBytes:
            let length = misbehaviour.kind == .split ? right.count / 3 + 1 : 1
            for start in stride(from: 0, to: right.count, by: length) {
                if start > 0, !pause(parameter, stop) { return }
                write(Array(right[start..<min(start + length, right.count)]))
            }
        }
    }

    /// Writes bytes as they are; drops them where the line is full because nobody reads.
    private func write(_ bytes: [UInt8]) {
        writing.withLock { _ in
            // Invariant: write(2) reads at most bytes.count bytes; the descriptor does not block.
            _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(terminal.controller, $0.baseAddress, $0.count) }
        }
    }

    /// Waits, but not beyond the end of the simulator: false then.
    private func pause(_ milliseconds: Int, _ stop: Int32) -> Bool {
        var line = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
        // Invariant: poll(2) writes only into the one descriptor.
        return unsafe poll(&line, 1, Int32(milliseconds)) == 0
    }
}
